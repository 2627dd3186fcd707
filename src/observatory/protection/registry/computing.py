"""Levels out of the records of a registry: medians of facilities, their percentiles, and what may be shown of them.

A cell is one country, kind of examination, group of patients, quantity and, for CT, phantom. It is shown from eleven
facilities of three owners on, as provisional below twenty. A number of fewer could be turned back into the median of
one hospital, and with three hospitals of one owner into a statement about that owner.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import polars as pl

from observatory.protection.examinations import examination_kinds
from observatory.protection.registry.bands import group_of
from observatory.protection.registry.holdings import Facility
from observatory.protection.registry.intervals import bootstrap_interval, exact_interval, quantile

FEWEST_EXAMINATIONS, ADVISED_EXAMINATIONS = 20, 30
FEWEST_FACILITIES, FULL_FACILITIES, FEWEST_OWNERS = 11, 20, 3
GREATEST_SHARE = 0.5
"""No owner may hold more than this share of the facilities."""

FIELDS = {
    "ctdivol": ("ctdivol_mgy",),
    "dlp": ("dlp_mgycm",),
    "dap": ("dap_gycm2",),
    "rp_dose": ("rp_dose_mgy",),
    "agd": ("agd_mgy_left", "agd_mgy_right"),
    "activity": ("activity_mbq",),
}
"""Quantity → the fields that hold it; a glandular dose is counted by breast."""
OF_PHANTOM = frozenset({"ctdivol", "dlp"})


class CellState(StrEnum):
    """Whether a cell may be shown."""

    FULL = "full"
    PROVISIONAL = "provisional"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelCell:
    """What the registry says of one cell. Numbers are rounded to two significant figures, intervals outwards."""

    country: str
    """Area of the facilities."""
    examination: str
    """Kind of examination."""
    group: str
    """Group of patients."""
    quantity: str
    """Quantity of dose, in the unit in which we keep it."""
    phantom: str
    """Phantom to which it refers; empty where none is meant."""
    state: CellState
    """Whether it may be shown."""
    reason: str
    """Why it is provisional or suppressed."""
    facilities: int | None
    """Facilities with enough examinations; none where suppressed."""
    examinations: int | None
    """Examinations of these; none where suppressed."""
    p25: float | None
    """25th percentile of the medians of facilities."""
    p50: float | None
    """Median of the medians of facilities."""
    p75: float | None
    """75th percentile of the medians of facilities: what a level would be."""
    p75_low: float | None
    """Lower end of the exact interval of the 75th percentile."""
    p75_high: float | None
    """Upper end of the exact interval of the 75th percentile."""
    p75_bootstrap_low: float | None
    """Lower end of the two-level bootstrap interval."""
    p75_bootstrap_high: float | None
    """Upper end of the two-level bootstrap interval."""


def compute_levels(records: pl.DataFrame, *, facilities: dict[str, Facility], seed: int) -> list[LevelCell]:
    """Every cell of these accepted records, in order; each either with its numbers or with why it has none."""
    return [
        _cell(key, values, facilities=facilities, seed=seed)
        for key, values in sorted(grouped_values(records, facilities=facilities).items())
    ]


CellKey = tuple[str, str, str, str, str]
"""(country, kind of examination, group, quantity, phantom)."""
KEY = ("country", "examination", "group", "quantity", "phantom")


def grouped_values(records: pl.DataFrame, *, facilities: dict[str, Facility]) -> dict[CellKey, dict[str, list[float]]]:
    """Cell → facility → its values, in ascending order."""
    cells: dict[CellKey, dict[str, list[float]]] = {}
    for *key, facility, values in _long(records, facilities=facilities).iter_rows():
        country, examination, group, quantity, phantom = key
        cells.setdefault((country, examination, group, quantity, phantom), {})[facility] = values
    return cells


def _long(records: pl.DataFrame, *, facilities: dict[str, Facility]) -> pl.DataFrame:
    """One row a cell and facility with the list of its values, in the order of `KEY`, facility and value."""
    countries = pl.DataFrame(
        {"facility": list(facilities), "country": [one.country for one in facilities.values()]},
        schema={"facility": pl.String, "country": pl.String},
    )
    told = records.join(countries, on="facility").join(_groups(records), on=["examination", "age", "weight"])
    parts = []
    for quantity, names in FIELDS.items():
        phantom = pl.col("phantom") if quantity in OF_PHANTOM else pl.lit("")
        # A dose of two phantoms together is none of either, and one of an unknown phantom cannot be placed.
        placed = pl.col("phantom").is_in(["head_16cm", "body_32cm"]) if quantity in OF_PHANTOM else pl.lit(value=True)
        parts += [
            told.filter(placed & (pl.col(name) > 0)).select(
                "country", "examination", "group", pl.lit(quantity).alias("quantity"), phantom.alias("phantom"),
                "facility", pl.col(name).alias("value"),
            )
            for name in names
        ]  # fmt: skip
    return pl.concat(parts).group_by(*KEY, "facility").agg(pl.col("value").sort()).sort(*KEY, "facility")


def _groups(records: pl.DataFrame) -> pl.DataFrame:
    """The group of each kind of examination, age and weight that occurs; children whose group is unknown drop out."""
    seen = records.select("examination", "age", "weight").unique()
    kinds = examination_kinds()
    groups = [
        group_of(age=age, weight=weight, by_weight=kinds[examination].region not in ("head", ""))
        for examination, age, weight in seen.iter_rows()
    ]
    return seen.with_columns(pl.Series("group", groups, dtype=pl.String)).filter(pl.col("group") != "")


def _cell(key: CellKey, values: dict[str, list[float]], *, facilities: dict[str, Facility], seed: int) -> LevelCell:
    enough = {name: found for name, found in values.items() if len(found) >= FEWEST_EXAMINATIONS}
    medians = {name: (quantile(found, 0.5), len(found)) for name, found in enough.items()}
    cell = cell_of_medians(key, medians, facilities=facilities)
    if cell.state is CellState.SUPPRESSED:
        return cell
    low, high = bootstrap_interval(list(enough.values()), share=0.75, seed=seed)
    return replace(cell, p75_bootstrap_low=rounded(low, towards=-1), p75_bootstrap_high=rounded(high, towards=1))


def cell_of_medians(
    key: CellKey, medians: Mapping[str, tuple[float, int]], *, facilities: Mapping[str, Facility]
) -> LevelCell:
    """A cell from the (median, number of examinations) of each facility with enough of them; no bootstrap."""
    state, reason = _state([facilities[name] for name in medians])
    shown = state is not CellState.SUPPRESSED
    thin = sum(number < ADVISED_EXAMINATIONS for _, number in medians.values())
    if shown and thin:
        few = f"{thin} facilities have fewer than {ADVISED_EXAMINATIONS} examinations"
        reason = f"{reason}; {few}" if reason else few
    country, examination, group, quantity, phantom = key
    return LevelCell(
        country=country, examination=examination, group=group, quantity=quantity, phantom=phantom,
        state=state, reason=reason,
        facilities=len(medians) if shown else None,
        examinations=sum(number for _, number in medians.values()) if shown else None,
        p75_bootstrap_low=None, p75_bootstrap_high=None,
        **_numbers([median for median, _ in medians.values()], shown=shown),
    )  # fmt: skip


def _state(senders: list[Facility]) -> tuple[CellState, str]:
    owners = [one.owner for one in senders]
    if len(senders) < FEWEST_FACILITIES:
        return CellState.SUPPRESSED, (
            f"fewer than {FEWEST_FACILITIES} facilities with {FEWEST_EXAMINATIONS} examinations each: no exact interval"
        )
    if len(set(owners)) < FEWEST_OWNERS:
        return CellState.SUPPRESSED, f"fewer than {FEWEST_OWNERS} owners"
    if max(owners.count(owner) for owner in set(owners)) > GREATEST_SHARE * len(senders):
        return CellState.SUPPRESSED, "one owner holds more than half of the facilities"
    if len(senders) < FULL_FACILITIES:
        return CellState.PROVISIONAL, f"fewer than {FULL_FACILITIES} facilities"
    return CellState.FULL, ""


def _numbers(medians: list[float], *, shown: bool) -> dict[str, float | None]:
    if not shown:
        return dict.fromkeys(("p25", "p50", "p75", "p75_low", "p75_high"))
    exact = exact_interval(medians, share=0.75)
    return {
        "p25": rounded(quantile(medians, 0.25)),
        "p50": rounded(quantile(medians, 0.5)),
        "p75": rounded(quantile(medians, 0.75)),
        "p75_low": rounded(exact[0], towards=-1) if exact else None,
        "p75_high": rounded(exact[1], towards=1) if exact else None,
    }


def rounded(value: float, *, towards: int = 0) -> float:
    """A number to two significant figures: to the nearest, or down for -1 and up for 1.

    An interval's ends are medians of single facilities, so they are never shown as they are.

    >>> rounded(347.2), rounded(341.2, towards=1), rounded(0.0239, towards=-1)
    (350.0, 350.0, 0.023)
    """
    if value == 0:
        return 0.0
    step = math.floor(math.log10(abs(value))) - 1
    scaled = value / 10**step
    whole = math.floor(scaled) if towards < 0 else math.ceil(scaled) if towards > 0 else round(scaled)
    return float(f"{whole}e{step}")
