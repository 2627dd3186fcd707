"""Examinations out of reports: the union by irradiation event, and whose total stands.

A scanner sends one report after each acquisition that repeats all before it, or one that goes on where the last ended,
and says nowhere which of the two it does. Adding totals counts the first kind several times; taking the newest loses
half of the second. The identifiers of the events tell: an event counts once, in whichever report it stands.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from observatory.protection.reports.concepts import Phantom
from observatory.protection.reports.examination import Event, Examination, Modality, Report, Totals
from observatory.protection.reports.flags import DoseFlag
from observatory.protection.reports.measuring import total

RANK = {Modality.MG: 3, Modality.RF: 2, Modality.DX: 1, Modality.CT: 0, Modality.NM: 0}
"""Of two reports on one study, the one that saw more of the device says what it is."""

RELATIVE = {"dlp_mgycm": Decimal("0.01"), "dap_gycm2": Decimal("0.05"), "rp_dose_mgy": Decimal("0.05")}
ABSOLUTE = {"dlp_mgycm": Decimal(1), "agd_mgy_left": Decimal("0.02"), "agd_mgy_right": Decimal("0.02")}
DIFFERS = {
    "dlp_mgycm": DoseFlag.TOTAL_DIFFERS_DLP,
    "dap_gycm2": DoseFlag.TOTAL_DIFFERS_DAP,
    "rp_dose_mgy": DoseFlag.TOTAL_DIFFERS_RP,
    "agd_mgy_left": DoseFlag.TOTAL_DIFFERS_AGD,
    "agd_mgy_right": DoseFlag.TOTAL_DIFFERS_AGD,
}

OF_EVENT: dict[str, Callable[[Event], Decimal | None]] = {
    "dlp_mgycm": lambda event: event.dlp_mgycm,
    "dap_gycm2": lambda event: event.dap_gycm2,
    "rp_dose_mgy": lambda event: event.rp_dose_mgy,
    "agd_mgy_left": lambda event: event.agd_mgy if event.breast == "left" else None,
    "agd_mgy_right": lambda event: event.agd_mgy if event.breast == "right" else None,
    "activity_mbq": lambda event: event.activity_mbq,
    "fluoroscopy_s": lambda _: None,
}
"""Total → the part of it that an event has."""


def unite(reports: Iterable[Report]) -> list[Examination]:
    """One examination for each study and family of dose, in the order in which their first reports came."""
    groups: dict[tuple[str, ...], list[Report]] = {}
    for report in reports:
        groups.setdefault(_attendance(report), []).append(report)
    examinations = [_examination(part) for group in groups.values() for part in _by_device(group)]
    shared = Counter(key for one in examinations for key in {event.key for event in one.events} if key[0] == "uid")
    return [
        _flagged(one, DoseFlag.EVENT_ELSEWHERE) if any(shared[event.key] > 1 for event in one.events) else one
        for one in examinations
    ]


def _attendance(report: Report) -> tuple[str, ...]:
    if report.study:
        return (report.family, "study", report.study)
    return (report.family, "alone", report.instance or report.source)


def _by_device(reports: list[Report]) -> list[list[Report]]:
    """The reports of one study parted where different devices made different things: a mammogram and a chest.

    Reports of one modality stay together, and so do those of one device, or of an unknown one, and those that share an
    event: a fluoroscopy system that goes on with single images says so in a report that looks like radiography.
    """
    parts: list[list[Report]] = []
    for report in reports:
        near = [part for part in parts if any(_belong_together(report, other) for other in part)]
        parts = [part for part in parts if part not in near]
        parts.append([*(other for part in near for other in part), report])
    return parts


def _belong_together(one: Report, other: Report) -> bool:
    if one.modality is other.modality:
        return True
    is_one_device = not one.device or not other.device or one.device == other.device
    if Modality.MG not in (one.modality, other.modality) and is_one_device:
        return True
    return bool({event.key for event in one.events} & {event.key for event in other.events})


def _flagged(one: Examination, flag: DoseFlag) -> Examination:
    return replace(one, flags=tuple(sorted({*one.flags, flag})))


def _examination(reports: list[Report]) -> Examination:
    flags: set[DoseFlag] = set().union(*(report.flags for report in reports))
    distinct = _distinct(reports, flags=flags)
    newest_first = sorted(distinct, key=lambda report: (report.moment, len(report.events)), reverse=True)
    events = _events(distinct, newest_first, flags=flags)
    if any(not report.events for report in distinct):
        flags.add(DoseFlag.NO_EVENTS)
    told = _tellers(newest_first, {event.key for event in events})
    totals = Totals(**{name: _total(name, told, newest_first, events, flags=flags) for name in OF_EVENT})
    phantom = _phantom(events)
    if phantom is Phantom.MIXED:
        flags.add(DoseFlag.PHANTOMS_MIXED)
    return Examination(
        modality=max((report.modality for report in distinct), key=RANK.__getitem__),
        manufacturer=next((report.manufacturer for report in newest_first if report.manufacturer), None),
        dlp_mgycm=totals.dlp_mgycm,
        dlp_phantom=phantom,
        events=events,
        dap_gycm2=totals.dap_gycm2,
        rp_dose_mgy=totals.rp_dose_mgy,
        agd_mgy_left=totals.agd_mgy_left,
        agd_mgy_right=totals.agd_mgy_right,
        activity_mbq=totals.activity_mbq,
        fluoroscopy_s=totals.fluoroscopy_s,
        flags=tuple(sorted(flags)),
        sources=tuple(dict.fromkeys(report.source for report in reports)),
        reports=tuple(reports),
    )


def _distinct(reports: list[Report], *, flags: set[DoseFlag]) -> list[Report]:
    """Reports without those that came before, as the same instance or in the same words."""
    kept: list[Report] = []
    for report in reports:
        if any(_is_same(report, other) for other in kept):
            flags.add(DoseFlag.DUPLICATE_REPORT)
        else:
            kept.append(report)
    return kept


def _is_same(one: Report, other: Report) -> bool:
    if one.instance and one.instance == other.instance and one.moment == other.moment:
        return one.events == other.events and one.totals == other.totals
    return one.moment == other.moment and one.events == other.events and one.totals == other.totals


def _events(distinct: list[Report], newest_first: list[Report], *, flags: set[DoseFlag]) -> tuple[Event, ...]:
    """Each event once, as the newest report tells it, in the order in which they happened."""
    believed: dict[tuple[str, ...], Event] = {}
    for report in newest_first:
        for event in report.events:
            if believed.setdefault(event.key, event) != event:
                flags.add(DoseFlag.CONFLICTING_REPORTS)
    order = dict.fromkeys(
        event.key for report in sorted(distinct, key=lambda report: report.moment) for event in report.events
    )
    return tuple(believed[key] for key in order)


def _tellers(newest_first: list[Report], keys: set[tuple[str, ...]]) -> list[Report] | None:
    """The reports whose totals together tell each event once: one that has all, or several that share none.

    Nothing where reports overlap without one holding the other; then only the events can be added.
    """
    told: list[Report] = []
    covered: set[tuple[str, ...]] = set()
    for report in sorted(newest_first, key=lambda report: len(report.events), reverse=True):
        own = {event.key for event in report.events}
        if not own - covered:
            continue
        if own & covered:
            return None
        told.append(report)
        covered |= own
    return told if covered == keys and told else newest_first[:1] if not keys else None


def _total(
    name: str,
    told: list[Report] | None,
    newest_first: list[Report],
    events: tuple[Event, ...],
    *,
    flags: set[DoseFlag],
) -> Decimal | None:
    """The total that the reports give; where one gives none or reports overlap, what the events add up to."""
    parts = [OF_EVENT[name](event) for event in events]
    added = total(parts)
    if told is None:
        given = [getattr(report.totals, name) for report in newest_first]
        return added if added is not None else max((value for value in given if value is not None), default=None)
    said = total([_said(report, name) for report in told])
    if said is None:
        return added
    if name in DIFFERS and added is not None and _is_told_by_each(name, events):
        allowed = max(said * RELATIVE.get(name, Decimal(0)), ABSOLUTE.get(name, Decimal(0)))
        if abs(said - added) > allowed:
            flags.add(DIFFERS[name])
    return said


def _said(report: Report, name: str) -> Decimal | None:
    said: Decimal | None = getattr(report.totals, name)
    return said if said is not None else total([OF_EVENT[name](event) for event in report.events])


def _is_told_by_each(name: str, events: tuple[Event, ...]) -> bool:
    """Whether events tell this quantity as a rule; a localiser may have no DLP, and a breast has two sides."""
    if name in ("dap_gycm2", "rp_dose_mgy"):
        return all(OF_EVENT[name](event) is not None for event in events)
    return True


def _phantom(events: tuple[Event, ...]) -> Phantom | None:
    phantoms = {event.phantom for event in events if event.phantom is not None and event.dlp_mgycm}
    if not phantoms:
        phantoms = {event.phantom for event in events if event.phantom is not None}
    return next(iter(phantoms)) if len(phantoms) == 1 else Phantom.MIXED if phantoms else None
