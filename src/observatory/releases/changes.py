"""The change set between two releases: what was added, deleted, amended, or only flagged differently."""

from enum import StrEnum

import polars as pl

from observatory.observations.observation import CONTENT, KEY


class Change(StrEnum):
    """What happened to an observation since the release before."""

    ADDED = "added"
    DELETED = "deleted"
    AMENDED = "amended"
    FLAG_ONLY = "flag_only"


_REMARKS = ("flags", "provider_flags", "comment")
_FIGURES = tuple(name for name in CONTENT if name not in _REMARKS)

CHANGE_SCHEMA: dict[str, pl.DataType] = {
    "change": pl.String(),
    **{name: pl.String() for name in KEY},
    "old_value": pl.Float64(),
    "new_value": pl.Float64(),
    "old_absence": pl.String(),
    "new_absence": pl.String(),
    "old_flags": pl.String(),
    "new_flags": pl.String(),
}
"""Columns of a change set."""


def compare_releases(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The change set from one indicator's standing figures to the next release's: a table of CHANGE_SCHEMA."""
    before, after = _standing(old, side="old"), _standing(new, side="new")
    both = before.join(after, on=KEY, how="full", nulls_equal=True, coalesce=True)
    figures = pl.any_horizontal(pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}")) for name in _FIGURES)
    remarks = pl.any_horizontal(pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}")) for name in _REMARKS)
    change = (
        pl.when(pl.col("in_old").is_null()).then(pl.lit(Change.ADDED.value))
        .when(pl.col("in_new").is_null()).then(pl.lit(Change.DELETED.value))
        .when(figures).then(pl.lit(Change.AMENDED.value))
        .when(remarks).then(pl.lit(Change.FLAG_ONLY.value))
        .otherwise(None)
        .alias("change")
    )  # fmt: skip
    changed = both.with_columns(change).filter(pl.col("change").is_not_null())
    return changed.select(*CHANGE_SCHEMA).sort(*KEY, nulls_last=True)


def _standing(table: pl.DataFrame, *, side: str) -> pl.DataFrame:
    """Standing figures with text keys and their content prefixed with `side`."""
    keys = [pl.col(name).cast(pl.String) for name in KEY]
    content = [
        (pl.col(name).cast(pl.String) if name not in ("value", "low", "high", "multiplier") else pl.col(name)).alias(
            f"{side}_{name}"
        )
        for name in CONTENT
    ]
    return table.filter(pl.col("seen_to").is_null()).select(*keys, *content, pl.lit(value=True).alias(f"in_{side}"))
