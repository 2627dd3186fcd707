"""Records become observations: translated where the catalogue says so, refused where it cannot."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.catalogue.model import Observed
from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag, join_flags
from observatory.errors import SourceChanged
from observatory.harmonisation.binding import observe
from observatory.observations.records import Records
from tests.small_release import make_dataset, make_records, make_snapshot


def observed(records: Records, binding: Observed) -> pl.DataFrame:
    origin = make_snapshot(records, "tech").origin
    return observe(records, binding, indicator="mri", dataset=make_dataset("tech"), origin=origin)


def test_greece_and_the_united_kingdom_get_their_iso_codes_and_the_step_is_told() -> None:
    records = make_records(
        [{"geo": "EL", "period": "2019", "value": 1.0}, {"geo": "UK", "period": "2019", "value": 2.0}],
        dimensions=("geo",),
    )

    table = observed(records, Observed(dataset="tech", area="geo", unit="number"))

    assert table["area"].to_list() == ["GRC", "GBR"]
    assert table["steps"].to_list() == ["read by oecd → area EL is GRC", "read by oecd → area UK is GBR"]


def test_per_hundred_thousand_becomes_per_million_with_its_bounds() -> None:
    records = make_records(
        [{"geo": "FIN", "period": "2019", "value": 2.5, "low": 2.0, "high": 3.0}], dimensions=("geo",)
    )

    table = observed(records, Observed(dataset="tech", area="geo", unit="per_100_000", convert_to="per_million"))

    assert table.select("value", "low", "high", "unit").row(0) == (25.0, 20.0, 30.0, "per_million")
    assert table["steps"][0].endswith("× 10, per 100 000 inhabitants to per million inhabitants")


def test_an_area_nobody_knows_is_refused_with_the_nearest_one() -> None:
    records = make_records([{"geo": "Findland", "period": "2019", "value": 1.0}], dimensions=("geo",))

    with pytest.raises(SourceChanged, match=r"column geo.*such as FIN.*found Findland.*areas\.csv"):
        observed(records, Observed(dataset="tech", area="geo", unit="number"))


def test_a_word_where_the_indicator_has_numbers_is_refused_with_its_file_and_row() -> None:
    records = make_records(
        [{"geo": "FIN", "period": "2019", "value": 1.0}, {"geo": "SWE", "period": "2019", "category": "about 12"}],
        dimensions=("geo",),
    )

    with pytest.raises(SourceChanged, match=r"\w+\.csv, line 3: a word .* found about 12\. Leave the row out"):
        observed(records, Observed(dataset="tech", area="geo", unit="number"))


def test_a_column_that_is_gone_is_named() -> None:
    records = make_records([{"geo": "FIN", "period": "2019", "value": 1.0}], dimensions=("geo",))

    with pytest.raises(SourceChanged, match="a column unit"):
        observed(records, Observed(dataset="tech", area="geo", unit="number", where={"unit": "NR"}))


def test_only_public_sector_data_is_coverage_not_noise() -> None:
    comments = [
        "Only public sector data",
        "only private sector data",
        "Both public sector data and private sector data",
    ]
    rows = [
        {"geo": area, "period": "2013", "value": 1.0, "comment": comment}
        for area, comment in zip(["FIN", "DEU", "FRA", "ITA"], [*comments, None], strict=True)
    ]

    table = observed(
        make_records(rows, dimensions=("geo",)), Observed(dataset="tech", area="geo", unit="number", sector="comment")
    )

    assert table["sector"].to_list() == ["public", "private", "all", "not_stated"]
    assert table["comment"].to_list() == [*comments, None]


def test_two_records_for_one_observation_are_refused_with_their_rows() -> None:
    rows = [
        {"test": name, "geo": "FIN", "period": "2019", "value": 1.0, "row": row} for name, row in (("a", 7), ("b", 9))
    ]
    records = make_records(rows, dimensions=("test", "geo"))

    with pytest.raises(SourceChanged, match=r"line 7, 9.*FIN 2019.*sum_over"):
        observed(records, Observed(dataset="tech", area="geo", unit="number"))


def test_parts_of_one_figure_are_added_up_with_their_remarks_united() -> None:
    rows = [
        {"test": "a", "geo": "FIN", "period": "2018", "value": 1.0, "flags": "break", "provider_flags": "b", "row": 7},
        {
            "test": "b",
            "geo": "FIN",
            "period": "2018",
            "value": 2.0,
            "flags": "break|estimated",
            "comment": "x",
            "row": 9,
        },
        {"test": "a", "geo": "DEU", "period": "2018", "value": 5.0, "row": 11},
        {"test": "b", "geo": "DEU", "period": "2018", "absence": "suppressed", "provider_flags": "c", "row": 12},
        {"test": "a", "geo": "ESP", "period": "2018", "value": 4.0, "row": 13},
        {"test": "b", "geo": "ESP", "period": "2018", "absence": "not_applicable", "provider_flags": "DC", "row": 14},
    ]

    table = observed(
        make_records(rows, dimensions=("test", "geo")),
        Observed(dataset="tech", area="geo", unit="number", sum_over=["test"]),
    )

    assert table.select("area", "value", "absence", "flags", "provider_flags", "comment", "row", "cell").rows() == [
        ("FIN", 3.0, None, "break|estimated", "b", "x", 7, "to line 9, 2 rows"),
        ("DEU", None, "suppressed", None, "c", None, 11, "to line 12, 2 rows"),
        ("ESP", 4.0, None, None, "DC", None, 13, "to line 14, 2 rows"),
    ]


def added_up(rows: list[tuple[str, str, int]]) -> list[str]:
    """The cells of figures added up over the columns of a file; rows are (test, measure, row)."""
    told = [
        {"test": test, "measure": measure, "geo": "GBR", "period": "2017-07", "value": 1.0, "row": row}
        for test, measure, row in rows
    ]
    records = replace(make_records(told, dimensions=("test", "measure", "geo")), column_from="measure")
    summed = ["measure"] if len({test for test, _, _ in rows}) == 1 else ["measure", "test"]
    return observed(records, Observed(dataset="tech", area="geo", unit="number", sum_over=summed))["cell"].to_list()


def test_columns_of_one_row_that_are_added_up_are_named() -> None:
    columns = [("US", "waiting", 511), ("US", "planned", 511), ("US", "unscheduled", 511)]

    assert added_up(columns) == ["columns waiting, planned, unscheduled"]


def test_a_sum_over_rows_and_columns_names_both() -> None:
    cells = [("US", "waiting", 511), ("US", "planned", 511), ("NOUS", "waiting", 513), ("NOUS", "planned", 513)]

    assert added_up(cells) == ["to line 513, 2 rows, columns waiting, planned"]


def test_a_sum_over_rows_of_one_column_names_the_column() -> None:
    told = [
        {"test": test, "geo": "FIN", "period": "2018", "value": 1.0, "row": row} for test, row in (("a", 7), ("b", 9))
    ]
    records = replace(make_records(told, dimensions=("test", "geo")), column_from="period")

    table = observed(records, Observed(dataset="tech", area="geo", unit="number", sum_over=["test"]))

    assert table["cell"].to_list() == ["to line 9, 2 rows, column 2018"]


def test_a_setting_nobody_knows_is_refused_before_it_reaches_a_page() -> None:
    records = make_records([{"hp": "HP9", "geo": "FIN", "period": "2019", "value": 1.0}], dimensions=("hp", "geo"))

    with pytest.raises(SourceChanged, match=r"a setting has a code nobody knows.*found HP9"):
        observed(records, Observed(dataset="tech", area="geo", unit="number", setting="DIMENSION:hp"))


def test_a_blank_dimension_can_be_asked_for_and_so_can_any_other() -> None:
    rows = [
        {"age": None, "geo": "FIN", "period": "2018", "value": 1.0},
        {"age": "A0", "geo": "FIN", "period": "2018", "value": 2.0},
    ]
    records = make_records(rows, dimensions=("age", "geo"))

    blank = observed(records, Observed(dataset="tech", area="geo", unit="number", where={"age": ""}))
    filled = observed(records, Observed(dataset="tech", area="geo", unit="number", where={"age": "*"}))

    assert blank["value"].to_list() == [1.0]
    assert filled["value"].to_list() == [2.0]


FLAG_SETS = st.frozensets(st.sampled_from(Flag)).map(lambda flags: join_flags(flags) or None)
LETTERS = st.one_of(st.none(), st.text(alphabet="bcdefpuz ", min_size=1).filter(str.strip))
WORDS = st.one_of(st.none(), st.text(min_size=1, max_size=20))
ABSENCES = st.one_of(st.none(), st.sampled_from([absence.value for absence in Absence]))


@given(rows=st.lists(st.tuples(FLAG_SETS, LETTERS, WORDS, ABSENCES), min_size=1, max_size=8))
def test_no_flag_letter_comment_or_absence_is_dropped(rows: list[tuple[str | None, ...]]) -> None:
    records = make_records(
        [
            {"geo": "FIN", "period": str(2000 + number), "flags": flags, "provider_flags": letters, "comment": words,
             "absence": absence, "value": None if absence else 1.0}
            for number, (flags, letters, words, absence) in enumerate(rows)
        ],
        dimensions=("geo",),
    )  # fmt: skip

    table = observed(records, Observed(dataset="tech", area="geo", unit="number"))

    assert table.select("flags", "provider_flags", "comment", "absence").rows() == rows
