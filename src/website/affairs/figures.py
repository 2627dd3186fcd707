"""The Observatory's figures that bear on a dossier: what each reads in one sentence, and the way to its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from observatory.errors import ObservatoryError
from observatory.publishing.figures.overview import default_figure
from observatory.publishing.sentences.reading import reading_sentence
from observatory.releases.manifest import Manifest
from website.config.data import current_release


@dataclass(frozen=True, kw_only=True, slots=True)
class Bearing:
    """One indicator, as the release that serves tells it."""

    title: str
    """Its title."""
    href: str
    """Its page."""
    sentence: str
    """What it reads."""
    source_line: str
    """Where the figures come from."""


def serving_release() -> Manifest | None:
    """The manifest of the release that serves; None where none was published."""
    try:
        return current_release().manifest
    except ObservatoryError:
        return None


def bearing_figures(indicators: Iterable[str]) -> list[Bearing]:
    """The figures of those indicators of which the release that serves holds any."""
    manifest = serving_release()
    if manifest is None:
        return []
    return [_bearing(manifest.id, name) for name in indicators if name in manifest.indicators]


@lru_cache(maxsize=256)
def _bearing(release_id: str, indicator: str) -> Bearing:
    _ = release_id
    release = current_release()
    figure = default_figure(release, indicator)
    return Bearing(
        title=release.catalogue.indicators[indicator].title,
        href=f"/indicators/{indicator}/",
        sentence=reading_sentence(figure, view="time"),
        source_line=figure.source_line,
    )
