"""`observatory affairs`, as a person types it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from observatory.cli import make_app
from tests.specimens import OURS

app = make_app()


def affairs(*arguments, code=0, **options):
    result = CliRunner().invoke(app, ["affairs", *map(str, arguments)], **options)
    assert result.exit_code == code, result.output
    return result.stdout


def run(*arguments) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("observatory")
    return subprocess.run([program, "affairs", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_consultations_are_told_with_the_agreed_keys():
    told = json.loads(
        affairs(
            "read", "have-your-say", OURS / "have_your_say/search.json", "--format", "json", "--at", "2026-10-25T12:00"
        )
    )
    assert told[0] == {
        "id": 20101,
        "title": "Safe use of lanterns in hospitals",
        "reference": "Ares(2026)1000001",
        "status": "open",
        "opens_at": "2026-10-01T09:00:00+02:00",
        "closes_at": "2026-10-25T23:59:59+01:00",
        "topics": ["HEALTH"],
        "url": "https://ec.europa.eu/info/law/better-regulation/have-your-say/initiatives/20101",
    }
    assert [one["status"] for one in told] == ["open", "unclear", "unclear", "unclear", "open"]


def test_an_open_consultation_closes_when_its_end_has_passed():
    told = json.loads(affairs("read", "have-your-say", OURS / "have_your_say/search.json", "--at", "2026-10-26"))
    assert told[0]["status"] == "closed"


def test_procedures_are_told_with_the_agreed_keys():
    [told] = json.loads(affairs("read", "parliament", OURS / "parliament/procedure.json", "--at", "2030-07-01"))
    assert list(told) == ["procedure", "title", "type", "stage", "events", "actors"]
    assert told["events"][0] == {"date": "2030-01-20", "precision": "day", "kind": "REFERRAL", "status": "happened"}
    assert list(told["actors"][0]) == ["role", "name", "body", "since"]


def test_what_lies_ahead_is_told_as_planned():
    [told] = json.loads(affairs("read", "parliament", OURS / "parliament/procedure.json", "--at", "2030-03-01"))
    assert [event["status"] for event in told["events"] if event["kind"] == "PLENARY_VOTE"] == ["planned", "planned"]


def test_acts_are_told_with_the_agreed_keys():
    [told] = json.loads(affairs("read", "cellar", OURS / "cellar/notice_branch.xml"))
    assert told == {
        "celex": "52030PC0007",
        "title": "Proposal on lanterns",
        "date": "2030-01-15",
        "eurovoc": ["3844"],
        "procedure": "2030/0007(COD)",
    }


def test_news_is_told_whole():
    first = json.loads(affairs("read", "feed", OURS / "feed/rss.xml"))[0]
    assert first["published_at"] == "2026-09-25T09:15:00+02:00"
    assert first["references"] == ["2030/0007"]


def test_full_records_hold_no_name_of_an_officer_or_citizen():
    for name in ("search.json", "initiative.json", "feedback.json"):
        told = affairs("read", "have-your-say", OURS / "have_your_say" / name, "--full")
        assert "canary" not in told.casefold()
        assert json.loads(told)


def test_pages_are_joined_and_repeats_told_once():
    page = OURS / "parliament/list.json"
    assert len(json.loads(affairs("read", "parliament", page, "--page", page))) == 2


def test_standard_input_is_read():
    told = affairs("read", "feed", "-", input=(OURS / "feed/atom.xml").read_bytes())
    assert json.loads(told)[0]["title"] == "2030/0007(COD)"


def test_an_answer_with_status_204_is_an_empty_array(tmp_path):
    (tmp_path / "end").write_bytes(b"")
    assert json.loads(affairs("read", "parliament", tmp_path / "end", "--status", "204")) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("read", "nobody", "file"), "NotFound: no source is called 'nobody'. Use one of have-your-say, parliament"),
        (("read", "feed", "nofile"), "NotFound: nofile: the file cannot be read"),
        (("read", "cellar", OURS / "feed/rss.xml"), "SourceChanged: rss.xml, line 1: the XML is no notice"),
        (("read", "feed", OURS / "feed/rss.xml", "--at", "noon"), "RequestRefused: --at: the time cannot be read"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(arguments, message):
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


TABLE = "title,summary,references,topics\n" + "\n".join(
    [
        "Medical devices: a review,,,Public health",
        "A title that says nothing,,2025/0404(COD); 2025/0001(COD),",
        '"=HYPERLINK(""x"")",,,',
        '"Cardiovascular, and more","Two\nlines",,"Economy, finance and the euro, Public health"',
    ]
)


def judged(tmp_path, text, *arguments, encoding="utf-8"):
    (tmp_path / "items.csv").write_text(text, encoding=encoding)
    return affairs("relevance", tmp_path / "items.csv", *arguments)


def test_each_row_has_its_class_and_its_reasons(tmp_path):
    rows = list(csv.reader(judged(tmp_path, TABLE).splitlines()))
    assert rows[0] == ["class", "reasons", "title"]
    assert [row[0] for row in rows[1:]] == ["2", "2", "0", "1"]
    assert rows[1][1].startswith("medical-devices: “medical devices” in the title (+3 core)")
    assert rows[3][1:] == ["nothing found", '\'=HYPERLINK("x")']


def test_verdicts_are_told_as_json(tmp_path):
    told = json.loads(judged(tmp_path, TABLE, "--format", "json"))
    assert [one["class"] for one in told] == [2, 2, 0, 1]
    assert "topic Public health (+0.5 core)" in told[3]["reasons"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_title_alone_and_semicolons_are_enough(tmp_path, encoding):
    told = judged(tmp_path, "Nr;TITLE\n1;Radiology\n2;Fisheries\n", encoding=encoding)
    assert [line[0] for line in told.splitlines()[1:]] == ["2", "0"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "SourceUnavailable: items.csv: the file is empty"),
        (b"name,topics\nx,y\n", "SourceChanged: items.csv, line 1: the table has no column title"),
        (b"title\nx,y\n", "SourceChanged: items.csv, line 2: a row has more cells than the header"),
        (b'title\n"x\n', "SourceChanged: items.csv, line 1: the table is broken"),
        (b"title\n\xe9t\xe9\n", "SourceChanged: items.csv, byte 6: the text is not UTF-8"),
    ],
)
def test_a_broken_table_is_refused_with_its_place(tmp_path, content, message):
    (tmp_path / "items.csv").write_bytes(content)
    result = run("relevance", tmp_path / "items.csv")
    assert result.returncode == 1
    assert result.stderr.startswith(message)


def test_a_missing_rule_book_is_named(tmp_path):
    (tmp_path / "items.csv").write_text("title\nx\n")
    result = run("relevance", tmp_path / "items.csv", "--catalogue", tmp_path)
    assert result.stderr.startswith("NotFound: ")
    assert "there is no rule book here" in result.stderr
