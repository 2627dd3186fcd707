"""World Health Organization, Global Health Observatory: Athena CSV of old, OData JSON of today.

WHO says in a comment what other providers say in a dimension: "Only public sector data" halves a country's scanners,
so comments are kept word for word. A categorical indicator has a display value ("Yes") and no number, and "No data
received" stands in the same place as an answer. A row without a country is about the region itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urljoin

import msgspec
import polars as pl

from observatory.archive.question import Code, Name, Question, to_wish
from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.errors import FigureRefused, SourceChanged, SourceUnavailable
from observatory.formats.json_documents.json_answer import decode_answer
from observatory.formats.records.numbers import to_numbers
from observatory.formats.records.repeats import drop_repeats
from observatory.formats.text.delimited import line_numbers, numbers, open_delimited, read_columns
from observatory.observations.payload import Payload
from observatory.observations.period import normalise_period
from observatory.observations.records import RECORD_SCHEMA, Records, complete

EXPECTED = "an export of the Global Health Observatory, Athena CSV or OData JSON"

SERVICE = "https://ghoapi.azureedge.net/api/"
"""The OData service; the Athena service of old has been switched off."""

NOTHING = {
    "": Absence.NOT_REPORTED,
    "-": Absence.NOT_REPORTED,
    ".": Absence.NOT_REPORTED,
    "data not available": Absence.NOT_REPORTED,
    "don't know": Absence.NOT_REPORTED,
    "no data": Absence.NOT_REPORTED,
    "no data available": Absence.NOT_REPORTED,
    "no data received": Absence.NOT_REPORTED,
    "no response": Absence.NOT_REPORTED,
    "not available": Absence.NOT_REPORTED,
    "not reported": Absence.NOT_REPORTED,
    "not applicable": Absence.NOT_APPLICABLE,
}
"""Display values that are no answer, in lower case."""

NUMBERS = {"Numeric": "value", "Low": "low", "High": "high"}
NEEDED = ("GHO", "YEAR", "Display Value", "Numeric", "Comments")
DESCRIBING = ("StdErr", "StdDev")

_NO_DIMENSION = {"YEAR", "Display Value", "Comments", *NUMBERS}
_DISPLAY, _STATE = " display", " state"
_YEARS = re.compile(r"(\d{4})\s*-\s*(\d{4})")


class Fact(msgspec.Struct, frozen=True, rename={"indicator": "IndicatorCode", "area": "SpatialDim"}):
    """One figure of an OData answer."""

    indicator: str
    area: str | None
    NumericValue: float | None
    SpatialDimType: str | None = None
    Value: str | None = None
    TimeDim: int | str | None = None
    TimeDimensionValue: str | None = None
    ParentLocationCode: str | None = None
    ParentLocation: str | None = None
    Dim1Type: str | None = None
    Dim1: str | None = None
    Dim2Type: str | None = None
    Dim2: str | None = None
    Dim3Type: str | None = None
    Dim3: str | None = None
    DataSourceDimType: str | None = None
    DataSourceDim: str | None = None
    Low: float | None = None
    High: float | None = None
    Comments: str | None = None
    Date: str | None = None

    def dimensions(self) -> dict[str, str]:
        """The name of each dimension, as the fact itself gives it → its code."""
        pairs = (
            (self.SpatialDimType or "SpatialDim", self.area),
            (self.Dim1Type, self.Dim1),
            (self.Dim2Type, self.Dim2),
            (self.Dim3Type, self.Dim3),
            (self.DataSourceDimType, self.DataSourceDim),
        )
        return {"IndicatorCode": self.indicator} | {name: code for name, code in pairs if name and code}

    @property
    def time(self) -> str:
        """The period as printed; an interval stands in the second field only."""
        return self.TimeDimensionValue or ("" if self.TimeDim is None else str(self.TimeDim))


class Answer(msgspec.Struct, frozen=True, rename={"next_link": "@odata.nextLink"}):
    """A page of an OData answer."""

    value: list[Fact] | None = None
    error: dict[str, object] | None = None
    next_link: str = ""


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """The figures of either format, in one shape: what was printed is still text but for the numbers."""

    file: str
    frame: pl.DataFrame
    dimensions: tuple[str, ...]
    attributes: tuple[str, ...]
    place_name: str
    titles: dict[str, str] = field(default_factory=dict)
    updated_at: datetime | None = None
    missing: str = ""


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a dataset's `harvest` may ask of WHO."""

    code: Name
    """Code of the indicator."""
    where: dict[Code, list[Code]] = {}
    """A field of the service → the codes to take, such as SpatialDimType → COUNTRY; empty for everything."""
    awaits: str | int = ""
    """The period that is waited for."""


class Link(msgspec.Struct, frozen=True):
    """The part of a page that says where the next one is."""

    next_link: str = msgspec.field(name="@odata.nextLink", default="")


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The one question that asks for an indicator; further pages name themselves. Raises RequestRefused.

    >>> addresses({"code": "DEVICES08"})[0].address
    'https://ghoapi.azureedge.net/api/DEVICES08'
    """
    wish = to_wish(harvest, Wish)
    tests = [" or ".join(f"{field} eq '{code}'" for code in codes) for field, codes in wish.where.items()]
    chosen = f"?$filter={quote(' and '.join(f'({test})' for test in tests))}" if tests else ""
    return [
        Question(
            address=f"{SERVICE}{wish.code}{chosen}",
            hosts=frozenset({"ghoapi.azureedge.net"}),
            file=f"{wish.code}.json",
            accept="application/json",
            complete=not wish.where,
            next_page=find_next_page,
        )
    ]


def find_next_page(content: bytes, address: str) -> str:
    """Where a page says that the next one is; an empty string after the last one, and for bytes that are no page."""
    try:
        link = msgspec.json.decode(content, type=Link).next_link
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return urljoin(address, link) if link else ""


def read(payload: Payload, *, pages: Sequence[Payload] = ()) -> Records:
    """The figures of an export; `pages` holds the further pages of an OData answer, in order.

    A page that names a next one is read, and `Records.missing` says so. A display value without a number is a
    category, or one of the words of `NOTHING`: an absence, whose word is the provider's mark. Comments stay comments.
    Raises SourceUnavailable, SourceChanged, and FigureRefused for a row that states no year.
    """
    is_json = payload.content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    facts = _read_odata([payload, *pages]) if is_json else _read_athena(payload)
    frame = _interpret(facts.frame)
    frame = drop_repeats(frame, key=[*facts.dimensions, "period"], file=facts.file, place_name=facts.place_name)
    codes = frame[facts.dimensions[0]].unique().to_list()
    words = [*facts.dimensions, *facts.attributes]
    frame = frame.with_columns(pl.col(words).replace("", None).cast(pl.Categorical))
    return Records(
        provider="who",
        dataset=codes[0] if len(codes) == 1 else "",
        dimensions=facts.dimensions,
        frame=complete(frame, dimensions=facts.dimensions, attributes=facts.attributes),
        attributes=facts.attributes,
        updated_at=facts.updated_at,
        place_name=facts.place_name,
        titles=facts.titles,
        missing=facts.missing,
    )


def _read_athena(payload: Payload) -> _Facts:
    text = open_delimited(payload, expected=EXPECTED)
    header = text.header
    _refuse_header(header, file=payload.name)
    frame = read_columns(text).with_columns(pl.all().fill_null(""))
    frame = frame.with_columns(line_numbers(text, frame.height), pl.exclude("Comments").str.strip_chars())
    attributes = [name for name in DESCRIBING if name in header]
    figures = [
        numbers(text, frame[column].replace("", None)).alias(name)
        for column, name in NUMBERS.items()
        if column in header
    ]
    frame = frame.with_columns(
        *figures,
        _to_periods(frame, "YEAR", file=payload.name, place_name="line"),
        pl.col("Display Value").alias(_DISPLAY),
        pl.col("Comments").alias("comment"),
        (pl.col("PUBLISHSTATE") if "PUBLISHSTATE" in header else pl.lit("")).alias(_STATE),
    )
    dimensions = [name for name in header if name not in _NO_DIMENSION and name not in attributes]
    return _Facts(
        file=payload.name,
        frame=frame,
        dimensions=("GHO", *(name for name in dimensions if name != "GHO")),
        attributes=tuple(attributes),
        place_name="line",
    )


def _refuse_header(header: Sequence[str], *, file: str) -> None:
    """A column that is gone, or that has the name of one of ours."""
    gone = [name for name in NEEDED if name not in header]
    ours = [name for name in header if name in RECORD_SCHEMA]
    if gone or ours:
        raise SourceChanged(
            "a column is gone or renamed" if gone else "a column has a name that every record has",
            file=file,
            place="line 1",
            expected=", ".join(gone) or "the columns of Athena",
            found=", ".join(header),
            remedy="Compare it with an export of Athena, or ask the OData service instead.",
        )


def _to_periods(frame: pl.DataFrame, column: str, *, file: str, place_name: str) -> pl.Series:
    """The canonical period of each row; each distinct text is read once."""
    periods = {"": ""}
    for text, row in frame.unique(column, keep="first", maintain_order=True).select(column, "row").rows():
        try:
            periods[text] = normalise_period(_YEARS.sub(r"\1/\2", text))
        except ValueError as error:
            kind, problem = (SourceChanged, "a year is none") if text else (FigureRefused, "a figure states no year")
            raise kind(
                problem,
                file=file,
                place=f"{place_name} {row}, {column}",
                expected="a year, or the first and last of several",
                found=text or "nothing",
                remedy="Ask for the indicator by year; figures of unknown years are not shown.",
            ) from error
    return frame[column].replace_strict(periods, return_dtype=pl.String).alias("period")


def _read_odata(payloads: list[Payload]) -> _Facts:
    pages = [_open(payload) for payload in payloads]
    facts = [fact for page in pages for fact in page.value or []]
    file = payloads[0].name
    if not facts:
        raise SourceUnavailable(
            "the answer holds no figures", file=file, expected=EXPECTED, remedy="Ask for years and areas it covers."
        )
    named = [fact.dimensions() for fact in facts]
    dimensions = tuple(dict.fromkeys(name for names in named for name in names))
    _refuse_names(dimensions, file=file)
    columns: dict[str, list[object]] = {name: [names.get(name, "") for names in named] for name in dimensions}
    columns |= {
        "ParentLocationCode": [fact.ParentLocationCode or "" for fact in facts],
        "TimeDim": [fact.time for fact in facts],
        "comment": [fact.Comments or "" for fact in facts],
        _DISPLAY: [fact.Value or "" for fact in facts],
        _STATE: [""] * len(facts),
    }
    figures = {
        "value": [fact.NumericValue for fact in facts],
        "low": [fact.Low for fact in facts],
        "high": [fact.High for fact in facts],
    }
    schema = dict.fromkeys(columns, pl.String()) | dict.fromkeys(figures, pl.Float64())
    frame = pl.DataFrame(columns | figures, schema=schema).with_row_index("row", offset=1)
    return _Facts(
        file=file,
        frame=frame.with_columns(_to_periods(frame, "TimeDim", file=file, place_name="value")),
        dimensions=dimensions,
        attributes=("ParentLocationCode",),
        place_name="value",
        titles={f"ParentLocationCode={f.ParentLocationCode}": f.ParentLocation for f in facts if f.ParentLocation},
        updated_at=max((_moment(fact.Date, file=file) for fact in facts if fact.Date), default=None),
        missing="the pages after this one" if pages[-1].next_link else "",
    )


def _open(payload: Payload) -> Answer:
    answer = decode_answer(payload, Answer, expected=EXPECTED)
    if answer.value is None:
        raise SourceUnavailable(
            "the service answers with a message instead of figures",
            file=payload.name,
            expected=EXPECTED,
            found=str(answer.error or "an answer without `value`"),
            remedy="Ask again later; if it stays so, check the code of the indicator.",
        )
    return answer


def _refuse_names(dimensions: tuple[str, ...], *, file: str) -> None:
    for name in dimensions:
        if name in RECORD_SCHEMA or name in ("ParentLocationCode", "TimeDim") or name.startswith(" "):
            raise SourceChanged(
                "a dimension has the name of another column",
                file=file,
                expected="names such as COUNTRY or SEX",
                found=name,
                remedy="Compare the answer with the service's documentation.",
            )


def _moment(text: str, *, file: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise SourceChanged(
            "the date of a figure is none",
            file=file,
            place="Date",
            expected="a moment such as 2024-08-02T09:43:39+02:00",
            found=text,
            remedy="Compare the answer with the service's documentation.",
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _interpret(frame: pl.DataFrame) -> pl.DataFrame:
    """Display values without a number become answers or absences, publication states become flags."""
    printed = to_numbers(frame[_DISPLAY], thousands=" ")
    kinds = {text: NOTHING.get(text.casefold()) for text in frame[_DISPLAY].unique()}
    absences = {text: kind.value if kind else None for text, kind in kinds.items()}
    spelt = frame[_DISPLAY].replace_strict(absences or {"": None}, default=None, return_dtype=pl.String)
    silent = pl.col("value").is_null() & printed.is_null()
    unpublished = ~pl.col(_STATE).is_in(["", "PUBLISHED"])
    said = pl.when(silent & spelt.is_not_null() & (pl.col(_DISPLAY) != "")).then(pl.col(_DISPLAY))
    state = pl.when(unpublished).then(pl.col(_STATE))
    return frame.with_columns(
        pl.coalesce("value", printed).alias("value"),
        pl.when(silent).then(spelt).alias("absence"),
        pl.when(silent & spelt.is_null()).then(pl.col(_DISPLAY)).alias("category"),
        pl.col("comment").replace("", None),
        pl.when(unpublished).then(pl.lit(Flag.UNVALIDATED.value)).alias("flags"),
        pl.concat_str(state, said, separator="; ", ignore_nulls=True).replace("", None).alias("provider_flags"),
    )
