"""Numbers out of a report: a value with its own unit, turned exactly into ours, or nothing and a flag that says why."""

import re
from decimal import Decimal

from observatory.protection.reports.content import Item, measured
from observatory.protection.reports.flags import DoseFlag
from observatory.protection.units import Dimension, find_unit, get_unit

GIVEN_IN = {
    "mGy": Dimension.DOSE,
    "mGy.cm": Dimension.DOSE_LENGTH,
    "Gy.cm2": Dimension.DOSE_AREA,
    "MBq": Dimension.ACTIVITY,
    "s": Dimension.TIME,
}
"""Our unit → what it measures."""

_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d{1,3})?")
LONGEST, LARGEST = 64, Decimal(10) ** 15


def measure(item: Item | None, *, into: str, flags: set[DoseFlag]) -> Decimal | None:
    """The value of a numeric item in the unit `into`; None where there is none to be had, with a flag for the reason.

    An item that is not there at all is no reason for a flag.
    """
    if item is None:
        return None
    written = measured(item)
    if written is None:
        flags.add(DoseFlag.VALUE_EMPTY)
        return None
    number = _number(written[0], flags=flags)
    if number is None:
        return None
    if not written[1]:
        flags.add(DoseFlag.UNIT_MISSING)
        return None
    unit = find_unit(written[1])
    if unit is None or unit.dimension is not GIVEN_IN[into]:
        flags.add(DoseFlag.UNIT_UNKNOWN)
        return None
    return (number * unit.factor / get_unit(into).factor).normalize()


def count(item: Item | None) -> int | None:
    """A whole number without regard to its unit, or nothing."""
    written = measured(item) if item is not None else None
    return int(written[0]) if written and re.fullmatch(r"\d{1,6}", written[0]) else None


def total(values: "list[Decimal | None]") -> Decimal | None:
    """The sum of the values there are, or nothing where there is none."""
    present = [value for value in values if value is not None]
    return sum(present, Decimal(0)) if present else None


def _number(text: str, *, flags: set[DoseFlag]) -> Decimal | None:
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        flags.add(DoseFlag.VALUE_UNREADABLE)
        return None
    if "," in text:
        flags.add(DoseFlag.DECIMAL_COMMA)
    number = Decimal(text.replace(",", "."))
    if number < 0:
        flags.add(DoseFlag.VALUE_NEGATIVE)
        return None
    if number > LARGEST:
        flags.add(DoseFlag.VALUE_UNREADABLE)
        return None
    return number
