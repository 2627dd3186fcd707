"""Totals that a table prints among its rows: added up again, and then kept apart.

A printed total is the one sentence in which a table checks itself. Where it is the sum of the rows above, nothing
was lost on the way; where it is not, or where it is missing, the file was cut or changed, and nobody may use it.
"""

import polars as pl

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag, join_flags, split_flags
from observatory.errors import SourceChanged
from observatory.formats.described.mapping import TableMapping, TotalRule
from observatory.formats.described.table_figures import place_name

TOLERANCE = 1e-9
"""How far a sum may be from its total, as a share of the total: for fractions printed in full, rounding only."""


def check_totals(figures: pl.DataFrame, mapping: TableMapping, *, file: str) -> pl.DataFrame:
    """`figures` with each total verified; totals that serve as a check only are left out.

    Where a part is absent the sum is unknown, and only the presence of the total is checked; a part that is not
    applicable counts as nothing. Raises SourceChanged when a total is missing or is not the sum of its parts.
    """
    for rule in mapping.totals:
        figures = _check(figures, rule, mapping, file=file)
    return figures


def _check(figures: pl.DataFrame, rule: TotalRule, mapping: TableMapping, *, file: str) -> pl.DataFrame:
    others = [name for name in mapping.dimensions if name != rule.column]
    group = [*others, *([mapping.values_are] if mapping.values_are else []), "period"]
    is_total = pl.col(rule.column).is_in(rule.equals)
    unknown = pl.col("absence").is_not_null() & (pl.col("absence") != Absence.NOT_APPLICABLE.value)
    sums = (
        figures.filter(~is_total)
        .group_by(group, maintain_order=True)
        .agg(pl.col("value").sum().alias("sum"), unknown.any().alias("unknown"), pl.col("row").last().alias("last"))
    )
    pairs = sums.join(figures.filter(is_total), on=group, how="left", maintain_order="left")
    _refuse(pairs.filter(pl.col("row").is_null()), rule, mapping, file=file)
    far = (pl.col("value") - pl.col("sum")).abs() > TOLERANCE * pl.max_horizontal(pl.col("value").abs(), pl.lit(1.0))
    _refuse(pairs.filter(far & ~pl.col("unknown")), rule, mapping, file=file)
    if not rule.keep:
        return figures.filter(~is_total)
    added = {
        text: join_flags({*split_flags(text), Flag.AGGREGATED}) for text in figures["flags"].fill_null("").unique()
    }
    flagged = pl.col("flags").fill_null("").replace_strict(added, return_dtype=pl.String)
    return figures.with_columns(pl.when(is_total).then(flagged).otherwise("flags").alias("flags"))


def _refuse(pairs: pl.DataFrame, rule: TotalRule, mapping: TableMapping, *, file: str) -> None:
    """Raise for the first of `pairs`, each of which holds a sum and a total that is missing or differs."""
    if not pairs.height:
        return
    first = pairs.row(0, named=True)
    missing = first["row"] is None
    names = [name for name in (*mapping.dimensions, mapping.values_are, "period") if name in pairs.columns]
    about = ", ".join(str(first[name]) for name in names if name != rule.column and first[name])
    raise SourceChanged(
        "a total is missing" if missing else "a total is not the sum of its parts",
        file=file,
        place=f"{place_name(mapping)} {first['last'] if missing else first['row']}",
        expected=f"{rule.column} {' or '.join(rule.equals)} = {first['sum']:g} for {about}",
        found="none" if missing else f"{first['value']:g}",
        remedy="Fetch the file again; if it stays so, it was cut or changed by hand, or `totals` is wrong.",
    )
