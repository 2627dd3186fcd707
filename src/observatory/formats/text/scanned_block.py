"""Lines of a long table by the compiled loop: words are numbered, and what they mean is worked out once a word."""

import polars as pl

from observatory.formats.records.codes import LINE, follow
from observatory.formats.records.columns import with_all_columns
from observatory.formats.records.dimensions import canonical_periods
from observatory.formats.records.labels import without_labels
from observatory.formats.records.mark_columns import marked, marked_by_number
from observatory.formats.records.words import Words
from observatory.formats.text.delimited import DelimitedText
from observatory.formats.text.layout import Block, Layout
from observatory.formats.text.scan import Lines, scan_lines


def scan_block(text: DelimitedText, start: int, stop: int, layout: Layout) -> Block | None:
    """The lines in bytes `start` to `stop`; None where any is not plain, or nothing is compiled."""
    if layout.labels or layout.decimal_comma or len(layout.comments) > 1:
        return None
    described = (*layout.attributes, *(name for name, _ in layout.status), *layout.comments)
    lines = scan_lines(
        text.content, start, stop, delimiter=text.delimiter, columns=text.header,
        words=[*layout.coded, layout.period, *described], numbers=[layout.value], watched=layout.coded,
    )  # fmt: skip
    return None if lines is None else _to_block(lines, layout)


def _to_block(lines: Lines, layout: Layout) -> Block | None:
    periods, order = _periods(lines.words[layout.period], labelled=layout.period in layout.labelled)
    if periods is None or order is None:
        return None
    titles: dict[str, str] = {}

    def plain(column: str) -> Words:
        words = lines.words[column]
        if column not in layout.labelled:
            return words
        codes = without_labels(words.entries(), name=layout.name_of(column), titles=titles)
        return Words(numbers=words.numbers, words=tuple(codes.to_list()[1:]))

    named = {column: layout.name_of(column) for column in (*layout.dimensions, *layout.attributes)}
    columns = {name: plain(column).categorical() for column, name in named.items()}
    columns |= {"period": periods, "value": lines.numbers[layout.value]}
    status = [(layout.name_of(column), plain(column), scheme) for column, scheme in layout.status]
    used = [one for one in status if one[1].words]
    missing = columns["value"].is_null()
    if len(used) == 1:
        name, words, scheme = used[0]
        columns |= marked_by_number(words, scheme, name=name, missing=missing)
    else:
        spelt = [(words.categorical().alias(name), scheme) for name, words, scheme in used]
        columns |= marked(spelt, missing=missing)
    if layout.comments:
        columns["comment"] = lines.words[layout.comments[0]].categorical()
    first = lines.changed.arg_true()
    starts = {
        column: lines.words[column].entries().gather(lines.words[column].numbers.gather(first))
        for column in layout.coded
    }
    sequels = follow(pl.DataFrame(starts | {LINE: first}), lines.changed, order)
    return Block(frame=with_all_columns(columns, height=missing.len()), sequels=sequels, titles=titles)


def _periods(column: Words, *, labelled: bool) -> tuple[pl.Series | None, pl.Series | None]:
    """The periods in the canonical spelling, and numbers that grow with time; None where one is none."""
    if not column.words or column.numbers.min() == 0:
        return None, None
    entries, wrong = canonical_periods(column.entries().slice(1), labelled=labelled)
    if wrong is not None:
        return None, None
    spelt: list[str] = entries.to_list()
    years = all(len(period) == 4 for period in spelt)
    moments = pl.Series(map(int, spelt), dtype=pl.UInt32) if years else entries.to_physical()
    places = column.numbers - 1
    return entries.gather(places), moments.gather(places)
