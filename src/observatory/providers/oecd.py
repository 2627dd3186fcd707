"""OECD: SDMX-CSV and SDMX-JSON of its services, the data portal's CSV, and the exports of OECD.Stat.

OECD.Stat, switched off in 2024, lives on in files: separated by tabs, a column of words after each column of codes
(VAR, Variable), and written on a Macintosh, so that Türkiye's ü is the byte 0x9F. The data portal's CSV has codes only.
Both call marks "Flag Codes"; their letters are those of SDMX.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NoReturn

import msgspec
import yaml

from observatory.archive.question import Code, Name, Question, Year, to_wish
from observatory.errors import RequestRefused, SourceChanged
from observatory.formats.answers.answer import data_bytes
from observatory.formats.answers.encoding import check_utf_8
from observatory.formats.records.dimensions import is_time
from observatory.formats.records.marks import Scheme
from observatory.formats.standard import read_standard
from observatory.formats.text.delimited import DelimitedText, open_text, read_columns
from observatory.formats.text.layout import Layout
from observatory.formats.text.long_table import read_long_table
from observatory.observations.payload import Payload
from observatory.observations.records import Records

EXPECTED = "SDMX-CSV, SDMX-JSON, JSON-stat, or a table with a column of years and a column Value"
SERVICE = "https://sdmx.oecd.org/public/rest/data/"
"""The SDMX service that replaced OECD.Stat in 2024."""

_MARKS, _WORDS_OF_MARKS = "flag codes", "flags"
_ATTRIBUTES = frozenset({"unit code", "powercode code", "powercode", "reference period code", "reference period"})
_CODE = re.compile(r"[A-Z][A-Z0-9_]*|.* Code")
_PUNCTUATION = "’‘“”–—…•°ºª\N{NO-BREAK SPACE}"
_INSIDE_A_WORD = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f](?=[a-z])")


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a dataset's `harvest` may ask of the OECD."""

    agency: Name
    """Agency that keeps the dataflow."""
    dataflow: Name
    """Id of the dataflow, with its structure before the @."""
    version: Name
    """Version of the dataflow; a new one may have other dimensions."""
    dimensions: list[Code] = []
    """Dimensions in the order of the key, where the catalogue spells them out."""
    where: dict[Code, list[Code]] = {}
    """Dimension → the codes to take; empty for everything."""
    start: Year | None = None
    """First year; none for all."""
    awaits: str | int = ""
    """The period that is waited for."""


class Dataflow(msgspec.Struct, frozen=True):
    """What the OECD says of a dataflow; an entry of `oecd_dataflows.yaml`."""

    agency: str
    version: str
    dimensions: dict[str, frozenset[str]]


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The one question that asks for a dataflow. Raises RequestRefused, also for a code that the OECD does not know."""
    wish = to_wish(harvest, Wish)
    flow = _known_dataflow(wish)
    key = ".".join("+".join(wish.where.get(name, [])) for name in flow.dimensions)
    since = f"&startPeriod={wish.start}" if wish.start is not None else ""
    return [
        Question(
            address=(
                f"{SERVICE}{wish.agency},{wish.dataflow},{wish.version}/{key}"
                f"?dimensionAtObservation=AllDimensions&format=csvfile{since}"
            ),
            hosts=frozenset({"sdmx.oecd.org"}),
            file=f"{wish.dataflow.rpartition('@')[2]}.csv",
            complete=not wish.where and wish.start is None,
        )
    ]


def read(payload: Payload, *, period: str = "", value: str = "") -> Records:
    """The figures of a file of OECD, whatever dataset it is of.

    `period` and `value` name the columns of time and of the figure where the file's own names do not tell.
    Raises SourceUnavailable, SourceChanged and FigureRefused.
    """
    content = data_bytes(payload, expected=EXPECTED)
    records = read_standard(content, name=payload.name, provider="oecd", scheme=Scheme.SDMX, period=period, value=value)
    if records is None:
        return _read_table(content, name=payload.name, period=period, value=value)
    return records


def _known_dataflow(wish: Wish) -> Dataflow:
    """The dataflow as the OECD describes it. Raises RequestRefused for whatever the question says otherwise."""
    flows = _dataflows()
    if wish.dataflow not in flows:
        raise _unknown("dataflow", wish.dataflow, expected=flows)
    flow = flows[wish.dataflow]
    if (wish.agency, wish.version) != (flow.agency, flow.version):
        raise _unknown("agency and version", f"{wish.agency} {wish.version}", expected=[flow.agency, flow.version])
    if wish.dimensions and wish.dimensions != list(flow.dimensions):
        raise _unknown("order of dimensions", ", ".join(wish.dimensions), expected=flow.dimensions)
    for name, codes in wish.where.items():
        if name not in flow.dimensions:
            raise _unknown("dimension", name, expected=flow.dimensions)
        for code in codes:
            if code not in flow.dimensions[name]:
                raise _unknown(f"code of {name}", code, expected=sorted(flow.dimensions[name]))
    return flow


@cache
def _dataflows() -> dict[str, Dataflow]:
    text = files(__package__).joinpath("oecd_dataflows.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), type=dict[str, Dataflow])


def _unknown(what: str, found: str, *, expected: Iterable[str]) -> RequestRefused:
    known = ", ".join(expected)
    return RequestRefused(
        f"the OECD knows no such {what}",
        expected=known if len(known) < 200 else f"{known[:200]}…",
        found=found,
        remedy="Correct the dataset's `harvest`, or bring providers/oecd_dataflows.yaml up to date.",
    )


def _read_table(content: bytes, *, name: str, period: str, value: str) -> Records:
    text = open_text(_in_utf_8(content, name=name), name=name, expected=EXPECTED)
    layout = _lay_out(text, period=period, value=value)
    records = read_long_table(text, layout).records(provider="oecd")
    # OECD.Stat wrote no line break after the last line; its files are whole all the same.
    return replace(records, missing="") if text.delimiter == "\t" else records


def _in_utf_8(content: bytes, *, name: str) -> bytes:
    """The text in UTF-8: as it is, or from the Macintosh's encoding where an export of OECD.Stat can only be in that.

    Raises SourceChanged for any other encoding.
    """
    try:
        check_utf_8(content, name=name)
    except SourceChanged:
        header = content.partition(b"\n")[0].lower()
        words = content.decode("mac_roman")
        foreign = set(re.findall(r"[^\x00-\x7f]", words))
        plausible = all(letter.isalpha() or letter in _PUNCTUATION for letter in foreign)
        if b"flag codes" not in header or not plausible or any(map(str.isupper, _INSIDE_A_WORD.findall(words))):
            raise
        return words.encode("utf-8")
    return content


def _lay_out(text: DelimitedText, *, period: str, value: str) -> Layout:
    """Which column is what, by the names that OECD's portals gave them. Raises SourceChanged."""
    value = value or next((column for column in text.header if column.casefold() in ("value", "obs_value")), "")
    times = [period] if period else [column for column in text.header if is_time(column)]
    for wanted, found in (("Value", value), ("TIME, or Year", times[0] if times else "")):
        if found not in text.header:
            _refuse(text, wanted=found or wanted)
    pairs = _pairs_of_codes_and_words(text, [column for column in text.header if column not in (value, *times)])
    words = set(pairs.values()) | set(times[1:])
    status = [column for column in text.header if column.casefold() == _MARKS]
    status = status or [column for column in text.header if column.casefold() == _WORDS_OF_MARKS]
    labels = pairs | {
        column: word
        for column in status
        for word in text.header
        if word.casefold() == _WORDS_OF_MARKS and word != column
    }
    known = {value, *times, *words, *status, *labels.values()}
    rest = [column for column in text.header if column not in known]
    attributes = tuple(column for column in rest if column.casefold() in _ATTRIBUTES)
    return Layout(
        dimensions=tuple(column for column in rest if column not in attributes),
        period=times[0],
        value=value,
        status=tuple((column, Scheme.SDMX) for column in status),
        attributes=attributes,
        labels=labels,
    )


def _pairs_of_codes_and_words(text: DelimitedText, columns: list[str]) -> dict[str, str]:
    """Column of codes → the column of words after it: each code always has the same word."""
    pairs: dict[str, str] = {}
    for column, following in zip(columns, columns[1:], strict=False):
        beside = text.header.index(following) == text.header.index(column) + 1
        if beside and _CODE.fullmatch(column) and not _CODE.fullmatch(following) and column not in pairs.values():
            pairs[column] = following
    if not pairs:
        return {}
    frame = read_columns(text, only=[*pairs, *pairs.values()])
    return {
        column: words
        for column, words in pairs.items()
        if frame.select(column, words).n_unique() == frame[column].n_unique()
    }


def _refuse(text: DelimitedText, *, wanted: str) -> NoReturn:
    raise SourceChanged(
        f"the column {wanted} is missing",
        file=text.name,
        place="line 1",
        expected=EXPECTED,
        found=text.delimiter.join(text.header),
        remedy="Read it as a national table, with a mapping, if it was put together by someone else.",
    )
