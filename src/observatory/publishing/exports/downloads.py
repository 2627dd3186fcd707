"""A download: the bytes of an extract in one format, with the media type and the file name that belong to them."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from observatory.publishing.exports.csv_file import write_csv
from observatory.publishing.exports.csvw import write_csvw
from observatory.publishing.exports.json_document import write_json
from observatory.publishing.exports.parquet_file import write_parquet
from observatory.publishing.exports.workbook import write_workbook
from observatory.publishing.figures.extract import Extract


class Format(StrEnum):
    """A format in which observations leave. The string is the code that addresses use."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    CSVW = "csvw"


MEDIA_TYPES: dict[Format, str] = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.CSVW: "application/csvm+json",
}

_ENDINGS = {form: f".{form.value}" for form in Format} | {Format.CSVW: ".csv-metadata.json"}
_WRITERS: dict[Format, Callable[[Extract], bytes]] = {
    Format.JSON: write_json,
    Format.CSV: write_csv,
    Format.XLSX: write_workbook,
    Format.PARQUET: write_parquet,
    Format.CSVW: write_csvw,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A file ready to be sent."""

    content: bytes
    """Its bytes."""
    media_type: str
    """Its media type, as a Content-Type says it."""
    file_name: str
    """Its name: letters, digits, hyphens, underscores and full stops."""


def write_download(extract: Extract, *, form: Format) -> Download:
    """An extract as a file of one format. Raises RequestRefused where the format cannot hold it."""
    return Download(
        content=_WRITERS[form](extract), media_type=MEDIA_TYPES[form], file_name=f"{extract.name}{_ENDINGS[form]}"
    )
