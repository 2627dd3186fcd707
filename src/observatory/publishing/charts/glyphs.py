"""Small signs: a marker for each series, a sign for each kind of nothing, patterns for maps and bars.

Each absence has its own sign, drawn in strokes so that it survives greyscale and a photocopier: a dash where nothing
was reported, a clock where the figure is not due, a blackened line where it is confidential. On maps the same sign is
strewn over the country, so a reader learns eight signs once.
"""

from functools import cache

from observatory.codelists.absences import MEANINGS, Absence
from observatory.publishing.charts.drawing import px

_SHAPES = (
    # Circle, square, triangle, diamond, inverted triangle and cross, of about equal area at a radius of one.
    ((-1.0, 0.0), "a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z"),
    ((-0.88, -0.88), ((1.76, 0), (0, 1.76), (-1.76, 0))),
    ((0.0, -1.25), ((1.2, 2.1), (-2.4, 0))),
    ((0.0, -1.3), ((1.3, 1.3), (-1.3, 1.3), (-1.3, -1.3))),
    ((0.0, 1.25), ((1.2, -2.1), (-2.4, 0))),
    (
        (-0.42, -1.2),
        (
            (0.84, 0),
            (0, 0.78),
            (0.78, 0),
            (0, 0.84),
            (-0.78, 0),
            (0, 0.78),
            (-0.84, 0),
            (0, -0.78),
            (-0.78, 0),
            (0, -0.84),
            (0.78, 0),
        ),
    ),
)
SHAPES = len(_SHAPES)
"""Markers there are."""

_ABSENCE_PATHS = {
    # In a square from -4 to 4.
    Absence.NOT_COLLECTED: "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z",
    Absence.NOT_REPORTED: "M-3.4 0H3.4",
    Absence.NOT_YET_DUE: "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0zM0-2V0H1.7",
    Absence.SUPPRESSED: "M-3.4-1.9H3.4V1.9H-3.4z",
    Absence.NOT_APPLICABLE: "M-2.7-2.7L2.7 2.7M-2.7 2.7L2.7-2.7",
    Absence.BELOW_THRESHOLD: "M2.6-3.2L-2.6 0L2.6 3.2",
    Absence.SOURCE_RETIRED: "M-3.4 0H1.6M1.6-3.2V3.2M3.6-3.2V3.2",
    Absence.UNREADABLE: "M-2-1.7C-1.8-4.4 2.1-4.2 2-1.6C1.9-.3 0 0 0 1.4M0 3.5V3.6",
}
UPPER_STEPS = frozenset({"oc-q4", "oc-q5", "oc-q6"})
"""Classes of fills on which lines and letters are drawn in the colour of the paper."""


@cache
def marker_steps(shape: int, radius: float) -> str:
    """The path of a marker, to be drawn after moving to its centre."""
    (x, y), rest = _SHAPES[shape % SHAPES]
    start = f"m{_r(x * radius)} {_r(y * radius)}"
    if isinstance(rest, str):
        return start + rest.format(r=_r(radius), d=_r(2 * radius))
    return f"{start}l{' '.join(f'{_r(dx * radius)} {_r(dy * radius)}' for dx, dy in rest)}z"


def marker(shape: int, *, x: float, y: float, radius: float, kind: str = "oc-mark") -> str:
    """A marker at a place."""
    return f'<path class="{kind}" d="M{px(x)} {px(y)}{marker_steps(shape, radius)}"/>'


def absence_glyph(absence: Absence, *, x: float, y: float, scale: float = 1.0) -> str:
    """The sign of a kind of nothing, eight pixels wide at a scale of one, centred at a place."""
    kind = {Absence.SUPPRESSED: "oc-gone-full", Absence.NOT_COLLECTED: "oc-gone oc-dotted"}.get(absence, "oc-gone")
    size = f" scale({_r(scale)})" if scale != 1 else ""
    return f'<path class="{kind}" transform="translate({px(x)} {px(y)}){size}" d="{_ABSENCE_PATHS[absence]}"/>'


def absence_words(absence: Absence) -> str:
    """The name of a kind of nothing, as keys and lists print it."""
    return MEANINGS[absence].partition(":")[0]


def hatch_pattern(pattern_id: str, *, base: str, scale: float = 1.0) -> str:
    """Diagonal lines over a fill: what is counted differently. `base` is the class of the fill.

    The lines are ink on the lower steps of a map's scale and paper on the upper ones, so that they show on all.
    """
    lines = "oc-hatch-over" if base in UPPER_STEPS else "oc-hatch"
    return (
        f'<pattern id="{pattern_id}" width="6" height="6" patternUnits="userSpaceOnUse"'
        f' patternTransform="scale({scale:.3g}) rotate(45)"><path class="{base}" d="M0 0h6v6h-6z"/>'
        f'<path class="{lines}" stroke-width="1.5" d="M1 0v6"/></pattern>'
    )


def absence_pattern(pattern_id: str, absence: Absence, *, scale: float = 1.0) -> str:
    """The sign of a kind of nothing strewn over blank ground."""
    sign = absence_glyph(absence, x=6, y=6)
    return (
        f'<pattern id="{pattern_id}" width="12" height="12" patternUnits="userSpaceOnUse"'
        f' patternTransform="scale({scale:.3g})"><path class="oc-blank" stroke-width="0" d="M0 0h12v12h-12z"/>'
        f'<g class="oc-muted">{sign}</g></pattern>'
    )


def _r(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-0.", "-.") or "0"
