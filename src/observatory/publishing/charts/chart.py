"""A finished chart, and how it becomes a document: inside a page, and alone with title, sentence and source.

A chart inside a page is a group of links that a keyboard can walk; the page around it holds title and source. A chart
that stands alone may be torn from everything, so it carries its reading sentence and its source line in the picture.
"""

import re
from dataclasses import dataclass

from observatory.publishing.charts.drawing import lines_at, px, safe
from observatory.publishing.charts.lettering import break_address, text_width, wrap
from observatory.publishing.charts.stylesheet import FONTS, STYLESHEET

_LINK = re.compile(r'<a((?: class="[^"]*")?) href="[^"]*">')
NARROW = 480
"""Below this width a chart takes its narrow layout."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """One drawing with everything that must travel with it."""

    svg: str
    """The SVG for a page, with its stylesheet."""
    body: str
    """What is drawn, without root element and stylesheet."""
    prefix: str
    """Beginning of every id in it; two charts on a page need two."""
    title: str
    """What it shows, with the year where there is one."""
    text_alternative: str
    """The chart in plain words."""
    reading: str
    """One sentence that reads it."""
    source_line: str
    """Publisher, dataset, edition and licence."""
    width: int
    """Natural width in pixels."""
    height: int
    """Natural height in pixels."""

    @property
    def bare(self) -> str:
        """The SVG without its stylesheet, for a page that serves `stylesheet.STYLESHEET` itself."""
        return self.svg.replace(f"<style>{STYLESHEET}</style>", "", 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Imprint:
    """Whose picture it is: a picture travels further than the page it was taken from."""

    words: str
    """Who drew it, from which release, of which day."""
    address: str
    """Where it is found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The texts of a chart."""

    title: str
    """What it shows."""
    text_alternative: str
    """The chart in plain words."""
    reading: str
    """One sentence that reads it."""
    source_line: str
    """Publisher, dataset, edition and licence."""
    kind: str
    """What kind of picture it is, such as "Line chart"; begins its accessible name."""


def finish(body: str, words: Words, *, prefix: str, width: int, height: float, links: int) -> Chart:
    """The chart of a drawn body. `links` is how many places of it a keyboard can reach."""
    tall = round(height + 0.499)
    skip = _skip_link(prefix, links=links, width=width) if links > 1 else ""
    role = "group" if links else "img"
    name = safe(f"{words.kind}: {words.title}", quoted=True)
    whole = f'{skip}{body}<g id="{prefix}-end" tabindex="-1"></g>' if skip else body
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="oc" viewBox="0 0 {width} {tall}"'
        f' width="{width}" height="{tall}" role="{role}"'
        f' aria-label="{name}" aria-describedby="{prefix}-desc">'
        f'<desc id="{prefix}-desc">{safe(words.text_alternative)}</desc>'
        f"<style>{STYLESHEET}</style>{whole}</svg>"
    )
    return Chart(
        svg=svg,
        body=body,
        prefix=prefix,
        title=words.title,
        text_alternative=words.text_alternative,
        reading=words.reading,
        source_line=words.source_line,
        width=width,
        height=tall,
    )


def standalone(chart: Chart, *, imprint: Imprint | None = None, stylesheet: str | None = None) -> str:
    """The chart as a document of its own: title, reading sentence, drawing, source and licence.

    `imprint` says whose picture it is and where it is found. `stylesheet` replaces the chart's own, for rasterisers
    that know no custom properties.
    """
    margin, inner = 16.0, chart.width
    head = wrap(chart.title, width=inner, size=18, bold=True)
    sentence = wrap(chart.reading, width=inner, size=13)
    source = wrap(chart.source_line, width=inner, size=12)
    if imprint is not None:
        source += wrap(imprint.words, width=inner, size=12) + break_address(imprint.address, width=inner, size=12)
    y = margin + 18
    parts = [_big(head, x=margin, y=y)]
    y += 23 * len(head)
    parts.append(_sized(sentence, x=margin, y=y, size=13, leading=18))
    y += 18 * len(sentence) + 4
    parts.append(f'<g transform="translate({px(margin)} {px(y)})">{_without_links(chart.body)}</g>')
    y += chart.height + 22
    parts.append(_sized(source, x=margin, y=y, size=12, leading=15))
    width, height = chart.width + 2 * round(margin), round(y + 15 * len(source) + margin - 8)
    style = stylesheet if stylesheet is not None else f"{STYLESHEET}\n.oc{{--chart-font:{FONTS}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="oc" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="{chart.prefix}-title {chart.prefix}-desc">'
        f'<title id="{chart.prefix}-title">{safe(chart.title)}</title>'
        f'<desc id="{chart.prefix}-desc">{safe(chart.text_alternative)}</desc>'
        f"<style>{style}</style>"
        f'<rect class="oc-paper" width="{width}" height="{height}"/>{"".join(parts)}</svg>'
    )


def _skip_link(prefix: str, *, links: int, width: int) -> str:
    """The first stop of the keyboard, seen when it is reached: past all the points, at the top right corner."""
    words = f"Skip the {links} points of this chart"
    x = width - text_width(words, size=12) - 12
    return (
        f'<a class="oc-skip" href="#{prefix}-end"><rect class="oc-paper" x="{px(x)}" width="{px(width - x)}"'
        f' height="20"/><text x="{px(x + 6)}" y="14">{words}</text></a>'
    )


def _without_links(body: str) -> str:
    """The body with links turned into groups: alone, there is no table to go to."""
    return _LINK.sub(r"<g\1>", body).replace("</a>", "</g>")


def _big(lines: list[str], *, x: float, y: float) -> str:
    return f'<g font-size="18">{lines_at(x, y, lines, kind="oc-b", leading=23)}</g>'


def _sized(lines: list[str], *, x: float, y: float, size: int, leading: float) -> str:
    return f'<g font-size="{size}">{lines_at(x, y, lines, kind="oc-u", leading=leading)}</g>'
