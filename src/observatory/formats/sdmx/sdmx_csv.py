"""SDMX-CSV 1.0 and 2.x, as Eurostat, OECD and others send it.

1.0 begins with DATAFLOW; the columns up to OBS_VALUE are dimensions and those after it attributes. 2.x begins with
STRUCTURE, STRUCTURE_ID and ACTION and leaves the order free, so attributes are known by their usual names (OBS_STATUS,
UNIT_MULT …), by standing after OBS_VALUE, or, in a file that writes its values first, by beginning with ATTR.
Both may add words: as "CODE: words" in one field, or, where there is a STRUCTURE_NAME, in a column after each code.
A 2.x file parted by semicolons may write 12,4 for 12.4. Its lines may also ask to delete figures: such a file is a
correction, not a dataset, and is refused.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from observatory.formats.records.dimensions import repeated_names
from observatory.formats.sdmx.sdmx_names import ATTRIBUTE, COMMENT, STATUS, scheme_of
from observatory.formats.text.delimited import DelimitedText, first_fields, open_text
from observatory.formats.text.layout import Layout
from observatory.formats.text.long_table import LongTable, read_long_table
from observatory.observations.records import Records

EXPECTED = "SDMX-CSV: DATAFLOW or STRUCTURE,STRUCTURE_ID, dimensions, TIME_PERIOD, OBS_VALUE"

_VALUE, _PERIOD = "OBS_VALUE", "TIME_PERIOD"
_ABOUT_THE_FILE = frozenset(
    {"DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY"}
)
_CODE_NAME = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")
_WITHIN_A_YEAR = re.compile(r"\d{4}-(?:\d\d(?:-\d\d)?|[QSWM]\d{1,2})(?:: .*)?")
_DELETES = frozenset({"D", "DELETE"})


def looks_like_sdmx_csv(first_line: str) -> bool:
    """Whether a file begins as SDMX-CSV does.

    >>> looks_like_sdmx_csv("DATAFLOW,freq,geo"), looks_like_sdmx_csv("STRUCTURE[;],STRUCTURE_ID,ACTION")
    (True, True)
    """
    return re.match(r'"?(?:DATAFLOW|STRUCTURE)(?:\[.?\])?"?(?::[^,;\t]*)?[,;\t]', first_line) is not None


def read_sdmx_csv(content: bytes, *, name: str, provider: str, period: str = "", value: str = "") -> Records:
    """The lines of an SDMX-CSV file as records.

    `period` and `value` name the columns of time and of the figure where they are not TIME_PERIOD and OBS_VALUE, as in
    files of several measures. Raises SourceChanged.
    """
    text = open_text(content, name=name, delimiters=",;\t", expected=EXPECTED)
    layout = _lay_out(text, period=period, value=value)
    structure = _find(text, layout.names, "DATAFLOW" if "DATAFLOW" in layout.names.values() else "STRUCTURE_ID")
    table = read_long_table(text, layout)
    datasets = table.distinct(structure)
    if len(datasets) > 1:
        told_apart = (structure, *layout.dimensions)
        watched = tuple(column for column in layout.watched if column != structure)
        table = read_long_table(text, replace(layout, dimensions=told_apart, watched=watched))
    _refuse_deletions(table)
    return table.records(
        provider=provider,
        dataset=" ".join(identity.partition(": ")[0] for identity in datasets),
        updated_at=_updated_at(text, layout.names),
    )


def _lay_out(text: DelimitedText, *, period: str, value: str) -> Layout:
    """Which column is what."""
    names = {column: _bare(column) for column in text.header}
    for twice in repeated_names(names.values()):
        text.refuse("a column is named twice", line=1, column=twice, expected=EXPECTED, found=",".join(text.header))
    value_column = _find(text, names, value or _VALUE, option="value")
    words = _word_columns(text, names)
    described = [column for column in text.header if column not in words.values() and column != value_column]
    time = next((column for column in described if names[column] == (period or _PERIOD)), None)
    time = time or _infer_time(text, names, described) if not period else time
    if time is None:
        _find(text, names, period or _PERIOD, option="period")
    about = [column for column in described if names[column] in _ABOUT_THE_FILE]
    rest = [column for column in described if column not in about and column != time]
    described_by = _attributes(text, names, rest, value_column)
    status = [column for column in rest if STATUS.fullmatch(names[column]) and column in described_by]
    comments = [column for column in described_by if COMMENT.fullmatch(names[column])]
    return Layout(
        dimensions=tuple(column for column in rest if column not in described_by),
        period=str(time),
        value=value_column,
        decimal_comma=text.delimiter == ";",
        status=tuple((column, scheme_of(names[column])) for column in status),
        comments=tuple(comments),
        attributes=tuple(column for column in described_by if column not in status and column not in comments),
        watched=tuple(column for column in about if names[column] in {"ACTION", "DATAFLOW", "STRUCTURE_ID"}),
        labels={column: words[column] for column in rest if column in words},
        labelled=frozenset(column for column in described if ": " in column),
        names=names,
    )


def _attributes(text: DelimitedText, names: dict[str, str], columns: list[str], value: str) -> list[str]:
    """Those of `columns` that describe a figure and do not identify it; see the module's docstring."""
    position = text.header.index(value)
    known = [column for column in columns if any(p.fullmatch(names[column]) for p in (STATUS, COMMENT, ATTRIBUTE))]
    before = [column for column in columns if text.header.index(column) < position and column not in known]
    if before or "DATAFLOW" in names.values():
        return [column for column in columns if column in known or column not in before]
    return [
        column
        for column in columns
        if column in known or names[column].upper().startswith("ATTR") or re.fullmatch(_VALUE + r"\d+", names[column])
    ]


def _word_columns(text: DelimitedText, names: dict[str, str]) -> dict[str, str]:
    """Column of codes → the column of words that follows it, in a file that has such columns."""
    if "STRUCTURE_NAME" not in names.values():
        return {}
    words: dict[str, str] = {}
    for column, following in zip(text.header, text.header[1:], strict=False):
        known = names[column] in _ABOUT_THE_FILE or names[following] in _ABOUT_THE_FILE
        if not known and column not in words.values() and not _CODE_NAME.fullmatch(following):
            words[column] = following
    return words


def _infer_time(text: DelimitedText, names: dict[str, str], columns: list[str]) -> str | None:
    """The one column whose first field can only be a period within a year, in a 2.x file that does not say TIME_PERIOD.

    A plain year is not enough: 2019 may be the edition of a classification.
    """
    if "STRUCTURE_ID" not in names.values():
        return None
    fields = first_fields(text)
    periods = [column for column in columns if _WITHIN_A_YEAR.fullmatch(fields.get(column, ""))]
    return periods[0] if len(periods) == 1 else None


def _find(text: DelimitedText, names: Mapping[str, str], wanted: str, *, option: str = "") -> str:
    """The column of this name. Raises SourceChanged."""
    found = next((column for column in text.header if names[column] == wanted), None)
    if found is None:
        text.refuse(
            f"the column {wanted} is missing",
            line=1,
            expected=EXPECTED,
            found=",".join(text.header),
            remedy=f"Name another column by the option `{option}`, or see whether the provider changed its format."
            if option
            else "See whether the provider changed its format.",
        )
    return found


def _refuse_deletions(table: LongTable) -> None:
    for column in (column for column in table.layout.watched if table.layout.names[column] == "ACTION"):
        for action in table.distinct(column):
            if action.upper() in _DELETES:
                table.text.refuse(
                    "the file asks to delete figures",
                    column=column,
                    expected="a whole dataset",
                    found=action,
                    remedy="Ask the provider for the whole dataset instead of its changes.",
                )


def _updated_at(text: DelimitedText, names: Mapping[str, str]) -> datetime | None:
    """What Eurostat writes in LAST UPDATE, such as "02/07/21 11:00:00", taken as UTC: the file names no time zone."""
    fields = {names[column]: field for column, field in first_fields(text).items()}
    for form in ("%d/%m/%y %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(fields.get("LAST UPDATE", ""), form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _bare(column: str) -> str:
    """The name of a column without its words ("geo: Place") and its brackets ("ATTR[en;fr]")."""
    return re.sub(r"\[[^\]]*\]$", "", column.partition(": ")[0].strip())
