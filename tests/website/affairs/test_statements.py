"""A joint statement: written with partners, approved by a second person, issued, published, listed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.website.affairs.conftest import NOW
from tests.website.affairs.test_public_pages import words
from website.affairs.access import Reader, reader_of
from website.affairs.actions import positions, stating
from website.affairs.actions.assigning import assign
from website.affairs.actions.briefing import make_briefing
from website.affairs.actions.refusing import Refused
from website.affairs.models import DossierRow, PositionVersion, Statement
from website.audit.models import Entry

DAY = NOW.date()
LIST = "/affairs/statements/"
CANARY = "Canary partner"


@pytest.fixture
def roles(person: Callable[..., User], ehds: DossierRow) -> dict[str, Reader]:
    people = {role: person(role) for role in ("expert", "officer", "board", "administrator")}
    assign(ehds, people["expert"], by=reader_of(people["officer"], on=DAY), role="lead", starts_on=DAY)
    return {role: reader_of(user, on=DAY) for role, user in people.items()}


@pytest.fixture
def draft(roles: dict[str, Reader], ehds: DossierRow) -> PositionVersion:
    return stating.begin_statement(
        ehds,
        by=roles["officer"],
        title="Synthetic joint statement",
        text="Synthetic text",
        asks=["Synthetic ask."],
        partners=[CANARY, " Another ", CANARY],
        network="Synthetic network",
        platform="health-policy-platform",
    )


def approved(draft: PositionVersion, roles: dict[str, Reader]) -> Statement:
    positions.send_to_review(draft, by=roles["officer"])
    positions.review(draft, by=roles["expert"], at=NOW, said="", agrees=True)
    positions.approve(draft, by=roles["board"], at=NOW)
    return Statement.objects.get(position=draft.position)


def test_from_the_first_draft_to_the_public_list_in_forms(
    site: Client, roles: dict[str, Reader], ehds: DossierRow, browser_of
) -> None:
    browsers = {role: browser_of(reader.user) for role, reader in roles.items()}

    def post(role: str, address: str, **filled: object) -> None:
        answer = browsers[role].post(address, filled)
        assert answer.status_code == 302, words(answer.content)

    post(
        "expert", "/affairs/desk/dossiers/ehds/", act="statement", title="Synthetic joint statement", text="Text",
        asks="Ask", partners="First\nSecond\n", network="Network", platform="health-policy-platform",
    )  # fmt: skip
    at = Statement.objects.get().position.href
    post("officer", at, act="describe", partners="First\nThird", network="Network", platform="")
    post("officer", at, act="send")
    post("administrator", at, act="agree", said="Fine.")
    post("board", at, act="approve")
    assert site.get(at).status_code == 404
    post("officer", at, act="issued", issued_on="2026-11-20", document="https://example.org/statement.pdf")
    post("officer", at, act="publish")

    text = words(site.get(LIST).content)
    assert "Synthetic joint statement Network The document : Synthetic joint statement First, Third" in text
    assert "20 November 2026" in text
    assert "Joint statement with First, Third" in words(site.get(at).content)
    assert "joint statement with First, Third" in words(site.get(ehds.href).content)
    acts = set(Entry.objects.filter(act__startswith="affairs.statement").values_list("act", flat=True))
    assert acts == {"affairs.statement.begun", "affairs.statement.described", "affairs.statement.issued"}


def test_what_is_in_work_is_listed_for_those_inside_alone(
    site: Client, draft: PositionVersion, roles: dict[str, Reader], person: Callable[..., User], browser_of
) -> None:
    assert CANARY in words(browser_of(roles["expert"].user).get(LIST).content)
    assert CANARY not in words(site.get(LIST).content)
    for outside in (person("member"), person("expert", "an-expert-of-another-dossier")):
        assert CANARY not in words(browser_of(outside).get(LIST).content)


def test_each_partner_stands_once_in_the_order_given(draft: PositionVersion) -> None:
    assert Statement.objects.get().partners == [CANARY, "Another"]


@pytest.mark.parametrize("partners", [[], ["  "], ["x" * 201], [str(number) for number in range(201)]])
def test_a_statement_with_nobody_or_with_everybody_is_refused(
    roles: dict[str, Reader], ehds: DossierRow, partners: list[str]
) -> None:
    with pytest.raises(Refused, match="partner"):
        stating.begin_statement(ehds, by=roles["officer"], title="T", text="T", asks=[], partners=partners)


def test_whoever_named_the_partners_cannot_approve_them(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    stating.describe(Statement.objects.get(), by=roles["administrator"], partners=["Another partner"])
    positions.send_to_review(draft, by=roles["officer"])
    positions.review(draft, by=roles["expert"], at=NOW, said="", agrees=True)

    with pytest.raises(Refused, match="second person"):
        positions.approve(draft, by=roles["administrator"], at=NOW)


def test_partners_stay_as_they_were_approved(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    statement = approved(draft, roles)
    with pytest.raises(Refused, match="first text"):
        stating.describe(statement, by=roles["officer"], partners=["Another partner"])

    stating.issued(statement, by=roles["officer"], issued_on=DAY, document="", today=DAY)
    positions.publish(draft, by=roles["officer"], at=NOW)
    positions.draft_from_last(draft.position, by=roles["officer"])
    with pytest.raises(Refused, match="first text"):
        stating.describe(statement, by=roles["officer"], partners=["Another partner"])


def test_nothing_is_published_before_the_partners_issued_it(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    approved(draft, roles)

    with pytest.raises(Refused, match="when the partners issued"):
        positions.publish(draft, by=roles["officer"], at=NOW)


def test_nothing_is_issued_that_was_not_approved(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    with pytest.raises(Refused, match="approved"):
        stating.issued(Statement.objects.get(), by=roles["officer"], issued_on=DAY, document="", today=DAY)


@pytest.mark.parametrize(
    ("days", "document"), [(1, ""), (0, "javascript:alert(1)"), (0, "ftp://example.org/statement.pdf")]
)
def test_a_day_ahead_or_an_address_of_another_kind_is_refused(
    draft: PositionVersion, roles: dict[str, Reader], days: int, document: str
) -> None:
    statement = approved(draft, roles)

    with pytest.raises(Refused):
        stating.issued(
            statement, by=roles["officer"], issued_on=DAY + timedelta(days=days), document=document, today=DAY
        )


def test_the_board_approves_and_does_not_record(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    statement = approved(draft, roles)

    with pytest.raises(PermissionDenied):
        stating.issued(statement, by=roles["board"], issued_on=DAY, document="", today=DAY)


def test_a_briefing_names_the_partners_of_what_was_published(draft: PositionVersion, roles: dict[str, Reader]) -> None:
    before = make_briefing(by=roles["officer"], from_day=DAY, to_day=DAY, at=NOW)
    statement = approved(draft, roles)
    stating.issued(statement, by=roles["officer"], issued_on=DAY, document="", today=DAY)
    positions.publish(draft, by=roles["officer"], at=NOW)
    after = make_briefing(by=roles["officer"], from_day=DAY, to_day=DAY, at=NOW)

    assert CANARY not in str(before.public)
    assert after.public["positions"][0]["with"] == [CANARY, "Another"]


def test_what_the_catalogue_tells_of_stands_with_its_source_and_without_a_date_that_nobody_gave(
    site: Client, desk: None
) -> None:
    text = words(site.get(LIST).content)

    assert "AI-powered Imaging Thematic network on precision medicine for cancer patients, EU Health Policy" in text
    assert "EUCAIM date not known verified in the source" in text
    assert "thematic network. As of 24 November 2026" in text
    assert "Cancer Imaging Initiative" in text
