"""Units of dose, by whatever spelling, and exact conversion between those of one dimension.

A dose report names its unit in a code, and makers spell it as they like: "mGy.cm" and "mGycm", "Gym2" and "dGy.cm2",
milligray where the standard asks for gray. A number whose unit is guessed is wrong by a power of ten, so the unit is
parsed from what stands there, and a unit that cannot be parsed is no unit. Factors are decimal fractions, kept exactly.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from observatory.errors import RequestRefused


class Dimension(StrEnum):
    """What is measured, as far as a unit can tell. Air kerma and absorbed dose share the gray."""

    DOSE = "dose"
    DOSE_LENGTH = "dose_length"
    DOSE_AREA = "dose_area"
    WEIGHTED_DOSE = "weighted_dose"
    ACTIVITY = "activity"
    TIME = "time"
    MASS = "mass"


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseUnit:
    """A unit that was understood."""

    dimension: Dimension
    """What it measures."""
    factor: Decimal
    """How many SI units it is: gray, gray metre, gray square metre, sievert, becquerel, second or kilogram."""


PREFIXES = {"": 0, "d": -1, "c": -2, "m": -3, "u": -6, "n": -9, "k": 3, "M": 6, "G": 9}
"""SI prefix → power of ten."""

SECONDS = {
    1: ("s", "sec", "secs", "second", "seconds"),
    60: ("min", "mins", "minute", "minutes"),
    3600: ("h", "hr", "hour", "hours"),
}
MASSES = {"kg": 0, "g": -3}
BECQUERELS_PER_CURIE = Decimal(37_000_000_000)

_BLANKS = re.compile(r"[\s.·⋅∙•*×^_\-\x00]|\{[^}]*\}|\([^)]*\)")
_SAME = str.maketrans({"µ": "u", "μ": "u", "²": "2", "\ufffd": None})
_GRAY = re.compile(r"([dcmun]?)gy(?:([dcm]?)m(2|\2m)?)?")
_SIEVERT = re.compile(r"([cmun]?)sv")
_ACTIVITY = re.compile(r"([kMGum]?)(Bq|BQ|bq|Ci|CI|ci)")


@lru_cache(maxsize=1024)
def find_unit(spelling: str) -> DoseUnit | None:
    """The unit that `spelling` names, or nothing where it names none that this room knows.

    >>> find_unit("dGy.cm2") == find_unit("dGy*cm^2") == find_unit("DGYCM2")
    True
    >>> find_unit("mGycm").dimension.value
    'dose_length'
    >>> find_unit("Gym3") is None
    True
    """
    plain = _BLANKS.sub("", spelling).translate(_SAME)
    if len(plain) > 12:
        return None
    lower = plain.casefold()
    if (activity := _ACTIVITY.fullmatch(plain)) is not None:
        return _activity(activity)
    if plain.startswith(("MGy", "MSv")):
        return None  # a megagray is no dose of imaging, and "MGY" in capitals is a milligray
    if (gray := _GRAY.fullmatch(lower)) is not None:
        return _gray(gray)
    if (sievert := _SIEVERT.fullmatch(lower)) is not None:
        return DoseUnit(dimension=Dimension.WEIGHTED_DOSE, factor=_power(PREFIXES[sievert[1]]))
    return _other(lower)


def get_unit(spelling: str) -> DoseUnit:
    """The unit that `spelling` names. Raises RequestRefused where it names none."""
    unit = find_unit(spelling)
    if unit is None:
        raise RequestRefused(
            "no unit of dose is spelled so",
            expected="a unit such as mGy, mGy.cm, Gy.cm2, mSv, MBq or s",
            found=spelling,
            remedy="Write the unit in letters and digits.",
        )
    return unit


def convert(value: Decimal, *, unit: str, into: str) -> Decimal:
    """`value` in `unit` as a value in `into`, exactly. Raises RequestRefused where the two measure different things.

    >>> convert(Decimal(1), unit="cGy·cm²", into="µGy·m²"), convert(Decimal(1), unit="cGy·cm²", into="mGy·cm²")
    (Decimal('1'), Decimal('10'))
    """
    have, want = get_unit(unit), get_unit(into)
    if have.dimension is not want.dimension:
        raise RequestRefused(
            f"{unit} does not turn into {into}: one measures {_words(have)}, the other {_words(want)}",
            expected=f"two units of {_words(want)}",
            found=unit,
            remedy="A dose becomes a dose-length or dose-area product only by measuring the length or the area.",
        )
    return plain_decimal(value * have.factor / want.factor)


def plain_decimal(value: Decimal) -> Decimal:
    """`value` without an exponent of its own or trailing zeros."""
    reduced = value.normalize()
    return reduced.quantize(Decimal(1)) if 0 < int(reduced.as_tuple().exponent) < 20 else reduced


def _words(unit: DoseUnit) -> str:
    return unit.dimension.value.replace("_", " × ") if "dose_" in unit.dimension else unit.dimension.replace("_", " ")


def _power(exponent: int) -> Decimal:
    return Decimal(1).scaleb(exponent)


def _gray(found: re.Match[str]) -> DoseUnit:
    prefix, length, square = found.groups()
    if length is None:
        return DoseUnit(dimension=Dimension.DOSE, factor=_power(PREFIXES[prefix]))
    times = 2 if square else 1
    factor = _power(PREFIXES[prefix] + times * PREFIXES[length])
    return DoseUnit(dimension=Dimension.DOSE_AREA if square else Dimension.DOSE_LENGTH, factor=factor)


def _activity(found: re.Match[str]) -> DoseUnit | None:
    prefix, name = found.groups()
    factor = _power(PREFIXES[prefix])
    if name.casefold() == "ci":
        if prefix in ("M", "G", "k"):
            return None
        factor *= BECQUERELS_PER_CURIE
    return DoseUnit(dimension=Dimension.ACTIVITY, factor=factor)


def _other(lower: str) -> DoseUnit | None:
    for factor, names in SECONDS.items():
        if lower in names:
            return DoseUnit(dimension=Dimension.TIME, factor=Decimal(factor))
    if lower in ("ms", "msec", "us", "usec"):
        return DoseUnit(dimension=Dimension.TIME, factor=_power(PREFIXES[lower[0]]))
    if lower in MASSES:
        return DoseUnit(dimension=Dimension.MASS, factor=_power(MASSES[lower]))
    return None
