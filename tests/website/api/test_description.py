"""The description of the API is true: valid OpenAPI, complete, and every answer fits the shape it promises."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
from jsonschema import FormatChecker
from openapi_spec_validator import validate

from observatory.observations.observation import data_dictionary
from observatory.publishing.exports.columns import READABLE
from observatory.releases.reading import Release
from tests.website.api.client import Client
from website.api.problems import KINDS
from website.api.routes import ROUTES

EXAMPLES = {
    "/indicators": ["", "?q=mri&topic=equipment&modality=MR&provider=oecd", "?q=nothing-like-it"],
    "/indicators/{id}": [""],
    "/indicators/{id}/observations": [
        "",
        "?area=FIN,DEU&from=2000&to=2020",
        "?as_of=2021-12-31",
        "?area=FRA",
        "?limit=2",
    ],
    "/observations": ["?area=FIN", "?indicator=ct-scanners,population&limit=1&vintages=all", "?area=FRA"],
    "/areas": [""],
    "/sources": [""],
    "/status": [""],
    "/releases": [""],
    "/releases/{id}": [""],
    "/releases/{id}/changes": ["", "?limit=1&offset=1", "?indicator=ct-scanners"],
}


@pytest.fixture(scope="module")
def description(api: Client) -> dict[str, Any]:
    found: dict[str, Any] = api.get("/api/v1/openapi.json").json
    return found


def addresses(release: Release) -> Iterator[tuple[str, str]]:
    for path, queries in EXAMPLES.items():
        kinds = ("mri-units-per-million", "breast-screening-programme", "ct-scanners-per-million")
        names = kinds if path.startswith("/indicators") else (release.manifest.id,)
        for name in names if "{id}" in path else ("",):
            yield from ((path, f"/api/v1{path.replace('{id}', name)}{query}") for query in queries)


def test_the_description_is_valid_openapi(description: dict[str, Any]) -> None:
    validate(description)  # type: ignore[arg-type]

    assert description["openapi"] == "3.1.0"


def test_every_answer_fits_its_shape(api: Client, release: Release, description: dict[str, Any]) -> None:
    for path, address in addresses(release):
        answer = api.get(address)
        assert answer.status == 200, address
        operation = description["paths"][path]["get"]
        check(answer.json, operation["responses"]["200"]["content"]["application/json"]["schema"], description)


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/indicators", "/api/v1/indicators?topic=x", 400),
        ("/indicators/{id}", "/api/v1/indicators/x", 404),
        ("/indicators/{id}/observations", "/api/v1/indicators/population/observations?area=x", 400),
        ("/indicators/{id}/observations", f"/api/v1/indicators/population/observations?q={'x' * 9999}", 414),
        ("/releases/{id}", "/api/v1/releases/x", 404),
    ],
)
def test_every_refusal_fits_its_shape(
    path: str, address: str, status: int, api: Client, description: dict[str, Any]
) -> None:
    answer = api.get(address)

    promised = description["paths"][path]["get"]["responses"][str(status)]
    assert answer.status == status
    check(answer.json, promised["content"]["application/problem+json"]["schema"], description)


def test_every_route_is_described_and_tried_here(description: dict[str, Any]) -> None:
    assert description["paths"].keys() == {f"/{route.path}" for route in ROUTES} == EXAMPLES.keys()


def test_every_field_and_parameter_has_its_text(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    silent = [
        f"{name}.{field}"
        for name, schema in schemas.items()
        for field, shape in schema.get("properties", {}).items()
        if not shape.get("description")
    ]
    parameters = [one for path in description["paths"].values() for one in path["get"]["parameters"]]

    assert silent == []
    assert all(one["description"] for one in parameters)


def test_an_observation_is_described_by_the_data_dictionary(description: dict[str, Any]) -> None:
    properties = description["components"]["schemas"]["NamedObservation"]["properties"]

    texts = {name: shape["description"] for name, shape in properties.items()}
    assert texts.pop("detail_name") == READABLE["detail_name"]
    assert texts == data_dictionary()


def test_every_example_works(api: Client, description: dict[str, Any], release: Release) -> None:
    for path, item in description["paths"].items():
        for parameter in item["get"]["parameters"]:
            if parameter["in"] == "query" and parameter["name"] != "provider":
                name = "mri-units-per-million" if path.startswith("/indicators") else release.manifest.id
                example = release.manifest.id if parameter["name"] == "release" else parameter["example"]
                query = f"{parameter['name']}={example}"
                assert api.get(f"/api/v1{path.replace('{id}', name)}?{query}").status == 200, (path, query)


def test_the_page_shows_every_address_parameter_and_problem(api: Client, description: dict[str, Any]) -> None:
    page = api.get("/api/v1/").body.decode()

    for path, item in description["paths"].items():
        assert f"GET /api/v1{path}" in page
        assert all(f"<code>{one['name']}</code>" in page for one in item["get"]["parameters"])
    assert all(f'id="{kind.code}"' in page for kind in KINDS)


def test_the_page_asks_for_nothing_else(api: Client) -> None:
    answer = api.get("/api/v1/")
    page = answer.body.decode()

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.search(r"<script|<link|<img|@import|url\(|style=|https?://(?!example\.org)", page)


def test_every_link_of_the_page_leads_somewhere(api: Client) -> None:
    links = Links()
    links.feed(api.get("/api/v1/").body.decode())

    assert links.open_tags == []
    assert {link.removeprefix("#") for link in links.found if link.startswith("#")} <= links.ids
    others = {link for link in links.found if not link.startswith("#")} - {"/"}
    assert [link for link in others if api.get(link).status != 200] == []


def check(answer: object, schema: dict[str, Any], description: dict[str, Any]) -> None:
    whole = schema | {"components": description["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=FormatChecker()).validate(answer)


class Links(HTMLParser):
    """Addresses and ids of a page, and tags that were opened and never closed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.open_tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("href"):
            self.found.append(str(values["href"]))
        if values.get("id"):
            assert values["id"] not in self.ids, f"{values['id']} stands twice"
            self.ids.add(str(values["id"]))
        if tag not in ("meta", "br"):
            self.open_tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open_tags.pop() == tag
