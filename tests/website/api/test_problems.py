"""Questions that cannot be answered: what is wrong, what was expected, what is near. Never a failure of ours."""

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.website.api.client import Client
from website.api.application import LONGEST_QUERY
from website.api.parameters import MOST_FIELDS

MRI = "/api/v1/indicators/mri-units-per-million/observations"


@pytest.mark.parametrize(
    ("query", "parameter", "expected"),
    [
        ("area=Finlnd", "area", "codes or English names of areas"),
        ("area=", "area", "codes or English names of areas"),
        ("area=FIN,,DEU", "area", "codes or English names of areas"),
        ("from=20x0", "from", "a year such as 2019"),
        ("from=٢٠١٩", "from", "a year such as 2019"),
        ("to=20200", "to", "a year such as 2019"),
        ("from=2020&to=2019", "from", "a year that is not after 2019"),
        ("as_of=2022-02-30", "as_of", "a day such as 2022-01-31"),
        ("as_of=20220131", "as_of", "a day such as 2022-01-31"),
        ("provider=oced", "provider", "one of oecd, who, world_bank"),
        ("method=guessed", "method", "one of published, derived"),
        ("setting=hospitals", "setting", "one of all, hospital, ambulatory, not_stated"),
        ("format=xml", "format", "one of json, csv, xlsx, parquet, csvw"),
        ("limit=0", "limit", "a whole number from 1 to 10000"),
        ("limit=-1", "limit", "a whole number from 1 to 10000"),
        ("limit=10001", "limit", "a whole number from 1 to 10000"),
        ("offset=99999999999999999999", "offset", "a whole number from 0"),
        ("age=%00", "age", "at most 20 printable characters"),
        ("area=FIN&area=DEU", "area", "it once"),
        ("provider=", "provider", "codes, separated by commas"),
        ("provider=oecd,", "provider", "codes, separated by commas"),
        ("sector=publc", "sector", "one of all, public, private, not_stated"),
        ("age=", "age", "at most 20 printable characters"),
        ("vintages=every", "vintages", "one of standing, all"),
        ("vintages=all&as_of=2021-12-31", "vintages", "standing beside as_of"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(query: str, parameter: str, expected: str, api: Client) -> None:
    answer = api.get(f"{MRI}?{query}")

    assert answer.status == 400
    assert answer.json["parameter"] == parameter
    assert answer.json["expected"].startswith(expected)
    assert answer.json["type"] == "/api/v1/#bad-value"


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/api/v1/indicator", "/api/v1/indicators"),
        ("/api/v1/indicators/population/observation", "/api/v1/indicators/population/observations"),
        ("/api/v1/indicator/population", "/api/v1/indicators/population"),
        ("/api/v1/openapi.yaml", "/api/v1/openapi.json"),
        ("/api/v2/sources", "/api/v1/sources"),
    ],
)
def test_an_address_that_is_not_there_names_the_nearest(path: str, near: str, api: Client) -> None:
    answer = api.get(path)

    assert (answer.status, answer.json["type"]) == (404, "/api/v1/#no-such-address")
    assert answer.json["suggestions"][0] == near


@pytest.mark.parametrize("name", ["area", "provider", "setting", "age", "from", "format"])
def test_an_empty_filter_says_that_it_is_empty(name: str, api: Client) -> None:
    answer = api.get(f"{MRI}?{name}=")

    assert answer.status == 400
    assert answer.json["detail"].startswith(f"{name} is empty; leave it out to have everything; expected ")


def test_a_misspelt_area_gets_suggestions(api: Client) -> None:
    assert "FIN" in api.get(f"{MRI}?area=Finlnd").json["suggestions"]


def test_a_misspelt_provider_gets_suggestions(api: Client) -> None:
    assert api.get(f"{MRI}?provider=world_banc").json["suggestions"] == ["world_bank"]


def test_a_misspelt_parameter_is_not_ignored(api: Client) -> None:
    answer = api.get(f"{MRI}?aera=FIN")

    assert (answer.status, answer.json["type"]) == (400, "/api/v1/#unknown-parameter")
    assert "known are: area, from, to," in answer.json["detail"]


def test_a_list_takes_no_parameters_it_does_not_know(api: Client) -> None:
    assert api.get("/api/v1/areas?area=FIN").status == 400


def test_an_address_that_is_too_long_is_refused(api: Client) -> None:
    answer = api.get(f"{MRI}?area={'FIN,' * 2500}FIN")

    assert (answer.status, answer.json["expected"]) == (414, f"at most {LONGEST_QUERY} bytes")


def test_too_many_parameters_are_refused(api: Client) -> None:
    assert api.get(f"{MRI}?{'&'.join(['a=1'] * (MOST_FIELDS + 1))}").status == 400


def test_a_format_nobody_can_serve_is_not_acceptable(api: Client) -> None:
    answer = api.get(MRI, accept="image/png")

    assert answer.status == 406
    assert "text/csv" in answer.json["expected"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_the_api_only_reads(method: str, api: Client) -> None:
    answer = api.ask(method, MRI)

    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json["type"] == "/api/v1/#wrong-method"


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v2/indicators", "/api/v1/indicators/x/y/z", "/api/v1//areas", "/api/v1/areas/FIN"]
)
def test_an_unknown_address_is_a_problem_document(path: str, api: Client) -> None:
    answer = api.get(path)

    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json["instance"] == path


def test_a_problem_says_nothing_that_a_browser_would_run(api: Client) -> None:
    answer = api.get("/api/v1/indicators/<script>alert(1)</script>")

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


words = st.one_of(
    st.sampled_from(
        ["area", "from", "to", "provider", "method", "setting", "sex", "age", "detail", "as_of", "format", "limit",
         "offset", "q", "topic", "modality", "FIN", "DEU", "2019", "csv", "json", "xlsx", "parquet", "oecd", "%", "%00",
         "%ff", "%zz", "+", ";", "&", "=", "#", ",", "<script>", "2022-01-01", "\x00", "é", "٣", "-1", "1e9"]
    ),
    st.text(st.characters(max_codepoint=255), max_size=12),
)  # fmt: skip
queries = st.lists(st.tuples(words, words), max_size=5).map(lambda pairs: "&".join(f"{a}={b}" for a, b in pairs))
paths = st.one_of(
    st.sampled_from(["indicators", "indicators/ct-scanners", "areas", "sources", "status", "releases", "openapi.json"]),
    st.sampled_from(["", "releases/x/changes", "indicators/mri-units-per-million/observations"]),
    st.lists(words, max_size=4).map("/".join),
)


@given(path=paths, query=queries, accept=words, known=words)
@example(path="indicators", query="q=%ff%fe", accept="", known="")
@example(path="indicators/population/observations", query="detail=%EF%BF%BF", accept=";q=", known='W/"')
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_question_is_a_failure_of_ours(path: str, query: str, accept: str, known: str, api: Client) -> None:
    answer = api.get(f"/api/v1/{path.replace('?', '')}?{query}", accept=accept, if_none_match=known)

    assert answer.status in {200, 304, 308, 400, 404, 406, 414}
    if answer.status >= 400:
        jsonschema.validate(answer.json, PROBLEM)


PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "parameter", "expected", "suggestions"],
    "additionalProperties": False,
    "properties": {"status": {"minimum": 400, "maximum": 499}, "suggestions": {"type": "array"}}
    | {name: {"type": "string"} for name in ("type", "title", "detail", "instance", "parameter", "expected")},
}
