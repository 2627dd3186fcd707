"""An observation survives the way into columns and back, whatever a provider wrote."""

from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from observatory.codelists.absences import Absence
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.codelists.flags import Flag, join_flags, split_flags
from observatory.observations.observation import (
    CONTENT,
    KEY,
    SCHEMA,
    Observation,
    data_dictionary,
    from_frame,
    to_frame,
)

TEXT = st.text(max_size=30)
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
DAYS = st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
FLAGS = st.frozensets(st.sampled_from(Flag))

OBSERVATIONS = st.builds(
    Observation,
    indicator=st.just("mri"), provider=st.just("oecd"), method=st.just("published"), area=st.just("FIN"),
    period=st.just("2019"), setting=st.sampled_from(Setting), sector=st.sampled_from(Sector), sex=st.sampled_from(Sex),
    age=st.just("all"), detail=TEXT, value=NUMBERS, category=st.one_of(st.none(), TEXT.filter(bool)),
    absence=st.one_of(st.none(), st.sampled_from(Absence)), unit=st.just("number"),
    multiplier=st.integers(min_value=-9, max_value=9), flags=FLAGS, provider_flags=TEXT, comment=TEXT, low=NUMBERS,
    high=NUMBERS, seen_from=DAYS, seen_to=DAYS, dataset=st.just("d"), origin=st.just("o"),
    row=st.integers(min_value=1, max_value=2**32 - 1), cell=TEXT, steps=TEXT,
)  # fmt: skip


@given(observations=st.lists(OBSERVATIONS, max_size=5))
def test_an_observation_survives_the_way_into_columns_and_back(observations: list[Observation]) -> None:
    assert from_frame(to_frame(observations)) == observations


@given(flags=FLAGS)
def test_a_set_of_flags_is_one_string_and_no_order_matters(flags: frozenset[Flag]) -> None:
    assert split_flags(join_flags(sorted(flags, reverse=True))) == flags


def test_columns_fields_and_data_dictionary_are_the_same_list() -> None:
    names = [field.name for field in fields(Observation)]

    assert list(SCHEMA) == names
    assert list(data_dictionary()) == names
    assert {*KEY, *CONTENT} <= set(names)
    assert all(text.endswith(".") for text in data_dictionary().values())
