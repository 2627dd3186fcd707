"""One file of bytes into the dose reports it holds, or the reason why it holds none.

What is read of the header is listed here, and no other element of it: names and numbers of the patient serve to notice
a phantom and go no further, dates become an age and a month.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.reports import concepts as c
from observatory.protection.reports.characters import read_text
from observatory.protection.reports.content import CONCEPT_NAME, CONTENT, SEQUENCES, VALUES, Item, ascii_text, read_item
from observatory.protection.reports.device_tests import is_phantom_test
from observatory.protection.reports.elements import TELLS_NOTHING, DataSet
from observatory.protection.reports.examination import Event, Patient, Report, Skipped
from observatory.protection.reports.flags import DoseFlag
from observatory.protection.reports.makers import printable_maker
from observatory.protection.reports.told import Told, told_administration, told_ct, told_projection
from observatory.protection.reports.transfer import read_data_set

CHARACTER_SET, SOP_CLASS, INSTANCE, STUDY = 0x00080005, 0x00080016, 0x00080018, 0x0020000D
STUDY_DATE, CONTENT_DATE, CONTENT_TIME, STUDY_TIME = 0x00080020, 0x00080023, 0x00080033, 0x00080030
MAKER, STUDY_DESCRIPTION, SERIES_PROTOCOL, STEP_DESCRIPTION = 0x00080070, 0x00081030, 0x00181030, 0x00400254
NAME, NUMBER, BIRTH, SEX, AGE, WEIGHT = 0x00100010, 0x00100020, 0x00100030, 0x00100040, 0x00101010, 0x00101030

HEADER = (
    *(CHARACTER_SET, SOP_CLASS, INSTANCE, STUDY, STUDY_DATE, CONTENT_DATE, CONTENT_TIME, STUDY_TIME),
    *(MAKER, STUDY_DESCRIPTION, SERIES_PROTOCOL, STEP_DESCRIPTION, NAME, NUMBER, BIRTH, SEX, AGE, WEIGHT),
)
WANTED = dict.fromkeys(SEQUENCES, True) | dict.fromkeys((*VALUES, *HEADER), False)
"""Every element that is read at all → whether it is a sequence."""

DOSE_CLASSES = frozenset({"1.2.840.10008.5.1.4.1.1.88.67", "1.2.840.10008.5.1.4.1.1.88.68"})
STRUCTURED = "1.2.840.10008.5.1.4.1.1.88."


def read_reports(payload: Payload, *, phantom_words: Collection[str] = ()) -> tuple[Report, ...] | Skipped:
    """The dose reports in one file, one a family of dose, or why there is none.

    `phantom_words` are a facility's own words for tests of its devices. Raises SourceChanged for a file that is no
    DICOM, is cut short, damaged or empty of what its class promises. No message holds a value of the file.
    """
    header = read_data_set(payload.content, file=payload.name, wanted=WANTED)
    sop_class = ascii_text(header.get(SOP_CLASS))
    if CONTENT not in header:
        if sop_class in DOSE_CLASSES or (sop_class.startswith(STRUCTURED) and CONCEPT_NAME not in header):
            raise SourceChanged(
                "the report ends before its content",
                file=payload.name,
                expected="a title and a content sequence",
                remedy=TELLS_NOTHING,
            )
        return Skipped(source=payload.name, reason=_reason(sop_class))
    root = read_item(header)
    found = _told(root, instance=ascii_text(header.get(INSTANCE)))
    if not found:
        return Skipped(source=payload.name, reason="a structured report without a dose that is read here")
    return tuple(
        _report(told, flags, header=header, root=root, source=payload.name, more=phantom_words) for told, flags in found
    )


def _reason(sop_class: str) -> str:
    if sop_class.startswith(STRUCTURED):
        return "a structured report without content, so without dose"
    return "a DICOM file, but no structured report"


def _told(root: Item, *, instance: str) -> "list[tuple[Told, set[DoseFlag]]]":
    found = []
    for read in (told_ct, told_projection, told_administration):
        flags: set[DoseFlag] = set()
        told = read(root, key=_Keys(instance), flags=flags)
        if told is not None:
            found.append((told, flags))
    return found


class _Keys:
    """Identities of events: the identifier the device gave, or else the moment, or else the place in the report."""

    def __init__(self, instance: str) -> None:
        self.instance = instance
        self.place = 0

    def __call__(self, item: Item, concept: c.Code, flags: set[DoseFlag]) -> tuple[str, ...]:
        self.place += 1
        named = item.first(concept)
        if named is not None and named.uid:
            return ("uid", named.uid)
        flags.add(DoseFlag.EVENT_UID_MISSING)
        started = item.first(c.STARTED)
        if started is not None and started.moment:
            return ("moment", started.moment)
        return ("place", self.instance, str(self.place))


def _report(
    told: Told, flags: set[DoseFlag], *, header: DataSet, root: Item, source: str, more: Collection[str]
) -> Report:
    characters = ascii_text(header.get(CHARACTER_SET))

    def text(tag: int) -> str:
        value = header.get(tag, b"")
        return read_text(value, character_set=characters) if isinstance(value, bytes) else ""

    protocols = tuple(
        name
        for name in (
            *(text(tag) for tag in (STUDY_DESCRIPTION, SERIES_PROTOCOL, STEP_DESCRIPTION)),
            *(read_text(item.text, character_set=characters) for item in root.below(c.PROTOCOL)),
        )
        if name
    )
    observer = root.first(c.MANUFACTURER)
    written = text(MAKER) or (read_text(observer.text, character_set=characters) if observer else "")
    maker = printable_maker(written)
    if written and maker is None:
        flags.add(DoseFlag.MANUFACTURER_UNLISTED)
    if is_phantom_test(names=(text(NAME), text(NUMBER)), descriptions=protocols, more=more):
        flags.add(DoseFlag.PHANTOM_TEST)
    return Report(
        source=source,
        study=ascii_text(header.get(STUDY)),
        instance=ascii_text(header.get(INSTANCE)),
        moment=_moment(header),
        device=observed.uid if (observed := root.first(c.DEVICE_UID)) else "",
        family=told.family,
        modality=told.modality,
        manufacturer=maker,
        events=_each_once(told.events, flags=flags),
        totals=told.totals,
        flags=frozenset(flags),
        patient=_patient(header),
        protocols=protocols,
    )


def _each_once(events: tuple[Event, ...], *, flags: set[DoseFlag]) -> tuple[Event, ...]:
    """Events without repetitions; a second event under a used identifier gets one of its own."""
    kept: dict[tuple[str, ...], Event] = {}
    for event in events:
        key, number = event.key, 1
        while key in kept and _without_key(kept[key]) != _without_key(event):
            flags.add(DoseFlag.EVENT_UID_REUSED)
            number += 1
            key = (*event.key, str(number))
        if key in kept:
            flags.add(DoseFlag.EVENT_REPEATED)
            continue
        kept[key] = _with_key(event, key)
    return tuple(kept.values())


def _without_key(event: Event) -> Event:
    return _with_key(event, ())


def _with_key(event: Event, key: tuple[str, ...]) -> Event:
    return event if event.key == key else replace(event, key=key)


def _moment(header: DataSet) -> str:
    """Content date and time as digits that sort; the study's where the content's are empty."""
    date = _digits(header, CONTENT_DATE) or _digits(header, STUDY_DATE)
    time = ascii_text(header.get(CONTENT_TIME)) or ascii_text(header.get(STUDY_TIME))
    whole, _, part = time.replace(":", "").partition(".")
    return f"{date:0>8}{whole:0<6}.{part:0<6}"


def _digits(header: DataSet, tag: int) -> str:
    """A date as eight digits, or nothing."""
    value = ascii_text(header.get(tag)).replace(".", "").replace("-", "")
    return value if re.fullmatch(r"[12]\d{7}", value) else ""


def _patient(header: DataSet) -> Patient:
    study, birth = _digits(header, STUDY_DATE), _digits(header, BIRTH)
    sex, weight = ascii_text(header.get(SEX)), ascii_text(header.get(WEIGHT))
    return Patient(
        age_years=_age(ascii_text(header.get(AGE)), birth=birth, study=study),
        sex=sex if sex in ("F", "M", "O") else "",
        weight_kg=float(weight) if re.fullmatch(r"\d{1,3}(\.\d{1,6})?", weight) and float(weight) > 0 else None,
        month=f"{study[:4]}-{study[4:6]}" if study and "01" <= study[4:6] <= "12" else "",
    )


def _age(written: str, *, birth: str, study: str) -> float | None:
    """Age in years by the two dates, which are exact, or else as written; nothing where neither makes sense."""
    if birth and study and birth <= study:
        years = int(study[:4]) - int(birth[:4]) + (int(study[4:6]) - int(birth[4:6])) / 12
        return round(years + (int(study[6:]) - int(birth[6:])) / 365, 2)
    parts = re.fullmatch(r"(\d{3})([DWMY])", written)
    return round(int(parts[1]) / {"D": 365.25, "W": 52.18, "M": 12, "Y": 1}[parts[2]], 2) if parts else None
