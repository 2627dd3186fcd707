"""`observatory membership decide`, as a person or a register uses it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from observatory.cli import make_app

app = make_app()

ROOT = Path(__file__).parents[2] / "catalogue"
VIENNA = {
    "profession": "Radiologist", "country": "Austria", "in_training": False, "practising": True, "retired": False,
    "former_full_member": False, "organisation_role": "none", "on": "2026-11-24",
}  # fmt: skip


def decide(*lines, code=0, arguments=()):
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = CliRunner().invoke(
        app, ["membership", "decide", "-", "--catalogue", str(ROOT), *arguments], input=text.encode()
    )
    assert result.exit_code == code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()], result.stderr


def refused(line):
    (answer,), stderr = decide(line, code=1)
    assert answer["message"] in stderr
    assert answer["remedy"]
    return answer


def test_an_applicant_is_answered_with_type_rule_reasons_fee_and_benefits():
    (answer,), stderr = decide(VIENNA)

    assert (answer["outcome"], answer["type"], answer["fee_cents"]) == ("decided", "full", 1100)
    assert (answer["rule"], answer["missing_evidence"], answer["line"]) == ("professional-in-europe", [], 1)
    assert answer["reasons"]
    diploma = next(benefit for benefit in answer["benefits"] if benefit["id"] == "diploma")
    assert (diploma["holds"], diploma["footnotes"][0]["mark"]) == (True, "3")
    assert answer["understood"]["country"] == "AUT"
    assert answer["understood"]["isco_08"] == "2212"
    assert answer["rule_book"]["sources"][0]["certainty"] == "stated by the society"
    assert stderr == ""


def test_a_file_is_read_and_blank_lines_are_left_out(tmp_path):
    path = tmp_path / "applicants.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(VIENNA).encode() + b"\r\n\r\n" + json.dumps(VIENNA).encode())
    result = CliRunner().invoke(app, ["membership", "decide", str(path), "--catalogue", str(ROOT)])

    assert result.exit_code == 0, result.output
    assert [json.loads(line)["line"] for line in result.stdout.splitlines()] == [1, 3]


def test_a_file_that_is_not_there_is_named(tmp_path):
    result = CliRunner().invoke(app, ["membership", "decide", str(tmp_path / "none"), "--catalogue", str(ROOT)])

    assert result.exit_code == 1
    assert "the file cannot be read" in str(result.exception)


def test_a_line_in_error_leaves_the_others_answered():
    answers, stderr = decide(VIENNA, VIENNA | {"profession": "wizard"}, VIENNA, code=1)

    assert [("error" in answer, answer["line"]) for answer in answers] == [(False, 1), (True, 2), (False, 3)]
    assert "line 2" in stderr


@pytest.mark.parametrize("country", ["AT", "at", "AUT", "Austria", "AUSTRIA", " austria "])
def test_a_country_is_known_by_code_or_name(country):
    assert decide(VIENNA | {"country": country})[0][0]["understood"]["country"] == "AUT"


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("Scotland", "GBR"),
        ("United-Kingdom", "GBR"),
        ("The Netherlands", "NLD"),
        ("NO", "NOR"),
        ("Holland", "NLD"),
        ("U.K.", "GBR"),
        ("Österreich", "AUT"),
    ],
)
def test_a_country_is_known_by_its_parts_and_in_loose_spelling(country, code):
    assert decide(VIENNA | {"country": country})[0][0]["understood"]["country"] == code


@pytest.mark.parametrize("nothing", [None, "", "  ", "unknown", "-"])
def test_no_answer_is_no_answer(nothing):
    (answer,), _ = decide(VIENNA | {"country": nothing})

    assert (answer["outcome"], answer["type"], answer["missing_evidence"]) == ("incomplete", None, ["country"])


def test_yes_and_no_may_be_words():
    (answer,), _ = decide(VIENNA | {"retired": "Yes", "former_full_member": "yes", "practising": "no"})

    assert answer["rule"] == "retired-full-member"


def test_an_answer_that_contradicts_the_word_counts_as_none():
    (answer,), _ = decide(VIENNA | {"profession": "resident", "in_training": False, "on": "2014-05-01"})

    assert answer["unanswered"] == ["in_training"]
    assert any("contradict" in reason for reason in answer["reasons"])


def test_a_day_on_the_command_line_is_for_lines_without_one():
    undated = {name: value for name, value in VIENNA.items() if name != "on"}
    answers, _ = decide(undated, VIENNA, arguments=("--on", "2014-03-01"))

    assert [answer["fee_cents"] for answer in answers] == [1000, 1100]


def test_the_answers_to_be_proven_are_named():
    assert decide(VIENNA)[0][0]["claims"] == ["profession", "country"]
    retired = VIENNA | {"retired": True, "former_full_member": True}
    assert decide(retired)[0][0]["claims"] == ["retired", "former_full_member"]


def test_no_role_may_be_said_by_false():
    assert decide(VIENNA | {"organisation_role": False})[0][0]["outcome"] == "decided"


def test_an_id_is_handed_back():
    assert decide(VIENNA | {"id": "A-7"})[0][0]["id"] == "A-7"


@pytest.mark.parametrize(
    ("line", "field", "problem"),
    [
        (VIENNA | {"profession": "wizard"}, "profession", "nobody listed the word"),
        (VIENNA | {"profession": 7}, "profession", "the answer is no text"),
        (VIENNA | {"organisation_role": "king"}, "organisation_role", "nobody listed the word"),
        (VIENNA | {"country": "Atlantis"}, "country", "no country is called"),
        (VIENNA | {"country": "Yugoslavia"}, "country", "a country no more"),
        (VIENNA | {"country": "EU27_2020"}, "country", "is no country"),
        (VIENNA | {"on": "2026-02-30"}, "on", "there is no such day"),
        (VIENNA | {"on": "24.11.2026"}, "on", "not written as a day"),
        (VIENNA | {"retired": 1}, "retired", "neither yes nor no"),
        (VIENNA | {"retired": "perhaps"}, "retired", "neither yes nor no"),
        (VIENNA | {"profesion": "nurse"}, "profesion", "no field is called"),
        (VIENNA | {"id": [1]}, "id", "no short text or number"),
        ('{"retired": true, "retired": false}', "retired", "a field stands twice"),
        ('{"retired": NaN}', "", "the line is no JSON"),
        ('{"profession": "\\ud800"}', "", "the line cannot be read"),
        ('{"retired": true', "column", "the line is no JSON"),
        ("[1, 2]", "", "no JSON object"),
        ("[" * 50_000, "", "the line cannot be read"),
        ('{"id": ' + "9" * 5000 + "}", "", "the line cannot be read"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_field_and_remedy(line, field, problem):
    answer = refused(line)

    assert problem in answer["problem"]
    assert field in answer["field"]


def test_bytes_that_are_no_text_are_refused():
    result = CliRunner().invoke(app, ["membership", "decide", "-", "--catalogue", str(ROOT)], input=b'{"id": "\xff"}')

    assert result.exit_code == 1
    assert "not UTF-8" in json.loads(result.stdout)["problem"]


def test_a_reader_who_has_seen_enough_is_no_error(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text((json.dumps(VIENNA) + "\n") * 2000, encoding="utf-8")
    program = [sys.executable, "-c", "from observatory.cli import main; main()"]
    command = [*program, "membership", "decide", str(path), "--catalogue", str(ROOT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
