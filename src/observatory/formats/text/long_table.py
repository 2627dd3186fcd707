"""Tables with one figure a line: codes, a period, a value and its marks, in columns whose meaning the header gives.

SDMX-CSV is such a table, and so are the exports of OECD's older portals. Five million lines are an ordinary file, so it
is read block by block; where a block is not what the header promises, the whole is read again with care, to say why.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

import polars as pl

from observatory.formats.records.codes import Sequels, find_codes, follow, may_repeat
from observatory.formats.records.columns import with_all_columns, without_rows
from observatory.formats.records.dimensions import canonical_periods, own_name
from observatory.formats.records.labels import without_labels
from observatory.formats.records.mark_columns import marked
from observatory.formats.records.marks import Scheme
from observatory.formats.records.repeats import drop_repeats
from observatory.formats.text.blocks import read_block, side_by_side, whole_lines
from observatory.formats.text.delimited import DelimitedText, first_fields, line_numbers, numbers, read_columns
from observatory.observations.records import Records

_CATEGORICAL = pl.Categorical()
_YEARS = range(1000, 3000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """Which column of a table is what."""

    dimensions: tuple[str, ...]
    """Columns that identify a figure besides its period, in the file's order."""
    period: str
    """The column that holds the period."""
    value: str
    """The column that holds the number."""
    decimal_comma: bool = False
    """Whether numbers are written with a decimal comma; only where the comma does not part the columns."""
    status: tuple[tuple[str, Scheme], ...] = ()
    """Columns of marks, each with the list its letters are from."""
    comments: tuple[str, ...] = ()
    """Columns of the provider's words on a figure."""
    attributes: tuple[str, ...] = ()
    """Columns that describe a figure without identifying it."""
    watched: tuple[str, ...] = ()
    """Columns that say something about the file in each line; see `LongTable.distinct`."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Column of codes → the column of words for them."""
    labelled: frozenset[str] = frozenset()
    """Columns whose fields are "CODE: words"."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Column → the name it has among records, where that is not its own."""

    def name_of(self, column: str) -> str:
        """The name a column has among records."""
        return own_name(self.names.get(column, column))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """Some lines of the table, almost records: only their numbers are missing."""

    frame: pl.DataFrame
    sequels: Sequels
    titles: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class LongTable:
    """A table that has been read."""

    text: DelimitedText
    layout: Layout
    blocks: tuple[_Block, ...]

    def distinct(self, column: str) -> list[str]:
        """The different fields of a dimension or watched column, in the order in which they come."""
        fields = [block.sequels.starts[column] for block in self.blocks]
        return pl.concat(fields).drop_nulls().unique(maintain_order=True).to_list() if fields else []

    def records(self, *, provider: str, dataset: str = "", updated_at: datetime | None = None) -> Records:
        """The lines as records, in the file's order. Raises SourceChanged where one key has two figures."""
        layout = self.layout
        dimensions = tuple(layout.name_of(name) for name in layout.dimensions)
        attributes = tuple(layout.name_of(name) for name in layout.attributes)
        frame = (
            pl.concat([block.frame for block in self.blocks])
            if self.blocks
            else without_rows((*dimensions, *attributes))
        )
        frame = frame.with_columns(line_numbers(self.text, frame.height))
        if self.blocks and may_repeat([block.sequels for block in self.blocks], layout.dimensions):
            frame = drop_repeats(frame, key=[*dimensions, "period"], file=self.text.name, place_name="line")
        return Records(
            provider=provider,
            dataset=dataset,
            dimensions=dimensions,
            frame=frame,
            attributes=attributes,
            updated_at=updated_at,
            missing=self.text.missing,
            titles={code: words for block in self.blocks for code, words in block.titles.items()},
        )


def read_long_table(text: DelimitedText, layout: Layout) -> LongTable:
    """Read the columns that `layout` names. Raises SourceChanged for a row, number or period that is none."""
    types: dict[str, pl.DataType] = dict.fromkeys(text.header, pl.String())
    types |= dict.fromkeys(_categorical(layout), _CATEGORICAL) | {layout.value: pl.Float64()}
    only = [*_coded(layout), *layout.attributes, *_categorical(layout), layout.value]
    kinds: list[pl.DataType] = [pl.Int16(), _CATEGORICAL] if _speaks_of_years(text, layout.period) else [_CATEGORICAL]
    for kind in [] if layout.decimal_comma else kinds:
        blocks = _read_blocks(text, layout, types | {layout.period: kind}, only=only)
        if blocks is not None:
            return LongTable(text=text, layout=layout, blocks=blocks)
    block = _read_carefully(text, layout, only=only)
    return LongTable(text=text, layout=layout, blocks=() if block is None else (block,))


def _read_blocks(
    text: DelimitedText, layout: Layout, types: dict[str, pl.DataType], *, only: list[str]
) -> tuple[_Block, ...] | None:
    """The blocks of the table, or None if any of them is not what its header promises."""

    def work(block: bytes) -> _Block | None:
        frame = read_block(block, types, delimiter=text.delimiter, quoted=text.quoted, only=only)
        return None if frame is None else _to_block(frame, layout)

    blocks = [block for block in side_by_side(work, text.content) if block is not None]
    return tuple(blocks) if len(blocks) == sum(1 for _ in whole_lines(text.content)) else None


def _coded(layout: Layout) -> list[str]:
    """The columns that say the same in every line of a series."""
    return [*layout.dimensions, *layout.watched, *(layout.labels[n] for n in layout.dimensions if n in layout.labels)]


def _categorical(layout: Layout) -> list[str]:
    """The columns of few different words that change from line to line."""
    names = [*(name for name, _ in layout.status), *layout.comments]
    words = [layout.labels[name] for name in (*names, *layout.attributes) if name in layout.labels]
    return [layout.period, *names, *words]


def _speaks_of_years(text: DelimitedText, period: str) -> bool:
    """Whether the first line's period is a year: then probably all are, and years are read as numbers."""
    return first_fields(text).get(period, "").isdigit()


def _read_carefully(text: DelimitedText, layout: Layout, *, only: list[str]) -> _Block | None:
    """The whole table as one block, or the error that says which line is wrong."""
    frame = read_columns(text, only=only)
    commas = layout.decimal_comma and frame[layout.value].str.contains(",", literal=True).any()
    values = numbers(text, frame[layout.value], decimal="," if commas else ".")
    block = _to_block(frame.with_columns(values, pl.col(_categorical(layout)).cast(_CATEGORICAL)), layout)
    if block is None and frame.height:
        column = frame[layout.period].cast(_CATEGORICAL)
        _, wrong = canonical_periods(column, labelled=layout.period in layout.labelled)
        text.refuse(
            "a period is none",
            line=int(line_numbers(text, frame.height)[wrong or 0]),
            column=layout.period,
            expected="a year, quarter, month, day or span of years, such as 2019, 2019-Q3 or 2019-03",
            found=frame[layout.period][wrong or 0] or "nothing",
            remedy="See whether the provider changed its format.",
        )
    return block


def _to_block(frame: pl.DataFrame, layout: Layout) -> _Block | None:
    """Lines whose columns have been read, as records without numbers; None where a period is none."""
    periods = _periods(frame[layout.period], labelled=layout.period in layout.labelled)
    if periods is None or not frame.height:
        return None
    titles: dict[str, str] = {}
    codes = find_codes(frame.select(_coded(layout)))

    def plain(column: str, values: pl.Series, words: pl.DataFrame) -> pl.Series:
        name = layout.name_of(column)
        if column in layout.labels:
            pairs = words.select(pl.col(column, layout.labels[column]).cast(pl.String)).unique(maintain_order=True)
            titles.update({f"{name}={code}": word for code, word in pairs.drop_nulls().iter_rows()})
        return without_labels(values, name=name, titles=titles) if column in layout.labelled else values

    columns = {layout.name_of(name): plain(name, codes.column(name), codes.starts) for name in layout.dimensions}
    notes = find_codes(frame.select(layout.attributes))
    columns |= {layout.name_of(name): plain(name, notes.column(name), frame) for name in layout.attributes}
    columns |= {"period": periods, "value": frame[layout.value]}
    status = [(plain(name, frame[name], frame).alias(layout.name_of(name)), scheme) for name, scheme in layout.status]
    columns |= marked(status, missing=columns["value"].is_null())
    if layout.comments:
        columns["comment"] = _comments(frame.select(layout.comments))
    order = periods.to_physical() if frame[layout.period].dtype == _CATEGORICAL else frame[layout.period]
    return _Block(frame=with_all_columns(columns, height=frame.height), sequels=follow(codes, order), titles=titles)


def _periods(column: pl.Series, *, labelled: bool) -> pl.Series | None:
    """The periods in the canonical spelling, or None if one of them is none."""
    if column.dtype == pl.Int16:
        if column.null_count() or not column.is_between(_YEARS.start, _YEARS.stop - 1).all():
            return None
        return _years().gather(column.cast(pl.UInt32) - _YEARS.start)
    periods, wrong = canonical_periods(column, labelled=labelled)
    return periods if wrong is None else None


@cache
def _years() -> pl.Series:
    return pl.Series([str(year) for year in _YEARS], dtype=_CATEGORICAL)


def _comments(frame: pl.DataFrame) -> pl.Series:
    if frame.width == 1:
        return frame.to_series()
    joined = frame.select(pl.concat_str(pl.all().cast(pl.String), separator="; ", ignore_nulls=True)).to_series()
    return joined.replace("", None).cast(_CATEGORICAL)
