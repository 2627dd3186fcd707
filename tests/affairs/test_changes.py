"""What changed between two answers, and what only seems to have."""

from dataclasses import replace

import pytest

from observatory.affairs.changes import Change, consultation_changes, procedure_changes
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import brussels_time
from observatory.proceedings.records import Actor, Certainty, Consultation, FeedbackPeriod, Procedure
from observatory.providers.parliament import read
from tests.specimens import OURS

BEFORE = read(Payload(name="p", content=(OURS / "parliament/procedure.json").read_bytes())).records[0]
NOW = brussels_time("2026/11/24 12:00:00")


def consultation(closes, title="Lanterns"):
    period = FeedbackPeriod(stage="", upstream="OPEN", opens_at=None, closes_at=brussels_time(closes, end_of_day=True))
    return Consultation(id=1, title=title, reference="", topics=(), url="", periods=(period,))


def test_the_same_answer_is_no_change():
    assert isinstance(BEFORE, Procedure)
    assert procedure_changes(BEFORE, BEFORE) == []


def test_a_moved_date_is_told_with_the_old_one():
    events = tuple(replace(one, date="2030-10-07") if one.id == "OJ-2" else one for one in BEFORE.events)
    assert procedure_changes(BEFORE, replace(BEFORE, events=events)) == [
        Change(what="event", before="PLENARY_DEBATE 2030-09, planned", after="PLENARY_DEBATE 2030-10-07, planned")
    ]


def test_a_cancelled_event_and_a_new_one_are_told():
    events = tuple(replace(one, status=Certainty.CANCELLED) if one.id == "OJ-2" else one for one in BEFORE.events)
    new = replace(BEFORE.events[0], id="new", date=None)
    told = procedure_changes(BEFORE, replace(BEFORE, events=(*events, new)))
    assert [one.after for one in told] == ["PLENARY_DEBATE 2030-09, cancelled", "REFERRAL without a date"]


def test_a_new_rapporteur_and_a_new_stage_are_told():
    actor = Actor(role="RAPPORTEUR", name="person/9", body="ENVI", since=None)
    told = procedure_changes(BEFORE, replace(BEFORE, stage="RDG2", actors=(*BEFORE.actors, actor)))
    assert told == [
        Change(what="stage", before="RDG1", after="RDG2"),
        Change(what="actor", before="", after="RAPPORTEUR person/9 (ENVI)"),
    ]


def test_a_procedure_that_changes_its_type_is_the_same_procedure():
    after = replace(BEFORE, procedure="2030/0007(COD)", type="INI")
    assert procedure_changes(BEFORE, after) == [Change(what="type", before="COD", after="INI")]


def test_a_row_of_a_list_takes_nothing_away():
    row = Procedure(procedure="2030/0007(COD)", title=None, type="COD", stage="")
    assert procedure_changes(BEFORE, row) == []


def test_two_procedures_are_not_compared():
    with pytest.raises(ValueError, match="two procedures"):
        procedure_changes(BEFORE, replace(BEFORE, procedure="2030/0008(COD)"))


def test_a_moved_deadline_is_told_and_the_passing_of_time_is_not():
    assert consultation_changes(consultation("2026-12-01"), consultation("2026-12-15"), at=NOW) == [
        Change(what="deadline", before="2026-12-01T23:59:59+01:00", after="2026-12-15T23:59:59+01:00")
    ]
    assert consultation_changes(consultation("2026-11-01"), consultation("2026-11-01"), at=NOW) == []
    told = consultation_changes(consultation("2026-11-01"), consultation("2026-12-01", title="Lamps"), at=NOW)
    assert [one.what for one in told] == ["title", "status", "deadline"]
