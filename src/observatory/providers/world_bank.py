"""World Bank, Indicators API version 2, JSON: `[{page, pages, …}, [rows]]`.

An answer comes in pages, and a wrong question is answered with status 200 and a message. Aggregates such as
"Africa Eastern and Southern" stand among the countries under two-letter codes of their own; both of the Bank's codes
are kept, and telling countries from aggregates is left to those who know areas.

What the Bank remarks on a figure, such as a census that breaks the line, it says only to those who ask: `footnote=y`
gives the footnote of each country, indicator and year (Data Help Desk, "API Basic Call Structures",
https://datahelpdesk.worldbank.org/knowledgebase/articles/898581). Each row then has a `footnote`, empty for most.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Annotated, Literal, NoReturn

import msgspec
import polars as pl

from observatory.archive.question import Code, Name, Question, to_wish
from observatory.codelists.absences import Absence
from observatory.codelists.flags import join_flags
from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.json_documents.json_answer import decode_answer
from observatory.formats.records.marks import Meaning, meaning
from observatory.formats.records.repeats import drop_repeats
from observatory.observations.payload import Payload
from observatory.observations.period import normalise_period, period_end
from observatory.observations.records import Records, complete

SERVICE = "https://api.worldbank.org/v2/"
"""The Indicators API; version 1 was switched off in 2020."""
PER_PAGE = 10_000
"""Records a page; the service takes up to 32 500."""

DIMENSIONS = ("indicator", "country", "countryiso3code")
ATTRIBUTES = ("unit", "decimal")
EXPECTED = "an answer of the Indicators API: [{page, pages, …}, [rows]]"

_TEMPORARY = {"105"}
_PAGE = re.compile(r"\bpage=\d+")


class Reference(msgspec.Struct, frozen=True):
    """A code and the words for it."""

    id: str
    value: str = ""


class Row(msgspec.Struct, frozen=True):
    """One figure, or a null."""

    indicator: Reference
    country: Reference
    date: str
    value: float | None
    countryiso3code: str = ""
    unit: str | None = ""
    obs_status: str | None = ""
    decimal: int | None = None
    footnote: str | None = ""
    """There where the question said `footnote=y`; empty for none."""


class Message(msgspec.Struct, frozen=True):
    """Why a question was not answered."""

    id: str = ""
    key: str = ""
    value: str = ""


class Header(msgspec.Struct, frozen=True):
    """Which part of the answer this is."""

    page: int = 0
    pages: int = 0
    per_page: Annotated[int, msgspec.Meta(ge=0)] | Annotated[str, msgspec.Meta(pattern=r"^\d{1,9}$")] = 0
    total: int = 0
    lastupdated: str | None = None
    message: list[Message] = []


class Page(msgspec.Struct, frozen=True):
    """One page of an answer, opened."""

    file: str
    header: Header
    rows: list[Row]

    @property
    def rows_before(self) -> int:
        """How many rows the pages before this one hold."""
        return max(self.header.page - 1, 0) * int(self.header.per_page)


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a dataset's `harvest` may ask of the World Bank."""

    code: Name
    """Code of the indicator."""
    where: dict[Literal["country"], list[Code]] = {}
    """Countries by code; empty for all of them and their aggregates."""
    awaits: str | int = ""
    """The period that is waited for."""


class Count(msgspec.Struct, frozen=True):
    """The part of a page's header that counts pages."""

    page: int = 0
    pages: int = 0


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The one question that asks for an indicator's first page. Raises RequestRefused.

    >>> addresses({"code": "SP.POP.TOTL"})[0].address
    'https://api.worldbank.org/v2/country/all/indicator/SP.POP.TOTL?format=json&per_page=10000&footnote=y&page=1'
    """
    wish = to_wish(harvest, Wish)
    countries = ";".join(wish.where.get("country", ["all"]))
    return [
        Question(
            address=f"{SERVICE}country/{countries}/indicator/{wish.code}"
            f"?format=json&per_page={PER_PAGE}&footnote=y&page=1",
            hosts=frozenset({"api.worldbank.org"}),
            file=f"{wish.code}.json",
            accept="application/json",
            complete=not wish.where,
            next_page=find_next_page,
        )
    ]


def find_next_page(content: bytes, address: str) -> str:
    """The address with the next number; an empty string after the last page, and for bytes that are no page."""
    try:
        count = msgspec.json.decode(content, type=tuple[Count, msgspec.Raw])[0]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    return _PAGE.sub(f"page={count.page + 1}", address) if 0 < count.page < count.pages else ""


def read(payload: Payload, *, pages: Sequence[Payload] = ()) -> Records:
    """The figures of an answer; `pages` holds its further pages, in any order.

    A page alone is read, and `Records.missing` says which pages are not there. A null is "not reported", or "not yet
    due" where the dataset was last updated before the period had ended. `row` counts through all pages.
    Raises SourceUnavailable and SourceChanged.
    """
    opened = sorted((_open(page) for page in (payload, *pages)), key=lambda page: page.header.page)
    _refuse_mixture(opened)
    updated_at = _updated_at(opened[0])
    frame = pl.concat([_frame(page, updated_at) for page in opened])
    frame = drop_repeats(frame, key=[*DIMENSIONS, "period"], file=payload.name, place_name="entry")
    indicators = frame["indicator"].unique().to_list()
    return Records(
        provider="world_bank",
        dataset=indicators[0] if len(indicators) == 1 else "",
        dimensions=DIMENSIONS,
        frame=complete(
            frame.with_columns(pl.col(*DIMENSIONS, *ATTRIBUTES).cast(pl.Categorical)),
            dimensions=DIMENSIONS,
            attributes=ATTRIBUTES,
        ),
        attributes=ATTRIBUTES,
        updated_at=updated_at,
        place_name="entry",
        titles={title: words for page in opened for row in page.rows for title, words in _titles(row)},
        missing=_missing(opened),
    )


def _open(payload: Payload) -> Page:
    parts = decode_answer(payload, list[msgspec.Raw], expected=EXPECTED)
    if len(parts) == 1:
        (header,) = decode_answer(payload, tuple[Header], expected=EXPECTED)
        _raise_message(header, file=payload.name)
    header, rows = decode_answer(payload, tuple[Header, list[Row] | None], expected=EXPECTED)
    page = Page(file=payload.name, header=header, rows=rows or [])
    if not page.rows:
        raise SourceUnavailable(
            "the answer holds no figures",
            file=payload.name,
            expected=EXPECTED,
            found=f"total {header.total}",
            remedy="Ask for years and countries that the indicator covers.",
        )
    due = min(int(header.per_page), header.total - page.rows_before)
    if len(page.rows) != due:
        raise _misfit(page, "the page does not hold what it announces", f"{due} rows", f"{len(page.rows)} rows")
    return page


def _raise_message(header: Header, *, file: str) -> NoReturn:
    """The service's own words, as the error they call for."""
    message = header.message[0] if header.message else Message()
    kind = SourceUnavailable if message.id in _TEMPORARY else SourceChanged
    remedy = "Ask again later." if kind is SourceUnavailable else "Correct the code of the indicator or country asked."
    raise kind(
        "the service answers with a message instead of figures",
        file=file,
        expected=EXPECTED,
        found=f"{message.id} {message.key}: {message.value}",
        remedy=remedy,
    )


def _misfit(page: Page, problem: str, expected: str, found: str, *, place: str = "") -> SourceChanged:
    return SourceChanged(
        problem,
        file=page.file,
        place=place or f"page {page.header.page}",
        expected=expected,
        found=found,
        remedy="Fetch every page again; if it stays so, compare it with the provider's documentation.",
    )


def _refuse_mixture(pages: list[Page]) -> None:
    """Pages of one answer carry the same totals and date, and each number once."""
    first = pages[0]
    for before, page in pairwise(pages):
        if before.header.page == page.header.page:
            raise _misfit(page, "a page is given twice", "each page once", f"{before.file} and {page.file}")
        if msgspec.structs.replace(page.header, page=0) != msgspec.structs.replace(first.header, page=0):
            raise _misfit(page, "the pages are of different answers", str(first.header), str(page.header))


def _missing(pages: list[Page]) -> str:
    """Which pages the answer has and we do not."""
    total = pages[0].header.pages
    numbers = sorted({0, *(page.header.page for page in pages), total + 1})
    gaps = [(before + 1, after - 1) for before, after in pairwise(numbers) if after - before > 1]
    absent = [str(first) if first == last else f"{first} to {last}" for first, last in gaps]
    return f"page {', '.join(absent)} of {total}" if absent else ""


def _updated_at(page: Page) -> datetime | None:
    text = page.header.lastupdated
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError as error:
        raise _misfit(page, "the last update is no day", "a day such as 2024-03-28", text) from error


def _frame(page: Page, updated_at: datetime | None) -> pl.DataFrame:
    rows = page.rows
    periods = {text: _period(page, text) for text in {row.date for row in rows}}
    absences = {
        period: Absence.NOT_YET_DUE if updated_at and updated_at.date() <= period_end(period) else Absence.NOT_REPORTED
        for period in periods.values()
    }
    status = {letters: meaning(letters) for letters in {row.obs_status or "" for row in rows}}
    columns: dict[str, list[object]] = {
        "indicator": [row.indicator.id for row in rows],
        "country": [row.country.id or None for row in rows],
        "countryiso3code": [row.countryiso3code or None for row in rows],
        "unit": [row.unit or None for row in rows],
        "decimal": [None if row.decimal is None else str(row.decimal) for row in rows],
        "period": [periods[row.date] for row in rows],
        "value": [row.value for row in rows],
        "absence": [absences[periods[row.date]].value if row.value is None else None for row in rows],
        "flags": [_flags(row, status[row.obs_status or ""]) for row in rows],
        "provider_flags": [row.obs_status or None for row in rows],
        "comment": [(row.footnote or "").strip() or None for row in rows],
        "row": list(range(page.rows_before + 1, page.rows_before + len(rows) + 1)),
    }
    texts = {name: pl.String() for name in columns}
    return pl.DataFrame(columns, schema=texts | {"value": pl.Float64(), "row": pl.UInt32()})


def _period(page: Page, text: str) -> str:
    try:
        return normalise_period(text)
    except ValueError as error:
        place = next(f"entry {n}, date" for n, row in enumerate(page.rows, page.rows_before + 1) if row.date == text)
        raise _misfit(page, "a date is no period", "a year, quarter or month", text, place=place) from error


def _flags(row: Row, status: Meaning) -> str | None:
    return join_flags(status.flags_of_absence if row.value is None else status.flags) or None


def _titles(row: Row) -> Iterator[tuple[str, str]]:
    yield f"indicator={row.indicator.id}", row.indicator.value
    yield f"country={row.country.id}", row.country.value
