"""What one family of dose looks like in a report: computed tomography, projection, administered activity.

CT (TID 10011) has containers of acquisitions with a dose inside; projection (TID 10001) has one container a plane for
the totals and one an event; the radiopharmaceutical report (TID 10021) has one an administration.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from observatory.protection.reports import concepts as c
from observatory.protection.reports.content import Item
from observatory.protection.reports.examination import Event, Family, Modality, Totals
from observatory.protection.reports.flags import DoseFlag
from observatory.protection.reports.measuring import count, measure, total

HIGH_CTDIVOL, IMPLAUSIBLE_CTDIVOL = Decimal(150), Decimal(500)

Keys = Callable[[Item, c.Code, set[DoseFlag]], tuple[str, ...]]
"""How the identity of an event is made: from its container and the concept of its identifier."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """Events and totals of one family as one report tells them."""

    family: Family
    modality: Modality
    events: tuple[Event, ...]
    totals: Totals


def told_ct(root: Item, *, key: Keys, flags: set[DoseFlag]) -> Told | None:
    """The CT dose in a report, or nothing."""
    acquisitions = list(root.below(c.CT_ACQUISITION))
    summary = root.first(c.CT_ACCUMULATED)
    if not acquisitions and summary is None:
        return None
    events = tuple(_ct_event(item, key=key, flags=flags) for item in acquisitions)
    announced = count(summary.first(c.EVENT_COUNT)) if summary else None
    if announced is not None and announced != len(events):
        flags.add(DoseFlag.EVENT_COUNT_DIFFERS)
    dlp = measure(summary.first(c.DLP_TOTAL), into="mGy.cm", flags=flags) if summary else None
    return Told(family=Family.CT, modality=Modality.CT, events=events, totals=Totals(dlp_mgycm=dlp))


def _ct_event(item: Item, *, key: Keys, flags: set[DoseFlag]) -> Event:
    kind = _kind(item, c.CT_ACQUISITION_TYPE)
    ctdivol = measure(item.first(c.CTDIVOL), into="mGy", flags=flags)
    if ctdivol is not None and ctdivol > HIGH_CTDIVOL:
        flags.add(DoseFlag.CTDIVOL_HIGH)
    if ctdivol is not None and (ctdivol >= IMPLAUSIBLE_CTDIVOL or (ctdivol == 0 and kind != c.LOCALISER)):
        flags.add(DoseFlag.CTDIVOL_IMPLAUSIBLE)
    phantom = item.first(c.PHANTOM_TYPE)
    return Event(
        key=key(item, c.EVENT_UID, flags),
        kind=kind,
        ctdivol_mgy=ctdivol,
        dlp_mgycm=measure(item.first(c.DLP), into="mGy.cm", flags=flags),
        phantom=c.PHANTOMS.get(phantom.code) if phantom else None,
    )


def told_projection(root: Item, *, key: Keys, flags: set[DoseFlag]) -> Told | None:
    """The dose of radiography, fluoroscopy or mammography in a report, or nothing."""
    summaries = list(root.below(c.ACCUMULATED))
    containers = list(root.below(c.IRRADIATION_EVENT))
    if not summaries and not containers:
        return None
    events = tuple(_projection_event(item, key=key, flags=flags) for item in containers)
    left, right = _glandular_totals(summaries, events, flags=flags)
    totals = Totals(
        dap_gycm2=_over_planes(summaries, c.DAP_TOTAL, into="Gy.cm2", flags=flags),
        rp_dose_mgy=_over_planes(summaries, c.RP_TOTAL, into="mGy", flags=flags),
        fluoroscopy_s=_over_planes(summaries, c.FLUOROSCOPY_TIME, into="s", flags=flags),
        agd_mgy_left=left,
        agd_mgy_right=right,
    )
    return Told(
        family=Family.PROJECTION, modality=_projection_modality(root, events, totals), events=events, totals=totals
    )


def _projection_event(item: Item, *, key: Keys, flags: set[DoseFlag]) -> Event:
    agd = measure(item.first(c.AGD), into="mGy", flags=flags)
    return Event(
        key=(*key(item, c.EVENT_UID, flags), _plane(item)),
        kind=_kind(item, c.EVENT_TYPE),
        dap_gycm2=measure(item.first(c.DAP), into="Gy.cm2", flags=flags),
        rp_dose_mgy=measure(item.first(c.RP_DOSE), into="mGy", flags=flags),
        agd_mgy=agd,
        breast=_side(item) if agd is not None else "",
    )


def _projection_modality(root: Item, events: tuple[Event, ...], totals: Totals) -> Modality:
    """Fluoroscopy and radiography share a template; what the device did tells them apart where it does not say."""
    procedure, device = root.first(c.PROCEDURE), root.first(c.DEVICE_TYPE)
    glandular = (totals.agd_mgy_left, totals.agd_mgy_right, *(event.agd_mgy for event in events))
    if (procedure and procedure.code in c.MAMMOGRAPHY) or any(dose is not None for dose in glandular):
        return Modality.MG
    if device is not None and device.code == c.GUIDED_DEVICE:
        return Modality.RF
    if any(event.kind in c.GUIDED for event in events) or (totals.fluoroscopy_s or 0) > 0:
        return Modality.RF
    return Modality.DX


def told_administration(root: Item, *, key: Keys, flags: set[DoseFlag]) -> Told | None:
    """The activity administered according to a report, or nothing."""
    events = tuple(
        Event(
            key=key(item, c.ADMINISTRATION_UID, flags),
            kind=c.ADMINISTRATION_KIND,
            activity_mbq=_activity(item, flags=flags),
        )
        for item in root.below(c.ADMINISTRATION)
    )
    return Told(family=Family.ADMINISTRATION, modality=Modality.NM, events=events, totals=Totals()) if events else None


def _activity(item: Item, *, flags: set[DoseFlag]) -> Decimal | None:
    """The activity administered: as said, or what was in the syringe before less what was left in it after."""
    said = measure(item.first(c.ACTIVITY), into="MBq", flags=flags)
    if said is not None:
        return said
    before = measure(item.first(c.ACTIVITY_BEFORE), into="MBq", flags=flags)
    after = measure(item.first(c.ACTIVITY_AFTER), into="MBq", flags=flags)
    return before - after if before is not None and after is not None and before >= after else None


def _over_planes(summaries: list[Item], concept: c.Code, *, into: str, flags: set[DoseFlag]) -> Decimal | None:
    """The sum over planes of what their totals say; a plane that is told twice counts once."""
    planes: dict[str, Decimal] = {}
    for summary in summaries:
        value = measure(summary.first(concept), into=into, flags=flags)
        if value is None:
            continue
        plane = _plane(summary)
        if planes.get(plane, value) != value:
            flags.add(DoseFlag.TOTALS_REPEATED)
        planes[plane] = max(value, planes.get(plane, value))
    return total(list(planes.values()))


def _glandular_totals(
    summaries: list[Item], events: tuple[Event, ...], *, flags: set[DoseFlag]
) -> tuple[Decimal | None, Decimal | None]:
    sides: dict[str, Decimal] = {}
    known = {event.breast for event in events if event.agd_mgy is not None}
    for item in (found for summary in summaries for found in summary.below(c.AGD_TOTAL)):
        value = measure(item, into="mGy", flags=flags)
        if value is None:
            continue
        side = _side(item) or (next(iter(known)) if len(known) == 1 else "")
        if not side:
            flags.add(DoseFlag.BREAST_UNKNOWN)
            continue
        if sides.get(side, value) != value:
            flags.add(DoseFlag.TOTALS_REPEATED)
        sides[side] = max(value, sides.get(side, value))
    return sides.get("left"), sides.get("right")


def _kind(item: Item, concept: c.Code) -> str | None:
    found = item.first(concept)
    return c.KINDS.get(found.code) if found else None


def _plane(item: Item) -> str:
    """Plane B, or the first and only plane: makers leave the single plane unsaid or call it A."""
    found = item.first(c.PLANE)
    return "B" if found and found.code == c.PLANE_B else "A"


def _side(item: Item) -> str:
    codes = {found.code for found in _coded(item)}
    left, right = bool(codes & c.LEFT), bool(codes & c.RIGHT)
    return "" if left == right else "left" if left else "right"


def _coded(item: Item) -> Iterator[Item]:
    for name in c.LATERALITY:
        yield from item.below(name)
