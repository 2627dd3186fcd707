"""Eurostat: bulk tables, JSON-stat of the dissemination API, SDMX-CSV and SDMX-ML.

Letters stand beside values and in place of them: "22.1 bu" is one figure with two marks, ": c" a confidential one,
": u" one too unreliable to publish. Asked for too much at once, Eurostat answers with status 413 and an address at
which the data will be; asked for a code it does not know, with an error in JSON or XML and often status 200.
"""

from typing import NoReturn

from observatory.errors import SourceChanged
from observatory.formats.answer import data_bytes
from observatory.formats.delimited import open_text
from observatory.formats.marks import Scheme
from observatory.formats.standard import read_standard
from observatory.observations.payload import Payload
from observatory.observations.records import Records

EXPECTED = "a bulk table (TSV), JSON-stat 2.0, SDMX-CSV or SDMX-ML"


def read(payload: Payload, *, period: str = "", value: str = "") -> Records:
    """The figures of a file of Eurostat, whatever dataset it is of; packed files are opened.

    `period` names the column of time, or gives the period of a JSON-stat file without one; `value` names the column of
    the figure where it is not OBS_VALUE. Raises SourceUnavailable, with the address to come back to where Eurostat
    gives one, SourceChanged and FigureRefused.
    """
    content = data_bytes(payload, expected=EXPECTED)
    name = payload.name
    records = read_standard(content, name=name, provider="eurostat", scheme=Scheme.EUROSTAT, period=period, value=value)
    return _refuse(content, name=name) if records is None else records


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
