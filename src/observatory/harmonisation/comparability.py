"""Like is compared with like: may two figures stand in one ranking, and if not, why not?

OECD counts every scanner of Finland, WHO's figure for Finland says "Only public sector data": both are right and
they do not compare. What a figure covers is structured data here, so the software can say so and refuse to rank.
"""

from dataclasses import dataclass
from enum import StrEnum

from observatory.codelists.breakdowns import SECTOR_NAMES, SETTING_NAMES, Sector, Setting
from observatory.codelists.flags import Flag


class Verdict(StrEnum):
    """How far a figure may be compared with figures of full coverage."""

    COMPARABLE = "comparable"
    INDICATIVE = "indicative"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparability:
    """A verdict with its reason in one clause; the reason is empty for a comparable figure."""

    verdict: Verdict
    """Comparable figures are ranked, indicative ones are marked, the others are hatched and not ranked."""
    reason: str = ""
    """Why not, such as "public sector only"."""


COMPARABLE = Comparability(verdict=Verdict.COMPARABLE)


def compare_coverage(
    *, setting: Setting, sector: Sector, flags: frozenset[Flag], usual_setting: Setting = Setting.ALL
) -> Comparability:
    """How a figure compares with the usual coverage of its indicator.

    A narrower sector or setting counts fewer machines than there are: not comparable. A definition that differs, or
    coverage nobody states, may or may not matter: indicative.

    >>> compare_coverage(setting=Setting.ALL, sector=Sector.PUBLIC, flags=frozenset()).reason
    'public sector only'
    """
    if sector in (Sector.PUBLIC, Sector.PRIVATE):
        return Comparability(verdict=Verdict.NOT_COMPARABLE, reason=SECTOR_NAMES[sector])
    if setting not in (usual_setting, Setting.NOT_STATED):
        return Comparability(verdict=Verdict.NOT_COMPARABLE, reason=SETTING_NAMES[setting])
    reasons = []
    if Flag.DEFINITION_DIFFERS in flags:
        reasons.append("definition differs")
    if Flag.LOW_RELIABILITY in flags:
        reasons.append("low reliability")
    if reasons:
        return Comparability(verdict=Verdict.INDICATIVE, reason=", ".join(reasons))
    return COMPARABLE
