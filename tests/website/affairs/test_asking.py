"""The sources are asked as they want to be, every answer is archived, and what could not be had is told."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt
from observatory.errors import NotFound
from observatory.harvest.limits import Limits, Rate
from tests.simulator import faults
from tests.simulator.institutions import CANARY
from tests.simulator.server import Simulator, running_simulator
from tests.website.affairs.conftest import NOW
from website.affairs import asking
from website.affairs.access import reader_of
from website.affairs.actions import triage
from website.affairs.models import Answer, DossierRow, Item, NumberRow, Run

IMPATIENT = Limits(
    tries=2, first_pause_s=0.01, jitter_s=0.01, longest_pause_s=1, silence_s=0.3, connect_s=0.5, total_s=2,
    max_bytes=2_000_000, rates={}, otherwise=Rate(requests=10_000, seconds=1),
)  # fmt: skip
Ask = Callable[..., tuple[dict[str, Attempt], dict[str, Run]]]


@pytest.fixture
def simulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Simulator]:
    """The desk's own way to ask, led to the simulator, with little patience."""
    with running_simulator() as simulator:
        whole = asking.run_harvest
        monkeypatch.setattr(
            asking,
            "run_harvest",
            lambda wanted, **options: whole(wanted, limits=IMPATIENT, transport=simulator.transport, **options),
        )
        yield simulator


@pytest.fixture
def ask(desk: None, simulator: Simulator, tmp_path: Path) -> Ask:
    """Ask sources for three dossiers, and have attempts by name and runs by source."""
    followed = ("ehds", "mdr-ivdr-simplification", "critical-medicines-act")
    DossierRow.objects.exclude(slug__in=followed).update(status="closed")

    def run(*sources: str, days: int = 0) -> tuple[dict[str, Attempt], dict[str, Run]]:
        at = NOW + timedelta(days=days)
        attempts, runs = asking.ask(tmp_path, sources=sources, at=at, contact="", proxy="")
        return {one.dataset: one for one in attempts}, {one.source: one for one in runs}

    return run


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def test_all_four_sources_are_asked_and_read(ask: Ask, simulator: Simulator) -> None:
    attempts, runs = ask()

    assert list(runs) == ["have-your-say", "parliament", "cellar", "feed"]
    assert [run.gap for run in runs.values()] == [""] * 4
    assert all(run.new == run.parsed > 0 for run in runs.values())
    assert {seen.headers["User-Agent"].partition("/")[0] for seen in simulator.seen} == {"ImagingObservatory"}
    assert attempts["parliament.2022-0140"].address.startswith("https://data.europarl.europa.eu/api/v2/procedures/")
    assert Item.objects.get(source="cellar", key="32025R0327").record["eurovoc"] == ["5594"]


def test_what_was_sent_is_archived_before_it_is_read(ask: Ask, archive: Archive) -> None:
    ask()

    assert archive.verify() == []
    pages = archive.list_origins("have-your-say")
    assert [(one.page, one.licence) for one in pages] == [(1, "CC-BY-4.0"), (2, "CC-BY-4.0"), (3, "CC-BY-4.0")]
    assert CANARY.encode() in archive.open_snapshot(pages[0]).content


def test_asking_again_asks_whether_it_changed_and_changes_no_item(ask: Ask, simulator: Simulator) -> None:
    ask()
    simulator.seen.clear()

    attempts, runs = ask(days=1)

    assert {one.outcome.value for one in attempts.values()} == {"nothing_new"}
    assert [(run.new, run.changed, run.gone, run.gap) for run in runs.values()] == [(0, 0, 0, "")] * 4
    conditional = [one for one in simulator.seen if "If-None-Match" in one.headers]
    assert len(conditional) == len(simulator.seen) - 3  # The three pages of the list are asked for whole.


def test_every_page_of_the_list_is_asked_for(ask: Ask, simulator: Simulator) -> None:
    _, runs = ask("have-your-say")

    assert [one.target.partition("&page=")[2] for one in simulator.seen] == [f"{at}&size=100" for at in range(3)]
    assert (runs["have-your-say"].parsed, runs["have-your-say"].expected) == (250, 250)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_failure_that_passes_leaves_no_gap(ask: Ask, simulator: Simulator, status: int) -> None:
    simulator.faults.extend([None, faults.says(status), None])

    _, runs = ask("have-your-say")

    assert (runs["have-your-say"].parsed, runs["have-your-say"].gap) == (250, "")


def test_a_page_that_cannot_be_fetched_is_a_gap_and_closes_nothing(ask: Ask, simulator: Simulator) -> None:
    ask("have-your-say")
    simulator.providers.institutions.initiatives[0]["shortTitle"] = "Initiative 1 on mammography"
    simulator.providers.institutions.initiatives.pop()
    simulator.spoilt["page=1&"] = faults.says(500)

    run = ask("have-your-say", days=1)[1]["have-your-say"]

    assert (run.parsed, run.changed, run.gone) == (100, 1, 0)
    assert "the sweep broke off after 100 records" in run.gap
    assert "page 2: ec.europa.eu answered 500" in run.gap
    assert next(iter(run.answers.values_list("status", "problem"))) == (200, "")
    simulator.spoilt.clear()
    run = ask("have-your-say", days=2)[1]["have-your-say"]
    assert (run.gap, run.gone) == ("", 1)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (faults.says(429, Retry_After="3600"), "come back after 3600 seconds"),
        (faults.says(500), "answered 500"),
        (faults.says(403), "answered 403"),
        (faults.says(404), "holds nothing"),
        (faults.says(204), "holds nothing"),
        (faults.says(202), "answered 202"),
        (faults.says(300), "answered 300"),
        (faults.hangs(), "ReadTimeout"),
        (faults.breaks_off(b"{" * 1000), "no whole answer"),
        (faults.sends(b'{"data": [{"label":'), "ends too early"),
        (faults.html_shell(), "web page"),
        (faults.error_body(), "an error under a good status"),
        (faults.never_ends(), "larger than we take"),
        (faults.redirects("https://169.254.169.254/latest/"), "not on the provider"),
        (faults.redirects("http://data.europarl.europa.eu/"), "not encrypted"),
    ],
)
def test_one_procedure_that_fails_is_told_and_stops_no_other(ask: Ask, simulator: Simulator, fault, words: str) -> None:
    before = ask("parliament")[1]["parliament"]
    simulator.providers.institutions.vote = "2027-02-03"
    simulator.spoilt["2022-0140"] = fault

    run = ask("parliament", days=1)[1]["parliament"]

    assert words in run.gap
    assert run.changed == before.parsed - 1
    problems = run.answers.exclude(problem="")
    assert [one.address for one in problems] == [
        "https://data.europarl.europa.eu/api/v2/procedures/2022-0140?format=application%2Fld%2Bjson"
    ]


def test_of_a_procedure_that_cannot_be_fetched_the_last_good_answer_stands(ask: Ask, simulator: Simulator) -> None:
    whole = ask("parliament")[1]["parliament"]
    simulator.spoilt["2022-0140"] = faults.says(500)

    run = ask("parliament", days=1)[1]["parliament"]

    assert (run.parsed, run.changed) == (whole.parsed, 0)
    assert run.gap


def test_a_list_that_shrank_closes_nothing(ask: Ask, simulator: Simulator) -> None:
    ask("have-your-say")
    del simulator.providers.institutions.initiatives[40:]

    run = ask("have-your-say", days=1)[1]["have-your-say"]

    assert run.gap == "40 records came where the last sweep had 250"
    assert not Item.objects.exclude(gone_at=None).exists()


def test_a_list_that_repeats_its_page_is_no_whole_list(ask: Ask, simulator: Simulator) -> None:
    simulator.providers.institutions.pages_repeat = True

    run = ask("have-your-say")[1]["have-your-say"]

    assert run.parsed == 100
    assert "does not say where in the list it stands" in run.gap


def test_no_name_of_an_officer_leaves_the_bytes(ask: Ask, tmp_path: Path, person: Callable[..., User]) -> None:
    ask("have-your-say")
    officer = reader_of(person("officer"), on=NOW.date())
    triage.accept(Item.objects.get(key="7"), by=officer, on=NOW.date(), dossiers=[DossierRow.objects.all()[0]])
    ask("have-your-say", days=1)

    kept = str([list(model.objects.values()) for model in (Item, Answer, Run)])
    beside = "".join(
        path.read_text() for folder in ("origins", "attempts") for path in (tmp_path / folder).rglob("*.json*")
    )
    assert CANARY not in kept + beside


def test_the_page_of_an_accepted_consultation_is_asked_for(ask: Ask, simulator, person: Callable[..., User]) -> None:
    ask("have-your-say")
    officer = reader_of(person("officer"), on=NOW.date())
    triage.accept(Item.objects.get(key="7"), by=officer, on=NOW.date(), dossiers=[DossierRow.objects.all()[0]])

    attempts, runs = ask("have-your-say", days=1)

    assert attempts["have-your-say.7"].outcome.value == "new"
    assert Item.objects.get(key="7").summary == "Told on its own page only."
    assert (runs["have-your-say"].parsed, runs["have-your-say"].gap) == (250, "")


def test_a_procedure_that_an_officer_added_is_asked_for(ask: Ask, ehds: DossierRow) -> None:
    NumberRow.objects.create(dossier=ehds, value="2026/0001(COD)", untyped="2026/0001", evidence="stated", as_of=NOW)

    assert "parliament.2026-0001" in ask("parliament")[0]


def test_a_quiet_week_of_news_is_no_gap(ask: Ask, simulator: Simulator) -> None:
    ask("feed")
    Run.objects.filter(source="feed").update(parsed=500)

    assert ask("feed", days=1)[1]["feed"].gap == ""


def test_a_source_that_nobody_knows_is_refused_before_anyone_is_asked(ask: Ask, simulator: Simulator) -> None:
    with pytest.raises(NotFound, match="no source is called"):
        ask("consilium")
    assert simulator.seen == []


def test_the_command_tells_what_it_would_ask_and_asks_nobody(tmp_path: Path) -> None:
    environment = os.environ | {
        "OBSERVATORY_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'desk.sqlite3'}",
    }  # fmt: skip
    line = [sys.executable, "-m", "website", "ask", "parliament", "feed", "--dry-run"]

    told = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
    assert "parliament.2022-0140\thttps://data.europarl.europa.eu/" in told.stdout
    assert "feed.who-news\thttps://www.who.int/" in told.stdout
    assert not (tmp_path / "affairs-archive").exists()
