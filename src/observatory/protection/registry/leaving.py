"""What leaves a facility: the fields of one record, each with the values it may have, and nothing else.

The whitelist is the class itself. A field that is not here cannot leave, and one that is here holds a number, a code of
ours or a keyed hash. Identifiers of studies are short and can be tried one by one, so they are hashed with a secret of
the facility and are of no use to whoever has the registry.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from observatory.protection.registry.bands import age_band, weight_band
from observatory.protection.registry.mapping import ProtocolMap
from observatory.protection.reports.concepts import LOCALISER
from observatory.protection.reports.examination import Examination
from observatory.protection.reports.flags import DoseFlag

READER = "dose-reports-1"
"""Which reader and which rules made a record."""
KEY_LENGTH = 32


class DoseRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One examination as it leaves a facility. An absent value is null."""

    key: str
    """Keyed hash of the study and the family of dose; the same examination has the same key in every delivery."""
    month: str
    """Year and month, as 2026-03; empty where unknown."""
    examination: str
    """Kind of examination."""
    modality: str
    """CT, DX, RF, MG or NM."""
    maker: str | None
    """Maker of the device, from the list of makers."""
    age: str
    """Age band in years."""
    sex: str
    """F, M, O or empty."""
    weight: str
    """Weight band in kilograms."""
    events: int
    """Number of irradiation events."""
    ctdivol_mgy: float | None
    """Highest CTDIvol of its sequences without localisers, in mGy."""
    dlp_mgycm: float | None
    """Dose-length product in mGy·cm."""
    phantom: str | None
    """Phantom to which the two refer."""
    dap_gycm2: float | None
    """Dose-area product in Gy·cm²."""
    rp_dose_mgy: float | None
    """Air kerma at the reference point in mGy."""
    agd_mgy_left: float | None
    """Average glandular dose of the left breast in mGy."""
    agd_mgy_right: float | None
    """Average glandular dose of the right breast in mGy."""
    activity_mbq: float | None
    """Activity administered in MBq."""
    fluoroscopy_s: float | None
    """Fluoroscopy time in seconds."""
    flags: tuple[str, ...]
    """Remarks of the reader."""
    reader: str
    """Which reader made the record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """What leaves, and what stays with the reason."""

    records: list[DoseRecord]
    """What leaves."""
    phantom_tests: int
    """Examinations of phantoms, which stay."""
    unmapped: dict[str, int]
    """Modality → number of examinations whose protocol is not mapped, which stay."""
    unidentified: int
    """Examinations without an identifier, which cannot be told from repetitions and stay."""
    open_names: list[str] = field(repr=False)
    """Names that are not mapped, one an examination. They stay in the facility."""


def prepare(examinations: Iterable[Examination], *, secret: bytes, mapping: ProtocolMap) -> Leaving:
    """What of these examinations may leave, as records, and how many stay for which reason."""
    records: dict[str, DoseRecord] = {}
    unmapped: Counter[str] = Counter()
    names: list[str] = []
    phantoms = unidentified = 0
    for one in examinations:
        if DoseFlag.PHANTOM_TEST in one.flags:
            phantoms += 1
            continue
        if not (identity := _identity(one)):
            unidentified += 1
            continue
        protocols = list(dict.fromkeys(name for report in one.reports for name in report.protocols))
        kind = mapping.find_kind(protocols)
        if not kind:
            unmapped[one.modality] += 1
            names.append(protocols[0] if protocols else "")
            continue
        record = _record(one, kind=kind, key=keyed_hash(identity, secret=secret))
        records[record.key] = record
    return Leaving(
        records=list(records.values()),
        phantom_tests=phantoms,
        unmapped=dict(sorted(unmapped.items())),
        unidentified=unidentified,
        open_names=names,
    )


def join(one: Leaving, other: Leaving) -> Leaving:
    """What leaves of two sources together; an examination that is in both, under one key, leaves once."""
    return Leaving(
        records=list({record.key: record for record in (*one.records, *other.records)}.values()),
        phantom_tests=one.phantom_tests + other.phantom_tests,
        unmapped=dict(sorted((Counter(one.unmapped) + Counter(other.unmapped)).items())),
        unidentified=one.unidentified + other.unidentified,
        open_names=[*one.open_names, *other.open_names],
    )


def keyed_hash(text: str, *, secret: bytes) -> str:
    """The first 128 bits of HMAC-SHA-256 of `text` with the facility's secret, in hexadecimal."""
    return hmac.new(secret, text.encode("utf-8"), hashlib.sha256).hexdigest()[:KEY_LENGTH]


def _identity(one: Examination) -> str:
    """What is hashed: the family and the identifier of the study, or of the only report there is."""
    first = one.reports[0]
    return f"{first.family}|{first.study or first.instance}" if first.study or first.instance else ""


def _record(one: Examination, *, kind: str, key: str) -> DoseRecord:
    patient = one.reports[0].patient
    sequences = [event.ctdivol_mgy for event in one.events if event.ctdivol_mgy and event.kind != LOCALISER]
    return DoseRecord(
        key=key,
        month=patient.month,
        examination=kind,
        modality=one.modality.value,
        maker=one.manufacturer.casefold() if one.manufacturer else None,
        age=age_band(patient.age_years),
        sex=patient.sex,
        weight=weight_band(patient.weight_kg),
        events=len(one.events),
        ctdivol_mgy=float(max(sequences)) if sequences else None,
        dlp_mgycm=_number(one.dlp_mgycm),
        phantom=one.dlp_phantom.value if one.dlp_phantom else None,
        dap_gycm2=_number(one.dap_gycm2),
        rp_dose_mgy=_number(one.rp_dose_mgy),
        agd_mgy_left=_number(one.agd_mgy_left),
        agd_mgy_right=_number(one.agd_mgy_right),
        activity_mbq=_number(one.activity_mbq),
        fluoroscopy_s=_number(one.fluoroscopy_s),
        flags=tuple(flag.value for flag in one.flags),
        reader=READER,
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
