"""Levels side by side, and a facility's median beside a level.

Levels are ranked only when each is the same statistic of the same quantity for the same examination and group;
otherwise they stand beside each other with what differs, because the order of numbers would be read as an order of
countries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from observatory.errors import FigureRefused
from observatory.protection.levels import LevelKind, SetLevel, Statistic
from observatory.protection.quantities import QUANTITIES
from observatory.protection.refusals import level_of_one_patient
from observatory.protection.units import convert

FEWEST_EXAMINATIONS = 20
"""Below this a median is not compared with a level."""

MUST_AGREE: dict[str, Callable[[SetLevel], str]] = {
    "statistic": lambda one: one.document.statistic,
    "quantity": lambda one: one.level.quantity,
    "examination": lambda one: one.level.examination,
    "indication": lambda one: one.level.indication or "none",
    "group": lambda one: one.level.group,
    "what the dose is counted for": lambda one: one.level.per,
    "what the document calls it": lambda one: one.level.kind,
}
"""What must be the same for two levels to be ranked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelComparison:
    """Levels beside each other."""

    levels: tuple[SetLevel, ...]
    """Lowest first where they are ranked; else in the order given."""
    ranked: bool
    """Whether their order means anything."""
    reasons: tuple[str, ...]
    """Why they are not ranked, one clause each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MedianComparison:
    """A facility's median beside a level."""

    median: Decimal
    """In the unit in which we keep the quantity."""
    level: SetLevel
    """The level."""
    ratio: Decimal
    """Median divided by level."""
    examinations: int
    """How many examinations the median rests on."""

    @property
    def is_above(self) -> bool:
        """Whether the median is above the level. Whether it consistently is takes an interval and a second period."""
        return self.ratio > 1


def compare_levels(levels: Sequence[SetLevel]) -> LevelComparison:
    """These levels side by side, ranked where they are the same statistic of the same thing."""
    reasons = [
        f"the {name} differs: {', '.join(sorted(said))}"
        for name, read in MUST_AGREE.items()
        if len(said := {read(one) for one in levels}) > 1
    ]
    silent = [one.document.id for one in levels if one.document.statistic is Statistic.NOT_STATED]
    if silent:
        reasons.append(f"the statistic was not read for {', '.join(dict.fromkeys(silent))}")
    if len(levels) < 2:
        reasons.append("there is nothing to rank with")
    if reasons:
        return LevelComparison(levels=tuple(levels), ranked=False, reasons=tuple(reasons))
    return LevelComparison(levels=tuple(sorted(levels, key=lambda one: one.value_in_our_unit)), ranked=True, reasons=())


def compare_median(
    median: Decimal, *, unit: str, quantity: str, examinations: int, group: str, level: SetLevel
) -> MedianComparison:
    """The median of a facility's `examinations`, in `unit`, beside a level.

    Raises FigureRefused for fewer than 20 examinations, since a level is not for single patients; for another quantity
    or group than the level's; and for a number that the document does not call a level.
    """
    if examinations < FEWEST_EXAMINATIONS:
        raise level_of_one_patient(examinations=examinations, needed=FEWEST_EXAMINATIONS)
    for name, have, want in (("quantity", quantity, level.level.quantity), ("group", group, level.level.group)):
        if have != want:
            raise FigureRefused(
                f"the median and the level are of another {name}",
                expected=want,
                found=have,
                remedy=f"Choose the level of the same {name}.",
            )
    if level.level.kind is not LevelKind.LEVEL:
        raise FigureRefused(
            f"the document calls this number a {level.level.kind.replace('_', ' ')}, not a reference level",
            file=level.document.id,
            remedy="Compare with the level, and show the other beside it.",
        )
    plain = convert(median, unit=unit, into=QUANTITIES[quantity].unit)
    return MedianComparison(median=plain, level=level, ratio=plain / level.value_in_our_unit, examinations=examinations)
