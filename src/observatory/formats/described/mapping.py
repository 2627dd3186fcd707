"""The language in which a table without a standard format is described, so that reading it needs no code.

National tables change their spelling and the order of their columns from one edition to the next, state their year
in the name of the file or nowhere at all, and print a total as one more row. A mapping says all this once, in YAML;
`providers/national.py` reads any table that has one. The field docstrings are the manual.
"""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.errors import SourceChanged

MANUAL = "docs/how-to/add-a-national-table.md"
"""The page that explains the language to whoever writes a mapping."""

LEAVE_OUT = "leave_out"
"""What `empty` says where an empty cell is no record at all."""

SHEET = "sheet"
"""The attribute that names the sheet, where a mapping reads several."""

_MARKS = {*Flag, *Absence}
_RESERVED = {
    SHEET,
    "row",
    "period",
    "value",
    "category",
    "absence",
    "flags",
    "provider_flags",
    "comment",
    "low",
    "high",
}


class _Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the language; a field it does not know is refused, because a misspelt one would change nothing."""


class PeriodRule(_Rule, frozen=True, kw_only=True):
    """Where a table states its reference period. Exactly one of the first five is given."""

    column: str = ""
    """The column that holds it."""
    file_name: str = ""
    """A regular expression whose first group is the period in the name of the file."""
    sheet: str = ""
    """A regular expression whose first group is the period in the name of the sheet."""
    fixed: str = ""
    """The period itself, where the publisher states it outside the file."""
    unstated: str = ""
    """That the table states no period, and where this was looked for; its figures are refused with this reason."""
    format: str = ""
    """How it is written, in the letters of strptime ("%Y%m%d"); empty for a usual spelling of a period."""
    shift_years: int = 0
    """Years to add: -1 for a catalogue of 2024 that describes the last day of 2023."""
    day: str = ""
    """Month and day ("12-31") for which the figures of the year hold; empty for the whole year."""
    financial_year: Literal["", "begins", "ends"] = ""
    """For a period such as 2019/20: whether it counts as the year in which it begins or ends."""

    def sources(self) -> list[str]:
        """Which of the five are given."""
        names = ("column", "file_name", "sheet", "fixed", "unstated")
        return [name for name in names if getattr(self, name)]


class AbsenceRule(_Rule, frozen=True, kw_only=True):
    """A word that stands where a figure should, and which kind of nothing it means."""

    token: str
    """The word as printed."""
    means: Absence
    """Which kind of nothing it is."""
    comment: str = ""
    """Why, in our words; printed in square brackets after the publisher's word."""


class RowRule(_Rule, frozen=True, kw_only=True):
    """Rows that are recognised by the word in one column."""

    column: str
    """The column to look at."""
    equals: list[str]
    """The words that mark such a row."""


class TotalRule(RowRule, frozen=True, kw_only=True):
    """Rows that the publisher says are the sum of the others; the reader adds up and refuses a file that is wrong."""

    keep: bool = False
    """Whether the total is a record of its own, flagged as aggregated, or serves as a check only."""


class TableMapping(_Rule, frozen=True, kw_only=True):
    """How to read one kind of table. Columns are named as in the table; order and further columns do not matter."""

    dataset: str
    """The publisher's own name for the dataset."""
    kind: Literal["delimited", "workbook"] = "delimited"
    """Delimited text, or a workbook (XLSX)."""
    delimiter: str = ","
    """What separates the cells of delimited text."""
    encoding: str = "utf-8"
    """How delimited text is encoded."""
    sheet: str = ""
    """A regular expression for the whole name of a sheet; every sheet that matches is read. Empty for the first."""
    decimal: Literal[".", ","] = "."
    """The decimal mark."""
    thousands: Literal["", " ", ".", ",", "'"] = ""
    """What separates thousands, if anything does."""
    spellings: dict[str, list[str]] = {}
    """Column → other names that editions give it."""
    dimensions: list[str]
    """Columns that tell one record from another."""
    values: list[str]
    """Columns that hold figures."""
    values_are: str = ""
    """Our name for the dimension that the value columns form; needed where there are several."""
    attributes: list[str] = []
    """Columns that describe a record without identifying it."""
    labels: dict[str, str] = {}
    """Dimension → the column that holds the words for its codes."""
    period: PeriodRule
    """Where the reference period stands."""
    flags: str = ""
    """The column that holds the publisher's marks."""
    marks: dict[str, str] = {}
    """Mark → the flag or the kind of absence it means. A mark not listed is kept and flagged as unrecognised."""
    comment: str = ""
    """The column that holds the publisher's remark on the figure."""
    empty: str = Absence.NOT_REPORTED.value
    """Which kind of nothing an empty cell is, or "leave_out" where it is no record."""
    absences: list[AbsenceRule] = []
    """Words that stand for an absent figure."""
    leave_out: list[RowRule] = []
    """Rows that are no records: notes, subtotals that nobody defines."""
    totals: list[TotalRule] = []
    """Rows that are the sum of the others."""

    def columns(self) -> list[str]:
        """Every column the mapping needs, each once, in the order in which they are named."""
        rules = [rule.column for rule in (*self.leave_out, *self.totals)]
        single = [name for name in (self.period.column, self.flags, self.comment) if name]
        named = [*self.dimensions, *self.attributes, *self.labels.values(), *single, *rules, *self.values]
        return list(dict.fromkeys(named))

    def names_of(self, column: str) -> list[str]:
        """The names by which a column is known, ours first."""
        return [column, *self.spellings.get(column, [])]


def to_mapping(content: object, *, file: str = "mapping") -> TableMapping:
    """The mapping that `content`, as YAML gives it, describes. Raises SourceChanged naming the field that is wrong."""
    if isinstance(content, TableMapping):
        return content
    try:
        mapping = msgspec.convert(content, type=TableMapping)
    except msgspec.ValidationError as error:
        raise _misfit(str(error), file=file) from error
    for problem in _contradictions(mapping):
        raise _misfit(problem, file=file)
    return mapping


def _misfit(problem: str, *, file: str) -> SourceChanged:
    return SourceChanged(
        "the mapping does not fit its language", file=file, found=problem, remedy=f"See {MANUAL} and correct it."
    )


def _contradictions(mapping: TableMapping) -> Iterator[str]:
    """What the types cannot forbid."""
    sources = mapping.period.sources()
    if len(sources) != 1:
        yield f"period needs one of column, file_name, sheet, fixed, unstated, and has {len(sources)}"
    if not mapping.values:
        yield "values names no column"
    if len(mapping.values) > 1 and not mapping.values_are:
        yield "values_are is needed where values names several columns"
    if len(mapping.delimiter) != 1 or mapping.delimiter in '\r\n"':
        yield "delimiter is not one character that can part cells"
    if mapping.thousands == mapping.decimal:
        yield "thousands and decimal are the same mark"
    if mapping.empty not in {*Absence, LEAVE_OUT}:
        yield f"empty: {mapping.empty!r} is no kind of absence"
    yield from (f"marks: {word!r} is no flag and no absence" for word in mapping.marks.values() if word not in _MARKS)
    yield from _name_clashes(mapping)
    yield from _broken_patterns(mapping)
    if mapping.period.day and not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", mapping.period.day):
        yield f"period.day {mapping.period.day!r} is no month and day"


def _name_clashes(mapping: TableMapping) -> Iterator[str]:
    made = [mapping.values_are] if mapping.values_are else []
    named = [*mapping.dimensions, *mapping.attributes, *made]
    yield from (f"{name!r} is named twice" for name in sorted({name for name in named if named.count(name) > 1}))
    yield from (f"{name!r} is a name that every record has" for name in named if name in _RESERVED)
    yield from (f"labels: {name!r} is no dimension" for name in mapping.labels if name not in mapping.dimensions)
    known = mapping.columns()
    yield from (f"spellings: {name!r} is not used" for name in mapping.spellings if name not in known)


def _broken_patterns(mapping: TableMapping) -> Iterator[str]:
    for pattern, groups in ((mapping.sheet, 0), (mapping.period.file_name, 1), (mapping.period.sheet, 1)):
        try:
            found = re.compile(pattern).groups
        except re.error as error:
            yield f"{pattern!r} is no regular expression: {error}"
            continue
        if pattern and found < groups:
            yield f"{pattern!r} has no group for the period"
