"""How the simulated institutions answer: the Commission's list in pages, single procedures, SPARQL, feeds.

What they tell of is made up. The Commission's answers carry a contact's name, which must reach no record.
"""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.website.affairs.recorded_folder import initiative, procedure

CANARY = "Canary"
"""Stands in every name and address of a person."""
HOSTS = ("data.europarl.europa.eu", "eur-lex.europa.eu", "publications.europa.eu", "www.ema.europa.eu",
         "www.europarl.europa.eu", "www.iaea.org", "www.who.int")  # fmt: skip
_CELEX = re.compile(r'"(\d{5}[A-Z]+\d{4}(?:\(\d\d\))?)"')
_PROCEDURE = re.compile(r"resource/procedure/(\d{4}_\d+)")


@dataclass
class Institutions:
    """The simulated institutions and what a test may change of them."""

    initiatives: list[dict[str, object]] = field(
        default_factory=lambda: [initiative(number, f"Initiative {number} on radiology") for number in range(1, 251)]
    )
    pages_repeat: bool = False
    """The list ignores which page it is asked for."""
    vote: str = "2027-01-20"
    """The day of a procedure's vote."""
    unknown: set[str] = field(default_factory=set)
    """Procedures that the Parliament does not know."""

    def reply(self, *, host: str, target: str) -> tuple[bytes, str, int] | None:
        """Bytes, media type and status of an answer; None for what is no institution's."""
        split = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(split.query).items()}
        if split.path.endswith("/brpapi/searchInitiatives"):
            return self._search(query)
        if "/brpapi/groupInitiatives/" in split.path:
            return self._initiative(int(split.path.rpartition("/")[2]))
        if split.path.startswith("/api/v2/procedures/2"):
            return self._procedure(split.path.rpartition("/")[2])
        if split.path == "/webapi/rdf/sparql":
            return self._sparql(query["query"])
        if host in HOSTS or split.path.startswith("/commission/presscorner/"):
            return _feed(host, split.path), "application/rss+xml", 200
        return None

    def _search(self, query: dict[str, str]) -> tuple[bytes, str, int]:
        size, number = min(100, int(query["size"])), 0 if self.pages_repeat else int(query["page"])
        rows = self.initiatives[number * size : (number + 1) * size]
        page = {
            "content": rows,
            "number": number,
            "size": size,
            "totalElements": len(self.initiatives),
            "totalPages": -(-len(self.initiatives) // size),
            "last": (number + 1) * size >= len(self.initiatives),
        }
        return json.dumps({"initiativeResultDtoPage": page}).encode(), "application/json", 200

    def _initiative(self, number: int) -> tuple[bytes, str, int]:
        found = next((one for one in self.initiatives if one["id"] == number), None)
        if found is None:
            return b"", "application/json", 404
        publication = {
            "id": float(number * 10),
            "type": "OPC_LAUNCHED",
            "frontEndStage": "OPC_LAUNCHED",
            "receivingFeedbackStatus": "OPEN",
            "publishedDate": "2026/10/01 09:00:00",
            "endDate": "2026/12/10 23:59:59",
            "isCurrent": True,
            "authorName": CANARY,
            "authorMail": f"{CANARY}@example.eu",
        }
        told = {"id": found["id"], "shortTitle": found["shortTitle"], "reference": found["reference"],
                "dossierSummary": "Told on its own page only.", "publications": [publication]}  # fmt: skip
        return json.dumps(told).encode(), "application/json", 200

    def _procedure(self, number: str) -> tuple[bytes, str, int]:
        if number in self.unknown:
            return b"", "application/json", 404
        return json.dumps(procedure(number, vote=self.vote)).encode(), "application/ld+json", 200

    def _sparql(self, query: str) -> tuple[bytes, str, int]:
        rows = [
            {"celex": one, "title": f"Act {one}", "date": "2025-02-11", "eurovoc": "http://eurovoc.europa.eu/5594"}
            for one in _CELEX.findall(query)
        ]
        rows += [
            {"procedure": f"http://publications.europa.eu/resource/procedure/{one}", "prop": f"5{one[:4]}PC{serial:04}"}
            for serial, one in enumerate(_PROCEDURE.findall(query), start=1)
        ]
        bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
        answer = {"head": {"vars": []}, "results": {"bindings": bindings}}
        return json.dumps(answer).encode(), "application/sparql-results+json", 200


def _feed(host: str, path: str) -> bytes:
    item = (f"<item><title>News of {host}</title><link>https://{host}{path}/1</link>"
            f"<guid>https://{host}{path}/1</guid><pubDate>Mon, 23 Nov 2026 09:00:00 GMT</pubDate></item>")  # fmt: skip
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{item}</channel></rss>'.encode()
