"""Reference periods in every provider's spelling."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.observations.period import PeriodKind, normalise_period, period_end, period_kind, period_year


@pytest.mark.parametrize(
    ("spelling", "canonical", "kind", "end"),
    [
        ("2019 ", "2019", PeriodKind.YEAR, date(2019, 12, 31)),
        ("2019S1", "2019-S1", PeriodKind.HALF_YEAR, date(2019, 6, 30)),
        ("2019-Q3", "2019-Q3", PeriodKind.QUARTER, date(2019, 9, 30)),
        ("2020M02", "2020-02", PeriodKind.MONTH, date(2020, 2, 29)),
        ("202002", "2020-02", PeriodKind.MONTH, date(2020, 2, 29)),
        ("2019W7", "2019-W07", PeriodKind.WEEK, date(2019, 2, 17)),
        ("20190331", "2019-03-31", PeriodKind.DAY, date(2019, 3, 31)),
        ("2006_2008", "2006/2008", PeriodKind.INTERVAL, date(2008, 12, 31)),
    ],
)
def test_every_spelling_has_one_canonical_form(spelling: str, canonical: str, kind: PeriodKind, end: date) -> None:
    assert normalise_period(spelling) == canonical
    assert normalise_period(canonical) == canonical
    assert (period_kind(canonical), period_end(canonical), period_year(canonical)) == (kind, end, end.year)


@pytest.mark.parametrize("text", ["", "19", "2019-13", "2019Q5", "2019-02-30", "2008_2006", "next year", "2019W54"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        normalise_period(text)


@given(day=st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_its_own_end(day: date) -> None:
    assert period_end(normalise_period(day.isoformat())) == day
