"""Points: rows of observations with what must be known to draw them, rank them and join them by a line.

A row holds codes; a point holds what they mean together: whether it compares, and why the line before it is cut.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from observatory.catalogue.model import Note
from observatory.codelists.absences import Absence
from observatory.codelists.breakdowns import SECTOR_NAMES, Sector, Setting
from observatory.codelists.flags import Flag, split_flags
from observatory.harmonisation.comparability import Comparability, Verdict, compare_coverage
from observatory.harmonisation.derived import read_denominator
from observatory.observations.period import period_end, period_year
from observatory.publishing.figures.coverage import COVERAGE_CHANGES
from observatory.publishing.figures.figure import Point

READ = (
    *("period", "value", "multiplier", "category", "absence", "flags", "provider_flags", "comment", "setting"),
    *("sector", "low", "high", "seen_from", "origin", "row", "cell", "steps", "method"),
)
"""Columns of SCHEMA that points are made of."""


class PointBuilder:
    """Turns rows of SCHEMA into points. What many rows have in common is worked out once."""

    def __init__(self, *, usual_setting: Setting, several: bool) -> None:
        """`usual_setting` is what figures are compared with; `several` says that publishers stand side by side."""
        self._usual_setting = usual_setting
        self._several = several
        self._ends: dict[str, tuple[date, int]] = {}
        self._denominators: dict[str, tuple[str, frozenset[Flag]]] = {}
        self._coverage: dict[tuple[str, str, str], _Coverage] = {}

    def point(self, row: Mapping[str, Any], notes: Sequence[Note], *, before: Point | None) -> Point:
        """The point of a row of READ; `before` is the one before it in its series, `notes` speak of its country."""
        coverage = self._covered(row["setting"], row["sector"], row["flags"] or "")
        on, year = self.end(row["period"])
        cell = f", {row['cell']}" if row["cell"] else ""
        denominator, theirs = self._divided(row["comment"] or "", row["method"])
        return Point(
            period=row["period"],
            on=on,
            value=None if row["value"] is None else row["value"] * 10.0 ** row["multiplier"],
            category=row["category"],
            absence=Absence(row["absence"]) if row["absence"] else None,
            flags=coverage.flags,
            provider_flags=row["provider_flags"] or "",
            comment=row["comment"] or "",
            setting=coverage.setting,
            sector=coverage.sector,
            comparability=_noted(coverage.comparability, notes, year=year),
            low=row["low"],
            high=row["high"],
            seen_from=row["seen_from"],
            origin=row["origin"],
            place=f"row {row['row']}{cell}",
            row=row["row"],
            steps=row["steps"] or "",
            breaks=_break_before(
                year, coverage, notes, before, denominator=denominator if Flag.BREAK in theirs else ""
            ),
            denominator=denominator if theirs else "",
            denominator_flags=theirs,
        )

    def _divided(self, comment: str, method: str) -> tuple[str, frozenset[Flag]]:
        """What a figure of ours was divided by, and the flags that this alone has; worked out once for each comment."""
        if method != "derived":
            return "", frozenset()
        if comment not in self._denominators:
            name, flags = read_denominator(comment)
            self._denominators[comment] = name.replace("-", " "), flags
        return self._denominators[comment]

    def end(self, period: str) -> tuple[date, int]:
        """(last day, year) of a period, worked out once: a figure has thousands of points and few periods."""
        if period not in self._ends:
            self._ends[period] = (period_end(period), period_year(period))
        return self._ends[period]

    def _covered(self, setting: str, sector: str, flags: str) -> "_Coverage":
        """What codes of coverage and flags mean for comparison, worked out once for each combination."""
        key = (setting, sector, flags)
        if key not in self._coverage:
            told, covers, among = split_flags(flags), Setting(setting), Sector(sector)
            verdict = compare_coverage(setting=covers, sector=among, flags=told, usual_setting=self._usual_setting)
            self._coverage[key] = _Coverage(
                setting=covers,
                sector=among,
                flags=told,
                comparability=verdict.beyond_publisher if self._several else verdict,
            )
        return self._coverage[key]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Coverage:
    """What many points have in common."""

    setting: Setting
    """Provider setting."""
    sector: Sector
    """Sector."""
    flags: frozenset[Flag]
    """Normalised remarks."""
    comparability: Comparability
    """What they say together, before the notes of a country."""


def _noted(found: Comparability, notes: Sequence[Note], *, year: int) -> Comparability:
    """The verdict on a figure, or the one that a note of its country gives on a comparable figure of that year."""
    if found.verdict is Verdict.COMPARABLE:
        for note in notes:
            if note.verdict and (note.from_year or 0) <= year <= (note.to_year or 9999):
                return Comparability(verdict=Verdict(note.verdict), reason=note.text, unstated=found.unstated)
    return found


def _break_before(
    year: int, covers: _Coverage, notes: Sequence[Note], before: Point | None, *, denominator: str
) -> str:
    """Why the line is cut before a figure; empty where it is not. `denominator` is what alone has a break, if so."""
    reasons = []
    if Flag.BREAK in covers.flags:
        divided = denominator.partition(" of ")[0]
        reasons = [
            f"the series of {divided} it is divided by has a break"
            if divided
            else "the provider marks a break in the series"
        ]
    reasons += [note.text for note in notes if note.break_at and _passed(note.break_at, year, before)]
    if before is not None and before.sector != covers.sector:
        reasons.append(f"{COVERAGE_CHANGES} from {SECTOR_NAMES[before.sector]} to {SECTOR_NAMES[covers.sector]}")
    return "; ".join(reasons)


def _passed(break_at: int, year: int, before: Point | None) -> bool:
    """Whether a line passes the year of a break on its way to a figure, that year's own or the first after a gap."""
    if before is None:
        return year == break_at
    return period_year(before.period) < break_at <= year
