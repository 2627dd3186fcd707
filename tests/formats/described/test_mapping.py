"""The language of mappings refuses what it does not know, because a misspelt word would change nothing."""

import pytest
import yaml

from observatory.errors import SourceChanged
from observatory.formats.described.mapping import MANUAL, AbsenceRule, PeriodRule, TableMapping, to_mapping
from observatory.observations.payload import Payload
from observatory.providers.national import read
from tests.specimens import PROJECT

SMALLEST = {"dataset": "X", "dimensions": ["Region"], "values": ["CT"], "period": {"column": "Year"}}


def test_the_smallest_mapping_says_what_there_is_and_where():
    mapping = to_mapping(SMALLEST)
    assert mapping.columns() == ["Region", "Year", "CT"]
    assert to_mapping(mapping) is mapping


def test_every_column_that_is_used_is_needed_once():
    mapping = to_mapping(
        SMALLEST
        | {
            "attributes": ["Note"],
            "labels": {"Region": "Name"},
            "flags": "Mark",
            "comment": "Note",
            "totals": [{"column": "Region", "equals": ["All"]}],
            "leave_out": [{"column": "Kind", "equals": ["x"]}],
        }
    )
    assert mapping.columns() == ["Region", "Note", "Name", "Year", "Mark", "Kind", "CT"]


def test_every_field_of_the_language_has_words_in_the_manual():
    manual = (PROJECT / MANUAL).read_text(encoding="utf-8")
    fields = [*TableMapping.__struct_fields__, *PeriodRule.__struct_fields__, *AbsenceRule.__struct_fields__]
    assert [name for name in fields if f"`{name}`" not in manual] == []


def test_the_example_of_the_manual_reads_the_table_of_the_manual():
    blocks = (PROJECT / MANUAL).read_text(encoding="utf-8").split("```")
    table = next(block.removeprefix("csv\n") for block in blocks if block.startswith("csv\n"))
    dataset = next(yaml.safe_load(block.removeprefix("yaml\n")) for block in blocks if block.startswith("yaml\n"))
    records = read(Payload(name="scanners_2024.csv", content=table.encode()), mapping=dataset["mapping"])
    assert [str(line) for line in records.frame.select("Region", "device", "period", "value", "absence").rows()] == [
        "('North', 'CT', '2023-12-31', 12.0, None)",
        "('North', 'MR', '2023-12-31', 5.0, None)",
        "('South', 'CT', '2023-12-31', 7.0, None)",
        "('South', 'MR', '2023-12-31', None, 'below_threshold')",
        "('All', 'CT', '2023-12-31', 19.0, None)",
        "('All', 'MR', '2023-12-31', 6.0, None)",
    ]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"dimension": ["Region"]}, "unknown field `dimension`"),
        ({"period": {"colum": "Year"}}, "unknown field `colum` - at `$.period`"),
        ({"period": {}}, "period needs one of column"),
        ({"period": {"column": "Year", "fixed": "2019"}}, "has 2"),
        ({"period": {"fixed": "2019", "day": "13-01"}}, "no month and day"),
        ({"period": {"file_name": "(20"}}, "no regular expression"),
        ({"period": {"file_name": "20"}}, "no group"),
        ({"period": {"column": "Year", "shift_years": "one"}}, "Expected `int`"),
        ({"values": []}, "names no column"),
        ({"values": ["CT", "MR"]}, "values_are is needed"),
        ({"values": ["CT", "MR"], "values_are": "Region"}, "named twice"),
        ({"dimensions": ["Region", "value"]}, "every record has"),
        ({"delimiter": ""}, "delimiter"),
        ({"delimiter": '"'}, "delimiter"),
        ({"thousands": "."}, "the same mark"),
        ({"decimal": ";"}, "decimal"),
        ({"empty": "nothing"}, "no kind of absence"),
        ({"marks": {"x": "odd"}}, "no flag and no absence"),
        ({"absences": [{"token": "*", "means": "odd"}]}, "odd"),
        ({"labels": {"City": "Name"}}, "no dimension"),
        ({"spellings": {"City": ["Town"]}}, "not used"),
        ({"sheet": "["}, "no regular expression"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused_with_the_field(changes, found):
    with pytest.raises(SourceChanged) as caught:
        to_mapping(SMALLEST | changes, file="made.yaml")
    assert found in caught.value.found
    assert caught.value.file == "made.yaml"
    assert "docs/how-to/add-a-national-table.md" in caught.value.remedy
