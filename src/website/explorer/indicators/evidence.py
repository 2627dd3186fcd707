"""What stands behind a figure, in words for a page: disagreements, revisions, our own rates, gaps, coverage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import polars as pl

from observatory.codelists.areas import areas
from observatory.codelists.flags import Flag, split_flags
from observatory.codelists.publishers import short_name
from observatory.harmonisation.comparability import Verdict
from observatory.observations.observation import Observation
from observatory.publishing.comparing.disagreements import Disagreement, list_disagreements
from observatory.publishing.comparing.revisions import Revision, list_revisions
from observatory.publishing.figures.choices import choose_variants
from observatory.publishing.figures.coverage import setting_words
from observatory.publishing.figures.gaps import Gap, list_gaps
from observatory.publishing.figures.standings import standings
from observatory.publishing.figures.wording import (
    decimal_text,
    difference_text,
    number_text,
    period_text,
    precise_text,
    told_apart,
)
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered
from website.explorer.answers.words import day_words
from website.explorer.parts.tables import Mark, mark, marks_of
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.asking import Asked
from website.explorer.questions.way_back import way_back_of

_SHOWN = 12
_latest_rates: Remembered[tuple[str, str], dict[str, dict[str, object]]] = Remembered(most=512)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What one publisher says."""

    who: str
    """Its short name."""
    figure: str
    """The figure."""
    marks: tuple[Mark, ...]
    """Its flags."""
    remark: str
    """Coverage and comment."""
    href: str
    """Its provenance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One disagreement."""

    area: str
    """Name of the area."""
    year: int
    """The year."""
    said: tuple[Said, ...]
    """Publisher by publisher."""
    apart: str
    """How far apart."""
    reason: str
    """Why, as far as it is known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One revision."""

    area: str
    """Name of the area."""
    period: str
    """The period."""
    before: str
    """What was said."""
    after: str
    """What is said now."""
    noticed: str
    """When the change was seen."""
    flags: str
    """Flags before and after, where they changed."""
    then: str
    """The page as it was known the day before; empty where nothing dates what was said first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnRate:
    """The provider's rate beside ours."""

    area: str
    """Name of the area."""
    period: str
    """The period."""
    published: str
    """The provider's."""
    published_marks: tuple[Mark, ...]
    """Its flags."""
    derived: str
    """Ours."""
    derived_marks: tuple[Mark, ...]
    """Its flags."""
    difference: str
    """Relative difference."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Apart:
    """A country that is shown but not compared."""

    area: str
    """Its name."""
    figure: str
    """Its figure."""
    marks: tuple[Mark, ...]
    """Its flags."""
    reason: str
    """Why it is not compared."""
    hatched: bool
    """Whether it is hatched; else it is indicative."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Everything behind a figure."""

    differences: tuple[Difference, ...]
    """Where publishers disagree."""
    more_differences: int
    """How many are not listed."""
    changes: tuple[Change, ...]
    """What was revised."""
    more_changes: int
    """How many are not listed."""
    own_rates: tuple[OwnRate, ...]
    """The provider's rates beside ours."""
    apart: tuple[Apart, ...]
    """Countries shown but not compared."""
    gaps: tuple[Gap, ...]
    """Countries without a figure."""
    notes: tuple[tuple[str, tuple[str, ...]], ...]
    """Area → what the provider's documentation says about its figures."""


def gather_evidence(asked: Asked) -> Evidence:
    """What stands behind the figure that was asked for."""
    differences, total = _differences(asked)
    changes = list_revisions(asked.release, asked.indicator.id, variants=asked.shown, chosen=asked.chosen)
    providers = list(dict.fromkeys(variant.provider for variant in asked.shown))
    return Evidence(
        differences=tuple(_difference(one, asked) for one in differences),
        more_differences=total - len(differences),
        changes=tuple(_change(one, asked) for one in changes[:_SHOWN]),
        more_changes=max(0, len(changes) - _SHOWN),
        own_rates=_own_rates(asked),
        apart=_apart(asked),
        gaps=tuple(list_gaps(asked.figure, members=asked.members, providers=providers)),
        notes=tuple((series.label, series.notes) for series in asked.figure.series if series.notes),
    )


def _differences(asked: Asked) -> tuple[list[Disagreement], int]:
    """(the first disagreements of the chosen areas, how many there are)."""
    providers = list(dict.fromkeys(variant.provider for variant in asked.variants))
    if len(providers) < 2:
        return [], 0
    rivals = [
        choose_variants(asked.variants, indicator=asked.indicator, providers=(provider,))[0] for provider in providers
    ]
    return list_disagreements(asked.release, asked.selection, variants=rivals, chosen=asked.chosen, limit=_SHOWN)


def _difference(one: Disagreement, asked: Asked) -> Difference:
    unit = asked.indicator.unit
    share = ""
    if one.share is not None and unit != "percent":
        share = f" ({decimal_text(one.share * 100, decimals=0)}\u202f%)"
    return Difference(
        area=one.area.name,
        year=one.year,
        said=tuple(_said(observation, unit=unit, release=asked.address.release) for observation in one.said),
        apart=f"{difference_text(one.apart, unit=unit)}{share}",
        reason=one.reason or "Neither says what is counted differently",
    )


def _said(one: Observation, *, unit: str, release: str) -> Said:
    covers = setting_words(one.setting, one.sector)
    remark = "; ".join([", ".join(covers), one.comment] if covers and one.comment else [*covers, one.comment])
    return Said(
        who=short_name(one.provider),
        figure=precise_text((one.value or 0.0) * 10.0**one.multiplier, unit=unit),
        marks=_marks(one.flags),
        remark=remark.strip("; "),
        href=way_back_of(one, release=release),
    )


def _marks(flags: Iterable[Flag]) -> tuple[Mark, ...]:
    return tuple(mark(flag) for flag in sorted(flags))


def _change(one: Revision, asked: Asked) -> Change:
    unit = asked.indicator.unit
    before, after = one.before.flags, one.after.flags if one.after else frozenset()
    flags = f"{_codes(before)} → {_codes(after)}" if before != after and one.after else _codes(after) if after else ""
    was, now = _content(one.before, unit=unit), _content(one.after, unit=unit) if one.after else "withdrawn"
    if was == now and one.change and one.before.value is not None:
        value = one.before.value * 10.0**one.before.multiplier
        was, now = told_apart(value, value + one.change, unit=unit)
    return Change(
        area=one.area.name,
        period=period_text(one.period),
        before=was,
        after=now,
        noticed=day_words(one.noticed_on) if one.noticed_on else "",
        flags=flags,
        then=_then(one),
    )


def _then(one: Revision) -> str:
    """The area's table as it was known the day before a change; empty where nothing dates what was said first."""
    if one.noticed_on is None or one.before.seen_from is None:
        return ""
    known = Address(indicator=one.before.indicator, areas=(one.area.id,), providers=(one.before.provider,))
    return known.href(as_of=one.noticed_on - timedelta(days=1), method=one.before.method, view=View.TABLE)


def _codes(flags: frozenset[object]) -> str:
    return ", ".join(sorted(str(flag).replace("_", " ") for flag in flags)) or "no flag"


def _content(one: Observation, *, unit: str) -> str:
    if one.value is not None:
        return number_text(one.value * 10.0**one.multiplier, unit=unit)
    return one.category or (one.absence.value.replace("_", " ") if one.absence else "")


def _own_rates(asked: Asked) -> tuple[OwnRate, ...]:
    """The latest comparison of each chosen area."""
    key = (asked.indicator.id, asked.shown[0].provider)
    rows = _latest_rates.get(asked.release, key, lambda: _latest_of(asked.release, *key))
    return tuple(_own_rate(rows[area], unit=asked.indicator.unit) for area in asked.chosen if area in rows)


def _latest_of(release: Release, indicator: str, provider: str) -> dict[str, dict[str, object]]:
    """Area → the latest comparison of one publisher's rates with ours."""
    table = release.table("comparisons")
    if table.is_empty():
        return {}
    mine = table.filter((pl.col("indicator") == indicator) & (pl.col("provider") == provider))
    return {row["area"]: row for row in mine.sort("period").iter_rows(named=True)}


def _own_rate(row: dict[str, object], *, unit: str) -> OwnRate:
    """One comparison. Earlier releases have no columns of flags in this table."""
    difference = row["relative_difference"]
    sign = "+" if isinstance(difference, float) and difference > 0 else ""
    return OwnRate(
        area=areas()[str(row["area"])].name,
        period=period_text(str(row["period"])),
        published=number_text(float(str(row["published"])), unit=unit),
        published_marks=_marks(split_flags(str(row.get("published_flags") or ""))),
        derived=number_text(float(str(row["derived"])), unit=unit),
        derived_marks=_marks(split_flags(str(row.get("derived_flags") or ""))),
        difference=f"{sign}{decimal_text(difference * 100, decimals=1)}\u202f%"
        if isinstance(difference, float)
        else "",
    )


def _apart(asked: Asked) -> tuple[Apart, ...]:
    """Countries of the figure's year that are indicative or counted differently."""
    standing = standings(asked.figure)
    found = []
    for one in (*standing.placed, *standing.not_comparable):
        point = one.point
        if point is not None and point.comparability.verdict is not Verdict.COMPARABLE:
            figure = number_text(point.value, unit=asked.indicator.unit) if point.value is not None else point.category
            found.append(
                Apart(
                    area=one.series.area.name,
                    figure=figure or "",
                    marks=marks_of(point),
                    reason=point.comparability.reason,
                    hatched=point.comparability.verdict is Verdict.NOT_COMPARABLE,
                )
            )
    return tuple(sorted(found, key=lambda one: one.area))
