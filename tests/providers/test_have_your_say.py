"""Have Your Say: both shapes, odd ids and times, and names that must not pass the door."""

import gzip
import json

import pytest

from observatory.errors import NotFound, RequestRefused, SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.providers.have_your_say import read
from tests.specimens import OURS, real_specimen

FOLDER = OURS / "have_your_say"


def payload(name):
    return Payload(name=name, content=(FOLDER / name).read_bytes())


def of(document):
    return Payload(name="made", content=json.dumps(document).encode())


def test_ids_come_as_floats_and_leave_as_numbers():
    reading = read(payload("search.json"))
    assert [record.id for record in reading.records] == [20101, 20102, 20103, 20104, 20105]
    assert isinstance(reading.records[0].id, int)
    assert (reading.total, reading.is_last) == (16, False)


def test_an_id_with_a_fraction_is_refused():
    with pytest.raises(SourceChanged, match=r"\$\.content\[0\]\.id: an id is no whole number"):
        read(of({"content": [{"id": 1.5, "shortTitle": "x"}]}))


def test_a_row_that_comes_twice_is_told_once_as_it_came_first():
    reading = read(payload("search.json"))
    assert reading.records[0].periods
    assert reading.remarks == ("1 came twice and are told once",)


def test_both_shapes_are_read():
    reading = read(payload("search_older.json"))
    assert [record.title for record in reading.records] == ["The older shape"]
    assert (reading.total, reading.is_last) == (1, True)


def test_missing_arrays_are_no_obstacle():
    record = read(payload("search.json")).records[1]
    assert (record.periods, record.topics, record.act_type) == ((), (), "")


def test_times_are_those_of_the_clock_in_brussels():
    period = read(payload("search.json")).records[0].periods[0]
    assert period.opens_at.isoformat() == "2026-10-01T09:00:00+02:00"
    assert period.closes_at.isoformat() == "2026-10-25T23:59:59+01:00"


def test_summaries_are_plain_text_without_scripts_or_addresses():
    record = read(payload("search.json")).records[0]
    assert record.summary == "Lanterns & lamps: amends Regulation (EU) 2017/745. Write to [address removed]"
    assert record.references == ("32017R0745",)


def test_a_detail_keeps_each_period_apart():
    record = read(payload("initiative.json")).records[0]
    assert [(one.stage, one.upstream) for one in record.periods] == [
        ("INIT_PLANNED", "DISABLED"),
        ("PLANNING_WORKFLOW", "CLOSED"),
        ("OPC_LAUNCHED", "UPCOMING"),
    ]
    assert record.periods[2].opens_at.isoformat() == "2027-01-11T00:00:00+01:00"
    assert record.references == ("COM(2025)4321",)


def test_of_feedback_only_organisations_are_known_by_name():
    citizen, society = read(payload("feedback.json")).records
    assert (citizen.organisation, citizen.country) == ("", "FIN")
    assert (society.organisation, society.register_id) == ("Society of Lanterns", "000000000000-00")


@pytest.mark.parametrize("name", ["search.json", "initiative.json", "feedback.json"])
def test_no_name_of_an_officer_or_a_citizen_passes_the_door(name):
    assert "canary" not in repr(read(payload(name))).casefold()


@pytest.mark.parametrize("field", ["endDate", "publishedDate", "type", "reference"])
def test_no_name_passes_in_an_error_either(field):
    document = json.loads((FOLDER / "initiative.json").read_text())
    document["publications"][0][field] = {"unexpected": "shape"}
    with pytest.raises(SourceChanged) as caught:
        read(of(document))
    assert "canary" not in caught.value.message.casefold()
    assert field in caught.value.message


def test_a_truncated_answer_is_refused_without_a_name():
    content = (FOLDER / "initiative.json").read_bytes()[:1100]
    with pytest.raises(SourceChanged, match="not JSON, or ends too early") as caught:
        read(Payload(name="cut", content=content))
    assert "canary" not in caught.value.message.casefold()


@pytest.mark.parametrize("content", [b"<!doctype html><title>Have your say</title>", b"", b" \n", b"\xef\xbb\xbf"])
def test_a_web_page_and_an_empty_answer_are_no_answer(content):
    with pytest.raises(SourceUnavailable):
        read(Payload(name="shell", content=content))


@pytest.mark.parametrize(
    "document",
    [
        {"error": "overloaded"},
        {"errorCode": "general_error"},
        {"code": "bad_request"},
        "general_error",
        {"status": 500, "error": "Internal Server Error", "path": "/"},
    ],
)
def test_an_error_under_a_good_status_is_an_error(document):
    with pytest.raises(SourceUnavailable, match="error under a good status"):
        read(of(document))


@pytest.mark.parametrize("document", [{}, {"content": "none"}, {"_embedded": {}}, 5, None, {"data": []}])
def test_a_shape_nobody_knows_is_refused(document):
    with pytest.raises(SourceChanged, match="shape"):
        read(of(document))


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (202, SourceUnavailable),
        (300, RequestRefused),
        (307, RequestRefused),
        (404, NotFound),
        (406, RequestRefused),
        (429, SourceUnavailable),
        (500, SourceUnavailable),
    ],
)
def test_a_status_says_what_to_do(status, error):
    with pytest.raises(error, match=f"status {status}"):
        read(Payload(name="answer", content=b""), status=status)


def test_204_is_the_end_of_the_pages():
    assert read(Payload(name="end", content=b""), status=204).is_last


def test_a_byte_order_mark_and_gzip_are_no_obstacle():
    content = b"\xef\xbb\xbf" + (FOLDER / "search_older.json").read_bytes()
    assert len(read(Payload(name="packed.gz", content=gzip.compress(content))).records) == 1


def test_an_unreadable_time_is_refused_with_its_place():
    document = json.loads((FOLDER / "search.json").read_text())
    document["initiativeResultDtoPage"]["content"][0]["currentStatuses"][0]["feedbackEndDate"] = "31/12/26"
    with pytest.raises(SourceChanged, match=r"content\[0\]\.currentStatuses\[0\]\.feedbackEndDate: a time cannot be"):
        read(of(document))


@pytest.mark.specimens
@pytest.mark.parametrize(
    ("name", "records", "total"),
    [
        ("hys-search.abridged.json", 2, 23),
        ("hys-initiatives.abridged.json", 3, 4101),
        ("hys-detail.abridged.json", 1, None),
        ("eu_consultations_2016_2026.json", 657, None),
    ],
)
def test_real_answers_are_read(name, records, total):
    path = real_specimen(f"affairs/have_your_say/{name}")
    reading = read(Payload(name=name, content=path.read_bytes()))
    assert (len(reading.records), reading.total) == (records, total)
    assert "REDACTED" not in repr(reading)
    assert "redacted" not in repr(reading)
