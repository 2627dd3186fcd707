"""Whatever the bytes, a reader of tables gives sound records or one of the three named refusals, and nothing else."""

import io
from contextlib import suppress
from pathlib import Path

import xlsxwriter
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.observations.payload import Payload
from observatory.providers import iaea, national, who, world_bank
from tests.providers.soundness import REFUSALS, assert_sound
from tests.specimens import OURS

DATASETS = Path(__file__).parents[2] / "catalogue" / "datasets"
MAPPINGS = [
    content["mapping"]
    for content in (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DATASETS.glob("*.yaml")))
    if content.get("mapping")
]
SPECIMENS = {
    name: [path.read_bytes() for path in sorted((OURS / name).iterdir())]
    for name in ("who", "world_bank", "national", "iaea")
}
TOKENS = [
    b"",
    b'"',
    b",",
    b"\n",
    b"\t",
    b";",
    b"{",
    b"}",
    b"[",
    b"]",
    b"null",
    b"-1",
    b"1e999",
    b"NaN",
    b"\xff",
    b"\x00",
]
TOKENS += [b"2019", b"1,5", b"Yes", b"\xef\xbb\xbf", b"value", b"row", b"period", "ª".encode(), b"<html>", b" " * 9]
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def survives(reader, payload, **options):
    with suppress(*REFUSALS):
        assert_sound(reader(payload, **options))


@st.composite
def damaged(draw, provider):
    """A specimen with pieces cut out, doubled or replaced by what parsers fear."""
    content = draw(st.sampled_from(SPECIMENS[provider]))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), st.just(content[start:end] * 2)))
        content = content[:start] + piece + content[end:]
    return Payload(name=draw(st.sampled_from(["made_2019.csv", "CNH_2024.xlsx", ""])), content=content)


PLAUSIBLE = {
    "Year": ["2019", "2019", "2020", "2018/19", "20190331", "2005-2010"],
    "CT": ["1", "12.5", "0", "", "DC", "1,5", "1 234", "-3"],
    "Count": ["1", "0", "3"],
    "Number": ["1", "12.5", "", "1e3"],
    "Plain year": ["2019", "2020", "2005-2010"],
    "Mark": ["", "b", "bd", ":", "y"],
    "Note": ["", "Only public sector data", " two\nlines "],
    "Region": ["FIN", "DEU", "", "All"],
    "Display Value": ["Yes", "No data", "", "37 203", "1.5 [1.2-1.9]"],
    "State": ["PUBLISHED", "DRAFT", ""],
}
"""Kind of column → cells that are mostly in order."""


@st.composite
def tables(draw, columns):
    """A table under a true header; `columns` says of which kind each column is. Now and then a cell is anything."""
    anything = st.text(max_size=4)
    kinds = [st.one_of(*[st.sampled_from(PLAUSIBLE[kind])] * 20, anything) for kind in columns.values()]
    rows = draw(st.lists(st.tuples(*kinds), max_size=4))
    lines = [list(columns), *rows]
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    return Payload(name="made_2019.csv", content=text.encode("utf-8", "surrogatepass"))


@st.composite
def workbooks(draw):
    """A workbook whose cells are of every kind, under the header of Spain's catalogue or none."""
    header = ["CODCNH", "Cód. CCAA", "Region", "Year", "CT"]
    cells = st.one_of(
        st.none(), st.booleans(), st.floats(-1e9, 1e9), st.integers(0, 3000), st.text("ab 1,.*", max_size=5)
    )
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Data")
        for at, row in enumerate([header, *draw(st.lists(st.lists(cells, min_size=5, max_size=5), max_size=4))]):
            sheet.write_row(at, 0, row)
    return Payload(name="made.xlsx", content=content.getvalue())


@FUZZ
@given(damaged("who"))
def test_who_on_damaged_exports(payload):
    survives(who.read, payload)


@FUZZ
@given(
    tables(
        {
            "GHO": "Region",
            "PUBLISHSTATE": "State",
            "YEAR": "Plain year",
            "COUNTRY": "Region",
            "SEX": "Region",
            "Display Value": "Display Value",
            "Numeric": "Number",
            "Low": "Number",
            "High": "Number",
            "Comments": "Note",
        }
    )
)
def test_who_on_any_cells(payload):
    survives(who.read, payload)


@FUZZ
@given(damaged("who"), damaged("who"))
def test_who_on_damaged_pages(payload, other):
    survives(who.read, payload, pages=[other])


@FUZZ
@given(damaged("world_bank"))
def test_world_bank_on_damaged_answers(payload):
    survives(world_bank.read, payload)


@FUZZ
@given(damaged("world_bank"), damaged("world_bank"))
def test_world_bank_on_damaged_pages(payload, other):
    survives(world_bank.read, payload, pages=[other])


@FUZZ
@given(damaged("national"), st.sampled_from(MAPPINGS))
def test_national_on_damaged_tables_with_any_mapping(payload, mapping):
    survives(national.read, payload, mapping=mapping)


@settings(FUZZ, max_examples=60)
@given(damaged("national"))
def test_national_on_damaged_tables_choosing_a_mapping(payload):
    survives(national.read, payload, mappings=MAPPINGS)


@FUZZ
@given(
    tables(
        {"Region": "Region", "Sex": "Region", "Year": "Year", "CT": "CT", "MR": "CT", "Mark": "Mark", "Note": "Note"}
    ),
    st.fixed_dictionaries(
        {
            "dataset": st.just("Made up"),
            "dimensions": st.sampled_from([["Region"], ["Region", "Sex"], []]),
            "values": st.sampled_from([["CT"], ["CT", "MR"]]),
            "values_are": st.just("kind"),
            "period": st.sampled_from(
                [
                    {"column": "Year"},
                    {"column": "Year", "format": "%Y%m%d"},
                    {"column": "Year", "financial_year": "ends"},
                    {"column": "Year", "shift_years": -2500},
                    {"fixed": "2019", "day": "02-29"},
                    {"file_name": r"(\d{4})?"},
                ]
            ),
            "decimal": st.sampled_from([".", ","]),
            "thousands": st.sampled_from(["", " ", "'"]),
        },
        optional={
            "flags": st.just("Mark"),
            "comment": st.just("Note"),
            "empty": st.sampled_from(["leave_out", "suppressed"]),
            "labels": st.just({"Region": "Note"}),
            "absences": st.just([{"token": "DC", "means": "not_applicable"}, {"token": "", "means": "suppressed"}]),
            "totals": st.just([{"column": "Sex", "equals": ["1", ""], "keep": True}]),
            "leave_out": st.just([{"column": "Region", "equals": ["", "FIN"]}]),
        },
    ),
)
def test_national_on_any_cells_with_any_mapping(payload, mapping):
    survives(national.read, payload, mapping=mapping)


@settings(FUZZ, max_examples=60)
@given(workbooks(), st.sampled_from([[], [{"token": "*", "means": "suppressed"}]]))
def test_national_on_any_workbook(payload, absences):
    mapping = {"dataset": "X", "kind": "workbook", "dimensions": ["Region"], "values": ["CT"], "absences": absences}
    survives(national.read, payload, mapping=mapping | {"period": {"column": "Year"}})


@FUZZ
@given(damaged("iaea"))
def test_iaea_on_damaged_exports(payload):
    survives(iaea.read, payload)


@FUZZ
@given(
    tables({"Country": "Region", "City": "Note", "Linac": "Count", "Last Update": "Plain year"}),
    st.sampled_from(["", "2019", "x"]),
)
def test_iaea_on_any_cells(payload, period):
    survives(iaea.read, payload, period=period)


@FUZZ
@given(st.binary(max_size=60), st.sampled_from([who.read, world_bank.read, iaea.read, national.read]))
def test_any_reader_on_any_bytes(content, reader):
    survives(reader, Payload(name="made", content=content))


@FUZZ
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5), lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x)
    )
)
def test_a_mapping_of_any_shape_is_read_or_refused(mapping):
    survives(national.read, Payload(name="made", content=b"a,b\n1,2\n"), mapping=mapping)
