"""The figure as a Vega-Lite specification, for those who want to restyle it in their own tools.

Every point travels with its flags, its absence and its comparability, and lines carry the number of their run, so that
a foreign renderer does not join what this one cuts.
"""

from observatory.codelists.flags import join_flags
from observatory.codelists.units import get_unit
from observatory.observations.period import PeriodKind, period_kind
from observatory.publishing.charts.colours import LINE_COLOURS, TOKENS
from observatory.publishing.charts.lettering import wrap
from observatory.publishing.charts.segments import Joint, segments
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.reading import reading_sentence

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
"""Version 5 of the language."""

_WIDTH = 640
_TOOLTIP = ("series", "period", "value", "category", "absence", "flags", "verdict", "reason", "breaks", "provider")


def vega_lite(figure: Figure) -> dict[str, object]:
    """A Vega-Lite v5 specification of the chosen series over time, with all data inside."""
    return {
        "$schema": SCHEMA,
        "title": {"text": figure.heading, "subtitle": _subtitle(figure), "anchor": "start"},
        "description": text_alternative(figure, view="time"),
        "usermeta": {"source": figure.source_line, "indicator": figure.indicator, "unit": figure.unit},
        "width": _WIDTH,
        "data": {"values": [row for one in figure.series for row in _rows(one)]},
        **(_answers() if figure.categorical else _lines(figure)),
    }


def _lines(figure: Figure) -> dict[str, object]:
    """Lines that break where ours do, hollow marks where the source remarks something, intervals as rules."""
    palette = [TOKENS["light"][f"s{n}"] for n in range(1, LINE_COLOURS + 1)]
    x = {"field": "date", "type": "temporal", "scale": {"type": "utc"}, "axis": {"title": None, "format": "%Y"}}
    y = {"field": "value", "type": "quantitative", "title": get_unit(figure.unit).name, "scale": {"zero": True}}
    colour = {"field": "series", "type": "nominal", "title": None, "sort": None, "scale": {"range": palette}}
    remarked = "datum.flags !== '' || datum.verdict !== 'comparable'"
    return {
        "height": 320,
        "encoding": {"x": x, "color": colour},
        "layer": [
            {
                "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
                "mark": {"type": "rule", "opacity": 0.5},
                "encoding": {"y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": {"type": "line"},
                "encoding": {"y": y, "detail": {"field": "run", "type": "nominal"}},
            },
            {
                "transform": [{"filter": "isValid(datum.value)"}],
                "mark": {"type": "point", "size": 36, "strokeWidth": 1.5},
                "encoding": {
                    "y": y,
                    "shape": {"field": "series", "type": "nominal", "title": None, "sort": None},
                    "fill": {
                        "condition": {"test": remarked, "value": TOKENS["light"]["paper"]},
                        **colour,
                        "legend": None,
                    },
                    "tooltip": _tooltip(),
                },
            },
        ],
    }


def _answers() -> dict[str, object]:
    return {
        "mark": {"type": "rect", "stroke": TOKENS["light"]["paper"]},
        "encoding": {
            "x": {"field": "period", "type": "ordinal", "title": None},
            "y": {"field": "series", "type": "nominal", "title": None, "sort": None},
            "color": {"field": "category", "type": "nominal", "title": "answer"},
            "tooltip": _tooltip(),
        },
    }


def _tooltip() -> list[dict[str, str]]:
    return [{"field": name, "type": "quantitative" if name == "value" else "nominal"} for name in _TOOLTIP]


def _subtitle(figure: Figure) -> list[str]:
    """The reading sentence in lines as wide as the drawing."""
    return wrap(reading_sentence(figure), width=_WIDTH, size=12)


def _day(point: Point) -> str:
    """Where a point stands: a year at its first day, where foreign time axes write its number."""
    if period_kind(point.period) in (PeriodKind.YEAR, PeriodKind.INTERVAL):
        return f"{point.on.year}-01-01"
    return point.on.isoformat()


def _rows(series: Series) -> list[dict[str, object]]:
    joined = {id(one.end) for one in segments(series.points) if one.joint in (Joint.SOLID, Joint.DASHED)}
    run = 0
    rows: list[dict[str, object]] = []
    for point in series.points:
        if point.value is not None and id(point) not in joined:
            run += 1
        rows.append(
            {
                "area": series.area.id,
                "series": series.label,
                "provider": series.provider_name,
                "period": point.period,
                "date": _day(point),
                "value": point.value,
                "low": point.low,
                "high": point.high,
                "category": point.category,
                "absence": point.absence.value if point.absence is not None else "",
                "flags": join_flags(point.flags),
                "verdict": point.comparability.verdict.value,
                "reason": point.comparability.reason,
                "breaks": point.breaks,
                "comment": point.comment,
                "run": run,
            }
        )
    return rows
