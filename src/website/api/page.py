"""The readable page of the API: one file of HTML, made from the description, without script and without other files."""

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from website.api.problems import KINDS, PREFIX

_STYLE = """
:root{color-scheme:light dark;--ink:#1d2430;--soft:#5a6474;--line:#d7dce3;--paper:#fff;--tint:#f4f6f9;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a2acbb;--line:#333c4a;--paper:#14181f;--tint:#1c222c;
--link:#7db8f5}}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:60rem;font:1rem/1.55 system-ui,sans-serif;color:var(--ink);
background:var(--paper)}
h1{font-size:1.9rem;margin:.2rem 0}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-top:1px solid var(--line);
padding-top:1.5rem}h3{font-size:1rem;margin:1.2rem 0 .3rem}a{color:var(--link)}
code,pre{font:.9em/1.5 ui-monospace,monospace}code{overflow-wrap:anywhere}
pre{background:var(--tint);padding:.7rem 1rem;overflow-x:auto;border-radius:.3rem}
.scroll{overflow-x:auto;margin:1rem 0}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line)}
th{color:var(--soft);font-weight:600}summary{cursor:pointer}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:2px solid var(--link);outline-offset:2px}
"""

_UNREAL = "0123456789ab"
"""An id in examples that no release has."""

PAGE_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)
"""The page may use its own style and nothing else."""


def render_page(description: dict[str, Any]) -> str:
    """The page for an OpenAPI document of `description.describe`."""
    info = description["info"]
    site = description["servers"][0]["url"].removesuffix(PREFIX)
    parts = [
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>API – {escape(info['title'])}</title><style>{_STYLE}</style></head><body>",
        f'<nav aria-label="Site"><a href="/">{escape(info["title"])}</a></nav>',
        f"<main><h1>API</h1><p>{_prose(info['description'])}</p>",
        f'<p>For software: <a href="{PREFIX}/openapi.json">OpenAPI 3.1 description</a>. Version ',
        f"{escape(info['version'])}.</p>",
        *(part for path, item in description["paths"].items() for part in _operation(path, item["get"], site)),
        *_shapes(description["components"]["schemas"]),
        *_problems(),
        "</main></body></html>",
    ]
    return "".join(parts)


def _operation(path: str, operation: dict[str, Any], site: str) -> Iterator[str]:
    name = escape(operation["operationId"])
    yield f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(operation["summary"])}</h2>'
    yield f"<p><code>GET {escape(PREFIX + path)}</code></p><p>{_prose(operation['description'])}</p>"
    address = _example(path, operation)
    shown = f"<code>{escape(site + address)}</code>"
    linked = shown if _UNREAL in address else f'<a href="{escape(address)}">{shown}</a>'
    yield f"<p>Such as {linked}</p>"
    if operation["parameters"]:
        rows = ((f"<code>{escape(one['name'])}</code>", _words(one)) for one in operation["parameters"])
        yield from _table(("Parameter", "Meaning"), rows)
    content = operation["responses"]["200"]["content"]
    answers = (
        (f"<code>{escape(media_type)}</code>", _kind(one["schema"]), _prose(one["schema"].get("description", "")))
        for media_type, one in content.items()
    )
    yield from _table(("Answer", "Shape", "Meaning"), answers)
    yield "</section>"


def _prose(text: str) -> str:
    """Text with what stands in backticks set as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _words(parameter: dict[str, Any]) -> str:
    choices = parameter["schema"].get("enum")
    listed = f" One of <code>{escape(', '.join(choices))}</code>." if choices else ""
    example = f" Such as <code>{escape(parameter['example'])}</code>." if parameter["example"] and not choices else ""
    return f"{_prose(parameter['description'])}{listed}{example}"


def _example(path: str, operation: dict[str, Any]) -> str:
    parameters = {one["name"]: one["example"] for one in operation["parameters"]}
    shown = [name for name in ("q", "area", "from", "to") if name in parameters]
    query = "&".join(f"{name}={parameters[name]}" for name in shown)
    filled = path.replace("{id}", parameters.get("id", ""))
    return f"{PREFIX}{filled}?{query}" if query else f"{PREFIX}{filled}"


def _shapes(schemas: dict[str, Any]) -> Iterator[str]:
    yield '<section aria-labelledby="shapes"><h2 id="shapes">Shapes</h2>'
    for name, schema in schemas.items():
        yield f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{_prose(schema.get("description", ""))}</p>'
        if "enum" in schema:
            yield f"<p><code>{escape(', '.join(map(str, schema['enum'])))}</code></p>"
        if "properties" in schema:
            rows = (
                (f"<code>{escape(field)}</code>", _kind(shape), _prose(shape.get("description", "")))
                for field, shape in schema["properties"].items()
            )
            yield from _table(("Field", "Kind", "Meaning"), rows)
    yield "</section>"


def _kind(shape: dict[str, Any]) -> str:
    """The kind of a field in a few words, with a link to its shape."""
    if "$ref" in shape:
        name = escape(shape["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in shape:
        return " or ".join(_kind(one) for one in shape["anyOf"])
    if shape.get("type") == "array":
        return f"list of {_kind(shape.get('items', {}))}"
    if isinstance(shape.get("additionalProperties"), dict):
        return f"object of {_kind(shape['additionalProperties'])}"
    return escape(str(shape.get("format", shape.get("type", "anything"))))


def _problems() -> Iterator[str]:
    yield '<section aria-labelledby="problems"><h2 id="problems">Problems</h2><p>A question that is not answered gets '
    yield 'a <a href="#Problem">problem document</a> of type <code>application/problem+json</code>.</p>'
    rows = (
        (f'<span id="{escape(kind.code)}">{kind.status.value}</span>', f"{escape(kind.title)}. {escape(kind.advice)}")
        for kind in KINDS
    )
    yield from _table(("Status", "Meaning"), rows)
    yield "</section>"


def _table(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield '<div class="scroll"><table><thead><tr>'
    yield "".join(f'<th scope="col">{title}</th>' for title in header)
    yield "</tr></thead><tbody>"
    for row in rows:
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
    yield "</tbody></table></div>"
