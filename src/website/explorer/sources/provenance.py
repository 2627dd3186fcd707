"""A figure walked back to its bytes: every vintage, the file it was read from, and each step since."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from observatory.archive.origin import Origin
from observatory.codelists.absences import MEANINGS as ABSENCE_MEANINGS
from observatory.codelists.areas import areas, find_area
from observatory.codelists.breakdowns import SECTOR_NAMES, SETTING_NAMES, SEX_NAMES
from observatory.codelists.publishers import short_name
from observatory.observations.observation import Observation
from observatory.observations.period import normalise_period
from observatory.publishing.citing.provenance import Trail, list_trails
from observatory.publishing.figures.selection import PARTS
from observatory.publishing.figures.wording import count_text, period_text, quantity_text
from observatory.publishing.sentences.clauses import clause
from observatory.releases.reading import Release
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.pages import page, render, site_address
from website.explorer.answers.words import METHOD_NAMES, day_words
from website.explorer.parts.controls import detail_words
from website.explorer.parts.tables import Mark, mark
from website.explorer.questions.address_reading import read_address
from website.explorer.questions.asking import get_indicator
from website.explorer.questions.known_on import address_in, read_release
from website.explorer.sources.inputs import Sum, find_sum

_READ_BY = "read by "
"""How the step begins that names the module which read the file; see `harmonisation/binding.py`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A line about a file."""

    name: str
    """What it is."""
    text: str
    """What it says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """One observation and its way back."""

    figure: str
    """What is said."""
    shown: str
    """The same within a sentence: the meaning of an absence without its full stop."""
    who: str
    """By whom."""
    stands: str
    """Since when, and until when."""
    current: bool
    """Whether it stands today."""
    coverage: str
    """What it covers."""
    marks: tuple[Mark, ...]
    """Its flags."""
    letters: str
    """The provider's own flags."""
    comment: str
    """The provider's words."""
    dataset: str
    """Title and code of the dataset."""
    landing_page: str
    """Where a person reads about it."""
    licence: str
    """The terms."""
    licence_address: str
    """Where they are read."""
    place: str
    """Row and cell in the file."""
    steps: tuple[str, ...]
    """Each step since."""
    file: tuple[Fact, ...]
    """The file it was read from."""
    further: tuple[tuple[str, tuple[Fact, ...]], ...]
    """Other files it rests on."""
    sum: Sum | None
    """The sum behind a figure of ours; none for one as published."""


@page
def provenance(request: HttpRequest, release: Release, indicator_id: str) -> HttpResponse:
    """The provenance of one area and period of an indicator."""
    query = request.GET
    kept = query.get("release", "").strip()
    current, release = release, read_release(query, release, path=request.path)
    indicator = get_indicator(release, indicator_id)
    back = Suggestion(label=indicator.title, href=address_in(QueryDict(), kept, path=f"/indicators/{indicator.id}/"))
    address = read_address(indicator_id, query)
    period = _period(query.get("period", "").strip(), back)
    if not address.areas or find_area(address.areas[0]) is None:
        raise BadAddress("Which country?", "The address names no country.", status=400, suggestions=[back])
    area = areas()[address.areas[0]]
    provider = address.providers[0] if address.providers else ""
    trails = list_trails(release, indicator.id, area=area.id, period=period, provider=provider, method=address.method)
    trails = [trail for trail in trails if _is_asked(trail, address.detail)] or trails
    if not trails:
        chart = Suggestion(label=f"{indicator.title}: {area.name}", href=f"/indicators/{indicator.id}/?areas={area.id}")
        problem = f"The release holds nothing for {area.name} in {period_text(period)}."
        raise BadAddress("There is no such figure", problem, suggestions=[chart, back])
    meant = [trail for trail in trails if _is_meant(trail, query)]
    return render(
        request,
        "explorer/provenance.html",
        release,
        indicator=indicator,
        area=area,
        period=period_text(period),
        walks=[_walk(release, trail, kept=kept) for trail in (meant or trails)],
        others=[_walk(release, trail, kept=kept) for trail in trails if meant and trail not in meant],
        frozen=release is not current,
        current=address_in(query, "", path=request.path),
        back=address_in(QueryDict(f"areas={area.id}"), kept, path=f"/indicators/{indicator.id}/"),
        report=f"/report/?{urlencode({'about': request.get_full_path()})}",
        canonical=f"{site_address(request)}{request.get_full_path()}",
    )


def _period(text: str, back: Suggestion) -> str:
    """The period an address names, as figures write it. Raises BadAddress where it names none that can be read."""
    try:
        return normalise_period(text[:20])
    except ValueError:
        problem = f"“{shorten(text)}” cannot be read as a period" if text else "The address names no period"
        examples = "write a year such as 2019, a quarter such as 2019-Q4 or a day such as 2019-12-31"
        raise BadAddress("Which period?", f"{problem}; {examples}.", status=400, suggestions=[back]) from None


def _is_asked(trail: Trail, detail: str | None) -> bool:
    """Whether a trail is of the breakdown asked for; where none is, of any but single facilities."""
    told = trail.observation.detail
    return told == detail if detail is not None else not told.startswith(PARTS)


def _is_meant(trail: Trail, query: QueryDict) -> bool:
    """Whether a trail begins at the row of the file that the address names."""
    one = trail.observation
    return query.get("origin") == one.origin and query.get("row") == str(one.row)


def _walk(release: Release, trail: Trail, *, kept: str) -> Walk:
    one, origin = trail.observation, trail.origin
    computed = find_sum(release, one, kept=kept)
    place = f"row {one.row}" + (f", {one.cell}" if one.cell else "")
    return Walk(
        figure=_figure(one),
        shown=clause(_figure(one)),
        who=f"{short_name(one.provider)}, {METHOD_NAMES[one.method]}",
        stands=_stands(one),
        current=one.seen_to is None,
        coverage=_coverage(one),
        marks=tuple(mark(flag) for flag in sorted(one.flags)),
        letters=one.provider_flags,
        comment=one.comment,
        dataset=f"{trail.dataset.publisher}: {trail.dataset.title} ({trail.dataset.code})",
        landing_page=trail.dataset.landing_page,
        licence=trail.licence.name,
        licence_address=trail.licence.address,
        place=place,
        steps=tuple(_step(step) for step in (trail.steps[:-1] if computed else trail.steps)),
        file=_file(origin, place=place) if origin else (),
        further=tuple(
            (release.catalogue.datasets[further.dataset].title, _file(further, place="")) for further in trail.further
        ),
        sum=computed,
    )


def _step(step: str) -> str:
    """A step in a reader's words: records name the reader that read a file, which nobody outside the house knows."""
    provider = step.removeprefix(_READ_BY)
    if provider == step:
        return step
    if provider == "national":
        return "Read as a national table, by its description in the catalogue"
    return f"Read by the reader of {short_name(provider)}’s files"


def _figure(one: Observation) -> str:
    if one.value is not None:
        return quantity_text(one.value * 10.0**one.multiplier, unit=one.unit)
    return one.category or (ABSENCE_MEANINGS[one.absence] if one.absence else "")


def _stands(one: Observation) -> str:
    since = f"the edition of {day_words(one.seen_from)}" if one.seen_from else "an edition of unknown date"
    until = f"replaced by the edition of {day_words(one.seen_to)}" if one.seen_to else "stands today"
    return f"Seen in {since}; {until}"


def _coverage(one: Observation) -> str:
    words = [SETTING_NAMES[one.setting], SECTOR_NAMES[one.sector]]
    words += [SEX_NAMES[one.sex]] if one.sex.value != "all" else []
    words += [f"age {one.age}"] if one.age != "all" else []
    words += [detail_words(one.detail)] if one.detail else []
    return ", ".join(words)


def _file(origin: Origin, *, place: str) -> tuple[Fact, ...]:
    when = origin.retrieved_at.isoformat() if origin.retrieved_at else ""
    facts = (
        ("File", origin.file),
        ("Place in it", place),
        ("Size", count_text(origin.size, "byte")),
        ("SHA-256", origin.sha256),
        ("Address asked", origin.address or "none: the file was handed over, so no address was asked"),
        ("Retrieved", when or ("moment not recorded" if origin.address else "")),
        ("Entered the archive", day_words(origin.received_on)),
        ("Edition", day_words(origin.seen_on) if origin.seen_on else "date unknown"),
        ("Dated by", origin.seen_on_basis),
        ("How it reached us", origin.obtained_via),
        ("Remarks", origin.remarks),
    )
    return tuple(Fact(name=name, text=text) for name, text in facts if text)
