"""What the desk lists of a record, and that a shorter answer takes nothing away."""

from dataclasses import replace

from observatory.affairs.describing import completed, describe
from observatory.proceedings.records import Act, Certainty, Contribution, Event, NewsItem, Precision, Procedure

PROCEDURE = Procedure(
    procedure="2030/0007(COD)",
    title="Lanterns in hospitals",
    type="COD",
    stage="RDG1",
    events=(Event(date="2030-06-16", precision=Precision.DAY, kind="VOTE", status=Certainty.PLANNED, id="e1"),),
)


def test_a_procedure_keeps_its_name_when_its_type_changes() -> None:
    before, after = describe(PROCEDURE), describe(replace(PROCEDURE, procedure="2030/0007(NLE)"))

    assert before is not None
    assert after is not None
    assert before.key == after.key == "2030-0007"


def test_a_procedure_without_a_title_is_listed_by_its_number() -> None:
    described = describe(replace(PROCEDURE, title=None))

    assert described is not None
    assert described.item.title == "Procedure 2030/0007(COD)"


def test_a_list_without_titles_and_events_takes_nothing_away() -> None:
    listed = Procedure(procedure="2030/0007(COD)", title=None, type="COD", stage="RDG2")

    assert completed(listed, PROCEDURE) == replace(PROCEDURE, stage="RDG2")


def test_an_act_is_judged_by_its_number_its_procedure_and_its_descriptors() -> None:
    described = describe(Act(celex="32017R0745", title=None, date=None, eurovoc=("3844",), procedure="2012/0266(COD)"))

    assert described is not None
    assert described.item.references == ("32017R0745", "2012/0266(COD)")
    assert described.item.topics == ("3844",)


def test_an_endless_id_of_a_feed_becomes_a_fingerprint() -> None:
    described = describe(NewsItem(id="x" * 5000, title="News", url="", published_at=None))

    assert described is not None
    assert len(described.key) == 64


def test_a_contribution_is_no_item() -> None:
    given = Contribution(
        id=1, publication_id=None, sent_at=None, kind="EU_CITIZEN", country="AUT", language="DE", register_id=""
    )
    assert describe(given) is None
