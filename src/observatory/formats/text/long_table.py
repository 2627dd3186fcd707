"""Tables with one figure a line: codes, a period, a value and its marks, in columns whose meaning the header gives.

SDMX-CSV is such a table, and so are the exports of OECD's older portals. Five million lines are an ordinary file, so it
is read block by block; where a block is not what the header promises, the whole is read again with care, to say why.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

import polars as pl

from observatory.formats.records.codes import find_codes, follow, may_repeat
from observatory.formats.records.columns import with_all_columns, without_rows
from observatory.formats.records.dimensions import canonical_periods
from observatory.formats.records.labels import without_labels
from observatory.formats.records.mark_columns import marked
from observatory.formats.records.repeats import drop_repeats
from observatory.formats.text.blocks import read_block, side_by_side, whole_lines
from observatory.formats.text.delimited import DelimitedText, first_fields, line_numbers, numbers, read_columns
from observatory.formats.text.layout import Block, Layout
from observatory.formats.text.scanned_block import scan_block
from observatory.observations.records import Records

_CATEGORICAL = pl.Categorical()
_YEARS = range(1000, 3000)


@dataclass(frozen=True, kw_only=True)
class LongTable:
    """A table that has been read."""

    text: DelimitedText
    layout: Layout
    blocks: tuple[Block, ...]

    def distinct(self, column: str) -> list[str]:
        """The different fields of a dimension or watched column, in the order in which they come."""
        fields = [block.sequels.starts[column].cast(pl.String) for block in self.blocks]
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
    only = [*layout.coded, *layout.attributes, *_categorical(layout), layout.value]
    kinds: list[pl.DataType] = [pl.Int16(), _CATEGORICAL] if _speaks_of_years(text, layout.period) else [_CATEGORICAL]
    for kind in [] if layout.decimal_comma else kinds:
        blocks = _read_blocks(text, layout, types | {layout.period: kind}, only=only)
        if blocks is not None:
            return LongTable(text=text, layout=layout, blocks=blocks)
    block = _read_carefully(text, layout, only=only)
    return LongTable(text=text, layout=layout, blocks=() if block is None else (block,))


def _read_blocks(
    text: DelimitedText, layout: Layout, types: dict[str, pl.DataType], *, only: list[str]
) -> tuple[Block, ...] | None:
    """The blocks of the table, or None if any of them is not what its header promises."""

    def work(start: int, stop: int) -> Block | None:
        scanned = None if text.quoted else scan_block(text, start, stop, layout)
        if scanned is not None:
            return scanned
        block = text.content[start:stop]
        frame = read_block(block, types, delimiter=text.delimiter, quoted=text.quoted, only=only)
        return None if frame is None else _to_block(frame, layout)

    everywhere = list(whole_lines(text.content))
    blocks = [block for block in side_by_side(work, everywhere) if block is not None]
    return tuple(blocks) if len(blocks) == len(everywhere) else None


def _categorical(layout: Layout) -> list[str]:
    """The columns of few different words that change from line to line."""
    names = [*(name for name, _ in layout.status), *layout.comments]
    words = [layout.labels[name] for name in (*names, *layout.attributes) if name in layout.labels]
    return [layout.period, *names, *words]


def _speaks_of_years(text: DelimitedText, period: str) -> bool:
    """Whether the first line's period is a year: then probably all are, and years are read as numbers."""
    return first_fields(text).get(period, "").isdigit()


def _read_carefully(text: DelimitedText, layout: Layout, *, only: list[str]) -> Block | None:
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


def _to_block(frame: pl.DataFrame, layout: Layout) -> Block | None:
    """Lines whose columns have been read, as records without numbers; None where a period is none."""
    periods = _periods(frame[layout.period], labelled=layout.period in layout.labelled)
    if periods is None or not frame.height:
        return None
    titles: dict[str, str] = {}
    codes = find_codes(frame.select(layout.coded))

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
    return Block(
        frame=with_all_columns(columns, height=frame.height),
        sequels=follow(codes.starts, codes.changed, order),
        titles=titles,
    )


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
