"""The catalogue: search that forgives, facets that count, and an indicator's extent at a glance."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from observatory.catalogue.model import Kind, Topic
from observatory.codelists.areas import areas
from observatory.codelists.publishers import short_name
from observatory.publishing.comparing.profile import country_figure
from observatory.publishing.figures.figure import Series
from observatory.publishing.figures.overview import Card, list_cards
from observatory.publishing.figures.wording import count_text
from observatory.publishing.search import MODALITIES, search_indicators
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, render, site_address
from website.explorer.answers.words import TOPIC_NAMES
from website.explorer.indicators.cards import make_entry

_LONGEST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A value of a facet."""

    label: str
    """What it is called."""
    count: int
    """How many indicators have it, given the rest of the question."""
    href: str
    """The list with it, or without it where it is chosen."""
    current: bool
    """Whether it is chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """One way to narrow the list."""

    label: str
    """What it is about."""
    options: tuple[Option, ...]
    """Its values."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rule:
    """How a facet reads a card."""

    name: str
    label: str
    names: Mapping[str, str]
    values: Callable[[Card], Iterable[str]]


_RULES = (
    _Rule(
        name="topic",
        label="Topic",
        names={topic.value: name for topic, name in TOPIC_NAMES.items()},
        values=lambda card: [card.indicator.topic.value],
    ),
    _Rule(
        name="modality",
        label="Modality",
        names={code: name.capitalize() for code, name in MODALITIES.items()},
        values=lambda card: filter(None, [card.indicator.modality]),
    ),
    _Rule(name="provider", label="Publisher", names={}, values=lambda card: card.contents.providers),
    _Rule(
        name="coverage",
        label="Coverage",
        names={"world": "Europe and the world", "europe": "Europe", "one": "One country"},
        values=lambda card: [_coverage(card)],
    ),
    _Rule(
        name="kind",
        label="Figures",
        names={Kind.NUMBER.value: "Numbers", Kind.CATEGORY.value: "Answers"},
        values=lambda card: [card.indicator.kind.value],
    ),
)


@page
def catalogue(request: HttpRequest, release: Release) -> HttpResponse:
    """The list of indicators, searched and narrowed."""
    question = request.GET.get("q", "").strip()
    if len(question) > _LONGEST:
        suggestion = Suggestion(label="All indicators", href="/indicators/")
        problem = f"It is longer than {_LONGEST} characters; a few words are enough."
        raise BadAddress("That is a long question", problem, status=400, suggestions=[suggestion])
    chosen = _chosen(request.GET)
    cards = {card.indicator.id: card for card in list_cards(release)}
    found = search_indicators([card.indicator for card in cards.values()], question)
    scores = {hit.indicator.id: round(hit.score, 2) for hit in found.hits}
    hits = sorted((cards[name] for name in scores), key=lambda card: _order(card, scores[card.indicator.id]))
    places = {card.indicator.id: _of_places(release, card, found.areas) for card in hits}
    if found.areas:
        hits = [card for card in hits if places[card.indicator.id]]
    shown = [card for card in hits if _fits(card, chosen)]
    return render(
        request,
        "explorer/catalogue.html",
        release,
        question=question,
        asked=shorten(question),
        corrected=found.corrected,
        chosen=chosen,
        heading=_heading(chosen),
        count=count_text(len(shown), "indicator"),
        entries=[make_entry(card, shown=places[card.indicator.id]) for card in shown],
        places=[areas()[area] for area in found.areas],
        facets=[facet for rule in _RULES if len((facet := _facet(rule, hits, chosen, question)).options) > 1],
        anything=[Suggestion(label=label, href=f"/indicators/?q={label}") for label in ("MRI", "CT", "mammography")],
        canonical=f"{site_address(request)}{_href(chosen, question)}",
    )


def _of_places(release: Release, card: Card, places: Sequence[str]) -> list[Series]:
    """The series of an indicator for places that a question names, of those that have a figure."""
    told = (country_figure(release, card.indicator.id, area) for area in places if area in card.areas)
    return [figure.series[0] for figure in told if figure is not None and figure.series]


def _order(card: Card, score: float) -> tuple[float, int, int]:
    """Best first; of equals by topic, and those told for many areas before those told for few."""
    return -score, list(Topic).index(card.indicator.topic), -card.contents.areas


def _chosen(query: QueryDict) -> dict[str, str]:
    """Facet → chosen value. Raises BadAddress for a value that does not exist."""
    chosen = {}
    for rule in _RULES:
        value = query.get(rule.name, "").strip()
        if not value:
            continue
        if rule.names and value not in rule.names:
            near = [
                Suggestion(label=name, href=f"/indicators/?{urlencode({rule.name: code})}")
                for code, name in rule.names.items()
            ]
            problem = f"“{shorten(value)}” is none of the values of {rule.label.lower()}."
            raise BadAddress(f"There is no such {rule.label.lower()}", problem, suggestions=near)
        chosen[rule.name] = value[:64]
    return chosen


def _fits(card: Card, chosen: Mapping[str, str], *, but: str = "") -> bool:
    return all(chosen[rule.name] in rule.values(card) for rule in _RULES if rule.name in chosen and rule.name != but)


def _facet(rule: _Rule, hits: list[Card], chosen: Mapping[str, str], question: str) -> Facet:
    """The facet's values among the hits that fit every other facet, in their own order or most frequent first."""
    counts = Counter(value for card in hits if _fits(card, chosen, but=rule.name) for value in rule.values(card))
    order = [value for value in rule.names if value in counts] or [value for value, _ in counts.most_common()]
    options = []
    for value in order:
        current = chosen.get(rule.name) == value
        others = {name: code for name, code in chosen.items() if name != rule.name}
        options.append(
            Option(
                label=rule.names.get(value) or short_name(value),
                count=counts[value],
                href=_href(others if current else others | {rule.name: value}, question),
                current=current,
            )
        )
    return Facet(label=rule.label, options=tuple(options))


def _href(chosen: Mapping[str, str], question: str) -> str:
    query = urlencode({**({"q": question} if question else {}), **chosen})
    return f"/indicators/?{query}" if query else "/indicators/"


def _coverage(card: Card) -> str:
    if card.world:
        return "world"
    return "europe" if card.europe else "one"


def _heading(chosen: Mapping[str, str]) -> str:
    topic = chosen.get("topic", "")
    return TOPIC_NAMES[Topic(topic)] if topic else "Indicators"
