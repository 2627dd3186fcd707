"""Dose reports of our own making, written by pydicom, with the traps of the real ones: no byte is anyone else's.

The meaning beside each code is wrong on purpose, since no reader may look at it.
"""

import io
import re
import warnings
from collections.abc import Iterable, Sequence

from pydicom import config
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import dcmwrite, write_dataset
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

CT_CLASS = "1.2.840.10008.5.1.4.1.1.88.67"
ENHANCED_CLASS = "1.2.840.10008.5.1.4.1.1.88.22"
TRACER_CLASS = "1.2.840.10008.5.1.4.1.1.88.68"
SYNTAXES = {
    "implicit": ImplicitVRLittleEndian,
    "explicit": ExplicitVRLittleEndian,
    "big endian": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian,
}
HEAD, BODY = ("113690", "DCM"), ("113691", "DCM")
SPIRAL, LOCALISER, STATIONARY = ("P5-08001", "SRT"), ("113805", "DCM"), ("113806", "DCM")
FLUOROSCOPY, RADIOGRAPH = ("P5-06000", "SRT"), ("113611", "DCM")
PLANE_A, PLANE_B = ("113620", "DCM"), ("113621", "DCM")
LEFT, RIGHT = ("T-04030", "SRT"), ("T-04020", "SRT")


def code(value: str, scheme: str = "DCM") -> Dataset:
    item = Dataset()
    item.CodeValue = value
    item.CodingSchemeDesignator = scheme
    item.CodeMeaning = "Effective Dose"
    return item


def item(kind: str, concept: str | tuple[str, str], children: Iterable[Dataset] = ()) -> Dataset:
    made = Dataset()
    made.RelationshipType = "CONTAINS"
    made.ValueType = kind
    made.ConceptNameCodeSequence = [code(*((concept,) if isinstance(concept, str) else concept))]
    below = list(children)
    if below:
        made.ContentSequence = below
    return made


def number(concept: str, value: object = None, unit: str | None = "", children: Iterable[Dataset] = ()) -> Dataset:
    """A numeric item; without a value its measured value sequence is empty."""
    made = item("NUM", concept, children)
    made.MeasuredValueSequence = []
    if value is not None:
        measured = Dataset()
        # A text that is no number cannot be given to pydicom as one; readers here do not look at the representation.
        measured.add_new(0x0040A30A, "DS" if re.fullmatch(r"[\d.eE+-]{1,16}", str(value)) else "LO", str(value))
        if unit is not None:
            measured.MeasurementUnitsCodeSequence = [code(unit, "UCUM")]
        made.MeasuredValueSequence = [measured]
    return made


def coded(concept: str | tuple[str, str], value: tuple[str, str], children: Iterable[Dataset] = ()) -> Dataset:
    made = item("CODE", concept, children)
    made.ConceptCodeSequence = [code(*value)]
    return made


def named(concept: str, text: str) -> Dataset:
    made = item("TEXT", concept)
    made.TextValue = text
    return made


def person(concept: str, name: str) -> Dataset:
    made = item("PNAME", concept)
    made.PersonName = name
    return made


def identified(concept: str, uid: str) -> Dataset:
    made = item("UIDREF", concept)
    made.UID = uid
    return made


def ct_event(
    uid: str | None = "2.25.1",
    *,
    kind: tuple[str, str] = SPIRAL,
    ctdivol: object = 10,
    dlp: object = 300,
    dlp_unit: str | None = "mGy.cm",
    ctdivol_unit: str | None = "mGy",
    phantom: tuple[str, str] = BODY,
    protocol: str = "Thorax",
) -> Dataset:
    """One CT acquisition; without a DLP it has no dose at all."""
    children = [named("125203", protocol), coded("113820", kind)]
    if uid is not None:
        children.append(identified("113769", uid))
    if dlp is not None:
        children.append(
            item(
                "CONTAINER",
                "113829",
                [
                    number("113830", ctdivol, ctdivol_unit),
                    coded("113835", phantom),
                    number("113838", dlp, dlp_unit),
                    item("CONTAINER", "113900", [person("113870", "Verantwortlich^Vera")]),
                ],
            )
        )
    return item("CONTAINER", "113819", children)


def ct_summary(*, dlp: object, events: int, unit: str = "mGy.cm") -> Dataset:
    return item("CONTAINER", "113811", [number("113812", events, "{events}"), number("113813", dlp, unit)])


def projection_event(
    uid: str = "2.25.1",
    *,
    kind: tuple[str, str] = RADIOGRAPH,
    plane: tuple[str, str] = ("113622", "DCM"),
    dap: object = None,
    dap_unit: str = "Gy.m2",
    rp: object = None,
    rp_unit: str = "Gy",
    agd: object = None,
    side: tuple[str, str] | None = None,
) -> Dataset:
    children = [coded("113764", plane), identified("113769", uid), coded("113721", kind)]
    if side is not None:
        children.append(coded(("T-D0005", "SRT"), ("T-04000", "SRT"), [coded(("G-C171", "SRT"), side)]))
    children += [
        number(concept, value, unit)
        for concept, value, unit in (("122130", dap, dap_unit), ("113738", rp, rp_unit), ("111631", agd, "mGy"))
        if value is not None
    ]
    return item("CONTAINER", "113706", children)


def projection_summary(*children: Dataset, plane: tuple[str, str] = ("113622", "DCM")) -> Dataset:
    return item("CONTAINER", "113702", [coded("113764", plane), *children])


def glandular_total(value: object, side: tuple[str, str]) -> Dataset:
    return number("111637", value, "mGy", [coded(("G-C171", "SRT"), side)])


def administration(uid: str = "2.25.9", *measured: Dataset) -> Dataset:
    return item("CONTAINER", "113502", [identified("113503", uid), *measured])


def report(
    *content: Dataset,
    study: str = "2.25.100",
    instance: str = "2.25.200",
    time: str = "120000",
    sop_class: str = CT_CLASS,
    title: str = "113701",
    maker: str = "SIEMENS",
    **header: object,
) -> Dataset:
    """A whole report of a patient who never was."""
    made = Dataset()
    made.SOPClassUID, made.SOPInstanceUID, made.StudyInstanceUID = sop_class, instance, study
    made.StudyDate = made.ContentDate = "20260310"
    made.StudyTime, made.ContentTime = "113000", time
    made.Modality, made.Manufacturer, made.ManufacturerModelName = "SR", maker, "Model 7"
    made.PatientName, made.PatientID, made.PatientBirthDate = "Muster^Erika", "4711-0815", "19640812"
    made.PatientSex, made.PatientAge, made.PatientWeight = "F", "061Y", "71.5"
    made.AccessionNumber, made.InstitutionName, made.StationName = "ACC-99", "Klinik am See", "CT-WEST"
    made.ReferringPhysicianName, made.StudyDescription = "Zuweiser^Zoe", "Thorax nativ"
    made.ValueType = "CONTAINER"
    made.ConceptNameCodeSequence = [code(title)]
    made.ContentSequence = [
        person("121008", "Untersucher^Udo"),
        named("121013", "CT-WEST"),
        named("121016", "SN-123456"),
        *content,
    ]
    for name, value in header.items():
        setattr(made, name, value)
    return made


def ct_report(events: Sequence[Dataset], *, dlp: object, announced: int | None = None, **header: object) -> Dataset:
    summary = ct_summary(dlp=dlp, events=len(events) if announced is None else announced)
    procedure = coded("121058", ("P5-08000", "SRT"))
    return report(procedure, summary, *events, **header)  # type: ignore[arg-type]


def written(
    made: Dataset, *, syntax: str = "explicit", preamble: bool = True, meta: bool = True, undefined: bool = False
) -> bytes:
    """The bytes of a report in one of the transfer syntaxes; lengths of sequences defined or not."""
    _lengths(made, undefined=undefined)
    file_meta = FileMetaDataset()
    file_meta.MediaStorageSOPClassUID = CT_CLASS
    file_meta.MediaStorageSOPInstanceUID = "2.25.200"
    file_meta.TransferSyntaxUID = SYNTAXES[syntax]
    stream = io.BytesIO()
    before = config.settings.writing_validation_mode
    config.settings.writing_validation_mode = config.IGNORE
    try:
        with warnings.catch_warnings():
            # pydicom prints the values it doubts, and some reports here are doubtful on purpose.
            warnings.simplefilter("ignore")
            whole = FileDataset(stream, made, file_meta=file_meta, preamble=b"\0" * 128)
            dcmwrite(stream, whole, enforce_file_format=True)
    finally:
        config.settings.writing_validation_mode = before
    content = stream.getvalue()
    if not meta:
        return (
            content[content.index(b"\x08\x00\x16\x00") :] if syntax != "big endian" else content[_after_meta(content) :]
        )
    return content if preamble else content[132:]


def with_many_events(events: int) -> bytes:
    """A CT report of `events` acquisitions of 1 mGy·cm, put together from the bytes of one."""
    content = written(ct_report([], dlp=events, announced=events), undefined=True)
    buffer = DicomBytesIO()
    buffer.is_little_endian, buffer.is_implicit_VR = True, False
    write_dataset(buffer, ct_event("2.25.1000000", dlp=1))
    one = buffer.getvalue()
    head = b"\xfe\xff\x00\xe0" + len(one).to_bytes(4, "little")
    items = (head + one.replace(b"2.25.1000000", b"2.25.%d" % (1000000 + at)) for at in range(events))
    return content[:-8] + b"".join(items) + content[-8:]


def _after_meta(content: bytes) -> int:
    return 132 + 12 + int.from_bytes(content[140:144], "little")


def _lengths(made: Dataset, *, undefined: bool) -> None:
    for element in made:
        if element.VR == "SQ":
            element.is_undefined_length = undefined
            for below in element.value:
                below.is_undefined_length_sequence_item = undefined
                _lengths(below, undefined=undefined)
