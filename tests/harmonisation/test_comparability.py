"""Which figures may stand in one ranking, and what is said of those that may not."""

import pytest

from observatory.codelists.breakdowns import SETTING_NAMES, Sector, Setting
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import Verdict, compare_coverage

NONE: frozenset[Flag] = frozenset()


@pytest.mark.parametrize("sector", [Sector.PUBLIC, Sector.PRIVATE])
def test_one_sector_counts_fewer_than_there_are(sector: Sector) -> None:
    found = compare_coverage(setting=Setting.ALL, sector=sector, flags=NONE)
    assert (found.verdict, found.reason) == (Verdict.NOT_COMPARABLE, f"{sector.value} sector only")


def test_another_setting_than_the_usual_one_is_not_comparable() -> None:
    found = compare_coverage(setting=Setting.HOSPITAL, sector=Sector.ALL, flags=NONE)
    assert (found.verdict, found.reason) == (Verdict.NOT_COMPARABLE, SETTING_NAMES[Setting.HOSPITAL])


def test_an_indicator_of_hospitals_compares_hospitals() -> None:
    found = compare_coverage(setting=Setting.HOSPITAL, sector=Sector.ALL, flags=NONE, usual_setting=Setting.HOSPITAL)
    assert (found.verdict, found.reason) == (Verdict.COMPARABLE, "")


@pytest.mark.parametrize(
    ("setting", "sector"),
    [
        (Setting.NOT_STATED, Sector.ALL),
        (Setting.ALL, Sector.NOT_STATED),
        (Setting.NOT_STATED, Sector.NOT_STATED),
    ],
)
def test_coverage_nobody_states_compares_within_its_publisher_and_is_indicative_beyond(
    setting: Setting, sector: Sector
) -> None:
    within = compare_coverage(setting=setting, sector=sector, flags=NONE)
    assert within.verdict is Verdict.COMPARABLE
    assert (within.beyond_publisher.verdict, within.beyond_publisher.reason) == (
        Verdict.INDICATIVE,
        "coverage not stated",
    )


def test_a_stated_coverage_is_the_same_beyond_its_publisher() -> None:
    within = compare_coverage(setting=Setting.ALL, sector=Sector.ALL, flags=NONE)
    assert within.beyond_publisher is within


def test_a_public_figure_of_unstated_setting_stays_not_comparable_beyond_its_publisher() -> None:
    within = compare_coverage(setting=Setting.NOT_STATED, sector=Sector.PUBLIC, flags=NONE)
    assert within.beyond_publisher.verdict is Verdict.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("flags", "reason"),
    [
        ({Flag.DEFINITION_DIFFERS}, "definition differs"),
        ({Flag.LOW_RELIABILITY}, "low reliability"),
        ({Flag.DEFINITION_DIFFERS, Flag.LOW_RELIABILITY}, "definition differs, low reliability"),
    ],
)
def test_a_definition_that_differs_makes_a_figure_indicative(flags: set[Flag], reason: str) -> None:
    found = compare_coverage(setting=Setting.ALL, sector=Sector.ALL, flags=frozenset(flags))
    assert (found.verdict, found.reason) == (Verdict.INDICATIVE, reason)


def test_a_provisional_or_estimated_figure_compares() -> None:
    flags = frozenset({Flag.PROVISIONAL, Flag.ESTIMATED, Flag.BREAK})
    assert compare_coverage(setting=Setting.ALL, sector=Sector.ALL, flags=flags).verdict is Verdict.COMPARABLE
