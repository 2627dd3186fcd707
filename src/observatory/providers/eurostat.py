"""Eurostat: bulk tables, JSON-stat of the dissemination API, SDMX-CSV and SDMX-ML.

Letters stand beside values and in place of them: "22.1 bu" is one figure with two marks, ": c" a confidential one,
": u" one too unreliable to publish. Asked for too much at once, Eurostat answers with status 413 and an address at
which the data will be; asked for a code it does not know, with an error in JSON or XML and often status 200.
"""

import re
from collections.abc import Mapping
from typing import Literal, NoReturn
from urllib.parse import urlencode

import msgspec

from observatory.archive.question import Code, Question, Year, to_wish
from observatory.errors import RequestRefused, SourceChanged, SourceUnavailable
from observatory.formats.answers.answer import data_bytes
from observatory.formats.records.marks import Scheme
from observatory.formats.standard import read_standard
from observatory.formats.text.delimited import open_text
from observatory.observations.payload import Payload
from observatory.observations.records import Records

EXPECTED = "a bulk table (TSV), JSON-stat 2.0, SDMX-CSV or SDMX-ML"
SERVICE = "https://ec.europa.eu/eurostat/api/dissemination/"
"""The dissemination API, which replaced the bulk download in 2023."""

_JOB = re.compile(rb"<(?:\w+:)?queued>\s*<(?:\w+:)?id>([0-9A-Za-z-]{1,64})</")
"""In an envelope instead of data: the id under which a large extraction is prepared."""


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a dataset's `harvest` may ask of Eurostat."""

    code: Code
    """Code of the dataset, in capitals or not."""
    where: dict[Code, list[Code]] = {}
    """Dimension → the codes to take; empty for everything."""
    format: Literal["json", "tsv", "sdmx-csv"] = "json"
    """JSON-stat of the Statistics API, or the bulk table or SDMX-CSV of the SDMX API, packed."""
    dimensions: list[Code] = []
    """Dimensions in the order of the key; the SDMX API needs it to understand `where`."""
    start: Year | None = None
    """First year; none for all."""
    awaits: str | int = ""
    """The period that is waited for."""


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The one question that asks for a dataset. Raises RequestRefused.

    >>> addresses({"code": "hlth_rs_spec", "where": {"med_spec": ["MED_RAD"]}})[0].address.partition("data/")[2]
    'hlth_rs_spec?format=JSON&lang=EN&med_spec=MED_RAD'
    """
    wish = to_wish(harvest, Wish)
    path, ending = _ask_statistics(wish) if wish.format == "json" else _ask_sdmx(wish)
    return [
        Question(
            address=f"{SERVICE}{path}",
            hosts=frozenset({"ec.europa.eu"}),
            file=f"{wish.code}{ending}",
            complete=not wish.where and wish.start is None,
        )
    ]


def read(payload: Payload, *, period: str = "", value: str = "") -> Records:
    """The figures of a file of Eurostat, whatever dataset it is of; packed files are opened.

    `period` names the column of time, or gives the period of a JSON-stat file without one; `value` names the column of
    the figure where it is not OBS_VALUE. Raises SourceUnavailable, with the address to come back to where Eurostat
    gives one, SourceChanged and FigureRefused.
    """
    content = data_bytes(payload, expected=EXPECTED)
    name = payload.name
    _refuse_promise(content, name=name)
    records = read_standard(content, name=name, provider="eurostat", scheme=Scheme.EUROSTAT, period=period, value=value)
    return _refuse(content, name=name) if records is None else records


def _ask_statistics(wish: Wish) -> tuple[str, str]:
    """Path and file ending for the Statistics API, which takes dimensions in any order."""
    chosen = [(name, code) for name, codes in wish.where.items() for code in codes]
    since = [("sinceTimePeriod", wish.start)] if wish.start is not None else []
    query = urlencode([("format", "JSON"), ("lang", "EN"), *chosen, *since])
    return f"statistics/1.0/data/{wish.code}?{query}", ".json"


def _ask_sdmx(wish: Wish) -> tuple[str, str]:
    """Path and file ending for the SDMX API, which ignores dimensions in the query: they go into a key, in order."""
    unplaced = wish.where.keys() - set(wish.dimensions)
    if unplaced:
        raise RequestRefused(
            "the SDMX API takes codes in the order of the dataset's dimensions only",
            file=wish.code,
            expected="`dimensions` in the order of the key",
            found=f"none called {', '.join(sorted(unplaced))}",
            remedy="Add `dimensions` to the dataset's `harvest`, or ask for JSON.",
        )
    key = "/" + ".".join("+".join(wish.where.get(name, [])) for name in wish.dimensions) if wish.where else ""
    since = f"&startPeriod={wish.start}" if wish.start is not None else ""
    ending = {"tsv": ".tsv.gz", "sdmx-csv": ".csv.gz"}[wish.format]
    return f"sdmx/2.1/data/{wish.code}{key}?format={wish.format.upper()}&compressed=true{since}", ending


def _refuse_promise(content: bytes, *, name: str) -> None:
    """Raise SourceUnavailable for the envelope that says under which id the data will be fetched."""
    job = _JOB.search(content[:4096]) if content[:1] == b"<" else None
    if job:
        address = f"{SERVICE}1.0/async/data/{job[1].decode('ascii')}"
        raise SourceUnavailable(
            "Eurostat prepares the answer aside",
            retry_at=address,
            file=name,
            expected=EXPECTED,
            remedy=f"Fetch the data later from {address}",
        )


def _refuse(content: bytes, *, name: str) -> NoReturn:
    text = open_text(content, name=name, expected=EXPECTED)
    raise SourceChanged(
        "the header is that of no format of Eurostat",
        file=name,
        place="line 1",
        expected=EXPECTED,
        found=text.delimiter.join(text.header),
        remedy="Read it as a national table, with a mapping, if it was put together by someone else.",
    )
