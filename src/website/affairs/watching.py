"""What a watch raises: items and dates a person may know of, since a moment. One digest a person, and never silence.

A phrase is looked for in titles and summaries as the rule book looks for its own: whatever the accents, at the
beginnings of words, with * for any ending.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from re import Pattern

from django.db.models import Q

from observatory.affairs.phrases import compile_phrases, fold
from website.affairs.access import Reader, visible_dossiers, visible_items
from website.affairs.models import DossierRow, Item, Run, TimelineRow, Watch
from website.affairs.wording import date_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """One thing a watch raises."""

    what: str
    """What is new or has changed."""
    href: str
    """Where it stands."""
    why: str
    """The watch that raised it."""
    key: str = ""
    """Names this state of the thing: it changes when the thing does."""


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What is new since a moment, gathered once for everyone who may know of the same things."""

    items: tuple[tuple[Item, str], ...]
    """Items with their words, folded."""
    rows: tuple[TimelineRow, ...]
    """Dates that became known."""
    dossiers: dict[int, DossierRow]
    """The dossiers a reader may know of."""
    raised: dict[tuple[str, str], list[Raised]] = field(default_factory=dict)
    """What was found for a watch: many people watch the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """What one person is told."""

    raised: tuple[Raised, ...]
    """Each thing once."""
    checked: int
    """Sources that were read."""
    failed: int
    """Of these, those whose answer fell short."""

    @property
    def summary(self) -> str:
        """One sentence, also when there is nothing: silence would say that the sources were read."""
        state = f"{self.checked} source{'' if self.checked == 1 else 's'} checked, {self.failed} failed"
        if not self.raised:
            return f"Nothing changed; {state}."
        return f"{len(self.raised)} thing{'' if len(self.raised) == 1 else 's'} new or changed; {state}."


def gather(reader: Reader, *, since: datetime) -> News:
    """Everything new since a moment that `reader` may know of."""
    dossiers = {one.pk: one for one in visible_dossiers(reader)}
    # What was linked to a dossier is new to whoever may know of it only since then.
    fresh = Q(first_seen_at__gte=since) | Q(changed_at__gte=since) | Q(links__linked_at__gte=since)
    keys = visible_items(reader).filter(fresh).order_by().values_list("pk", flat=True)
    by_key = Item.objects.filter(pk__in=set(keys)).prefetch_related("links").order_by("-id")
    rows = TimelineRow.objects.filter(dossier__in=dossiers, known_on__gt=since.date(), superseded_by=None)
    return News(
        items=tuple((one, fold(f"{one.title}\n{one.summary}")) for one in by_key),
        rows=tuple(rows.order_by("-known_on", "first_day")),
        dossiers=dossiers,
    )


def digest(watches: Iterable[Watch], news: News, *, since: datetime, told: Collection[str] = frozenset()) -> Digest:
    """What the watches of one person raise, each thing once, and how the sources did since a moment.

    Things whose keys are in `told` are left out.
    """
    raised: dict[str, Raised] = {}
    for watch in watches:
        for one in (one for one in raised_by(watch, news) if one.key not in told):
            raised.setdefault(f"{one.href} {one.what}", one)
    runs = Run.objects.filter(started_at__gte=since).values_list("source", "gap").order_by("started_at")
    last = dict(runs)
    return Digest(raised=tuple(raised.values()), checked=len(last), failed=sum(bool(gap) for gap in last.values()))


def raised_by(watch: Watch, news: News) -> list[Raised]:
    """What one watch raises."""
    key = (watch.kind, watch.value)
    if key not in news.raised:
        news.raised[key] = _raised(watch, news)
    return news.raised[key]


def _raised(watch: Watch, news: News) -> list[Raised]:
    match watch.kind:
        case Watch.Kind.DOSSIER:
            mine = {pk for pk, one in news.dossiers.items() if one.slug == watch.value}
            return _of_dossiers(mine, news, why=watch.value)
        case Watch.Kind.TOPIC:
            mine = {pk for pk, one in news.dossiers.items() if watch.value in one.topics}
            return _of_dossiers(mine, news, why=watch.value)
    pattern = _pattern(watch.value)
    found = [item for item, words in news.items if pattern.search(words)]
    return [_item(item, news, why=f"“{watch.value}”") for item in found]


def _of_dossiers(mine: set[int], news: News, *, why: str) -> list[Raised]:
    rows = [
        Raised(
            what=f"{news.dossiers[row.dossier_id].short_title}: {row.step}, {date_words(row.falls_on)}",
            href=news.dossiers[row.dossier_id].href,
            why=why,
            key=f"date:{row.pk}",
        )
        for row in news.rows
        if row.dossier_id in mine
    ]
    linked = [item for item, _ in news.items if mine.intersection(link.dossier_id for link in item.links.all())]
    return rows + [_item(item, news, why=why) for item in linked]


def _item(item: Item, news: News, *, why: str) -> Raised:
    """An item under the address of a dossier that the reader may know of, else under its source's own."""
    mine: Sequence[DossierRow] = [
        news.dossiers[link.dossier_id] for link in item.links.all() if link.dossier_id in news.dossiers
    ]
    moment = item.changed_at or item.first_seen_at
    key = f"item:{item.pk}:{moment.astimezone(UTC).isoformat()}"
    return Raised(what=item.title, href=mine[0].href if mine else item.url, why=why, key=key)


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> Pattern[str]:
    return compile_phrases([phrase])
