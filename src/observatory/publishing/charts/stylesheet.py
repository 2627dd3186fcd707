"""The one stylesheet of every chart, the same in each, so that several on a page cannot disturb one another.

Class names begin with "oc-" and stand under ".oc". Inside a page the colours are the page's ("--chart-ink" and so
on, see `colours.TOKENS`); alone, the chart brings its own for light and dark. Rasterisers know no custom properties, so
`resolved_stylesheet` writes the colours of one theme out.

A page with a content security policy either serves `STYLESHEET` as a file and uses `Chart.bare`, or allows
`STYLESHEET_HASH`.
"""

import base64
import hashlib
import re

from observatory.publishing.charts.colours import LINE_COLOURS, STEPS, TOKENS, Theme

_RULES = """
.oc{display:block;max-width:100%;height:auto;font-family:var(--chart-font,inherit);font-size:12px;overflow:visible}
.oc text{fill:$ink}
.oc .oc-u{fill:$muted}
.oc .oc-over{fill:$paper}
.oc .oc-b{font-weight:600}
.oc .oc-r{text-anchor:end}
.oc .oc-m{text-anchor:middle}
.oc .oc-h{paint-order:stroke;stroke:$paper;stroke-width:3px;stroke-linejoin:round}
.oc .oc-wide{stroke-width:6px}
.oc-paper{fill:$paper}
.oc-grid{stroke:$grid;fill:none}
.oc-axis{stroke:$axis;fill:none}
.oc-rule{stroke:$ink;fill:none}
.oc-strip{fill:$grid;opacity:.45}
.oc-s0{color:$ghost}
.oc-line{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.oc-s0 .oc-line{stroke-width:1.2}
.oc .oc-l2{stroke-width:1.8;stroke-linecap:butt;stroke-dasharray:9 2.5 1.5 2.5}
.oc .oc-l3{stroke-width:1.8;stroke-linecap:butt;stroke-dasharray:1.5 2.5}
.oc-soft{fill:none;stroke:currentColor;stroke-width:1.8;stroke-dasharray:5 3.5}
.oc-bridge{fill:none;stroke:currentColor;stroke-width:1.4;stroke-linecap:round;stroke-dasharray:.1 5;opacity:.75}
.oc-lead{fill:none;stroke:currentColor;stroke-width:.8;opacity:.5}
.oc-band{fill:currentColor;opacity:.14}
.oc-whisker{fill:none;stroke:currentColor;stroke-width:1.2;opacity:.6}
.oc-mark{fill:currentColor;stroke:none}
.oc-hollow{fill:$paper;stroke:currentColor;stroke-width:1.5}
.oc-slash{fill:none;stroke:currentColor;stroke-width:1.3}
.oc-cut{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round}
.oc-gone{fill:none;stroke:currentColor;stroke-width:1.3;stroke-linecap:round;stroke-linejoin:round}
.oc-dotted{stroke-dasharray:.1 2.57}
.oc-gone-full{fill:currentColor;stroke:currentColor;stroke-width:1.3;stroke-linejoin:round}
.oc-ink{color:$ink}
.oc-muted{color:$muted}
.oc-bar{fill:$bar}
.oc-bar-line{fill:none;stroke:$bar;stroke-width:1.5}
.oc-own{fill:currentColor}
.oc-own-line{fill:none;stroke:currentColor;stroke-width:1.5}
.oc-tint{fill:currentColor;opacity:.12}
.oc-blank{fill:$blank;stroke:$coast}
.oc-coast{stroke:$coast}
.oc-land{stroke:$paper;stroke-linejoin:round}
.oc-hatch{stroke:$hatch;fill:none}
.oc-hatch-over{stroke:$paper;fill:none}
.oc-chosen{fill:none;stroke:$ink;stroke-linejoin:round}
.oc-halo{fill:none;stroke:$paper;stroke-linejoin:round}
.oc-dot{stroke:$ink;stroke-width:.8}
.oc-plate{fill:$paper;stroke:$ink;stroke-width:1}
.oc-hit{fill:none;pointer-events:all}
.oc a,.oc a:hover,.oc a:visited{color:inherit;cursor:pointer;outline:none;text-decoration:none}
.oc .oc-more text{fill:$ink;text-decoration:underline}
.oc-skip{opacity:0}
"""
_INTERACTION = """
.oc a:hover .oc-hit{stroke:$axis;stroke-width:1}
.oc a:focus-visible .oc-hit{stroke:$focus;stroke-width:2.5}
.oc a:hover .oc-land,.oc a:hover .oc-dot,.oc a:hover .oc-coast{stroke:$ink}
.oc a:focus-visible :is(.oc-land,.oc-coast,.oc-blank,.oc-dot){fill:$glow;stroke:$ink}
.oc-skip:focus-visible{opacity:1}
.oc a:focus-visible text{text-decoration:underline}
"""


def _rules() -> str:
    series = "".join(f".oc-s{n}{{color:$s{n}}}\n.oc .oc-t{n}{{fill:$t{n}}}\n" for n in range(1, LINE_COLOURS + 1))
    steps = "".join(f".oc-q{n}{{fill:$q{n}}}\n" for n in range(STEPS + 1))
    return _RULES.strip() + "\n" + series + steps


def _with_properties() -> str:
    """The rules in terms of custom properties, which a page may set, with defaults for both themes."""

    def defaults(theme: Theme) -> str:
        return "".join(f"--oc-{name}:var(--chart-{name},{colour});" for name, colour in TOKENS[theme].items())

    rules = re.sub(r"\$(\w+)", r"var(--oc-\1)", _rules() + _INTERACTION.strip())
    dark = f"@media screen and (prefers-color-scheme:dark){{.oc{{{defaults('dark')}}}}}"
    return f".oc{{{defaults('light')}}}\n{dark}\n{rules}"


STYLESHEET = _with_properties()
"""Stands in every chart, and may stand in the page's stylesheet instead."""

STYLESHEET_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLESHEET.encode()).digest()).decode()
"""The source expression with which a content security policy allows `STYLESHEET` inside a page."""

FONTS = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Liberation Sans',Arial,sans-serif"
"""What a chart that stands alone is set in: whatever the reader's system has."""


def resolved_stylesheet(theme: Theme, *, fonts: str) -> str:
    """The rules with the colours of one theme and named fonts, without custom properties or interaction."""
    tokens = TOKENS[theme]
    rules = re.sub(r"\$(\w+)", lambda match: tokens[match[1]], _rules())
    return rules.replace("var(--chart-font,inherit)", fonts)
