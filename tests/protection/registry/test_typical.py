"""A facility's own medians beside a level, and levels from summaries alone."""

import random
import statistics
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.levels import SetLevel, read_levels
from observatory.protection.registry.computing import CellState, compute_levels
from observatory.protection.registry.holdings import SCHEMA, Facility, _row
from observatory.protection.registry.summaries import HEADER, levels_of_summaries, read_summaries
from observatory.protection.registry.typical import Compliance, TypicalValue, compliance, typical_values
from tests.protection.registry.synthetic import drawn_records, record

CATALOGUE = Path(__file__).parents[3] / "catalogue" / "protection" / "drls"
HERE = Facility(id="f0", country="GBR", owner="o0", public_key="")


def frame(records, facility: str = "f0") -> pl.DataFrame:
    return pl.DataFrame([{"facility": facility, **_row(one)} for one in records], schema=SCHEMA)


def typical(*doses: float) -> TypicalValue:
    records = [record(at, dlp_mgycm=dose, ctdivol_mgy=None) for at, dose in enumerate(doses)]
    (one,) = typical_values(frame(records), facility=HERE)
    return one


@pytest.fixture(scope="module")
def level() -> SetLevel:
    (one,) = read_levels(CATALOGUE).levels(country="GBR", examination="ct-trunk", quantity="dlp")
    return one


def test_a_typical_value_is_the_median_with_its_exact_interval() -> None:
    doses = [float(dose) for dose in range(500, 530)]
    one = typical(*doses)

    assert (one.median, one.examinations, one.remark) == (statistics.median(doses), 30, "")
    assert one.low is not None
    assert one.high is not None
    assert one.low < one.median < one.high


def test_fewer_than_twenty_examinations_have_no_typical_value() -> None:
    assert typical_values(frame([record(at) for at in range(19)]), facility=HERE) == []


def test_a_typical_value_of_few_examinations_says_so() -> None:
    assert typical(*(600.0 + at for at in range(20))).remark == "fewer than 30 examinations"


@pytest.mark.parametrize(
    ("periods", "said"),
    [
        ([500], Compliance.BELOW),
        ([648], Compliance.NOT_DISTINGUISHABLE),
        ([800], Compliance.ABOVE),
        ([500, 800], Compliance.ABOVE),
        ([800, 900], Compliance.CONSISTENTLY_ABOVE),
        ([800, 500], Compliance.BELOW),
    ],
)
def test_a_facility_exceeds_a_level_when_its_whole_interval_does(
    level: SetLevel, periods: list[int], said: Compliance
) -> None:
    told = [typical(*(start + at for at in range(30))) for start in map(float, periods)]

    assert compliance(told, level=level) is said


def test_a_typical_value_of_something_else_is_not_compared(level: SetLevel) -> None:
    children = [record(at, age="5-10", weight="15-30", ctdivol_mgy=None) for at in range(30)]
    (one,) = typical_values(frame(children), facility=HERE)

    assert one.group == "weight 15-30"
    assert compliance([one], level=level) is None
    assert compliance([], level=level) is None


def summary_line(facility: str, median: str, **changed: str) -> list[str]:
    values = {
        "facility_id": facility, "procedure_code": "ct-trunk", "group": "adult", "quantity": "dlp", "unit": "mGy.cm",
        "phantom": "body_32cm", "n": "40", "p25": "1", "median": median, "p75": "99999", "period": "2026",
    } | changed  # fmt: skip
    return [values[name] for name in HEADER]


def read(*lines: list[str], separator: str = ",") -> list:
    text = "\n".join(separator.join(line) for line in (HEADER, *lines))
    return read_summaries(Payload(name="summary.csv", content=text.encode()))


def test_summaries_give_the_level_that_the_records_give() -> None:
    generator = random.Random(2)
    facilities = {f"f{at}": Facility(id=f"f{at}", country="DEU", owner=f"o{at % 4}", public_key="") for at in range(24)}
    made = {name: drawn_records(generator, 40, secret=name.encode()) for name in facilities}
    records = pl.concat([frame(found, name) for name, found in made.items()])
    (whole,) = [one for one in compute_levels(records, facilities=facilities, seed=1) if one.quantity == "dlp"]

    medians = {name: statistics.median(Decimal(str(one.dlp_mgycm)) for one in found) for name, found in made.items()}
    summaries = read(*(summary_line(name, str(median)) for name, median in medians.items()))
    (alone,) = levels_of_summaries(summaries, period="2026", facilities=facilities)

    assert (alone.state, alone.p25, alone.p50, alone.p75) == (CellState.FULL, whole.p25, whole.p50, whole.p75)
    assert (alone.p75_low, alone.p75_high) == (whole.p75_low, whole.p75_high)
    assert alone.p75_bootstrap_low is None


def test_units_and_decimal_commas_are_understood() -> None:
    (one,) = read(summary_line("f0", "60,5", unit="cGy.cm", p75="70"), separator=";")

    assert (one.median, one.examinations) == (Decimal("605"), 40)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"procedure_code": "thorax"}, "line 2, procedure_code: no kind of examination"),
        ({"unit": "mGy"}, "line 2, unit: this is no unit of dose-length product"),
        ({"phantom": ""}, "line 2, phantom: write head_16cm or body_32cm"),
        ({"n": "0"}, "line 2, n: this is no number"),
        ({"p25": "700"}, "line 2, median: the quartiles are out of order"),
        ({"period": "spring"}, "line 2, period: this is no period"),
        ({"group": "children"}, "line 2, group: this is no group"),
        ({"facility_id": ""}, "line 2, facility_id: the facility is missing"),
        ({"quantity": "dose"}, "line 2, quantity: no quantity of dose"),
    ],
)
def test_a_summary_that_does_not_fit_is_refused_with_its_cell(changed: dict, problem: str) -> None:
    with pytest.raises(SourceChanged, match=problem):
        read(summary_line("f0", "600", **changed))


def test_a_cell_that_is_sent_twice_is_refused() -> None:
    with pytest.raises(SourceChanged, match="line 3: the same cell stands twice"):
        read(summary_line("f0", "600"), summary_line("f0", "610"))
