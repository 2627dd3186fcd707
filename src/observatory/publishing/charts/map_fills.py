"""How the areas of a map are filled: by the class of their value, hatched, or strewn with the sign of an absence."""

from dataclasses import dataclass, field

from observatory.codelists.absences import Absence
from observatory.harmonisation.comparability import Verdict
from observatory.publishing.charts.glyphs import absence_pattern, hatch_pattern
from observatory.publishing.figures.standings import Standing


@dataclass(kw_only=True)
class Fills:
    """How areas are filled, and the patterns that were needed for it."""

    prefix: str
    """Beginning of the patterns' ids."""
    scale: float
    """Pixels a unit of the geometry."""
    patterns: dict[str, str] = field(default_factory=dict)
    """Id → pattern, for areas drawn in units and for dots drawn in pixels."""
    absences: set[Absence] = field(default_factory=set)
    """Kinds of nothing on the map."""

    def of(self, one: Standing | None, kind: str, *, dot: bool) -> str:
        """The attributes that fill an area: a class, or a pattern; `kind` is the class of its value."""
        outline = "oc-dot" if dot else "oc-land"
        point = one.point if one is not None else None
        if point is not None and point.absence is not None:
            self.absences.add(point.absence)
            if dot:
                return 'class="oc-blank oc-dot"'
            name = f"{self.prefix}-{point.absence.value}"
            self.patterns.setdefault(name, absence_pattern(name, point.absence, scale=1 / self.scale))
            return f'class="oc-coast" fill="url(#{name})"'
        if not kind:
            return f'class="oc-blank{" oc-dot" if dot else ""}"'
        if point is not None and point.comparability.verdict is Verdict.NOT_COMPARABLE:
            name = f"{self.prefix}-{kind}{'-dot' if dot else ''}"
            scale = 0.55 if dot else 0.9 / self.scale
            self.patterns.setdefault(name, hatch_pattern(name, base=kind, scale=scale))
            return f'class="{outline}" fill="url(#{name})"'
        return f'class="{outline} {kind}"'
