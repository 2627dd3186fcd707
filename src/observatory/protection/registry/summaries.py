"""Facility summaries: a median and its number of examinations, for those whose law lets no more out.

A national level needs only the medians of facilities, so a country can have one without a single record leaving a
hospital. The interval from order statistics needs no more either; the bootstrap over examinations does, and is absent.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.examinations import examination_kinds
from observatory.protection.levels import GROUP
from observatory.protection.quantities import QUANTITIES
from observatory.protection.registry.computing import (
    FEWEST_EXAMINATIONS,
    OF_PHANTOM,
    LevelCell,
    cell_of_medians,
)
from observatory.protection.registry.holdings import Facility
from observatory.protection.reports.concepts import Phantom
from observatory.protection.units import convert, find_unit

HEADER = [
    *("facility_id", "procedure_code", "group", "quantity", "unit", "phantom"),
    *("n", "p25", "median", "p75", "period"),
]
QUARTILES = ("p25", "median", "p75")
_NUMBER = re.compile(r"\d+([.,]\d+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """What one facility says of one kind of examination and group of patients in one period."""

    facility: str
    """Id of the facility."""
    examination: str
    """Kind of examination."""
    group: str
    """Group of patients."""
    quantity: str
    """Quantity of dose."""
    phantom: str
    """Phantom to which it refers; empty where none is meant."""
    examinations: int
    """Number of examinations."""
    median: Decimal
    """Median in the unit in which we keep the quantity."""
    period: str
    """The period, as 2026 or 2026-Q1."""


def read_summaries(payload: Payload) -> list[Summary]:
    """The summaries in a CSV with the columns of `HEADER`; commas or semicolons between, decimal commas allowed.

    Raises SourceChanged with the line and the column of what does not fit, and for a cell that is sent twice.
    """
    text = payload.content.decode("utf-8-sig", errors="replace")
    separator = ";" if ";" in text.split("\n", 1)[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    if rows.fieldnames != HEADER:
        raise SourceChanged(
            "the table has other columns", file=payload.name, place="line 1", expected=", ".join(HEADER),
            remedy="Name the columns so, in this order.",
        )  # fmt: skip
    summaries: list[Summary] = []
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows, start=2):
        for column, problem in _problems(row):
            raise SourceChanged(problem, file=payload.name, place=f"line {line}, {column}", remedy="Correct the cell.")
        one = _summary(row)
        key = (one.facility, one.examination, one.group, one.quantity, one.phantom, one.period)
        if key in seen:
            raise SourceChanged(
                "the same cell stands twice", file=payload.name, place=f"line {line}", remedy="Keep one."
            )
        seen.add(key)
        summaries.append(one)
    return summaries


def levels_of_summaries(
    summaries: list[Summary], *, period: str, facilities: Mapping[str, Facility]
) -> list[LevelCell]:
    """Every cell of one period from the medians of facilities, with the rules of `compute_levels` and no bootstrap."""
    cells: dict[tuple[str, str, str, str, str], dict[str, tuple[float, int]]] = {}
    for one in summaries:
        facility = facilities.get(one.facility)
        if facility is None or one.period != period or one.examinations < FEWEST_EXAMINATIONS:
            continue
        key = (facility.country, one.examination, one.group, one.quantity, one.phantom)
        cells.setdefault(key, {})[one.facility] = (float(one.median), one.examinations)
    return [cell_of_medians(key, found, facilities=facilities) for key, found in sorted(cells.items())]


def _problems(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not row["facility_id"]:
        yield "facility_id", "the facility is missing"
    if row["procedure_code"] not in examination_kinds():
        yield "procedure_code", "no kind of examination is called so"
    if not GROUP.fullmatch(row["group"] or ""):
        yield "group", "this is no group: write adult, age 1-5 or weight 5-15"
    quantity = QUANTITIES.get(row["quantity"])
    if quantity is None:
        yield "quantity", "no quantity of dose is called so"
        return
    unit = find_unit(row["unit"] or "")
    if unit is None or unit.dimension is not quantity.dimension:
        yield "unit", f"this is no unit of {quantity.name}"
    wanted = (Phantom.HEAD_16CM, Phantom.BODY_32CM) if quantity.id in OF_PHANTOM else ("",)
    if row["phantom"] not in wanted:
        yield "phantom", f"write {' or '.join(wanted)}" if quantity.id in OF_PHANTOM else "no phantom is meant here"
    if not re.fullmatch(r"[1-9]\d{0,6}", row["n"] or ""):
        yield "n", "this is no number of examinations"
    unread = [name for name in QUARTILES if not _NUMBER.fullmatch(row[name] or "")]
    yield from ((name, "this is no number") for name in unread)
    if not re.fullmatch(r"\d{4}(-Q[1-4])?", row["period"] or ""):
        yield "period", "this is no period: write 2026 or 2026-Q1"
    if not unread and (quarters := [_decimal(row[name]) for name in QUARTILES]) != sorted(quarters):
        yield "median", "the quartiles are out of order"


def _summary(row: dict[str, str]) -> Summary:
    unit = QUANTITIES[row["quantity"]].unit
    return Summary(
        facility=row["facility_id"],
        examination=row["procedure_code"],
        group=row["group"],
        quantity=row["quantity"],
        phantom=row["phantom"],
        examinations=int(row["n"]),
        median=convert(_decimal(row["median"]), unit=row["unit"], into=unit),
        period=row["period"],
    )


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
