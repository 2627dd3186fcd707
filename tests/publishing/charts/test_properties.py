"""Whatever the figure: no chart fails, no point is lost or doubled, and no line joins what must not be joined."""

from collections import Counter
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from observatory.codelists.absences import Absence
from observatory.codelists.areas import AreaKind, areas
from observatory.codelists.flags import Flag
from observatory.harmonisation.comparability import COMPARABLE
from observatory.observations.period import period_end
from observatory.publishing.charts.drawing import safe
from observatory.publishing.charts.map_chart import map_chart
from observatory.publishing.charts.naming import point_name
from observatory.publishing.charts.ranking_chart import ranking_chart
from observatory.publishing.charts.sparkline import sparkline
from observatory.publishing.charts.time_chart import time_chart
from observatory.publishing.charts.vega import vega_lite
from observatory.publishing.figures.figure import Figure, Point, Series
from observatory.publishing.figures.standings import standings
from observatory.publishing.sentences.alternatives import text_alternative
from observatory.publishing.sentences.reading import reading_sentence
from tests.publishing.charts.made_up import INDICATIVE, PUBLIC_ONLY, figure, point, series
from tests.publishing.charts.reading_svg import SVG, marks, names, root_of, strokes, texts

COUNTRIES = sorted(area.id for area in areas().values() if area.kind is AreaKind.COUNTRY)
YEARS = [str(year) for year in range(1998, 2024)]
MONTHS = [f"{year}-{month:02d}" for year in (2019, 2020, 2021) for month in range(1, 13)]
QUARTERS = [f"{year}-Q{quarter}" for year in range(2015, 2022) for quarter in (1, 2, 3, 4)]
MIXED = [
    "2006/2008",
    "2009/2011",
    "2013-06-30",
    "2014-06-30",
    "2015-12-31",
    "2016-S1",
    "2016-S2",
    "2018",
    "2019-W07",
    "2020-03",
]
NUMBERS = st.one_of(
    st.just(0.0),
    st.floats(min_value=0.001, max_value=90.0),
    st.floats(min_value=-50.0, max_value=1e9).filter(lambda value: abs(value) > 1e-6),
)
WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


@st.composite
def points(draw: st.DrawFn, period: str, *, answers: bool) -> Point:
    figure_or_answer = st.sampled_from(["Yes", "No", "Don't know"]) if answers else NUMBERS
    value = draw(st.one_of(figure_or_answer, figure_or_answer, st.sampled_from(Absence)))
    bounded = isinstance(value, float) and draw(st.booleans())
    return point(
        period,
        value,
        flags=draw(st.frozensets(st.sampled_from(Flag), max_size=2)),
        comparability=draw(st.sampled_from([COMPARABLE, COMPARABLE, PUBLIC_ONLY, INDICATIVE])),
        low=value - abs(value) / 3 if bounded else None,
        high=value + abs(value) / 2 if bounded else None,
        breaks=draw(st.sampled_from(["", "", "", "the source marks a break"])),
        comment=draw(WORDS),
    )


@st.composite
def serieses(draw: st.DrawFn, area: str, *, answers: bool, years: list[str]) -> Series:
    periods = sorted(draw(st.sets(st.sampled_from(years), max_size=12)), key=period_end)
    provider = draw(st.sampled_from(["oecd", "oecd", "who"]))
    return series(area, *[draw(points(period, answers=answers)) for period in periods], provider=provider)


@st.composite
def figures(draw: st.DrawFn, *, answers: bool | None = None, years_only: bool = False) -> Figure:
    categorical = draw(st.booleans()) if answers is None else answers
    chosen = draw(st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=6))
    rest = draw(st.lists(st.sampled_from(COUNTRIES), unique=True, max_size=12).map(lambda ids: set(ids) - set(chosen)))
    year = draw(st.none() | st.integers(min_value=1998, max_value=2023))
    periods = YEARS if years_only else draw(st.sampled_from([YEARS, YEARS, MONTHS, QUARTERS, MIXED]))
    return figure(
        *[draw(serieses(area, answers=categorical, years=periods)) for area in chosen],
        others=[draw(serieses(area, answers=categorical, years=[str(year)])) for area in sorted(rest)] if year else [],
        year=year,
        unit=draw(st.sampled_from(["per_million", "percent", "number", "per_device", "patients"])),
        title=draw(st.sampled_from(["MRI units per million inhabitants", "Coverage", "X", "Patients waiting for CT"])),
        categorical=categorical,
    )


@given(figures(), st.sampled_from([320, 360, 720]))
@settings(max_examples=60, deadline=None)
def test_no_chart_fails_and_every_text_stands_inside(shown: Figure, width: int) -> None:
    charts = [
        time_chart(shown, width=width),
        ranking_chart(shown, width=width, limit=8),
        map_chart(shown, width=width),
        map_chart(shown, view="world", width=width),
    ]
    for chart in charts:
        outside = [
            text
            for text in texts(root_of(chart))
            if text.left < -1 or text.right > width + 1 or not 6 <= text.baseline <= chart.height
        ]
        assert not outside, (chart.prefix, outside)


@given(figures())
@settings(max_examples=60, deadline=None)
def test_every_point_of_the_chosen_series_is_drawn_exactly_once(shown: Figure) -> None:
    expected = Counter(
        " ".join(unescape(safe(point_name(one, at, unit=shown.unit))).split())
        for one in shown.series
        for at in one.points
    )
    drawn: Counter[str] = Counter()
    labels = sorted((one.label for one in shown.series), key=len, reverse=True)
    for name in names(root_of(time_chart(shown))):
        own, _, alike = " ".join(name.split()).partition(". The same holds for ")
        drawn[own] += 1
        for label in labels:  # A country may have an "and" in its name.
            if label in alike:
                drawn[own.replace(own.partition(",")[0], label, 1)] += 1
                alike = alike.replace(label, "", 1)
    assert drawn == expected


@given(figures(answers=False, years_only=True))
@settings(max_examples=60, deadline=None)
def test_no_line_joins_over_a_missing_year_or_a_break(shown: Figure) -> None:
    root = root_of(time_chart(shown))
    place_of = {place: name for group in root.iter(f"{SVG}g") for place, name in marks(group).items()}
    for path in root.iter(f"{SVG}path"):
        if path.get("class", "").partition(" ")[0] in ("oc-line", "oc-soft"):
            for start, end in strokes(path.get("d", "")):
                assert start in place_of
                assert end in place_of
    joined = [
        stroke
        for path in root.iter(f"{SVG}path")
        if path.get("class", "").partition(" ")[0] in ("oc-line", "oc-soft")
        for stroke in strokes(path.get("d", ""))
    ]
    assert len(joined) == sum(len(_years_that_may_be_joined(one)) for one in shown.series)


@given(st.sampled_from(COUNTRIES).flatmap(lambda area: serieses(area, answers=False, years=YEARS)))
@settings(max_examples=80, deadline=None)
def test_the_strokes_of_a_series_end_in_the_years_they_should(one: Series) -> None:
    root = root_of(time_chart(figure(one)))
    group = next((group for group in root.iter(f"{SVG}g") if marks(group)), None)
    year_at = {place: _year(name, one) for place, name in marks(group).items()} if group is not None else {}
    joined = {
        (year_at[start], year_at[end])
        for path in root.iter(f"{SVG}path")
        if path.get("class", "").partition(" ")[0] in ("oc-line", "oc-soft")
        for start, end in strokes(path.get("d", ""))
    }
    assert joined == {(year - 1, year) for year in _years_that_may_be_joined(one)}


@given(figures(answers=False))
@settings(max_examples=40, deadline=None)
def test_every_area_with_a_point_in_the_year_stands_once(shown: Figure) -> None:
    everyone = standings(shown)
    stand = [*everyone.placed, *everyone.not_comparable, *everyone.set_apart, *everyone.absent]
    assert len({id(one.series) for one in stand}) == len(stand)
    lines = " | ".join(text.words for text in texts(root_of(ranking_chart(shown, width=1200))))
    assert all(one.series.area.name in lines for one in stand if shown.year is not None)


@given(figures())
@settings(max_examples=80, deadline=None)
def test_there_is_always_one_sentence_and_it_never_judges(shown: Figure) -> None:
    sentence = reading_sentence(shown)
    assert sentence[0] == sentence[0].upper()
    assert sentence.endswith(".")
    assert "None" not in sentence
    assert not {"only", "still", "good", "poor", "bad", "lagging", "just"} & set(
        sentence.replace("public sector only", "").split()
    )
    assert shown.source_line in text_alternative(shown)
    vega_lite(shown)
    for one in shown.series:
        assert sparkline(one, unit=shown.unit).startswith("<svg")


def _years_that_may_be_joined(one: Series) -> set[int]:
    """The naive rule: a year joins the year before it where both have a number and the series does not break."""
    values = {int(at.period): at for at in one.points if at.value is not None}
    return {year for year, at in values.items() if year - 1 in values and not at.breaks}


def _year(name: str, one: Series) -> int:
    return int(name.removeprefix(f"{one.area.name}, ")[:4])
