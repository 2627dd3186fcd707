"""What a reader can take away: files, images, an embedded chart, a citation."""

from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote, urlencode

from observatory.publishing.citing.citations import cite_selection
from observatory.publishing.citing.references import Style
from observatory.publishing.figures.figure import Figure
from observatory.releases.reading import Release
from website.explorer.parts.controls import Link
from website.explorer.questions.addresses import Address, View
from website.explorer.questions.asking import Asked, settled

FORMATS = (("CSV", "csv"), ("XLSX", "xlsx"), ("JSON", "json"), ("Parquet", "parquet"))
STYLES = (("APA", Style.APA), ("Vancouver", Style.VANCOUVER), ("BibTeX", Style.BIBTEX), ("RIS", Style.RIS))
"""Styles of citation, by what readers call them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text to be copied."""

    id: str
    """Id of the element that holds it."""
    label: str
    """What it is."""
    text: str
    """The text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """Everything that leaves with the reader."""

    downloads: tuple[Link, ...]
    """Files of this view."""
    everything: Link | None
    """All countries and years of the indicator, as CSV; none where a page has several indicators."""
    images: tuple[Link, ...]
    """Images of this view."""
    image_address: str
    """Absolute address of the PNG."""
    embeds: tuple[Text, ...]
    """Code that shows the chart elsewhere, live and frozen."""
    citations: tuple[Text, ...]
    """The figure and its sources, style by style."""
    permanent: str
    """Absolute address of this very view in this very release."""
    report: str
    """Where a wrong number is reported."""


def make_taking(asked: Asked, *, site: str) -> Taking:
    """What can be taken away from a view of the site at `site`, such as "https://example.org"."""
    explicit = settled(asked)
    permanent = explicit.href(release=asked.release.manifest.id)
    return Taking(
        downloads=tuple(Link(label=label, href=download_href(asked, form)) for label, form in FORMATS),
        everything=Link(
            label="All countries and years, CSV",
            href=f"/api/v1/indicators/{asked.indicator.id}/observations?{_of_release(asked)}format=csv",
        ),
        images=(
            Link(label="SVG", href=explicit.below("image.svg")),
            Link(label="PNG", href=explicit.below("image.png")),
        ),
        image_address=f"{site}{explicit.below('image.png')}",
        embeds=(
            Text(id="embed-live", label="Live: follows new releases", text=_frame(asked, site, explicit)),
            Text(
                id="embed-frozen",
                label="Frozen: stays as it is today",
                text=_frame(asked, site, replace(explicit, release=asked.release.manifest.id)),
            ),
        ),
        citations=tuple(_citations(asked, address=f"{site}{permanent}")),
        permanent=f"{site}{permanent}",
        report=f"/report/?{urlencode({'about': explicit.href()})}",
    )


def download_href(asked: Asked, form: str) -> str:
    """Where the API gives the observations of this view as a file: of rankings and maps, every area in their year."""
    first = asked.shown[0]
    same = len(asked.shown) == 1
    one_year = asked.view in (View.RANKING, View.MAP)
    query = {
        "area": ",".join(asked.members if one_year else asked.chosen),
        "from": str((asked.figure.year if one_year else asked.address.from_year) or ""),
        "to": str((asked.figure.year if one_year else asked.address.to_year) or ""),
        "provider": first.provider if same else "",
        "method": first.method if same else asked.address.method,
        "setting": first.setting if same else asked.address.setting,
        "sex": first.sex if same else asked.address.sex,
        "age": first.age if same else asked.address.age,
        "detail": first.detail if same else (asked.address.detail or ""),
        "as_of": asked.address.as_of.isoformat() if asked.address.as_of else "",
        "release": asked.address.release,
        "format": form,
    }
    kept = {name: value for name, value in query.items() if value or (name == "detail" and same)}
    said = urlencode(kept, safe=",", quote_via=quote)
    return f"/api/v1/indicators/{asked.indicator.id}/observations?{said}"


def _of_release(asked: Asked) -> str:
    """What a query says of the release, where the page stays with one."""
    return f"release={asked.address.release}&" if asked.address.release else ""


def _frame(asked: Asked, site: str, address: Address) -> str:
    source = f"{site}{address.at(f'/embed/{asked.indicator.id}/')}"
    title = escape(asked.indicator.title)
    return f'<iframe src="{escape(source)}" title="{title}" width="100%" height="560" loading="lazy"></iframe>'


def _citations(asked: Asked, *, address: str) -> list[Text]:
    release: Release = asked.release
    origins = [release.origins[name] for name in origins_of(asked.figure) if name in release.origins]
    selection = replace(asked.selection, areas=asked.chosen)
    texts = []
    for label, style in STYLES:
        told = cite_selection(release, selection, origins=origins, style=style, address=address)
        texts.append(Text(id=f"cite-{style.value}", label=label, text="\n\n".join((told.figure, *told.sources))))
    return texts


def origins_of(figure: Figure) -> list[str]:
    """Ids of the origin records the shown points rest on, each once."""
    return list(dict.fromkeys(point.origin for series in figure.series for point in series.points))
