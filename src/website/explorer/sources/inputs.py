"""What a figure of ours was computed from, so that a reader can do the sum again by hand.

A derived rate names its denominator in its last step, with the file and the row. Both inputs are looked up, shown with
every digit, and lead to their own provenance; the result must be the figure, or the page says that it is not.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from observatory.codelists.publishers import short_name
from observatory.codelists.units import get_unit
from observatory.observations.observation import Observation, from_frame
from observatory.publishing.figures.wording import decimal_text, period_text
from observatory.releases.reading import Release
from website.explorer.questions.way_back import way_back_of

_DIVISION = re.compile(r"÷ (\S+) of (\S+), (\S+) \((\S+) row (\d+)\) × (\d+)$")
"""The step of a derived figure that names its denominator; see `harmonisation/derived.py`."""
_SAME = ("area", "period", "provider", "setting", "sector", "sex", "age", "origin")
_CLOSE = 1e-9


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """One number that a figure was computed from."""

    title: str
    """What it counts."""
    figure: str
    """The number with every digit."""
    unit: str
    """Its unit."""
    where: str
    """Publisher, period, file and row."""
    href: str
    """Its own provenance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sum:
    """A figure of ours as a sum that can be done again."""

    above: Input
    """The number above the line."""
    below: Input
    """The number below the line."""
    formula: str
    """The sum, with every digit."""
    agrees: bool
    """Whether doing it again gives the figure."""


def find_sum(release: Release, one: Observation, *, kept: str = "") -> Sum | None:
    """The sum behind a derived observation; None for one as published, or whose inputs the release no longer holds.

    `kept` is the name of the release where the page stays with it.
    """
    found = _DIVISION.search(one.steps) if one.method == "derived" else None
    if found is None or one.value is None:
        return None
    denominator, period, provider, origin, row, factor = found.groups()
    rules = release.catalogue.indicators[one.indicator].derived
    numerators = [rule.numerator for rule in rules if rule.denominator == denominator]
    asked = {"area": one.area, "period": period, "provider": provider, "origin": origin, "row": row}
    below = _first(release, [denominator], asked)
    same = {name: str(getattr(one, name)) for name in _SAME} | {"row": str(one.row), "method": "published"}
    above = _first(release, numerators, same)
    if above is None or below is None or not _number(below):
        return None
    result = _number(above) / _number(below) * float(factor)
    return Sum(
        above=_input(release, above, kept=kept),
        below=_input(release, below, kept=kept),
        formula=f"{_digits(_number(above))} ÷ {_digits(_number(below))} × {_digits(float(factor))} = {_digits(result)}",
        agrees=math.isclose(result, _number(one), rel_tol=_CLOSE),
    )


def _first(release: Release, indicators: Sequence[str], asked: dict[str, str]) -> Observation | None:
    """The observation of the first of some indicators that has all that is asked, what stands today first."""
    for name in indicators:
        if name in release.manifest.indicators:
            conditions = [pl.col(column).cast(pl.String) == text for column, text in asked.items()]
            table = release.observations(name).filter(pl.col("value").is_not_null(), *conditions)
            if table.height:
                return from_frame(table.sort("seen_to", nulls_last=False))[0]
    return None


def _input(release: Release, one: Observation, *, kept: str) -> Input:
    origin = release.origins.get(one.origin)
    parts = (short_name(one.provider), period_text(one.period), origin.file if origin else "", f"row {one.row}")
    return Input(
        title=release.catalogue.indicators[one.indicator].title,
        figure=_digits(_number(one)),
        unit=get_unit(one.unit).name,
        where=", ".join(filter(None, parts)),
        href=way_back_of(one, release=kept),
    )


def _number(one: Observation) -> float:
    return (one.value or 0.0) * 10.0**one.multiplier


def _digits(number: float) -> str:
    """A number with every digit that matters, whole ones without a point.

    >>> _digits(52.0), _digits(19.262833585046707)
    ('52', '19.262833585')
    """
    return decimal_text(number, decimals=0) if number == int(number) else f"{number:.11g}"
