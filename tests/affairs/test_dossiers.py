"""Dossiers and bodies: what is known, how it is known, and what contradicts itself."""

import shutil
from datetime import date

import pytest

from observatory.affairs.dossier import Evidence
from observatory.affairs.reading import read_desk, timeline_of
from observatory.affairs.timeline import disagreements, last_day
from observatory.catalogue.reading import read_catalogue
from observatory.errors import SourceChanged
from observatory.proceedings.procedure_number import list_procedures
from tests.specimens import PROJECT

ROOT = PROJECT / "catalogue" / "affairs"
DESK = read_desk(ROOT)


def test_where_sources_disagree_both_dates_stand_with_their_sources():
    ehds = disagreements(timeline_of(DESK.dossiers["ehds"]))
    assert [(one.falls_on, bool(one.source)) for one in ehds["enters into force"]] == [
        ("2025-03-25", True),
        ("2025-03-26", True),
    ]
    assert set(disagreements(timeline_of(DESK.dossiers["digital-omnibus-ai"]))) == {"adopted by the Council"}


def test_a_month_and_a_day_within_it_do_not_disagree():
    assert disagreements(timeline_of(DESK.dossiers["samira"])) == {}
    assert last_day("2026") == date(2026, 12, 31)


def test_what_is_not_verified_is_not_called_verified():
    """Numbers and dates that were only remembered when the seed was collected."""
    remembered = {
        ("digital-omnibus-ai", "COM(2025)836"),
        ("beating-cancer-plan", "COM(2021)44"),
        ("critical-medicines-act", "COM(2025)102"),
        ("contrast-media-and-water", "32024L3019"),
        ("ai-liability", "COM(2022)496"),
    }
    unverified = {
        (dossier.id, number.value)
        for dossier in DESK.dossiers.values()
        for number in dossier.numbers
        if number.evidence is Evidence.UNVERIFIED
    }
    assert remembered <= unverified
    applies = [fact for fact in DESK.dossiers["hta"].facts if fact.step == "applies"]
    assert [fact.evidence for fact in applies] == [Evidence.UNVERIFIED]


def test_reports_of_others_are_secondary():
    assert {fact.evidence for fact in DESK.dossiers["ai-act"].facts} == {Evidence.SECONDARY}
    assert {fact.evidence for fact in DESK.dossiers["digital-omnibus-ai"].facts} == {Evidence.SECONDARY}


def test_the_dossiers_the_desk_begins_with_are_there():
    wanted = {"ehds", "ai-act", "mdr", "ivdr", "euratom-bss", "samira", "beating-cancer-plan", "cancer-screening"}
    wanted |= {"cancer-imaging-initiative", "emf", "cross-border-healthcare", "hta", "drl-recommendation"}
    assert wanted <= DESK.dossiers.keys()


def test_figures_that_bear_on_a_dossier_exist():
    known = read_catalogue(PROJECT / "catalogue").indicators
    named = {indicator for dossier in DESK.dossiers.values() for indicator in dossier.indicators}
    assert named - known.keys() == set()


def test_no_number_belongs_to_two_dossiers():
    numbers = [number.value for dossier in DESK.dossiers.values() for number in dossier.numbers]
    assert sorted(set(numbers)) == sorted(numbers)


def test_a_joint_committee_is_two():
    assert DESK.dossiers["ehds"].committees == ["ENVI", "LIBE"]
    assert not [one for dossier in DESK.dossiers.values() for one in dossier.committees if "+" in one]


def test_a_membership_has_a_history_and_not_one_date():
    first, second = DESK.bodies["biomed-alliance"].memberships
    assert (first.seen_on, first.has_ended, second.since, second.has_ended) == ("2015-01", True, "2021-05", False)


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("dossiers/hta.yaml", "kind: legislative", "kind: law", "does not fit its class"),
        ("dossiers/hta.yaml", "kind: legislative", "kind: legislative\npriority: 1", "a field nobody reads"),
        ("dossiers/hta.yaml", "id: hta", "id: hta2", "the id is not the name of the file"),
        ("dossiers/hta.yaml", "id: hta", "id: hta\nid: hta", "does not fit its class"),
        ("dossiers/hta.yaml", "2018/0018(COD)", "2018-0018", "no number in its canonical spelling"),
        ("dossiers/hta.yaml", "'2025-01-12'", "'2027-01-12'", "has not happened by 2026-11-24"),
        ("dossiers/hta.yaml", "'2025-01-12'", "'12 January'", "is no date"),
        ("dossiers/hta.yaml", "evidence: unverified", "evidence: verified", "what is verified names its source"),
        ("dossiers/hta.yaml", "evidence: verified", "evidence: unverified", "what is unverified names no source"),
        ("bodies/biomed-alliance.yaml", "has_ended: true", "has_ended: false", "another follows, so it has ended"),
        ("bodies/biomed-alliance.yaml", "since: 2021-05", "since: 2021-05\n  until: 2020-05", "ends before it begins"),
        ("bodies/icrp.yaml", "- euratom-bss", "- no-such-dossier", "there is no dossier no-such-dossier"),
        (
            "statements/precision-medicine.yaml",
            "- cancer-imaging-initiative",
            "- no-such",
            "there is no dossier no-such",
        ),
        ("statements/precision-medicine.yaml", "health-policy-platform", "no-such", "there is no body no-such"),
        ("statements/precision-medicine.yaml", "partners:\n- EUCAIM", "partners: []", "has a partner"),
        ("statements/precision-medicine.yaml", "as_of", "issued_on: '2027-01'\nas_of", "not issued by 2026-11-24"),
        ("statements/precision-medicine.yaml", "as_of", "issued_on: soon\nas_of", "soon is no date"),
        ("statements/precision-medicine.yaml", "evidence: verified", "evidence: unverified", "names no source"),
        ("bodies/biomed-alliance.yaml", "since: 2021-05", "since: soon", "a date cannot be read"),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_file(tmp_path, file, old, new, problem):
    shutil.copytree(ROOT, tmp_path / "affairs")
    path = tmp_path / "affairs" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceChanged, match=problem) as caught:
        read_desk(tmp_path / "affairs")
    assert file in caught.value.message


def test_procedures_are_written_with_their_type():
    values = [number.value for dossier in DESK.dossiers.values() for number in dossier.numbers if "/" in number.value]
    assert all(list_procedures(value) for value in values)
