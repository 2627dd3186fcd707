"""What a dose report holds, and what an examination is: the union of the reports on one attendance."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from observatory.protection.reports.concepts import Phantom
from observatory.protection.reports.flags import DoseFlag


class Modality(StrEnum):
    """How an examination was made."""

    CT = "CT"
    DX = "DX"
    RF = "RF"
    MG = "MG"
    NM = "NM"


class Family(StrEnum):
    """Which kind of dose a report tells. The CT of a PET-CT and its tracer are two examinations of one study."""

    CT = "ct"
    PROJECTION = "projection"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One irradiation event, or one administration of a radiopharmaceutical."""

    key: tuple[str, ...] = field(repr=False)
    """What makes it the same event in another report. Holds identifiers and stays here."""
    kind: str | None = None
    """How radiation was given, in the standard's words."""
    ctdivol_mgy: Decimal | None = None
    """Mean CTDIvol in mGy."""
    dlp_mgycm: Decimal | None = None
    """Dose-length product in mGy·cm."""
    phantom: Phantom | None = None
    """The phantom to which CTDIvol and DLP refer."""
    dap_gycm2: Decimal | None = None
    """Dose-area product in Gy·cm²."""
    rp_dose_mgy: Decimal | None = None
    """Air kerma at the patient entrance reference point in mGy."""
    agd_mgy: Decimal | None = None
    """Average glandular dose in mGy."""
    breast: str = ""
    """Side of a glandular dose: left, right, or empty."""
    activity_mbq: Decimal | None = None
    """Activity administered in MBq."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Totals:
    """What a report says of the whole, in the units of `Examination`."""

    dlp_mgycm: Decimal | None = None
    dap_gycm2: Decimal | None = None
    rp_dose_mgy: Decimal | None = None
    agd_mgy_left: Decimal | None = None
    agd_mgy_right: Decimal | None = None
    activity_mbq: Decimal | None = None
    fluoroscopy_s: Decimal | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Patient:
    """What may leave the facility about a patient only as a band, and about an examination only as a month."""

    age_years: float | None = field(default=None, repr=False)
    """Age at the examination, from the age written or the two dates."""
    sex: str = field(default="", repr=False)
    """F, M, O or empty."""
    weight_kg: float | None = field(default=None, repr=False)
    """Weight, where written."""
    month: str = field(default="", repr=False)
    """Year and month of the study, as 2026-03."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What one file says of one family of dose. Fields that could name a person have no repr."""

    source: str
    """Name of the file."""
    study: str = field(repr=False)
    """Study Instance UID; reports of one study and family make one examination."""
    instance: str = field(repr=False)
    """SOP Instance UID, by which a report that comes twice is known."""
    moment: str = field(repr=False)
    """Date and time of the content, digits only; the newest report is believed."""
    device: str = field(repr=False)
    """Identifier of the device, by which two devices in one study are told apart; empty where it is not given."""
    family: Family
    """Kind of dose."""
    modality: Modality
    """How the examination was made, as far as this report can tell."""
    manufacturer: str | None
    """Maker of the device as written, where the list of makers knows it."""
    events: tuple[Event, ...]
    """Its events in order, each once."""
    totals: Totals
    """What it says of the whole."""
    flags: frozenset[DoseFlag]
    """Remarks on it."""
    patient: Patient = field(repr=False)
    """What only leaves in bands."""
    protocols: tuple[str, ...] = field(repr=False)
    """Names of protocols and of the study as the facility calls them; they stay in the facility."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Skipped:
    """A file that is in order and holds no dose."""

    source: str
    """Name of the file."""
    reason: str
    """Why nothing was taken from it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """One examination after the union of its reports. Absent values are None and never zero."""

    modality: Modality
    """CT, DX (radiography), RF (fluoroscopy and angiography), MG (mammography) or NM (nuclear medicine)."""
    manufacturer: str | None
    """Maker of the device as written, where the list of makers knows it."""
    dlp_mgycm: Decimal | None
    """Dose-length product of the whole examination in mGy·cm."""
    dlp_phantom: Phantom | None
    """The phantom to which it refers; "mixed" where events refer to both."""
    events: tuple[Event, ...]
    """Irradiation events, each once."""
    dap_gycm2: Decimal | None
    """Dose-area product of the whole examination in Gy·cm²."""
    rp_dose_mgy: Decimal | None
    """Air kerma at the reference point in mGy, added over planes."""
    agd_mgy_left: Decimal | None
    """Average glandular dose of the left breast in mGy."""
    agd_mgy_right: Decimal | None
    """Average glandular dose of the right breast in mGy."""
    activity_mbq: Decimal | None
    """Activity administered in MBq."""
    fluoroscopy_s: Decimal | None
    """Fluoroscopy time in seconds."""
    flags: tuple[DoseFlag, ...]
    """Remarks, in alphabetical order."""
    sources: tuple[str, ...]
    """Names of the files it was read from."""
    reports: tuple[Report, ...] = field(repr=False)
    """The reports themselves, for whoever works inside the facility."""
