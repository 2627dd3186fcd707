"""The key of a time chart, made from what was drawn in it."""

from collections.abc import Sequence

from observatory.harmonisation.comparability import Verdict
from observatory.publishing.charts.drawing import px
from observatory.publishing.charts.glyphs import absence_glyph, absence_words, marker
from observatory.publishing.charts.lines import Seen
from observatory.publishing.charts.looks import Look
from observatory.publishing.charts.naming import flag_words
from observatory.publishing.charts.notes import KeyEntry
from observatory.publishing.charts.segments import Joint


def signs_of_tellers(tellers: Sequence[tuple[int, str]], *, seen: Seen) -> list[KeyEntry]:
    """Whose lines have which pattern: (pattern, names), none where no line is drawn in any but the first."""
    drawn = [(pattern, names) for pattern, names in tellers if pattern in seen.patterns]
    looks = [(Look(colour=None, shape=0, pattern=pattern), names) for pattern, names in drawn if seen.patterns != {0}]
    return [KeyEntry(sample=f'<path class="{look.line_class}" d="M-11 0H11"/>', words=names) for look, names in looks]


def signs_of_lines(seen: Seen) -> list[KeyEntry]:
    """What joins points, and what does not."""
    entries = []
    if Joint.DASHED in seen.joints:
        words = "estimated, provisional or forecast"
        entries.append(KeyEntry(sample='<path class="oc-soft" d="M-10 0H10"/>', words=words))
    if Joint.BRIDGE in seen.joints:
        entries.append(KeyEntry(sample='<path class="oc-bridge" d="M-9 0H10"/>', words="no figure in between"))
    if Joint.BREAK in seen.joints:
        sign = '<path class="oc-cut" d="M-3.5 4.5l4-9m3 0l-4 9"/>'
        entries.append(KeyEntry(sample=sign, words="break in the series: not joined"))
    if seen.intervals:
        sign = '<path class="oc-whisker" d="M-3-5h6M0-5V5M-3 5h6"/>'
        entries.append(KeyEntry(sample=sign, words="interval given by the source"))
    return entries


def signs_of_marks(seen: Seen) -> list[KeyEntry]:
    """What marks say beside their value, and each kind of nothing that occurs."""
    entries = []
    if seen.flags:
        words = f"the source remarks: {flag_words(seen.flags)}"
        entries.append(KeyEntry(sample=_marks(seen, "flags", within=""), words=words))
    if Verdict.INDICATIVE in seen.verdicts:
        sample = _marks(seen, Verdict.INDICATIVE, within=marker(0, x=0, y=0, radius=1.1))
        entries.append(KeyEntry(sample=sample, words="indicative"))
    if Verdict.NOT_COMPARABLE in seen.verdicts:
        slash = '<path class="oc-slash" d="M-4.6 4.6l9.2-9.2"/>'
        sample = _marks(seen, Verdict.NOT_COMPARABLE, within=slash)
        entries.append(KeyEntry(sample=sample, words="counted differently: not comparable"))
    return entries + [
        KeyEntry(sample=absence_glyph(absence, x=0, y=0), words=absence_words(absence).lower())
        for absence in sorted(seen.absences)
    ]


def _marks(seen: Seen, what: str, *, within: str) -> str:
    """Up to two hollow marks of the shapes that say this on the chart, as large as their series draw them."""
    shapes = seen.shapes.get(what, [0])[:2]
    starts = (0.0,) if len(shapes) == 1 else (-5.5, 5.5)
    return "".join(
        f'<g transform="translate({px(x)} 0)">{marker(shape, x=0, y=0, radius=3.4, kind="oc-hollow")}{within}</g>'
        for x, shape in zip(starts, shapes, strict=True)
    )
