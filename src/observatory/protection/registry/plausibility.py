"""Whether a record may be counted: codes that are ours, numbers that can be doses, units that are what they say.

A doubtful record is set aside with the reason and waits for a person. Bounds are wide: they catch a unit error of ten
thousand and let the cine loop of 222 mGy pass, which a real scanner did report.
"""

import math
import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence

from observatory.protection.examinations import examination_kinds
from observatory.protection.registry.bands import all_age_bands, all_weight_bands
from observatory.protection.registry.leaving import KEY_LENGTH, DoseRecord
from observatory.protection.reports.concepts import Phantom
from observatory.protection.reports.examination import Modality
from observatory.protection.reports.flags import DoseFlag
from observatory.protection.reports.makers import printable_maker

MOST = {
    "ctdivol_mgy": 500.0,
    "dlp_mgycm": 30_000.0,
    "dap_gycm2": 10_000.0,
    "rp_dose_mgy": 50_000.0,
    "agd_mgy_left": 100.0,
    "agd_mgy_right": 100.0,
    "activity_mbq": 20_000.0,
    "fluoroscopy_s": 40_000.0,
}
"""Quantity → what no single examination reaches."""

QUANTITY_OF = {"ctdivol_mgy": "ctdivol", "dlp_mgycm": "dlp", "dap_gycm2": "dap", "rp_dose_mgy": "rp_dose"}
POWERS, NEAR, FEWEST_PEERS, FEWEST_OWN = (1, 2, 3, 4), 0.3, 3, 10
"""A facility whose median is a power of ten beside its peers' within half of one: that many, that near, of so many."""


def implausibilities(record: DoseRecord) -> list[str]:
    """Why a record may not be counted, one clause each; none where it may."""
    return [*_code_problems(record), *_number_problems(record)]


def _code_problems(record: DoseRecord) -> Iterator[str]:
    if not re.fullmatch(f"[0-9a-f]{{{KEY_LENGTH}}}", record.key):
        yield "the key is no keyed hash"
    if record.month and not re.fullmatch(r"(19|20)\d{2}-(0[1-9]|1[0-2])", record.month):
        yield "the month is none"
    kind = examination_kinds().get(record.examination)
    if kind is None:
        yield "the kind of examination is not known"
    elif kind.modality != record.modality:
        yield "the kind of examination is made by another modality"
    codes = {
        "modality": (record.modality, list(Modality)),
        "age band": (record.age, all_age_bands()),
        "weight band": (record.weight, all_weight_bands()),
        "sex": (record.sex, ("", "F", "M", "O")),
        "phantom": (record.phantom or "", ("", *Phantom)),
    }
    yield from (f"the {name} is none of ours" for name, (value, known) in codes.items() if value not in known)
    if record.maker is not None and printable_maker(record.maker) is None:
        yield "the maker is not on the list of makers"
    if set(record.flags) - set(DoseFlag):
        yield "a remark is not known"
    if DoseFlag.PHANTOM_TEST in record.flags:
        yield "it is a test of the device"
    if not re.fullmatch(r"[a-z0-9-]{1,40}", record.reader):
        yield "the reader is none of ours"


def _number_problems(record: DoseRecord) -> Iterator[str]:
    if not 0 <= record.events < 100_000:
        yield "the number of events is impossible"
    values = {name: getattr(record, name) for name in MOST}
    for name, value in values.items():
        if value is None:
            continue
        if not math.isfinite(value) or value < 0:
            yield f"{name} is no dose"
        elif value > MOST[name]:
            yield f"{name} is above {MOST[name]:g}, which no examination reaches"
    if all(value is None for name, value in values.items() if name != "fluoroscopy_s"):
        yield "it holds no dose at all"
    if DoseFlag.CTDIVOL_IMPLAUSIBLE in record.flags:
        yield "its reader found a CTDIvol implausible"


def suspected_unit_errors(
    records: Iterable[DoseRecord], *, peers: Mapping[tuple[str, str], Sequence[float]]
) -> dict[tuple[str, str], int]:
    """(kind of examination, field) → the power of ten by which a facility's median lies off the medians of its peers.

    `peers` holds the medians of other facilities by the same pair; fewer than three of them tell nothing.
    """
    own: dict[tuple[str, str], list[float]] = {}
    for record in records:
        for name in QUANTITY_OF:
            value = getattr(record, name)
            if value:
                own.setdefault((record.examination, name), []).append(value)
    found: dict[tuple[str, str], int] = {}
    for pair, values in own.items():
        others = peers.get(pair, ())
        if len(values) < FEWEST_OWN or len(others) < FEWEST_PEERS:
            continue
        off = math.log10(statistics.median(values) / statistics.median(others))
        power = round(off)
        if abs(power) in POWERS and abs(off - power) <= NEAR:
            found[pair] = power
    return found
