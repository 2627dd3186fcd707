"""From the parameters of a question about observations to what is asked for, in one spelling, and in which format."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import quote

from observatory.publishing.exports.downloads import MEDIA_TYPES, Format
from observatory.publishing.figures.selection import Selection
from observatory.publishing.search import nearest, search_indicators
from website.api.parameters import ALL_VINTAGES, FROM, PROVIDERS, VINTAGES, Unreadable, Value, shorten, unreadable
from website.api.problems import NO_SUCH_FORMAT, UNKNOWN_NAME, Refusal
from website.api.replies import choose_media_type
from website.api.serving import Served

PLAIN = {form: MEDIA_TYPES[form].partition(";")[0] for form in Format}
"""Media types without their parameters."""


def find_indicator(served: Served, name: str) -> str:
    """The id of an indicator of the catalogue. Raises Refusal with near ids."""
    known = served.release.catalogue.indicators
    if name not in known:
        raise Refusal(
            UNKNOWN_NAME,
            f"no indicator is called {shorten(name)!r}",
            suggestions=near_indicators(served, name),
        )
    return name


def near_indicators(served: Served, name: str) -> tuple[str, ...]:
    """Ids that look like a name; where none does, of what one finds when searching for it, such as "mri"."""
    known = served.release.catalogue.indicators
    found = search_indicators(known.values(), name[:100]).hits
    return nearest(name[:100], list(known)) or tuple(hit.indicator.id for hit in found[:3])


def check_providers(served: Served, providers: Iterable[str]) -> None:
    """Whether every code is that of a publisher of the catalogue. Raises Refusal with near codes."""
    for one in providers:
        if one not in served.publishers:
            expected = f"one of {', '.join(served.publishers)}"
            raise unreadable(PROVIDERS, one, Unreadable(expected, suggestions=nearest(one[:60], served.publishers)))


def read_selection(served: Served, indicator: str, values: Mapping[str, Value]) -> Selection:
    """What is asked of an indicator, or of several where `indicator` is empty. Raises Refusal."""
    providers = words(values, "provider")
    check_providers(served, providers)
    first, last = number(values, "from"), number(values, "to")
    if first and last and first > last:
        raise unreadable(FROM, str(first), Unreadable(f"a year that is not after {last}, the last one asked for"))
    day, detail = values.get("as_of"), values.get("detail")
    every_vintage = word(values, "vintages") == ALL_VINTAGES
    if every_vintage and day:
        raise unreadable(VINTAGES, ALL_VINTAGES, Unreadable("standing beside as_of: one day has one vintage"))
    return Selection(
        indicator=indicator,
        areas=words(values, "area"),
        from_year=first,
        to_year=last,
        providers=providers,
        method=word(values, "method"),
        setting=word(values, "setting"),
        sector=word(values, "sector"),
        sex=word(values, "sex"),
        age=word(values, "age"),
        detail=detail if isinstance(detail, str) else None,
        as_of=day if isinstance(day, date) else None,
        every_vintage=every_vintage,
    )


def spell(selection: Selection, *, form: Format, indicators: tuple[str, ...] = (), release: str = "") -> str:
    """The query of a question in one spelling: the same question has one address and one tag."""
    said = (
        ("indicator", ",".join(indicators)),
        ("area", ",".join(selection.areas)),
        ("from", str(selection.from_year or "")),
        ("to", str(selection.to_year or "")),
        ("provider", ",".join(selection.providers)),
        ("method", selection.method),
        ("setting", selection.setting),
        ("sector", selection.sector),
        ("sex", selection.sex),
        ("age", quote(selection.age, safe="") if selection.age else ""),
    )
    pairs = [f"{name}={text}" for name, text in said if text]
    if selection.detail is not None:
        pairs.append(f"detail={quote(selection.detail, safe='=')}")
    if selection.as_of:
        pairs.append(f"as_of={selection.as_of.isoformat()}")
    if selection.every_vintage:
        pairs.append(f"vintages={ALL_VINTAGES}")
    if release:
        pairs.append(f"release={release}")
    if form is not Format.JSON:
        pairs.append(f"format={form.value}")
    return "&".join(pairs)


def choose_format(values: Mapping[str, Value], accept: str, *, offered: Iterable[Format] = Format) -> Format:
    """The format named in the address, else the one the Accept header likes best. Raises Refusal."""
    if said := word(values, "format"):
        return Format(said)
    if not accept or accept == "*/*":
        return Format.JSON
    forms = {PLAIN[form]: form for form in offered}
    chosen = choose_media_type(accept, tuple(forms))
    if chosen is None:
        raise Refusal(
            NO_SUCH_FORMAT,
            f"none of the media types in {shorten(accept)!r} can be served",
            expected=", ".join(forms),
        )
    return forms[chosen]


def word(values: Mapping[str, Value], name: str) -> str:
    """The text of a parameter; empty where it was not said."""
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def words(values: Mapping[str, Value], name: str) -> tuple[str, ...]:
    """The codes of a parameter that takes several; none where it was not said."""
    value = values.get(name, ())
    return value if isinstance(value, tuple) else ()


def number(values: Mapping[str, Value], name: str) -> int | None:
    """The number of a parameter; None where it was not said."""
    value = values.get(name)
    return value if isinstance(value, int) else None
