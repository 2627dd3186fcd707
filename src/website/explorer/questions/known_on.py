"""A release as an address asks for it: one that is kept, or one as it was known on a day.

The same questions are answered from what had been seen until then.

A country's page and a comparison read dozens of indicators. Rather than tell each of them the day, they are handed a
release in which later editions have not happened yet.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.http import QueryDict

from observatory.releases.reading import Release, list_releases
from observatory.store.vintages import as_of
from website.config.data import get_release, releases_root
from website.explorer.answers.failures import BadAddress, Suggestion, shorten

_KEPT = 4
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_known: OrderedDict[tuple[str, date], "ReleaseOnDay"] = OrderedDict()
_lock = threading.Lock()


class ReleaseOnDay(Release):
    """A release without what was seen after a day; nothing in it was replaced yet."""

    def __init__(self, release: Release, day: date) -> None:
        super().__init__(release.folder)
        self.day = day
        self._whole = release
        self._then: dict[str, pl.DataFrame] = {}

    def observations(self, indicator: str) -> pl.DataFrame:
        """What stood of one indicator on the day: a table of SCHEMA. Raises NotFound."""
        if indicator not in self._then:
            received = {one.id: one.received_on for one in self._whole.origins.values() if one.seen_on is None}
            standing = as_of(self._whole.observations(indicator), self.day, received=received)
            self._then[indicator] = standing.with_columns(pl.lit(None, dtype=pl.Date).alias("seen_to"))
        return self._then[indicator]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayControl:
    """The form that asks what was known on a day."""

    day: date | None
    """The day asked for; none for today's knowledge."""
    days: tuple[date, ...]
    """Days on which an edition came out, newest first."""
    keep: tuple[tuple[str, str], ...]
    """Other parts of the address, for the form to carry along."""
    today: str
    """The address without the day."""


def release_on_day(release: Release, day: date | None) -> Release:
    """The release as it was known on a day, kept while it is asked for; the release itself where no day is named."""
    if day is None:
        return release
    key = (release.manifest.id, day)
    with _lock:
        if key not in _known:
            _known[key] = ReleaseOnDay(release, day)
        _known.move_to_end(key)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
        return _known[key]


def kept_release(name: str, *, href: Callable[[str], str]) -> Release:
    """The release called so; `href` gives the address of another. Raises BadAddress with those kept here."""
    kept = list_releases(releases_root())
    if name not in kept:
        problem = f"No release kept here is called “{shorten(name)}”."
        links = [Suggestion(label="The current release", href=href(""))]
        links += [Suggestion(label=f"Release {one}", href=href(one)) for one in list(kept)[:5]]
        raise BadAddress("There is no such release", problem, suggestions=links)
    return get_release(name)


def read_release(query: QueryDict, release: Release, *, path: str) -> Release:
    """The release an address at `path` names as `release`, else the one given. Raises BadAddress as kept_release."""
    name = query.get("release", "").strip()
    return kept_release(name, href=lambda other: address_in(query, other, path=path)) if name else release


def address_in(query: QueryDict, release: str, *, path: str) -> str:
    """The address at `path` asked of another release; of the current one where that is empty."""
    others = query.copy()
    others.pop("release", None)
    if release:
        others["release"] = release
    return f"{path}?{others.urlencode(safe=',')}" if others else path


def read_day(query: QueryDict, *, path: str) -> date | None:
    """The day an address names as `as_of`. Raises BadAddress for what is no day."""
    text = query.get("as_of", "").strip()
    day = find_day(text)
    if text and day is None:
        raise BadAddress(
            "The day was not understood",
            f"“{shorten(text)}” is not a day such as 2022-01-31.",
            status=400,
            suggestions=[Suggestion(label="What is known today", href=path)],
        )
    return day


def find_day(text: str) -> date | None:
    """The day of a text such as 2022-01-31; None for any other spelling, of which ISO 8601 has several."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def make_day_control(release: Release, query: QueryDict, *, path: str, day: date | None) -> DayControl:
    """The control of a page at `path`, keeping the other parts of its address."""
    others = query.copy()
    others.pop("as_of", None)
    kept = tuple((name, value) for name in others for value in others.getlist(name) if value and len(value) < 500)
    said = others.urlencode(safe=",")
    days = {origin.seen_on for origin in release.origins.values() if origin.seen_on}
    return DayControl(
        day=day,
        days=tuple(sorted(days, reverse=True)),
        keep=kept,
        today=f"{path}?{said}" if said else path,
    )
