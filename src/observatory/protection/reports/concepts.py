"""The codes of dose reports, by (value, scheme): the meaning beside a code is a translation, and makers translate.

Codes of the DICOM standard (DCM) hold still. Those of anatomy and technique moved from SNOMED RT (SRT, once SNM3 and
99SDM) to SNOMED CT (SCT), so the same concept comes under both. From PS3.16 and pydicom's copy of its tables.
"""

from enum import StrEnum

Code = tuple[str, str]
"""(code value, coding scheme designator)."""

NO_CODE: Code = ("", "")
_RENAMED = {"SNM3": "SRT", "99SDM": "SRT", "SRT": "SRT", "SCT": "SCT", "DCM": "DCM"}


def code_of(value: str, scheme: str) -> Code:
    """A code with the scheme's older names folded into one.

    >>> code_of("P5-08001", "SNM3")
    ('P5-08001', 'SRT')
    """
    return value, _RENAMED.get(scheme.upper(), scheme)


def dcm(value: str) -> Code:
    """A code of the DICOM standard."""
    return value, "DCM"


CT_ACCUMULATED, CT_ACQUISITION, CT_DOSE = dcm("113811"), dcm("113819"), dcm("113829")
ACCUMULATED, IRRADIATION_EVENT = dcm("113702"), dcm("113706")
ADMINISTRATION = dcm("113502")
DOSE_CONTAINERS = frozenset({CT_ACCUMULATED, CT_ACQUISITION, ACCUMULATED, IRRADIATION_EVENT, ADMINISTRATION})
"""A report that holds none of these holds no dose."""

EVENT_COUNT, DLP_TOTAL, CTDIVOL, DLP = dcm("113812"), dcm("113813"), dcm("113830"), dcm("113838")
PHANTOM_TYPE, CT_ACQUISITION_TYPE = dcm("113835"), dcm("113820")
DAP_TOTAL, RP_TOTAL, FLUOROSCOPY_TIME, AGD_TOTAL = dcm("113722"), dcm("113725"), dcm("113730"), dcm("111637")
DAP, RP_DOSE, AGD, EVENT_TYPE, PLANE = dcm("122130"), dcm("113738"), dcm("111631"), dcm("113721"), dcm("113764")
ACTIVITY, ACTIVITY_BEFORE, ACTIVITY_AFTER = dcm("113507"), dcm("113508"), dcm("113509")
EVENT_UID, ADMINISTRATION_UID, STARTED = dcm("113769"), dcm("113503"), dcm("111526")
PROTOCOL, MANUFACTURER, DEVICE_TYPE, PROCEDURE = dcm("125203"), dcm("121014"), dcm("122142"), dcm("121058")
DEVICE_UID = dcm("121012")
LATERALITY = frozenset({("G-C171", "SRT"), ("272741003", "SCT")})


class Phantom(StrEnum):
    """The phantom to which CTDIvol and DLP refer. A DLP for one is no DLP for the other."""

    HEAD_16CM = "head_16cm"
    BODY_32CM = "body_32cm"
    MIXED = "mixed"


PHANTOMS = {dcm("113690"): Phantom.HEAD_16CM, dcm("113691"): Phantom.BODY_32CM}

KINDS = {
    dcm("113804"): "Sequenced Acquisition",
    dcm("113805"): "Constant Angle Acquisition",
    dcm("113806"): "Stationary Acquisition",
    dcm("113807"): "Free Acquisition",
    ("P5-08001", "SRT"): "Spiral Acquisition",
    ("116152004", "SCT"): "Spiral Acquisition",
    ("R-FB8F2", "SRT"): "Cone Beam Acquisition",
    ("702569007", "SCT"): "Cone Beam Acquisition",
    dcm("113611"): "Stationary Acquisition",
    dcm("113612"): "Stepping Acquisition",
    dcm("113613"): "Rotational Acquisition",
    ("P5-06000", "SRT"): "Fluoroscopy",
    ("44491008", "SCT"): "Fluoroscopy",
}
"""How radiation was given, in the standard's own words."""

ADMINISTRATION_KIND = "Radiopharmaceutical Administration"
LOCALISER = "Constant Angle Acquisition"
GUIDED = frozenset({"Fluoroscopy", "Stepping Acquisition", "Rotational Acquisition"})
"""Kinds of events that only a fluoroscopy or angiography system has."""

LEFT = frozenset({("T-04030", "SRT"), ("80248007", "SCT"), ("G-A101", "SRT"), ("7771000", "SCT")})
RIGHT = frozenset({("T-04020", "SRT"), ("73056007", "SCT"), ("G-A100", "SRT"), ("24028007", "SCT")})
MAMMOGRAPHY = frozenset({("P5-40010", "SRT"), ("71651007", "SCT")})
GUIDED_DEVICE = dcm("113957")
PLANE_B = dcm("113621")
