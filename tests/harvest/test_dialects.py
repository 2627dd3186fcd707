"""The whole way, provider by provider: asked as documented, archived, and read by the true reader."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from observatory.archive.attempt import Outcome
from observatory.harvest.limits import Rate
from observatory.providers import get_asker, get_reader
from tests.harvest.conftest import dataset
from tests.simulator import faults
from tests.simulator.dialects import JOB
from tests.specimens import real_specimen

ASKED = {
    "eurostat": {"code": "HLTH_RS_SPEC", "where": {"med_spec": ["MED_RAD"]}},
    "eurostat-tsv": {"code": "HLTH_RS_SPEC", "format": "tsv"},
    "eurostat-csv": {"code": "HLTH_RS_SPEC", "format": "sdmx-csv"},
    "oecd": {
        "agency": "OECD.ELS.HD",
        "dataflow": "DSD_HEALTH_REAC_HOSP@DF_MED_TECH",
        "version": "1.1",
        "where": {"MEDICAL_TECH": ["MRI"]},
    },
    "who": {"code": "DEVICES08"},
    "world_bank": {"code": "SP.POP.TOTL"},
}


def made_up(name: str, **more: object):
    return replace(dataset(name), provider=name.partition("-")[0], harvest=ASKED[name] | more)


def run(bench, *datasets):
    return bench.run(*datasets, find_asker=get_asker, find_reader=get_reader)


def revise(figures) -> None:
    figures.radiologists["AT", 2023] = (104.0, "")
    figures.scanners[0] = ("FIN", 2021, 11.75, "A")
    figures.densities[0] = ("FIN", 2013, 15.75, "Only public sector data")
    figures.people[0] = ("FI", "FIN", 2023, 5_500_001)


@pytest.mark.parametrize("name", ASKED)
def test_new_then_nothing_new_then_revised(bench, name):
    first = run(bench, made_up(name))[0]
    second = run(bench, made_up(name))[0]
    revise(bench.simulator.providers.figures)
    third = run(bench, made_up(name))[0]

    assert [(a.outcome, a.message) for a in (first, second, third)] == [
        (Outcome.NEW, first.message),
        (Outcome.NOTHING_NEW, f"as on {datetime.now(UTC).date()}"),
        (Outcome.NEW, first.message),
    ]
    assert bench.archive.verify() == []


@pytest.mark.parametrize("name", ASKED)
def test_a_web_page_with_status_200_is_unavailable_to_every_reader(bench, name):
    bench.simulator.always = faults.html_shell()

    attempt = run(bench, made_up(name))[0]

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert bench.archive.list_good() == []


@pytest.mark.parametrize("name", ASKED)
def test_an_error_with_status_200_is_good_for_no_reader(bench, name):
    bench.simulator.always = faults.error_body()

    attempt = run(bench, made_up(name))[0]

    assert attempt.outcome in {Outcome.UNAVAILABLE, Outcome.CHANGED}
    assert len(bench.archive.list_origins()) == 1
    assert bench.archive.list_good() == []


@pytest.mark.parametrize("name", ASKED)
def test_an_empty_body_is_good_for_no_reader(bench, name):
    bench.simulator.always = faults.sends(b"")

    assert run(bench, made_up(name))[0].outcome in {Outcome.UNAVAILABLE, Outcome.CHANGED}


@pytest.mark.parametrize("name", ["eurostat-tsv", "eurostat-csv"])
def test_eurostats_large_answer_is_fetched_where_it_was_promised(bench, name):
    bench.simulator.providers.eurostat_is_slow = True
    promised = run(bench, made_up(name))[0]
    waiting = run(bench, made_up(name))[0]
    bench.simulator.providers.eurostat_job_done = True

    fetched = run(bench, made_up(name))[0]

    address = f"https://ec.europa.eu/eurostat/api/dissemination/1.0/async/data/{JOB}"
    assert (promised.outcome, promised.retry_at) == (Outcome.UNAVAILABLE, address)
    assert (waiting.outcome, waiting.retry_at) == (Outcome.UNAVAILABLE, address)
    assert (fetched.outcome, fetched.message) == (Outcome.NEW, "6 records")


FOOTER = b"""<?xml version="1.0" encoding="UTF-8"?>
<message:GenericData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
  xmlns:footer="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message/footer"
  xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
<footer:Footer><footer:Message code="413" severity="Infomation">
<common:Text xml:lang="en">The response will be written to: http://ec.europa.eu/eurostat/SDMX/diss-web/file/x1</common:Text>
</footer:Message></footer:Footer></message:GenericData>"""


def test_an_address_promised_without_encryption_is_asked_with_it(bench):
    bench.simulator.faults.append(faults.sends(FOOTER, media_type="application/xml"))
    promised = run(bench, made_up("eurostat-csv"))[0]

    asked = run(bench, made_up("eurostat-csv"))[0]

    assert promised.retry_at == "http://ec.europa.eu/eurostat/SDMX/diss-web/file/x1"
    assert asked.address == "https://ec.europa.eu/eurostat/SDMX/diss-web/file/x1"


@pytest.mark.specimens
def test_the_footer_eurostat_really_sent_is_a_promise(bench):
    footer = real_specimen("eurostat/sdmx-test-data__ESTAT_footer.xml").read_bytes()
    bench.simulator.always = faults.sends(footer, media_type="application/xml")

    attempt = run(bench, made_up("eurostat-csv"))[0]

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert attempt.retry_at == "http://ec.europa.eu/eurostat/SDMX/diss-web/file/wHsvjs7hQCy7Dqf4"


def test_eurostats_refusal_to_answer_at_once_means_later(bench):
    bench.simulator.providers.eurostat_is_slow = True

    attempt = run(bench, made_up("eurostat"))[0]

    assert attempt.outcome is Outcome.UNAVAILABLE
    assert "asynchronous" in attempt.message.lower()


def test_the_oecd_stops_answering_after_its_limit(bench):
    bench.simulator.providers.oecd_downloads_left = 1
    run(bench, made_up("oecd"))

    attempt = run(bench, replace(made_up("oecd"), id="oecd-again"))[0]

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 1)
    assert "come back after 3600 seconds" in attempt.message


def test_the_oecd_is_not_asked_beyond_its_limit(bench):
    bench.limit(rates={("sdmx.oecd.org", "data"): Rate(requests=1, seconds=3600)})
    run(bench, made_up("oecd"))

    attempt = run(bench, replace(made_up("oecd"), id="oecd-again"))[0]

    assert (attempt.outcome, attempt.requests) == (Outcome.UNAVAILABLE, 0)


def test_a_dataflow_the_oecd_has_renamed_calls_a_person(bench):
    bench.simulator.always = faults.says(404)

    assert run(bench, made_up("oecd"))[0].outcome is Outcome.CHANGED


def test_a_year_the_oecd_has_not_published_is_awaited(bench):
    bench.simulator.always = faults.says(404)

    assert run(bench, made_up("oecd", awaits=2026))[0].outcome is Outcome.NOT_THERE_YET


def test_an_indicator_the_world_bank_does_not_know_calls_a_person(bench):
    wrong = replace(made_up("world_bank"), harvest={"code": "SP.POP.TOTAL"})

    assert run(bench, wrong)[0].outcome is Outcome.CHANGED


def test_what_the_world_bank_remarks_on_a_figure_is_asked_for_and_kept(bench):
    run(bench, made_up("world_bank"))

    (origin,) = bench.archive.list_good()
    records = get_reader("world_bank")(bench.archive.open_snapshot(origin))
    remarked = records.frame.filter(records.frame["comment"].is_not_null())
    assert remarked.select("country", "period", "comment").rows() == [("FI", "2023", "Break: a census (made up)")]


def test_one_round_through_everyone(bench):
    attempts = run(bench, *(made_up(name) for name in ASKED))

    assert {attempt.dataset: attempt.outcome for attempt in attempts} == dict.fromkeys(ASKED, Outcome.NEW)
