"""A publisher's own rates and ours from its counts: how far the way that is not shown reaches beyond the one that is.

The OECD's own CT rates begin in 1990 and reached us up to 2018; its counts, with their flags, begin in 2010 and end in
2022. Whoever is shown one of the two would think that the other years are not held.
"""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from observatory.codelists.publishers import short_name
from observatory.publishing.figures.reporting import told
from observatory.publishing.figures.selection import Selection, Variant
from observatory.publishing.figures.wording import publisher_text
from observatory.releases.reading import Release
from observatory.releases.remembered import Remembered

_methods: Remembered[str, frozenset[str]] = Remembered(most=1024)


def further_years_text(release: Release, selection: Selection, variant: Variant, *, chosen: Sequence[str]) -> str:
    """That the other method reaches further for `chosen` areas, or for all where there are none; empty where not.

    Such as "figures as the OECD itself publishes them are held for 1990–2018".
    """
    if len(_held_methods(release, selection.indicator)) < 2:
        return ""
    everything = replace(selection, from_year=None, to_year=None, areas=tuple(chosen))
    other = replace(variant, method="published" if variant.method == "derived" else "derived")
    mine, theirs = (list(told(release, everything, one)) for one in (variant, other))
    if not theirs or (mine and mine[0] <= theirs[0] and theirs[-1] <= mine[-1]):
        return ""
    publisher = publisher_text(short_name(variant.provider))
    who = f"as {publisher} itself publishes them" if other.method == "published" else "derived by the Observatory"
    span = f"{theirs[0]}–{theirs[-1]}" if theirs[0] != theirs[-1] else str(theirs[0])
    return f"figures {who} are held for {span}"


def _held_methods(release: Release, indicator: str) -> frozenset[str]:
    return _methods.get(
        release, indicator, lambda: frozenset(release.observations(indicator)["method"].unique().cast(pl.String))
    )
