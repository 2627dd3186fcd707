"""Where a line is cut, whichever years have figures."""

from typing import Any

import pytest

from observatory.catalogue.model import Note
from observatory.codelists.breakdowns import Setting
from observatory.publishing.figures.points import READ, PointBuilder

REGISTRY = Note(
    id="registry",
    area="FIN",
    publisher_id="oecd",
    indicators=["made-up"],
    text="a new registry",
    break_at=2013,
    source="",
)


def breaks(*periods: str) -> list[str]:
    """Why the line is cut before each of several figures, in a country whose registry was new in 2013."""
    builder = PointBuilder(usual_setting=Setting.ALL, several=False)
    told: list[Any] = []
    for period in periods:
        row: dict[str, Any] = dict.fromkeys(READ)
        row |= {
            "period": period,
            "value": 1.0,
            "multiplier": 0,
            "setting": "all",
            "sector": "all",
            "method": "published",
        }
        told.append(builder.point(row, [REGISTRY], before=told[-1] if told else None))
    return [one.breaks for one in told]


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        (("2012", "2013", "2014"), ["", "a new registry", ""]),
        (("2012", "2014", "2015"), ["", "a new registry", ""]),
        (("2012", "2013-01", "2013-02"), ["", "a new registry", ""]),
        (("2013", "2014"), ["a new registry", ""]),
        (("2014", "2015"), ["", ""]),
    ],
)
def test_a_line_is_cut_once_where_it_passes_the_year_of_a_noted_break(
    periods: tuple[str, ...], expected: list[str]
) -> None:
    assert breaks(*periods) == expected
