"""The World Bank's pages: joined, dated, and honest about the ones that are not there."""

import json

import pytest

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.providers.world_bank import read
from tests.providers.soundness import assert_sound, cell, from_file, own, refused, text
from tests.specimens import real_specimen

PAGE_1, PAGE_2 = "world_bank/population_page1of2.json", "world_bank/population_page2of2.json"
ROW = {
    "indicator": {"id": "X", "value": "X, total"},
    "country": {"id": "FI", "value": "Finland"},
    "countryiso3code": "FIN",
    "date": "2022",
    "value": 1.5,
    "unit": "",
    "obs_status": "",
    "decimal": 0,
}
SAID = [{"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}]


def answer(*rows, **header):
    head = {"page": 1, "pages": 1, "per_page": 50, "total": len(rows), "lastupdated": "2024-03-28"} | header
    return text(json.dumps([head, [ROW | row for row in rows]]), name="made.json")


@pytest.mark.parametrize("name", [PAGE_1, PAGE_2])
def test_every_specimen_gives_sound_records(name):
    assert_sound(read(own(name)))


def test_pages_are_joined_in_their_order_whatever_order_they_come_in():
    records = read(own(PAGE_2), pages=[own(PAGE_1)])
    assert records.frame["row"].to_list() == [1, 2, 3, 4, 5, 6]
    assert records.frame["country"].to_list() == ["ZH", "ZH", "XD", "GB", "FI", "FI"]
    assert records.missing == ""


def test_a_page_alone_is_read_and_says_what_is_missing():
    records = read(own(PAGE_1))
    assert len(records) == 4
    assert records.missing == "page 2 of 2"
    assert read(own(PAGE_2)).frame["row"].to_list() == [5, 6]


def test_pages_without_number_that_are_missing_are_named_by_their_first_and_last():
    records = read(answer({}, page=3, pages=999_999_999_999, per_page=1, total=3))
    assert records.missing == "page 1 to 2, 4 to 999999999999 of 999999999999"


def test_a_null_is_not_reported_once_its_year_is_over_and_not_yet_due_before():
    records = read(own(PAGE_1))
    assert cell(records, "absence", period="2023") == "not_reported"
    assert cell(records, "absence", period="2024") == "not_yet_due"


def test_a_footnote_is_the_banks_comment():
    records = read(answer({"footnote": "Break: census of 2021"}, {"date": "2021", "footnote": " "}, {"date": "2020"}))
    assert records.frame["comment"].to_list() == ["Break: census of 2021", None, None]


def test_without_a_date_of_update_a_null_is_not_reported():
    records = read(answer({"value": None, "date": "2999"}, lastupdated=None))
    assert records.frame["absence"].to_list() == ["not_reported"]
    assert records.updated_at is None


def test_a_zero_is_a_value():
    assert cell(read(own(PAGE_1)), "value", country="XD") == 0


def test_both_codes_of_a_country_are_kept_and_its_name():
    records = read(own(PAGE_1))
    assert cell(records, "countryiso3code", country="GB") == "GBR"
    assert cell(records, "countryiso3code", country="XD") is None
    assert records.titles["country=XD"] == "High income"
    assert records.titles["indicator=MADE.UP"] == "Made up, total"
    assert records.dataset == "MADE.UP"


def test_letters_of_status_become_flags_and_stay():
    records = read(own(PAGE_2))
    assert cell(records, "flags", period="2022") == "estimated|unrecognised"
    assert cell(records, "provider_flags", period="2022") == "EQ"
    assert cell(records, "flags", period="2022-Q1") is None
    assert cell(records, "provider_flags", period="2022-Q1") == "A"


def test_the_same_row_twice_is_kept_once():
    assert len(read(answer({}, {}))) == 1


def test_one_key_with_two_values_is_refused():
    error = refused(SourceChanged, lambda: read(answer({}, {"value": 2.5})))
    assert error.place == "entry 1 and 2"
    assert "1.5 and 2.5" in error.found


@pytest.mark.parametrize(
    ("payload", "found"),
    [
        (answer({"value": "many"}), "$[1][0].value"),
        (answer({"date": "some day"}), "some day"),
        (answer({}, lastupdated="yesterday"), "yesterday"),
        (answer({}, total=3), "1 rows"),
        (answer({}, per_page="a few"), "per_page"),
        (text(json.dumps([{"page": 1}, [{"id": "ABW"}]])), "indicator"),
        (text('[{"page":1,"pages":1},[{"indi'), "Unterminated"),
        (text('{"page": 1}'), "object"),
        (text(json.dumps([{"message": SAID}])), "Invalid value"),
    ],
)
def test_an_answer_that_is_not_what_it_promises_is_refused(payload, found):
    error = refused(SourceChanged, lambda: read(payload))
    assert found in error.found


@pytest.mark.parametrize(
    "payload",
    [
        text(""),
        text("<html><body>Bad gateway</body></html>"),
        text(json.dumps([{"page": 0, "pages": 0, "per_page": 0, "total": 0}, None])),
        text(json.dumps([{"message": [{"id": "105", "key": "Service unavailable", "value": "Try later"}]}])),
    ],
)
def test_an_answer_without_data_may_be_asked_for_again(payload):
    refused(SourceUnavailable, lambda: read(payload))


def test_pages_of_different_editions_are_not_joined():
    newer = text(own(PAGE_2).content.decode().replace("2024-03-28", "2024-06-28"))
    error = refused(SourceChanged, lambda: read(own(PAGE_1), pages=[newer]))
    assert "different answers" in error.problem


def test_a_page_given_twice_is_refused():
    error = refused(SourceChanged, lambda: read(own(PAGE_1), pages=[own(PAGE_1)]))
    assert "twice" in error.problem


@pytest.mark.specimens
@pytest.mark.parametrize(
    ("name", "rows"), [("SP.POP.TOTL_GBR.json", 64), ("SP.POP.TOTL_all_page1of2_2024-03-28.json", 10_000)]
)
def test_real_answers_say_what_plain_json_says(name, rows):
    path = real_specimen(f"world_bank/{name}")
    records = read(from_file(path))
    plain = json.loads(path.read_bytes())[1]

    assert_sound(records)
    assert len(records) == rows
    assert records.frame["value"].to_list() == [row["value"] for row in plain]
    assert records.frame["period"].to_list() == [row["date"] for row in plain]
    assert records.frame["countryiso3code"].to_list() == [row["countryiso3code"] or None for row in plain]


@pytest.mark.specimens
def test_the_united_kingdom_had_sixty_seven_million_people_in_2022():
    records = read(from_file(real_specimen("world_bank/SP.POP.TOTL_GBR.json")))
    assert cell(records, "value", countryiso3code="GBR", period="2022") == 66971395
    assert cell(records, "absence", period="2023") == "not_reported"


@pytest.mark.specimens
def test_a_list_of_countries_is_no_answer_with_figures():
    refused(SourceChanged, lambda: read(from_file(real_specimen("world_bank/country_list.json"))))
