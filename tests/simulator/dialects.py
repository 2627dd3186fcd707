"""How each simulated provider answers: its addresses, its formats, its paging, its ways of saying no."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from tests.simulator.figures import (
    Figures,
    eurostat_csv,
    eurostat_json,
    eurostat_tsv,
    oecd_csv,
    packed,
    who_rows,
    world_bank_rows,
)
from tests.simulator.institutions import Institutions

JOB = "98de05ea-540a-43d3-903b-000000000001"
"""Under which id simulated Eurostat prepares an answer aside."""


@dataclass(frozen=True)
class Reply:
    """What a provider says to a question."""

    content: bytes
    media_type: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A question as it arrives."""

    path: str
    query: dict[str, list[str]]
    accept: str

    def value(self, name: str, otherwise: str) -> str:
        """A parameter of the query."""
        return self.query.get(name, [otherwise])[0]


@dataclass
class Providers:
    """The simulated providers and the moods a test can put them in."""

    figures: Figures = field(default_factory=Figures)
    institutions: Institutions = field(default_factory=Institutions)
    eurostat_is_slow: bool = False
    """Large answers are prepared aside, and a footer or envelope says where."""
    eurostat_job_done: bool = False
    """What was prepared aside lies there now."""
    oecd_downloads_left: int = 1000
    """After so many downloads the OECD answers 429."""
    who_page: int = 2
    """Records a page."""

    def reply(self, *, host: str, target: str, accept: str) -> Reply:
        """The answer to a GET, before any fault."""
        if (said := self.institutions.reply(host=host, target=target)) is not None:
            return Reply(*said)
        split = urlsplit(target)
        speak: Callable[[Asked], Reply] | None = {
            "ec.europa.eu": self._eurostat,
            "sdmx.oecd.org": self._oecd,
            "ghoapi.azureedge.net": self._who,
            "api.worldbank.org": self._world_bank,
        }.get(host)
        if speak is None:
            return Reply(b"no such host here", "text/plain", 421)
        return speak(Asked(split.path, parse_qs(split.query, keep_blank_values=True), accept))

    def _eurostat(self, asked: Asked) -> Reply:
        if asked.path.endswith(f"/1.0/async/data/{JOB}"):
            if not self.eurostat_job_done:
                return Reply(_eurostat_error(404, "NOT_FOUND"), "application/json", 404)
            return Reply(eurostat_csv(self.figures), "text/csv")
        code = re.search(r"/data/([A-Za-z0-9_]+)", asked.path)
        if code is None or code.group(1).lower() != "hlth_rs_spec":
            return Reply(_eurostat_error(404, "ERR_NOT_FOUND_4: Dataset not found"), "application/json", 404)
        return self._eurostat_json() if "/statistics/1.0/" in asked.path else self._eurostat_sdmx(asked)

    def _eurostat_json(self) -> Reply:
        if self.eurostat_is_slow:
            words = "ASYNCHRONOUS_RESPONSE. Your request will be treated asynchronously. Please try again later."
            return Reply(_eurostat_error(413, words), "application/json", 413)
        return Reply(eurostat_json(self.figures), "application/json")

    def _eurostat_sdmx(self, asked: Asked) -> Reply:
        if self.eurostat_is_slow:
            return Reply(_eurostat_envelope(), "application/xml")
        write = {"TSV": eurostat_tsv, "SDMX-CSV": eurostat_csv}[asked.value("format", "TSV")]
        if asked.value("compressed", "false") == "true":
            return Reply(packed(write(self.figures)), "application/gzip")
        return Reply(write(self.figures), "text/csv")

    def _oecd(self, asked: Asked) -> Reply:
        if not asked.accept.startswith(("*/*", "application/vnd.sdmx.data+csv", "text/csv")):
            return Reply(b"", "text/plain", 406)
        if self.oecd_downloads_left <= 0:
            return Reply(b"Too many requests", "text/plain", 429, {"Retry-After": "3600"})
        self.oecd_downloads_left -= 1
        if "DSD_HEALTH_REAC_HOSP@DF_MED_TECH" not in asked.path:
            return Reply(b"NoRecordsFound", "text/plain", 404)
        return Reply(oecd_csv(self.figures), "application/vnd.sdmx.data+csv; charset=utf-8")

    def _who(self, asked: Asked) -> Reply:
        indicator = asked.path.removeprefix("/api/")
        if not indicator.startswith(("DEVICES", "HRH")):
            return Reply(b"", "text/plain", 404)
        rows = who_rows(self.figures, indicator=indicator)
        skip = int(asked.value("$skip", "0"))
        page: dict[str, object] = {
            "@odata.context": f"https://ghoapi.azureedge.net/api/$metadata#{indicator}",
            "value": rows[skip : skip + self.who_page],
        }
        if skip + self.who_page < len(rows):
            page["@odata.nextLink"] = f"https://ghoapi.azureedge.net/api/{indicator}?$skip={skip + self.who_page}"
        return Reply(json.dumps(page).encode(), "application/json; odata.metadata=minimal")

    def _world_bank(self, asked: Asked) -> Reply:
        indicator = asked.path.rsplit("/", 1)[-1]
        if indicator != "SP.POP.TOTL":
            message = {"id": "120", "key": "Invalid value", "value": "The provided parameter value is not valid"}
            return Reply(json.dumps([{"message": [message]}]).encode(), "application/json")
        rows = world_bank_rows(self.figures, indicator=indicator, with_footnotes=asked.value("footnote", "n") == "y")
        size, number = int(asked.value("per_page", "50")), int(asked.value("page", "1"))
        head = {
            "page": number,
            "pages": -(-len(rows) // size),
            "per_page": size,
            "total": len(rows),
            "sourceid": "2",
            "lastupdated": self.figures.updated[:10],
        }
        return Reply(json.dumps([head, rows[(number - 1) * size : number * size]]).encode(), "application/json")


def _eurostat_error(status: int, label: str) -> bytes:
    return json.dumps({"error": [{"status": status, "id": 100, "label": label}]}).encode()


def _eurostat_envelope() -> bytes:
    """The answer that is not data: an envelope that names the job."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Header/><env:Body>'
        '<ns0:syncResponse xmlns:ns0="http://estat.ec.europa.eu/disschain/soap/extraction">'
        f"<queued><id>{JOB}</id><status>SUBMITTED</status></queued>"
        "</ns0:syncResponse></env:Body></env:Envelope>"
    ).encode()
