"""Collective dose: how often an examination is made times what it gives on average, added up over examinations.

It is a sum over a population and says nothing of anyone in it. The mean belongs in it, not the median, and a figure
that is missing on either side leaves a hole, not a zero: surveys print 0, "nc" or "na" for what nobody counted, and a
country that did not count its coronary angiographies would seem to have saved a third of its dose.
"""

import csv
import io
import random
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from observatory.codelists.areas import find_area
from observatory.errors import FigureRefused, SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.registry.intervals import quantile

MISSING = frozenset({"", "0", "0.0", "nc", "na", "n/a", "-"})
"""What a survey prints where nobody counted."""
OF_THE_SURVEY = {"SP": "SRB"}
"""A code that the survey of 2010 uses in its own way."""
PER_MILLION = Decimal(1_000_000)
ROUNDING = Decimal("0.005")
"""By which a published product may differ from the product of two published factors."""

Table = dict[str, dict[str, Decimal | None]]
"""Area → examination → value; None where it is missing."""


class Verdict(StrEnum):
    """Whether a published cell is the product of its factors."""

    EQUAL = "equal"
    DIFFERS = "differs"
    FACTOR_MISSING = "factor_missing"
    NOT_PUBLISHED = "not_published"
    MISSING = "missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProductCell:
    """One examination of one area: its factors, their product, and what was published."""

    area: str
    """Area code."""
    examination: str
    """Examination as the survey calls it."""
    per_million: Decimal | None
    """Examinations per million inhabitants and year."""
    mean_msv: Decimal | None
    """Mean effective dose of one, in mSv."""
    computed: Decimal | None
    """Their product in mSv per million inhabitants and year."""
    published: Decimal | None
    """What the survey prints for it."""
    verdict: Verdict
    """How the two compare."""
    reason: str
    """Why they are not equal; empty where they are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PopulationDose:
    """The yearly dose per inhabitant of an area from the examinations that were counted."""

    area: str
    """Area code."""
    per_caput_msv: Decimal
    """In mSv per inhabitant and year; a lower bound where examinations are missing."""
    counted: tuple[str, ...]
    """Examinations in it."""
    missing: tuple[str, ...]
    """Examinations that lack a factor and are not in it."""
    low_msv: float
    """2.5th percentile under the uncertainty of the factors."""
    high_msv: float
    """97.5th percentile under the uncertainty of the factors."""


def read_survey_table(payload: Payload) -> Table:
    """A table of a survey: one row an area, one column an examination. Raises SourceChanged with the cell."""
    rows = list(csv.reader(io.StringIO(payload.content.decode("utf-8-sig", errors="replace"))))
    if len(rows) < 2 or len(rows[0]) < 2:
        raise SourceChanged("the table is empty", file=payload.name, remedy="Give the survey's CSV.")
    examinations = [name.strip(" *") for name in rows[0][1:]]
    table: Table = {}
    for line, (code, *cells) in enumerate((row for row in rows[1:] if row and row[0]), start=2):
        area = OF_THE_SURVEY.get(code.strip()) or (found.id if (found := find_area(code.strip())) else "")
        if not area:
            raise SourceChanged(
                "no area has this code", file=payload.name, place=f"line {line}", found=code, remedy="Add the code."
            )
        table[area] = {
            name: _number(cell, file=payload.name, place=f"line {line}, {name}")
            for name, cell in zip(examinations, cells, strict=False)
        }
    return table


def reproduce(frequencies: Table, means: Table, published: Table) -> list[ProductCell]:
    """Every cell of a published table of products beside the product of its factors, and why it is not equal."""
    return [
        _product(area, name, count, means.get(area, {}).get(name), published.get(area, {}).get(name))
        for area, row in frequencies.items()
        for name, count in row.items()
    ]


def population_dose(
    area: str,
    *,
    per_million: Mapping[str, Decimal | None],
    mean_msv: Mapping[str, Decimal | None],
    uncertainty: Mapping[str, float],
    seed: int,
    draws: int = 2000,
) -> PopulationDose:
    """Yearly dose per inhabitant from frequencies per million and mean doses in mSv, with its uncertainty.

    `uncertainty` gives for each examination the coefficient of variation of its product; an examination without one is
    taken as certain. Draws are lognormal, from `seed`. Raises FigureRefused where nothing was counted.
    """
    parts: dict[str, Decimal] = {}
    for name, count in per_million.items():
        mean = mean_msv.get(name)
        if count is not None and mean is not None:
            parts[name] = count * mean / PER_MILLION
    if not parts:
        raise FigureRefused(
            "no examination has both a frequency and a mean dose", place=area, remedy="Look at the two tables."
        )
    generator = random.Random(seed)  # noqa: S311 (a simulation, not a secret)
    drawn = [
        sum(float(part) * _factor(uncertainty.get(name, 0.0), generator) for name, part in parts.items())
        for _ in range(draws)
    ]
    return PopulationDose(
        area=area,
        per_caput_msv=sum(parts.values(), Decimal(0)),
        counted=tuple(parts),
        missing=tuple(name for name in per_million if name not in parts),
        low_msv=quantile(drawn, 0.025),
        high_msv=quantile(drawn, 0.975),
    )


def outlying(values: Mapping[str, Decimal | None], *, beyond: float = 5.0) -> list[str]:
    """Areas whose value lies far from the others on a logarithmic scale: robust z of more than `beyond`."""
    logs = {area: float(value.ln()) for area, value in values.items() if value is not None and value > 0}
    if len(logs) < 5:
        return []
    middle = statistics.median(logs.values())
    spread = 1.4826 * statistics.median(abs(value - middle) for value in logs.values())
    return [area for area, value in logs.items() if spread > 0 and abs(value - middle) / spread > beyond]


def _factor(variation: float, generator: random.Random) -> float:
    """A lognormal factor of mean one and this coefficient of variation."""
    if variation <= 0:
        return 1.0
    sigma = float((Decimal(1) + Decimal(str(variation)) ** 2).ln().sqrt())
    return generator.lognormvariate(-(sigma**2) / 2, sigma)


def _number(text: str, *, file: str, place: str) -> Decimal | None:
    if text.strip() in MISSING:
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation as error:
        raise SourceChanged(
            "the cell is no number",
            file=file, place=place, expected="a number, nc or na", found=text, remedy="Look at the cell.",
        ) from error  # fmt: skip
    return value or None


def _product(
    area: str, name: str, count: Decimal | None, mean: Decimal | None, published: Decimal | None
) -> ProductCell:
    computed = count * mean if count is not None and mean is not None else None
    verdict, reason = _judged(count, mean, computed, published)
    return ProductCell(
        area=area, examination=name, per_million=count, mean_msv=mean, computed=computed, published=published,
        verdict=verdict, reason=reason,
    )  # fmt: skip


def _judged(
    count: Decimal | None, mean: Decimal | None, computed: Decimal | None, published: Decimal | None
) -> tuple[Verdict, str]:
    if computed is None:
        without = " and ".join(name for name, value in (("frequency", count), ("mean dose", mean)) if value is None)
        verdict = Verdict.MISSING if published is None else Verdict.FACTOR_MISSING
        return verdict, f"the survey has no {without}"
    if published is None:
        return Verdict.NOT_PUBLISHED, "both factors are there and the product is not"
    ratio = computed / published
    if abs(ratio - 1) <= ROUNDING:
        return Verdict.EQUAL, ""
    return Verdict.DIFFERS, f"the product of the factors is {ratio:.3f} times what is published"
