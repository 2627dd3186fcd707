"""The Parliament's open data: events in no order, a total that caps, a type that changes, and the calendar."""

import json

import pytest

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.proceedings.records import Actor, Certainty, Precision
from observatory.providers.parliament import read
from tests.specimens import OURS, real_specimen


def payload(name):
    return Payload(name=name, content=(OURS / "parliament" / name).read_bytes())


def of(document):
    return Payload(name="made", content=json.dumps(document).encode())


def test_a_procedure_that_changed_its_type_is_filed_under_the_new_one():
    reading = read(payload("procedure.json"))
    assert [(record.procedure, record.type) for record in reading.records] == [("2030/0007(NLE)", "COD")]
    assert reading.remarks == ("2030/0007(NLE) is filed as COD",)


def test_the_english_title_is_taken_on_one_line():
    assert read(payload("procedure.json")).records[0].title == "Lanterns in hospitals"


def test_without_an_english_title_another_is_taken():
    reading = read(of({"data": [{"label": "2030/0001(INI)", "process_title": {"el": "Φανοί", "fr": "Lanternes"}}]}))
    assert reading.records[0].title == "Φανοί"


def test_events_come_in_order_and_the_undated_last():
    events = read(payload("procedure.json")).records[0].events
    assert [(event.date, event.kind, event.status.value) for event in events] == [
        ("2030-01-20", "REFERRAL", "happened"),
        ("2030-06-16", "DECISION", "happened"),
        ("2030-06-16", "PLENARY_VOTE", "happened"),
        ("2030-06-16", "PLENARY_VOTE", "planned"),
        ("2030-09", "PLENARY_DEBATE", "planned"),
        (None, "SIGNATURE", "happened"),
    ]
    assert events[4].precision is Precision.MONTH


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2030-Q3", "2030-Q3", Precision.QUARTER),
        ("2030", "2030", Precision.YEAR),
        ("2030-06-16T10:00:00+02:00", "2030-06-16", Precision.DAY),
        ("soon", None, None),
        ("2030-02-30", None, None),
        (None, None, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text, date, precision):
    event = {"activity_date": text, "had_activity_type": "def/ep-activities/PLENARY_VOTE", "type": "ForeseenActivity"}
    reading = read(of({"data": [{"label": "2030/0001(COD)", "was_scheduled_in": [event]}]}))
    assert (reading.records[0].events[0].date, reading.records[0].events[0].precision) == (date, precision)


def test_what_is_called_off_is_cancelled():
    event = {"activity_date": "2030-01-01", "had_activity_type": "def/ep-activities/PLENARY_VOTE_CANCELLED"}
    reading = read(of({"data": [{"label": "2030/0001(COD)", "was_scheduled_in": [event]}]}))
    assert reading.records[0].events[0].status is Certainty.CANCELLED


def test_committees_come_before_persons_and_a_joint_one_is_two():
    actors = read(payload("procedure.json")).records[0].actors
    assert actors == (
        Actor(role="COMMITTEE_LEAD", name="ENVI", body="ENVI", since=None),
        Actor(role="COMMITTEE_LEAD", name="SANT", body="SANT", since=None),
        Actor(role="UNSPECIFIED", name="JURI", body="JURI", since=None),
        Actor(role="RAPPORTEUR_SHADOW", name="person/900002", body="GRP", since="2030-02-15", group="GRP"),
        Actor(role="RAPPORTEUR", name="person/900001", body="SANT", since="2030-02-14", group="GRP"),
    )


def test_a_list_has_no_titles_and_counts_no_further_than_ten_thousand():
    reading = read(payload("list.json"))
    assert [record.procedure for record in reading.records] == ["2030/0007(COD)", "2030/2001(INI)"]
    assert {record.title for record in reading.records} == {None}
    assert reading.total is None
    assert reading.remarks == ("1 came twice and are told once", "the source counts no further than 10000")


def test_a_total_below_the_cap_is_believed():
    assert read(of({"data": [], "meta": {"total": 9999}})).total == 9999


def test_204_is_the_end_of_the_list():
    reading = read(Payload(name="end", content=b""), status=204)
    assert (reading.records, reading.is_last) == ((), True)


@pytest.mark.parametrize("document", [{"error": "Too many requests"}, {"data": [], "error": {"code": 500}}])
def test_an_error_with_status_200_is_an_error(document):
    with pytest.raises(SourceUnavailable, match="error under a good status"):
        read(of(document))


@pytest.mark.parametrize(
    "document", [{"data": {}}, {"data": [5]}, [{"uid": "1"}], {}, {"data": [{"type": "Activity"}]}]
)
def test_another_shape_is_refused(document):
    with pytest.raises(SourceChanged):
        read(of(document))


def test_the_calendar_counts_milliseconds_and_its_inner_address_is_not_kept():
    meeting = read(payload("calendar.json")).records[0]
    assert meeting.starts_at.isoformat() == "2030-09-02T09:30:00+02:00"
    assert meeting.bodies == ("ENVI", "SANT")
    assert "inside.example" not in repr(meeting)


def test_a_moment_before_1970_is_refused():
    document = json.loads((OURS / "parliament" / "calendar.json").read_text())
    document[0]["start"] = -5
    with pytest.raises(SourceChanged, match="a time cannot be read"):
        read(of(document))


@pytest.mark.specimens
@pytest.mark.parametrize(
    ("name", "procedure", "events", "actors"),
    [
        ("odp-procedure_2016-0132.json", "2016/0132(COD)", 20, 12),
        ("odp-procedure_2024-2006.json", "2024/2006(REG)", 7, None),
        ("odp-procedure_2025-0260.json", "2025/0260(COD)", 23, 19),
        ("odp-procedure_2025-0581.json", "2025/0581(CNS)", 8, None),
    ],
)
def test_real_procedures_are_read(name, procedure, events, actors):
    record = read(Payload(name=name, content=real_specimen(f"affairs/parliament/{name}").read_bytes())).records[0]
    happened = [event for event in record.events if event.status is Certainty.HAPPENED]
    assert (record.procedure, record.stage, len(happened)) == (procedure, "RDG1", events)
    assert actors in {None, len(record.actors)}
    assert [event.date for event in record.events] == sorted(event.date for event in record.events)


@pytest.mark.specimens
def test_real_lists_calendars_and_shells_are_told_apart():
    folder = real_specimen("affairs")
    total = read(Payload(name="list", content=(folder / "parliament" / "ep-procedures-list.json").read_bytes())).total
    assert total is None
    calendar = folder / "emeeting" / "emeeting-eventsByMonth-libe.json"
    meeting = read(Payload(name="calendar", content=calendar.read_bytes())).records[0]
    assert meeting.starts_at.isoformat() == "2026-09-02T09:30:00+02:00"
    shell = folder / "emeeting" / "emeeting-spa-shell-on-wrong-route.abridged.html"
    with pytest.raises(SourceUnavailable, match="web page"):
        read(Payload(name="shell", content=shell.read_bytes()))
