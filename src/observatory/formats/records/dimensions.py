"""What identifies a record: the names of dimensions, the one that is time, and periods in one spelling.

Files call time TIME_PERIOD, time, Year or YEA, and spell a quarter 2019Q3 or 2019-Q3. A dimension may also be called
`value` or `period`, like a column that every record has: it is then kept as `value_dimension`.
"""

from collections.abc import Iterable
from functools import cache

import polars as pl

from observatory.errors import SourceChanged
from observatory.formats.records.columns import distinct_texts, looked_up
from observatory.observations.period import normalise_period
from observatory.observations.records import RECORD_SCHEMA

_TIME = frozenset({"time_period", "time period", "time", "year", "yea", "period", "date"})
_SUFFIX = "_dimension"


def is_time(name: str) -> bool:
    """Whether a dimension of this name is time.

    >>> is_time("TIME_PERIOD"), is_time("geo")
    (True, False)
    """
    return name.strip().casefold() in _TIME


def own_name(name: str) -> str:
    """The name a dimension or attribute has among records: its own, unless every record has a column of that name.

    >>> own_name("geo"), own_name("value")
    ('geo', 'value_dimension')
    """
    return name + _SUFFIX if name in RECORD_SCHEMA else name


def name_in_file(name: str) -> str:
    """The name that `own_name` was made of.

    >>> name_in_file("value_dimension"), name_in_file("geo")
    ('value', 'geo')
    """
    bare = name.removesuffix(_SUFFIX)
    return bare if bare in RECORD_SCHEMA else name


@cache
def _canonical(text: str) -> str | None:
    try:
        return normalise_period(text)
    except ValueError:
        return None


def canonical_period(text: str, *, file: str, place: str) -> str:
    """One period in the canonical spelling. Raises SourceChanged for what is none."""
    period = _canonical(text)
    if period is None:
        raise SourceChanged(
            "a period is none",
            file=file,
            place=place,
            expected="a year, quarter, month, day or span of years, such as 2019, 2019-Q3 or 2006_2008",
            found=text or "nothing",
            remedy="See whether the provider changed its format.",
        )
    return period


def canonical_periods(column: pl.Series, *, labelled: bool = False) -> tuple[pl.Series, int | None]:
    """A Categorical column of periods in the canonical spelling, and the first index at which there is none.

    Each distinct text is read once; of "2019-03: March 2019" only the code where periods are `labelled`. Where an
    index is returned the column is not to be used.
    """
    texts = distinct_texts(column)
    spelt = {text: _canonical(text.partition(": ")[0] if labelled else text) for text in texts}
    if column.null_count() or None in spelt.values():
        wrong = [text for text, period in spelt.items() if period is None]
        found = column.is_null() | column.cast(pl.String).is_in(wrong)
        return column, int(found.arg_true()[0])
    same = all(text == period for text, period in spelt.items())
    return (column if same else looked_up(column, spelt)), None


def repeated_names(names: Iterable[str]) -> list[str]:
    """The names that occur more than once."""
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
