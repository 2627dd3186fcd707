"""One series on a time chart: its line where there is one, its marks, its intervals, its breaks, its absences."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.charts.drawing import px, titled
from observatory.publishing.charts.glyphs import absence_glyph, marker
from observatory.publishing.charts.looks import GREY, Look
from observatory.publishing.charts.naming import Address, address_of, point_name
from observatory.publishing.charts.note_numbers import Box, draw_number
from observatory.publishing.charts.notes import Reasons
from observatory.publishing.charts.scales import Scale
from observatory.publishing.charts.segments import Joint, Segment, segments
from observatory.publishing.figures.figure import Point, Series
from observatory.publishing.figures.wording import list_text, period_text

DENSE = 7.0
"""Below this distance between points, in pixels, plain points are dots and intervals are a band."""


@dataclass(kw_only=True)
class Seen:
    """What has been drawn so far, so that the key can explain it."""

    joints: set[Joint] = field(default_factory=set)
    """Kinds of joints."""
    flags: set[Flag] = field(default_factory=set)
    """Flags behind hollow marks."""
    verdicts: set[Verdict] = field(default_factory=set)
    """Verdicts of the points."""
    absences: set[Absence] = field(default_factory=set)
    """Kinds of nothing."""
    patterns: set[int] = field(default_factory=set)
    """Patterns of the lines between figures."""
    intervals: bool = False
    """Whether an interval was drawn."""
    reasons: Reasons = field(default_factory=Reasons)
    """Numbered reasons of breaks and of figures that do not compare."""
    shapes: dict[str, list[int]] = field(default_factory=dict)
    """What a mark says beside its value ("flags", or a verdict) → shapes of the marks that say it."""
    taken: list[Box] = field(default_factory=list)
    """Boxes of marks and numbers, which no further number may cover."""

    def note(self, what: str, shape: int) -> None:
        """Remember that a mark of this shape says something beside its value."""
        known = self.shapes.setdefault(what, [])
        if shape not in known:
            known.append(shape)


@dataclass(frozen=True, kw_only=True)
class Plot:
    """The area lines are drawn in."""

    x: Scale
    """Day, as an ordinal, → pixel."""
    y: Scale
    """Value → pixel."""
    spacing: float
    """Typical distance between neighbouring points, in pixels."""
    unit: str
    """Unit of the figure."""
    href: Address | None
    """Where a point's row is found."""

    def at(self, point: Point) -> tuple[float, float]:
        """The place of a point with a value."""
        return self.x(point.on.toordinal()), self.y(point.value or 0.0)


def draw_grey_series(series: Series, *, plot: Plot) -> str:
    """A series in the background: one path, without marks of its own; a single point is a dot."""
    steps = []
    last: Point | None = None
    joined = {id(one.end) for one in segments(series.points) if one.joint in (Joint.SOLID, Joint.DASHED)}
    for point in series.points:
        if point.value is None:
            continue
        x, y = plot.at(point)
        steps.append(f"L{px(x)} {px(y)}" if id(point) in joined and last is not None else f"M{px(x)} {px(y)}h0")
        last = point
    if not steps:
        return ""
    return titled(series.label, f'<path class="oc-line" d="{"".join(steps)}"/>', address=None, kind=GREY.colour_class)


def draw_lines(series: Series, look: Look, *, plot: Plot, seen: Seen) -> str:
    """What stands under the marks of a chosen series: intervals, bridges, lines."""
    parts = [_intervals(series.points, plot=plot, seen=seen)]
    joints = segments(series.points)
    for joint, kind in ((Joint.BRIDGE, "oc-bridge"), (Joint.SOLID, look.line_class), (Joint.DASHED, "oc-soft")):
        if path := _path([one for one in joints if one.joint is joint], plot=plot):
            parts.append(f'<path class="{kind}" d="{path}"/>')
            seen.joints.add(joint)
            if joint is Joint.SOLID:
                seen.patterns.add(look.pattern)
    return f'<g class="{look.colour_class}">{"".join(parts)}</g>'


def draw_marks(series: Series, look: Look, *, plot: Plot, seen: Seen) -> str:
    """The figures of a chosen series, each with its name, and its breaks with their numbers."""
    parts = []
    for one in segments(series.points):
        if one.joint is Joint.BREAK:
            (ax, ay), (bx, by) = plot.at(one.start), plot.at(one.end)
            parts.append(_cut(series, one.end, one.reasons, x=(ax + bx) / 2, y=(ay + by) / 2, seen=seen))
    parts += _marks(series, look, plot=plot, seen=seen)
    return f'<g class="{look.colour_class}">{"".join(parts)}</g>'


def draw_absences(series: Series, look: Look, *, plot: Plot, y: float, seen: Seen, alike: Sequence[Series] = ()) -> str:
    """The absences of a series as signs in one row of the strip below the plot; those `alike` lack the same.

    Where points stand close, signs shrink, and of a run of the same kind only as many are drawn as have room; the
    others are dots, so that each missing period still has its mark and its name.
    """
    scale = max(0.65, min(1.0, plot.spacing / 9))
    parts = []
    free, kind = float("-inf"), None
    for point in series.points:
        if point.absence is None or point.value is not None:
            continue
        seen.absences.add(point.absence)
        x = plot.x(point.on.toordinal())
        if x >= free or point.absence is not kind:
            sign = absence_glyph(point.absence, x=x, y=y, scale=scale)
            free, kind = x + 8.4 * scale, point.absence
        else:
            sign = f'<path class="oc-gone" d="M{px(x)} {px(y)}h0"/>'
        hit = f'<rect class="oc-hit" x="{px(x - 4)}" y="{px(y - 6)}" width="8" height="12"/>'
        name = point_name(series, point, unit=plot.unit)
        if alike:
            name += f". The same holds for {list_text([one.label for one in alike])}"
        parts.append(titled(name, hit + sign, address=address_of(series, point, plot.href), kind="oc-p"))
    return f'<g class="{look.colour_class}">{"".join(parts)}</g>'


def _path(joined: Sequence[Segment], *, plot: Plot) -> str:
    steps = []
    last: Point | None = None
    for one in joined:
        if one.start is not last:
            x, y = plot.at(one.start)
            steps.append(f"M{px(x)} {px(y)}")
        x, y = plot.at(one.end)
        steps.append(f"L{px(x)} {px(y)}")
        last = one.end
    return "".join(steps)


def _cut(series: Series, point: Point, reasons: Sequence[str], *, x: float, y: float, seen: Seen) -> str:
    """Two short strokes, with the numbers of the reasons."""
    seen.joints.add(Joint.BREAK)
    place = f"{series.label} {period_text(point.period)}"
    numbers = ",".join(str(seen.reasons.number(reason, place=place)) for reason in reasons)
    strokes = f'<path class="oc-cut" d="M{px(x - 3.5)} {px(y + 4.5)}l4-9m3 0l-4 9"/>'
    words = f"Break before {place}: {'; '.join(reasons)}"
    seen.taken.append((x - 4, y - 5, x + 4, y + 5))
    return titled(words, strokes + draw_number(numbers, x=x, y=y, taken=seen.taken), address=None)


def _marks(series: Series, look: Look, *, plot: Plot, seen: Seen) -> list[str]:
    parts = []
    reason, first = "", True
    for point in series.points:
        if point.value is None:
            continue
        x, y = plot.at(point)
        if first and point.breaks:
            parts.append(_cut(series, point, [point.breaks], x=x - 8, y=y, seen=seen))
        first = False
        hit = f'<circle class="oc-hit" cx="{px(x)}" cy="{px(y)}" r="{px(max(4.0, min(10.0, plot.spacing)))}"/>'
        mark = hit + _mark(point, look, x=x, y=y, plot=plot, seen=seen)
        if point.comparability.reason != reason:
            reason = point.comparability.reason
            if reason:
                footnote = seen.reasons.number(reason, place=f"{series.label} from {period_text(point.period)}")
                mark += draw_number(str(footnote), x=x, y=y, taken=seen.taken)
        name = point_name(series, point, unit=plot.unit)
        parts.append(titled(name, mark, address=address_of(series, point, plot.href), kind="oc-p"))
    return parts


def _mark(point: Point, look: Look, *, x: float, y: float, plot: Plot, seen: Seen) -> str:
    """Full where the figure is plain, hollow where something must be said, crossed where it does not compare."""
    shape = look.shape
    radius = 1.5 if plot.spacing < DENSE else min(3.4, 1.9 + plot.spacing / 16)
    verdict = point.comparability.verdict
    remarks = point.flags - {Flag.BREAK}
    seen.verdicts.add(verdict)
    seen.flags |= remarks
    if remarks:
        seen.note("flags", shape)
    seen.note(verdict, shape)
    if verdict is Verdict.COMPARABLE and not remarks:
        return marker(shape, x=x, y=y, radius=radius)
    size = max(radius + 0.4, 2.6)
    hollow = marker(shape, x=x, y=y, radius=size, kind="oc-hollow")
    if verdict is Verdict.NOT_COMPARABLE:
        reach = size + 1.2
        return f'{hollow}<path class="oc-slash" d="M{px(x - reach)} {px(y + reach)}l{px(2 * reach)}-{px(2 * reach)}"/>'
    if verdict is Verdict.INDICATIVE:
        return hollow + marker(0, x=x, y=y, radius=1.1)
    return hollow


def _intervals(points: Sequence[Point], *, plot: Plot, seen: Seen) -> str:
    """Bounds as whiskers, or as one band a run where points stand close."""
    bounded = [p for p in points if p.value is not None and p.low is not None and p.high is not None]
    if not bounded:
        return ""
    seen.intervals = True
    if plot.spacing >= DENSE:
        return f'<path class="oc-whisker" d="{"".join(_whisker(p, plot=plot) for p in bounded)}"/>'
    runs: list[list[Point]] = []
    joined = {id(one.end): one.start for one in segments(points) if one.joint in (Joint.SOLID, Joint.DASHED)}
    for p in bounded:
        if runs and joined.get(id(p)) is runs[-1][-1]:
            runs[-1].append(p)
        else:
            runs.append([p])
    whiskers = "".join(_whisker(run[0], plot=plot) for run in runs if len(run) == 1)
    bands = "".join(_band(run, plot=plot) for run in runs if len(run) > 1)
    return f'<path class="oc-band" d="{bands}"/>' + (f'<path class="oc-whisker" d="{whiskers}"/>' if whiskers else "")


def _whisker(point: Point, *, plot: Plot) -> str:
    x = plot.x(point.on.toordinal())
    low, high = plot.y(point.low or 0.0), plot.y(point.high or 0.0)
    return f"M{px(x - 2.5)} {px(high)}h5M{px(x)} {px(high)}V{px(low)}M{px(x - 2.5)} {px(low)}h5"


def _band(run: Sequence[Point], *, plot: Plot) -> str:
    places = [(plot.x(p.on.toordinal()), plot.y(p.low or 0.0), plot.y(p.high or 0.0)) for p in run]
    upper = "L".join(f"{px(x)} {px(high)}" for x, _, high in places)
    lower = "L".join(f"{px(x)} {px(low)}" for x, low, _ in reversed(places))
    return f"M{upper}L{lower}z"
