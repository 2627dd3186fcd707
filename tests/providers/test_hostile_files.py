"""Files made to do harm: each is refused by name, soon, and in little memory."""

import codecs
import gzip
import io
import zipfile

import pytest
import xlsxwriter

from observatory.errors import SourceChanged, SourceUnavailable
from observatory.formats.answers.packed import LARGE, unpack_file
from observatory.observations.payload import Payload
from observatory.providers import get_reader
from tests.providers.soundness import own, refused

MAPPING = {
    "dataset": "Scanners",
    "kind": "workbook",
    "dimensions": ["Region"],
    "values": ["CT"],
    "period": {"column": "Year"},
}
DECLARES = b'<!DOCTYPE a [<!ENTITY a "ha">]>'


def read(provider, content, **options):
    return get_reader(provider)(Payload(name="made", content=content), **options)


def workbook(**parts):
    """A workbook of one table, some of its parts replaced by what a function makes of them."""
    whole, made = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(whole) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Region", "Year", "CT"])
        sheet.write_row(1, 0, ["North", 2019, 3])
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            key = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(key, bytes)(old.read(name)))
        for name, content in parts.items():
            if isinstance(content, bytes):
                new.writestr(name, content)
    return made.getvalue()


def test_a_file_that_swells_when_unpacked_is_refused_before_it_fills_memory():
    bomb = gzip.compress(b"1" * (3 * LARGE))
    with pytest.raises(SourceChanged, match=r"made\.gz, \d+ bytes, packed with gzip: .*more than 500 times its size"):
        unpack_file(Payload(name="made.gz", content=bomb))


def test_a_workbook_that_swells_is_refused_before_it_is_opened():
    bomb = workbook(sheet1=lambda xml: xml.replace(b"</worksheet>", b" " * 2 * LARGE + b"</worksheet>"))
    assert "too large" in refused(SourceChanged, lambda: read("national", bomb, mapping=MAPPING)).problem


@pytest.mark.parametrize("part", ["sheet1", "sharedStrings"])
def test_a_workbook_that_declares_entities_is_refused(part):
    content = workbook(**{part: lambda xml: xml.replace(b"?>", b"?>" + DECLARES, 1)})
    error = refused(SourceChanged, lambda: read("national", content, mapping=MAPPING))
    assert error.place == "sheet Data"


def test_parts_of_a_workbook_with_a_path_of_their_own_are_written_nowhere(tmp_path):
    outside = tmp_path / "outside"
    content = workbook(**{f"../../../../../../../..{outside}": b"harm"})
    assert len(read("national", content, mapping=MAPPING)) == 1
    assert not outside.exists()


@pytest.mark.parametrize(("provider", "file"), [("eurostat", "sdmx_csv.csv"), ("eurostat", "bulk_table.tsv")])
def test_an_empty_byte_is_found_wherever_it_stands(provider, file):
    content = own(f"{provider}/{file}").content
    line = content.rstrip(b"\n").rpartition(b"\n")[2]
    error = refused(SourceChanged, lambda: read(provider, content + line * 500 + b"\0\n"))
    assert error.problem == "an empty byte stands in the text"
    assert error.place == f"line {content.count(bytes([10])) + 1}"


@pytest.mark.parametrize("provider", ["eurostat", "oecd", "who", "world_bank", "iaea"])
def test_a_workbook_given_to_a_reader_of_text_is_called_one(provider):
    assert "workbook" in refused(SourceChanged, lambda: read(provider, workbook())).problem


@pytest.mark.parametrize("provider", ["eurostat", "oecd", "who", "world_bank", "iaea"])
def test_xml_in_place_of_data_is_quoted(provider):
    content = b'<?xml version="1.0"?><wb:error xmlns:wb="x"><wb:message>Come back later</wb:message></wb:error>'
    assert "Come back later" in refused(SourceUnavailable, lambda: read(provider, content)).found


@pytest.mark.parametrize("columns", [b"c%d,", b"c,"])
def test_a_table_of_very_many_columns_is_refused_at_once(columns):
    names = b"".join(columns % at if b"%" in columns else columns for at in range(200_000))
    content = b"DATAFLOW," + names + b"TIME_PERIOD,OBS_VALUE\n" + b"x," * 200_001 + b"2020,1\n"
    assert refused(SourceChanged, lambda: read("eurostat", content)).place == "line 1"


@pytest.mark.parametrize(
    ("provider", "options"), [("who", {}), ("national", {"mapping": MAPPING | {"kind": "delimited"}})]
)
def test_a_field_of_megabytes_is_called_so(provider, options):
    content = own("who/athena_density.csv").content + b'"' + b"x" * 1_000_000 + b'"\n'
    assert refused(SourceChanged, lambda: read(provider, content, **options)).problem == "a field is too long to be one"


@pytest.mark.parametrize("file", ["sdmx_csv.csv", "bulk_table.tsv"])
def test_the_line_ends_of_an_old_macintosh_and_two_marks_of_byte_order_lose_nothing(file):
    content = own(f"eurostat/{file}").content.replace(b"\r\n", b"\n")
    whole = read("eurostat", content).frame
    assert read("eurostat", content.replace(b"\n", b"\r")).frame.equals(whole)
    assert read("eurostat", codecs.BOM_UTF8 * 2 + content).frame.equals(whole)
