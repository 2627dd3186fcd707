"""Series: the rows of a variant sorted into lines, one for each area, provider, method and detail."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import polars as pl

from observatory.catalogue.model import Indicator, Note
from observatory.codelists.areas import areas
from observatory.codelists.breakdowns import Sector, Setting
from observatory.codelists.publishers import short_name
from observatory.publishing.figures.coverage import Covers, covers_of
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.points import READ, PointBuilder
from observatory.publishing.figures.selection import Variant
from observatory.releases.reading import Release

_WIDEST_FIRST = {Sector.ALL.value: 0, Sector.NOT_STATED.value: 1, Sector.PUBLIC.value: 2, Sector.PRIVATE.value: 3}
_READ = ("area", "provider", "detail", *READ)


class SeriesBuilder:
    """Turns rows of SCHEMA into series of points."""

    def __init__(self, release: Release, indicator: str, variants: Sequence[Variant]) -> None:
        self.indicator: Indicator = release.catalogue.indicators[indicator]
        self.shared = ""
        self._notes = release.catalogue.notes
        self._several = len({variant.provider for variant in variants}) > 1
        self._names = {
            dataset.publisher_id: short_name(dataset.publisher_id, otherwise=dataset.publisher)
            for dataset in release.catalogue.datasets.values()
        }
        stated = [Setting(variant.setting) for variant in variants[:1] if variant.setting != Setting.NOT_STATED]
        usual = stated[0] if stated else self.indicator.usual_setting
        self._points = PointBuilder(usual_setting=usual, several=self._several)

    def covers(self, variant: Variant, table: pl.DataFrame) -> Covers:
        """What a variant covers beside what is usual, by its code and by the sectors in its table."""
        sectors = [Sector(sector) for sector in table["sector"].unique().cast(pl.String)]
        return covers_of(variant, indicator=self.indicator, sectors=sectors)

    def series(self, table: pl.DataFrame, covers: Covers) -> list[Series]:
        """One series for each area, provider, method and detail, points in the order of their periods."""
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for values in table.select(_READ).rows():  # Named rows ask for every category of every column first.
            row = dict(zip(_READ, values, strict=True))
            key = (row["area"], row["provider"], row["method"], row["detail"] or "")
            groups[key].append(row)
        return [self._one(key, rows, covers) for key, rows in sorted(groups.items())]

    def _one(self, key: tuple[str, ...], rows: list[dict[str, Any]], covers: Covers) -> Series:
        area, provider, method, detail = key
        notes = [note for note in self._notes if self._speaks_of(note, area, provider)]
        widest: dict[str, dict[str, Any]] = {}
        for row in sorted(rows, key=lambda row: _WIDEST_FIRST[row["sector"]]):
            widest.setdefault(row["period"], row)
        points: list[Point] = []
        for row in sorted(widest.values(), key=lambda row: self._points.end(row["period"])):
            points.append(self._points.point(row, notes, before=points[-1] if points else None))
        place = areas()[area]
        name = self._names.get(provider, provider)
        apart = ", ".join((name, *self._labelled(points, covers))) if self._several else ""
        return Series(
            area=place,
            provider=provider,
            provider_name=name,
            method=method,
            detail=detail,
            label=f"{place.name} ({apart})" if apart else place.name,
            points=tuple(points),
            notes=tuple(note.text for note in notes),
            covers=covers,
        )

    def _labelled(self, points: list[Point], covers: Covers) -> list[str]:
        """What a label beside other publishers' has to say of `covers`: what neither title nor any point says."""
        if covers.words == self.shared:
            return []
        said = any(point.comparability.reason for point in points)
        return [words for words in ("" if said else covers.setting, *covers.rest) if words]

    def _speaks_of(self, note: Note, area: str, provider: str) -> bool:
        return note.area == area and note.publisher_id == provider and self.indicator.id in note.indicators
