"""Like is compared with like: may two figures stand in one ranking, and if not, why not?

OECD counts every scanner of Finland, WHO's figure for Finland says "Only public sector data": both are right and
they do not compare. What a figure covers is structured data here, so the software can say so and refuse to rank.

WHO mostly does not say what it covers. Its figures answer one question put to every ministry alike, so they may be
ranked among themselves under the words "coverage not stated". Beside another publisher's figure, or as a ratio of two
countries, nobody knows what would be compared: there they are indicative only.
"""

from dataclasses import dataclass
from enum import StrEnum

from observatory.codelists.breakdowns import SECTOR_NAMES, SETTING_NAMES, UNSTATED, Sector, Setting
from observatory.codelists.flags import Flag


class Verdict(StrEnum):
    """How far a figure may be compared with figures of full coverage."""

    COMPARABLE = "comparable"
    INDICATIVE = "indicative"
    NOT_COMPARABLE = "not_comparable"


MEANINGS: dict[Verdict, str] = {
    Verdict.COMPARABLE: (
        "Covers the setting that the indicator usually covers, and every sector; or the publisher states no coverage "
        "for any of its figures, and they are compared among themselves, under the words “coverage not stated”."
    ),
    Verdict.INDICATIVE: (
        "The definition differs, reliability is low, or a country’s note says so; or coverage is not stated and the "
        "figure stands beside another publisher’s, or in a ratio of two countries."
    ),
    Verdict.NOT_COMPARABLE: "Covers one sector or another setting only, so it counts fewer than there are.",
}
"""Verdict → when it is given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparability:
    """A verdict with its reason in one clause; the reason is empty for a comparable figure."""

    verdict: Verdict
    """Comparable figures are ranked, indicative ones are marked, the others are hatched and not ranked."""
    reason: str = ""
    """Why not, such as "public sector only"."""
    unstated: bool = False
    """Whether the publisher leaves setting or sector unsaid: such figures compare among themselves alone."""

    @property
    def beyond_publisher(self) -> "Comparability":
        """The same figure beside another publisher's, or in a ratio: indicative where coverage is not stated."""
        if self.verdict is Verdict.COMPARABLE and self.unstated:
            return Comparability(verdict=Verdict.INDICATIVE, reason=UNSTATED, unstated=True)
        return self


COMPARABLE = Comparability(verdict=Verdict.COMPARABLE)

NOT_RANKED: dict[Flag, str] = {
    Flag.DEFINITION_DIFFERS: "definition differs",
    Flag.LOW_RELIABILITY: "low reliability",
}
"""Flags that make a figure indicative → the reason they give."""


def compare_coverage(
    *, setting: Setting, sector: Sector, flags: frozenset[Flag], usual_setting: Setting = Setting.ALL
) -> Comparability:
    """How a figure compares with the usual coverage of its indicator, within its publisher's figures.

    A narrower sector or setting counts fewer machines than there are: not comparable. A definition that differs may or
    may not matter: indicative. Coverage nobody states is comparable with the like of it only, and marked `unstated`.

    >>> compare_coverage(setting=Setting.ALL, sector=Sector.PUBLIC, flags=frozenset()).reason
    'public sector only'
    >>> unsaid = compare_coverage(setting=Setting.NOT_STATED, sector=Sector.NOT_STATED, flags=frozenset())
    >>> unsaid.verdict.value, unsaid.beyond_publisher.verdict.value, unsaid.beyond_publisher.reason
    ('comparable', 'indicative', 'coverage not stated')
    """
    unstated = setting is Setting.NOT_STATED or sector is Sector.NOT_STATED
    if sector in (Sector.PUBLIC, Sector.PRIVATE):
        return Comparability(verdict=Verdict.NOT_COMPARABLE, reason=SECTOR_NAMES[sector], unstated=unstated)
    if setting not in (usual_setting, Setting.NOT_STATED):
        return Comparability(verdict=Verdict.NOT_COMPARABLE, reason=SETTING_NAMES[setting], unstated=unstated)
    reasons = [reason for flag, reason in NOT_RANKED.items() if flag in flags]
    if reasons:
        return Comparability(verdict=Verdict.INDICATIVE, reason=", ".join(reasons), unstated=unstated)
    return Comparability(verdict=Verdict.COMPARABLE, unstated=True) if unstated else COMPARABLE
