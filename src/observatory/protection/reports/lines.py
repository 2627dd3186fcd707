"""Examinations as JSON or CSV: the fields named here and no others, so nothing of a patient can slip out with them."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

import orjson

from observatory.protection.reports.examination import Event, Examination

EVENT_FIELDS = ("kind", "ctdivol_mgy", "dlp_mgycm", "phantom", "dap_gycm2", "rp_dose_mgy", "agd_mgy")
FIELDS = (
    *("modality", "manufacturer", "dlp_mgycm", "dlp_phantom", "events", "dap_gycm2", "rp_dose_mgy"),
    *("agd_mgy_left", "agd_mgy_right", "activity_mbq", "fluoroscopy_s", "flags", "sources"),
)


FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings by which a spreadsheet takes a text, such as the name of a file, for a formula."""


class DoseForm(StrEnum):
    """How examinations are written."""

    JSON = "json"
    CSV = "csv"


def dose_lines(examinations: Iterable[Examination], *, form: DoseForm) -> bytes:
    """All examinations: a JSON array, or a CSV table with one row each, events as JSON in one cell."""
    rows = [examination_record(one) for one in examinations]
    if form is DoseForm.JSON:
        return orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for row in rows:
        writer.writerow([_cell(name, row[name]) for name in FIELDS])
    return table.getvalue().encode("utf-8")


def examination_record(one: Examination) -> dict[str, object]:
    """One examination as plain values; an absent value is None.

    Fields: modality, manufacturer, dlp_mgycm, dlp_phantom, events, dap_gycm2, rp_dose_mgy, agd_mgy_left,
    agd_mgy_right, activity_mbq, fluoroscopy_s, flags, sources.
    """
    record: dict[str, object] = {name: _plain(getattr(one, name)) for name in FIELDS if name != "events"}
    record["events"] = [_event_record(event) for event in one.events]
    return {name: record[name] for name in FIELDS}


def _event_record(event: Event) -> dict[str, object]:
    return {name: _plain(getattr(event, name)) for name in EVENT_FIELDS}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, StrEnum):
        return value.value
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _cell(name: str, value: object) -> object:
    if name == "events":
        return orjson.dumps(value).decode()
    if isinstance(value, list):
        text = (" " if name == "flags" else "; ").join(str(part) for part in value)
        return f"'{text}" if text.startswith(FORMULA) else text
    return "" if value is None else value
