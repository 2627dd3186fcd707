"""What nobody shown tells: chosen areas without any series, in words, and the areas that somebody tells in a year.

"No figure" may mean that nobody ever published one, or that the publisher shown did not and another did.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from observatory.codelists.areas import areas
from observatory.codelists.publishers import short_name
from observatory.publishing.figures.selection import Selection, Variant
from observatory.publishing.figures.wording import list_text, place_text, publisher_text
from observatory.releases.reading import Release


def untold_text(release: Release, selection: Selection, silent: Sequence[str], variants: Sequence[Variant]) -> str:
    """That nobody, or none of those shown, has anything of areas that were chosen; empty where there are none."""
    if not silent:
        return ""
    table = release.observations(selection.indicator)
    elsewhere = set(
        table.filter(pl.col("area").cast(pl.String).is_in(list(silent)) & pl.col("absence").is_null())["area"].cast(
            pl.String
        )
    )
    in_years = " in these years" if selection.from_year or selection.to_year else ""
    in_years += " as known then" if selection.as_of else ""
    shown = [publisher_text(short_name(one)) for one in dict.fromkeys(variant.provider for variant in variants)]
    lists = f"{list_text(shown)} {'lists' if len(shown) == 1 else 'list'}"
    told = []
    for opening, group in (
        ("no figure is held for", [area for area in silent if area not in elsewhere]),
        (f"{lists} no figure for", [area for area in silent if area in elsewhere]),
    ):
        if group:
            places = list_text([place_text(areas()[area]) for area in group], last="or")
            told.append(f"{opening} {places}{in_years if group[0] in elsewhere else ''}")
    return "; ".join(told)


def areas_told(tables: Iterable[pl.DataFrame]) -> frozenset[str]:
    """Areas with a figure in any of several tables of SCHEMA."""
    told = pl.col("absence").is_null()
    return frozenset(area for table in tables for area in table.filter(told)["area"].unique().cast(pl.String))
