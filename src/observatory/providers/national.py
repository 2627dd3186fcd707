"""National tables: whatever a ministry, an agency or a health service publishes as CSV, TSV or XLSX.

No two are alike, so none has code: a mapping in the catalogue says where a table keeps its columns, its year, its
marks and its totals (`formats/described/mapping.py` is the language). Some tables state no year at all; their figures
are refused, because a figure without a year answers no question.
"""

from collections.abc import Sequence

import polars as pl

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.answers.not_data import refuse_what_is_no_data
from observatory.formats.described.mapping import MANUAL, SHEET, TableMapping, to_mapping
from observatory.formats.described.table import Table, find_tables, has_columns, list_lines
from observatory.formats.described.table_figures import place_name, to_figures
from observatory.formats.described.table_period import find_periods
from observatory.formats.described.table_totals import check_totals
from observatory.formats.records.repeats import drop_repeats
from observatory.observations.payload import Payload
from observatory.observations.records import Records, complete

EXPECTED = "a table of a ministry, an agency or a health service: CSV, TSV or XLSX"


def read(payload: Payload, *, mapping: object = None, mappings: Sequence[object] = (), period: str = "") -> Records:
    """The figures of a table, read as `mapping` says, or as the one of `mappings` whose columns it has.

    A mapping is a `TableMapping` or the plain dict of a catalogue file. `period` is for a table that does not state
    its own, and is the caller's word.
    Raises SourceUnavailable, SourceChanged, and FigureRefused for a table without a period.
    """
    chosen = choose_mapping(payload, mappings) if mapping is None else to_mapping(mapping)
    tables = find_tables(payload, chosen)
    rows = pl.concat([_dated(table, chosen, file=payload.name, given=period) for table in tables])
    rows = _without(rows, chosen)
    dimensions = (*chosen.dimensions, *([chosen.values_are] if chosen.values_are else []))
    attributes = (*chosen.attributes, *([SHEET] if len(tables) > 1 else []))
    figures = check_totals(to_figures(rows, chosen, file=payload.name), chosen, file=payload.name)
    figures = drop_repeats(figures, key=[*dimensions, "period"], file=payload.name, place_name=place_name(chosen))
    words = pl.col(*dimensions, *attributes).replace("", None).cast(pl.Categorical)
    return Records(
        provider="national",
        dataset=chosen.dataset,
        dimensions=dimensions,
        frame=complete(figures.with_columns(words), dimensions=dimensions, attributes=attributes),
        attributes=attributes,
        place_name=place_name(chosen),
        column_from=chosen.values_are,
        titles=_titles(rows, chosen),
    )


def choose_mapping(payload: Payload, mappings: Sequence[object]) -> TableMapping:
    """The mapping whose columns a table has; of several, the one that names the most.

    Raises SourceUnavailable for no data at all, SourceChanged where no mapping fits, or several do.
    """
    refuse_what_is_no_data(payload, expected=EXPECTED)
    fitting = [mapping for mapping in map(to_mapping, mappings) if _fits(payload, mapping)]
    most = max((len(mapping.columns()) for mapping in fitting), default=0)
    best = [mapping for mapping in fitting if len(mapping.columns()) == most]
    if len(best) == 1:
        return best[0]
    raise SourceChanged(
        "several mappings fit this table" if best else "no mapping fits this table",
        file=payload.name,
        expected=f"one of {', '.join(to_mapping(m).dataset for m in mappings)}"
        if mappings
        else "a catalogue to look in",
        found=", ".join(mapping.dataset for mapping in best) or payload.content[:80].decode("utf-8", "replace"),
        remedy=f"Name the mapping or the catalogue to use, or write a mapping: {MANUAL}.",
    )


def _fits(payload: Payload, mapping: TableMapping) -> bool:
    try:
        return any(has_columns(lines, mapping) for lines in list_lines(payload, mapping))
    except (SourceChanged, SourceUnavailable):
        return False


def _dated(table: Table, mapping: TableMapping, *, file: str, given: str) -> pl.DataFrame:
    periods = find_periods(table, mapping.period, file=file, given=given)
    return table.frame.with_columns(periods, pl.lit(table.sheet).alias(SHEET))


def _without(rows: pl.DataFrame, mapping: TableMapping) -> pl.DataFrame:
    for rule in mapping.leave_out:
        rows = rows.filter(~pl.col(rule.column).is_in(rule.equals))
    return rows


def _titles(rows: pl.DataFrame, mapping: TableMapping) -> dict[str, str]:
    """The words that the table itself gives for its codes; of several spellings, the last."""
    titles: dict[str, str] = {}
    for dimension, column in mapping.labels.items():
        pairs = rows.select(pl.col(dimension).alias("code"), pl.col(column).alias("words")).unique(maintain_order=True)
        titles |= {f"{dimension}={code}": words for code, words in pairs.rows() if code and words}
    return titles
