"""Observations such as no provider ever published, for files that must hold them all the same."""

from datetime import date

from hypothesis import strategies as st

from observatory.codelists.absences import Absence
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.codelists.flags import Flag
from observatory.observations.observation import Observation, to_frame
from observatory.publishing.figures.extract import Extract
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release

HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1",
    "-2.5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "＝1",
    "'quoted",
    "''twice",
    '="x"',
    'a "quoted" word, and a comma',
    "two\r\nlines",
    "one\rreturn",
    "<script>alert(1)</script>",
    "]]>&amp;",
    "_x0041_",
    "NaN",
    "null",
    "12",
    "1e5",
    "a|b",
    " spaces around ",
    "Åland, Curaçao, 中文, 😀",
    "\u2028\u202e",
)

texts = st.one_of(
    st.just(""),
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=40),
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1))


@st.composite
def strange_observations(draw: st.DrawFn) -> Observation:
    """One observation of the small release's MRI indicator, with anything in its texts."""
    absence = draw(st.none() | st.sampled_from(Absence))
    return Observation(
        indicator="mri-units-per-million",
        provider="oecd",
        method="published",
        area=draw(st.sampled_from(["FIN", "DEU", "AUS"])),
        period=draw(st.sampled_from(["2019", "2019-Q3", "2006/2008", "2019-12-31"])),
        setting=draw(st.sampled_from(Setting)),
        sector=draw(st.sampled_from(Sector)),
        sex=draw(st.sampled_from(Sex)),
        age=draw(st.sampled_from(["all", "50-69", "50+"])),
        detail=draw(texts),
        value=None if absence else draw(numbers),
        category=draw(st.none() | texts.filter(bool)),
        absence=absence,
        unit="per_million",
        multiplier=draw(st.integers(min_value=-9, max_value=9)),
        flags=draw(st.frozensets(st.sampled_from(Flag), max_size=5)),
        provider_flags=draw(texts),
        comment=draw(texts),
        low=draw(st.none() | numbers),
        high=draw(st.none() | numbers),
        seen_from=draw(days),
        seen_to=draw(days),
        dataset=draw(st.sampled_from(["tech", "gho"])),
        origin=draw(st.sampled_from(["tech-2021-07-02", "gho-2026-11-24"])),
        row=draw(st.integers(min_value=0, max_value=2**32 - 1)),
        cell=draw(texts),
        steps=draw(texts),
    )


def extract_of(observations: list[Observation], release: Release) -> Extract:
    """An extract that holds these observations."""
    return Extract(
        release=release,
        selection=Selection(indicator="mri-units-per-million"),
        table=to_frame(observations),
        total=len(observations),
        address="https://example.org/api/v1/indicators/mri-units-per-million/observations",
    )
