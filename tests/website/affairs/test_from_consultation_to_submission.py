"""A consultation is decided on, answered with an approved text, recorded with its proof, and published."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from tests.website.affairs.conftest import NOW
from tests.website.affairs.recorded_folder import initiative, write_search
from website.affairs.access import Reader, reader_of
from website.affairs.actions import positions, responding, triage
from website.affairs.actions.assigning import assign
from website.affairs.actions.refusing import Refused
from website.affairs.actions.sweeping import sweep
from website.affairs.models import DossierRow, Item, PositionVersion, Response

DAY = NOW.date()
CANARY = "The canary text of the draft"


@pytest.fixture
def roles(person: Callable[..., User], ehds: DossierRow) -> dict[str, Reader]:
    people = {role: person(role) for role in ("expert", "officer", "board", "administrator")}
    assign(ehds, people["expert"], by=reader_of(people["officer"], on=DAY), role="lead", starts_on=DAY)
    return {role: reader_of(user, on=DAY) for role, user in people.items()}


@pytest.fixture
def response(roles: dict[str, Reader], ehds: DossierRow, tmp_path: Path) -> Response:
    sweep(write_search(tmp_path, [initiative(1, "Radiology services")]), at=NOW)
    triage.accept(Item.objects.get(), by=roles["officer"], on=DAY, dossiers=[ehds])
    return Response.objects.get()


@pytest.fixture
def draft(roles: dict[str, Reader], ehds: DossierRow) -> PositionVersion:
    return positions.begin(ehds, by=roles["officer"], title="On imaging data", text=CANARY, asks=["Include images."])


def approved(draft: PositionVersion, roles: dict[str, Reader]) -> PositionVersion:
    positions.send_to_review(draft, by=roles["officer"])
    positions.review(draft, by=roles["expert"], at=NOW, said="", agrees=True)
    positions.approve(draft, by=roles["board"], at=NOW)
    draft.refresh_from_db()
    return draft


def test_the_whole_way(response: Response, draft: PositionVersion, roles: dict[str, Reader], site: Client) -> None:
    responding.decide(response, by=roles["officer"], at=NOW, choice="respond", internal_deadline=date(2026, 12, 1))
    responding.choose_version(response, draft, by=roles["officer"])
    approved(draft, roles)
    responding.submitted(
        response, by=roles["officer"], reference="F123", on=DAY, today=DAY, name="a.pdf", content=b"%PDF"
    )
    assert CANARY not in site.get(draft.position.href).content.decode()
    positions.publish(draft, by=roles["officer"], at=NOW)
    responding.publish_response(response, by=roles["officer"], at=NOW)

    page = site.get(draft.position.href).content.decode()
    assert CANARY in page
    assert "Include images." in page
    dossier = site.get("/affairs/dossiers/ehds/").content.decode()
    assert "what we said" in dossier
    assert "sent on 24 November 2026" in dossier


def test_nothing_is_sent_that_was_not_approved(
    response: Response, draft: PositionVersion, roles: dict[str, Reader]
) -> None:
    responding.decide(response, by=roles["officer"], at=NOW, choice="respond")
    responding.choose_version(response, draft, by=roles["officer"])

    with pytest.raises(Refused, match="Only an approved version"):
        responding.submitted(response, by=roles["officer"], reference="F1", on=DAY, today=DAY, name="a", content=b"a")


def test_a_consultation_is_not_skipped_without_a_reason(response: Response, roles: dict[str, Reader]) -> None:
    with pytest.raises(Refused, match="Say why"):
        responding.decide(response, by=roles["officer"], at=NOW, choice="skip")


def test_our_own_deadline_lies_before_the_consultations(response: Response, roles: dict[str, Reader]) -> None:
    with pytest.raises(Refused, match="after the consultation"):
        responding.decide(response, by=roles["officer"], at=NOW, choice="respond", internal_deadline=date(2026, 12, 11))


def test_whoever_wrote_cannot_approve_even_with_every_role(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    positions.rewrite(draft, by=roles["administrator"], text="by the administrator", asks=[])
    positions.rewrite(draft, by=roles["officer"], text="and by the officer", asks=[])
    positions.send_to_review(draft, by=roles["officer"])
    positions.review(draft, by=roles["expert"], at=NOW, said="", agrees=True)

    with pytest.raises(Refused, match="second person"):
        positions.approve(draft, by=roles["administrator"], at=NOW)


def test_the_database_refuses_an_author_as_approver(draft: PositionVersion) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PositionVersion.objects.filter(pk=draft.pk).update(approved_by=draft.author_id)


def test_no_step_can_be_skipped(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    for act in (
        lambda: positions.approve(draft, by=roles["board"], at=NOW),
        lambda: positions.publish(draft, by=roles["officer"], at=NOW),
        lambda: positions.review(draft, by=roles["expert"], at=NOW, said="", agrees=True),
    ):
        with pytest.raises(Refused, match="is draft"):
            act()


def test_what_was_sent_to_review_is_not_rewritten(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    positions.send_to_review(draft, by=roles["officer"])

    with pytest.raises(Refused):
        positions.rewrite(draft, by=roles["officer"], text="another", asks=[])


def test_a_returned_version_stays_and_a_draft_follows_it(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    positions.send_to_review(draft, by=roles["officer"])
    positions.review(draft, by=roles["expert"], at=NOW, said="It lacks figures.", agrees=False)

    new, old = draft.position.versions.all()
    assert (old.state, old.review_said) == ("returned", "It lacks figures.")
    assert (new.state, new.number, new.text) == ("draft", 2, CANARY)


def test_a_text_that_is_not_what_was_approved_is_not_published(
    draft: PositionVersion, roles: dict[str, Reader]
) -> None:
    approved(draft, roles)
    PositionVersion.objects.filter(pk=draft.pk).update(text="changed behind everyone's back")

    with pytest.raises(Refused, match="not what was approved"):
        positions.publish(draft, by=roles["officer"], at=NOW)


def test_the_next_version_begins_with_the_text_that_was_approved_last(
    draft: PositionVersion, roles: dict[str, Reader]
) -> None:
    approved(draft, roles)
    positions.publish(draft, by=roles["officer"], at=NOW)
    new = positions.draft_from_last(draft.position, by=roles["officer"])

    assert (new.number, new.text, new.asks) == (2, CANARY, ["Include images."])
    with pytest.raises(Refused, match="in work already"):
        positions.draft_from_last(draft.position, by=roles["officer"])


def test_a_published_version_stays_readable_when_another_supersedes_it(
    draft: PositionVersion, roles: dict[str, Reader], site: Client
) -> None:
    approved(draft, roles)
    positions.publish(draft, by=roles["officer"], at=NOW)
    new = positions.draft_from_last(draft.position, by=roles["officer"])
    approved(new, roles)
    positions.publish(new, by=roles["officer"], at=NOW)

    draft.refresh_from_db()
    assert draft.state == "superseded"
    assert "Version 1, superseded" in site.get(draft.position.href).content.decode()


def test_an_expert_of_another_dossier_cannot_review(
    draft: PositionVersion, roles: dict[str, Reader], person: Callable[..., User]
) -> None:
    positions.send_to_review(draft, by=roles["officer"])

    with pytest.raises(PermissionDenied):
        positions.review(draft, by=reader_of(person("expert", "elsewhere"), on=DAY), at=NOW, said="", agrees=True)


def test_the_pages_lead_the_whole_way(response: Response, draft: PositionVersion, roles, browser_of) -> None:
    browsers = {role: browser_of(reader.user) for role, reader in roles.items()}
    at = response.href

    def post(role: str, address: str, **form: object) -> None:
        answer = browsers[role].post(address, form)
        assert answer.status_code == 302, answer.content.decode()

    post("officer", at, act="decide", choice="respond", reason="", internal_deadline="2026-12-01")
    post("officer", at, act="version", version=draft.pk)
    post("officer", draft.position.href, act="rewrite", text="A better text", asks="One\nTwo")
    post("officer", draft.position.href, act="send")
    post("expert", draft.position.href, act="agree", said="Fine.")
    post("board", draft.position.href, act="approve")
    file = SimpleUploadedFile("response.pdf", b"%PDF-1.7")
    post("officer", at, act="submitted", reference="F9", submitted_on="2026-11-24", file=file)
    post("officer", draft.position.href, act="publish")
    post("officer", at, act="publish")

    sent = browsers["officer"].get(f"{at}file/")
    assert sent.content == b"%PDF-1.7"
    assert sent.headers["Content-Disposition"].startswith("attachment")
