"""The controls of an indicator's page: links and forms that change one part of its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl

from django.utils.safestring import SafeString, mark_safe

from observatory.codelists.areas import AreaKind, areas, groups
from observatory.codelists.breakdowns import SETTING_NAMES, SEX_NAMES
from observatory.codelists.publishers import short_name
from observatory.publishing.figures.choices import with_other
from observatory.publishing.figures.overview import variant_extent
from observatory.publishing.figures.selection import Variant
from website.explorer.questions.addresses import ANSWER_NAMES, VIEW_NAMES, View
from website.explorer.questions.asking import Asked
from website.explorer.questions.facilities_question import has_facilities

MANY_ROWS = 45
"""Rows of a ranking beyond which only the first and the last are shown unless a reader asks for all."""
PEER_GROUPS = ("eu27", "eu27_efta", "oecd", "who_eur")
"""Groups offered beside "all countries"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A way to see the same differently."""

    label: str
    """What it says."""
    href: str
    """Where it leads."""
    current: bool = False
    """Whether the reader is there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Several links of which one is current."""

    label: str
    """What is chosen."""
    group: str
    """Name by which the script finds it again after a change."""
    links: tuple[Link, ...]
    """The alternatives."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chip:
    """A chosen area."""

    name: str
    """Its name."""
    href: str
    """Its own page; empty where it has none."""
    without: str
    """The address without it."""
    told: bool
    """Whether there is any figure for it here."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hidden:
    """A part of the address that a form carries along."""

    name: str
    """Name of the parameter."""
    value: str
    """Its value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Controls:
    """Everything above the chart."""

    tabs: tuple[Link, ...]
    """The views."""
    choices: tuple[Choice, ...]
    """Publisher, setting, breakdowns, peer group."""
    chips: tuple[Chip, ...]
    """Chosen areas."""
    boxes: tuple[tuple[str, SafeString], ...]
    """Areas to tick, by heading: items of a list. Written here, since two hundred of them keep a template busy."""
    options: SafeString
    """Names of the areas that are not chosen, as options of a field."""
    keep_for_areas: tuple[Hidden, ...]
    """What the form of areas carries along."""
    keep_for_add: tuple[Hidden, ...]
    """What the form that adds an area carries along."""
    keep_for_years: tuple[Hidden, ...]
    """What the form of years carries along."""
    keep_for_year: tuple[Hidden, ...]
    """What the form of the one year carries along."""
    years: tuple[int, ...]
    """Years to choose from, newest first."""
    earlier: Link | None
    """The year before with a figure."""
    later: Link | None
    """The year after with a figure."""


def make_controls(asked: Asked) -> Controls:
    """The controls of what was asked."""
    address, year = asked.address, asked.figure.year
    before = [one for one in asked.years if year and one < year]
    after = [one for one in asked.years if year and one > year]
    mapped = sum(areas()[area].kind is AreaKind.COUNTRY for area in asked.areas) > 1
    tabs = [
        Link(label=label, href=address.href(view=view), current=view is asked.view)
        for view, label in (VIEW_NAMES | (ANSWER_NAMES if asked.figure.categorical else {})).items()
        if mapped or view is not View.MAP
    ]
    if has_facilities(asked.release, asked.indicator.id):
        tabs.append(Link(label="Hospitals", href=f"/indicators/{asked.indicator.id}/hospitals/"))
    return Controls(
        tabs=tuple(tabs),
        choices=tuple(choice for choice in _choices(asked) if len(choice.links) > 1),
        chips=tuple(_chips(asked)),
        boxes=_boxes(asked),
        options=_options(asked),
        keep_for_areas=_hidden(asked, leave_out=("areas",)),
        keep_for_add=_hidden(asked, leave_out=()),
        keep_for_years=_hidden(asked, leave_out=("from", "to", "year")),
        keep_for_year=_hidden(asked, leave_out=("year",)),
        years=asked.years[::-1],
        earlier=Link(label=str(before[-1]), href=address.href(year=before[-1])) if before else None,
        later=Link(label=str(after[0]), href=address.href(year=after[0])) if after else None,
    )


def _choices(asked: Asked) -> list[Choice]:
    """Publisher, then each breakdown in which the publisher's figures differ, then the peer group."""
    breakdowns = [
        _breakdown(asked, "method", "Rate", {"published": "as published", "derived": "derived here"}),
        _breakdown(asked, "setting", "Setting", {one.value: name for one, name in SETTING_NAMES.items()}),
        _breakdown(asked, "sex", "Sex", {one.value: name for one, name in SEX_NAMES.items()}),
        _breakdown(asked, "age", "Age", {"all": "all ages"}),
        _breakdown(asked, "detail", "Breakdown", {"": "none"}),
    ]
    return [_publishers(asked), *breakdowns, _peers(asked), _rows(asked)]


def _publishers(asked: Asked) -> Choice:
    known = tuple(dict.fromkeys(variant.provider for variant in asked.variants))
    shown = tuple(variant.provider for variant in asked.shown)
    plain = {"method": "", "setting": "", "sex": "", "age": "", "detail": None, "year": None}
    everyone = set(shown) == set(known)
    links = [
        Link(
            label=short_name(one),
            href=asked.address.href(providers=(one,), **plain),
            current=one in shown and (len(known) == 1 or not everyone),
        )
        for one in known
    ]
    if len(known) > 1:
        both = Link(
            label="both" if len(known) == 2 else "all",
            href=asked.address.href(providers=known, **plain),
            current=everyone,
        )
        links.append(both)
    return Choice(label="Published by", group="provider", links=tuple(links))


def _breakdown(asked: Asked, name: str, label: str, names: dict[str, str]) -> Choice:
    """A link for each value of one breakdown, keeping the others where possible.

    The method is offered beside other publishers too: the first one's own rates, or ours from its counts.
    """
    by_method = name == "method"
    now = asked.shown[0]
    theirs = [variant for variant in asked.variants if variant.provider == now.provider]
    values = list(dict.fromkeys(getattr(variant, name) for variant in theirs))
    links = []
    for value in values:
        other = with_other(now, theirs, **{name: value})
        if other is not None:
            href = asked.address.href(**(_as_address(other, theirs[0]) | (_timed(asked, other) if by_method else {})))
            words = names.get(value) or detail_words(value)
            links.append(Link(label=words, href=href, current=getattr(now, name) == value))
    return Choice(label=label, group=name, links=tuple(links) if len(asked.shown) == 1 or by_method else ())


def _timed(asked: Asked, other: Variant) -> dict[str, object]:
    """The parts of the address that lead to `other` by its method, at a time for which it has figures.

    Where a time is asked for, the method is said in any case: without it, the one that has more of that time is shown.
    """
    address = asked.address
    years = variant_extent(asked.release, asked.indicator.id, other).years
    first, last = address.from_year or 0, address.to_year or 9999
    parts: dict[str, object] = {}
    if not any(first <= year <= last for year in years):
        parts |= {"from_year": None, "to_year": None, "year": None}
    elif address.year is not None and address.year not in years:
        parts["year"] = None
    kept = [getattr(address, name) for name in ("from_year", "to_year", "year") if name not in parts]
    return parts | ({"method": other.method} if any(kept) else {})


def _as_address(variant: Variant, usual: Variant) -> dict[str, object]:
    """The parts of the address that say a variant; what is usual is left unsaid."""
    parts: dict[str, object] = {
        name: "" if getattr(variant, name) == getattr(usual, name) else getattr(variant, name)
        for name in ("method", "setting", "sex", "age")
    }
    parts["detail"] = None if variant.detail == usual.detail else variant.detail
    return parts


def detail_words(detail: str) -> str:
    """A breakdown's code as words: "source=survey" is "source: survey".

    >>> detail_words("source=survey|device=fixed")
    'source: survey, device: fixed'
    """
    return ", ".join(part.replace("=", ": ").replace("_", " ") for part in detail.split("|"))


def _peers(asked: Asked) -> Choice:
    countries = [area for area in asked.areas if areas()[area].kind is AreaKind.COUNTRY]
    if asked.view is View.TIME or len(countries) < 2:
        return Choice(label="Among", group="group", links=())
    links = [Link(label="all who report", href=asked.address.href(group=""), current=not asked.address.group)]
    for code in dict.fromkeys((*PEER_GROUPS, *filter(None, [asked.address.group]))):
        if code == asked.address.group or len(set(groups()[code].members) & set(countries)) > 1:
            link = Link(
                label=groups()[code].name, href=asked.address.href(group=code), current=code == asked.address.group
            )
            links.append(link)
    return Choice(label="Among", group="group", links=tuple(links))


def _rows(asked: Asked) -> Choice:
    """Whether a long ranking shows every row."""
    if asked.view is not View.RANKING or len(asked.figure.series) + len(asked.figure.others) <= MANY_ROWS:
        return Choice(label="Rows", group="rows", links=())
    everything = asked.address.rows == "all"
    return Choice(
        label="Rows",
        group="rows",
        links=(
            Link(label="first and last", href=asked.address.href(rows=""), current=not everything),
            Link(label="all", href=asked.address.href(rows="all"), current=everything),
        ),
    )


def _chips(asked: Asked) -> list[Chip]:
    told = {series.area.id for series in asked.figure.series}
    return [
        Chip(
            name=areas()[area].name,
            href=f"/countries/{area}/" if areas()[area].kind is AreaKind.COUNTRY else "",
            without=asked.address.href(areas=tuple(one for one in asked.chosen if one != area)),
            told=area in told,
        )
        for area in asked.chosen
    ]


def _boxes(asked: Asked) -> tuple[tuple[str, SafeString], ...]:
    europe = set(groups()["who_eur"].members)
    headings: dict[str, list[str]] = {"Europe": [], "Rest of the world": [], "Regions": [], "Aggregates": []}
    for code in asked.areas:
        area = areas()[code]
        heading = {AreaKind.REGION: "Regions", AreaKind.AGGREGATE: "Aggregates"}.get(
            area.kind, "Europe" if code in europe else "Rest of the world"
        )
        ticked = " checked" if code in asked.chosen else ""
        box = f'<input type="checkbox" name="areas" value="{escape(code)}"{ticked}>{escape(area.name)}'
        headings[heading].append(f"<li><label>{box}</label></li>")
    return tuple((heading, mark_safe("".join(boxes))) for heading, boxes in headings.items() if boxes)  # noqa: S308


def _options(asked: Asked) -> SafeString:
    names = (areas()[code].name for code in asked.areas if code not in asked.chosen)
    return mark_safe("".join(f'<option value="{escape(name)}">' for name in names))  # noqa: S308  Escaped above.


def _hidden(asked: Asked, *, leave_out: Sequence[str]) -> tuple[Hidden, ...]:
    """The address as it stands, areas written out, for a form to carry along."""
    query = asked.address.at("", areas=asked.chosen).partition("?")[2]
    return tuple(Hidden(name=name, value=value) for name, value in parse_qsl(query) if name not in leave_out)
