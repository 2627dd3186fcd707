"""The standard formats, told apart by their first bytes: a file's name and the type a server claims are not trusted."""

import re
from enum import StrEnum

from observatory.formats.json_documents.json_stat import read_json_stat
from observatory.formats.records.marks import Scheme
from observatory.formats.sdmx.sdmx_csv import looks_like_sdmx_csv, read_sdmx_csv
from observatory.formats.sdmx.sdmx_json import read_sdmx_json
from observatory.formats.sdmx.sdmx_ml import read_sdmx_ml
from observatory.formats.text.tsv import looks_like_tsv, read_tsv
from observatory.observations.records import Records

_JSON_STAT = re.compile(rb'"class"\s*:\s*"dataset"')


class Format(StrEnum):
    """What the bytes are."""

    TSV = "bulk table (TSV)"
    SDMX_CSV = "SDMX-CSV"
    JSON_STAT = "JSON-stat"
    SDMX_JSON = "SDMX-JSON"
    SDMX_ML = "SDMX-ML"
    TABLE = "table of another kind"


def sniff(content: bytes) -> Format:
    """The format of bytes that are data.

    >>> sniff(b'DATAFLOW,freq,geo'), sniff(b'{"class": "dataset", "value": []}')
    (<Format.SDMX_CSV: 'SDMX-CSV'>, <Format.JSON_STAT: 'JSON-stat'>)
    """
    start = content[:4096].lstrip()
    if start.startswith(b"<"):
        return Format.SDMX_ML
    if start.startswith((b"{", b"[")):
        names_itself = _JSON_STAT.search(start) is not None
        return Format.JSON_STAT if names_itself or b'"dataSets"' not in content else Format.SDMX_JSON
    line = content[: content.find(b"\n") if b"\n" in content else None].decode("utf-8", "replace").rstrip("\r")
    if looks_like_tsv(line):
        return Format.TSV
    return Format.SDMX_CSV if looks_like_sdmx_csv(line) else Format.TABLE


def read_standard(
    content: bytes, *, name: str, provider: str, scheme: Scheme, period: str = "", value: str = ""
) -> Records | None:
    """The records of a file in a standard format; None for a table of another kind.

    `scheme` is the list from which marks are taken where the format does not say. `period` and `value` help with files
    that do not say which column, or which period, they are about: see `read_sdmx_csv` and `read_json_stat`.
    Raises SourceUnavailable, SourceChanged, FigureRefused.
    """
    match sniff(content):
        case Format.TSV:
            return read_tsv(content, name=name, provider=provider)
        case Format.SDMX_CSV:
            return read_sdmx_csv(content, name=name, provider=provider, period=period, value=value)
        case Format.JSON_STAT:
            return read_json_stat(content, name=name, provider=provider, scheme=scheme, period=period)
        case Format.SDMX_JSON:
            return read_sdmx_json(content, name=name, provider=provider)
        case Format.SDMX_ML:
            return read_sdmx_ml(content, name=name, provider=provider)
        case Format.TABLE:
            return None
