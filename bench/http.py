"""Answers over HTTP: the API on one worker beside Datasette with the same rows, and beside nginx with the same file.

Every server stands on loopback and is asked by the same wrk, in turns and in several rounds of one run, of which the
best counts: whatever else the machine does in one round then harms nobody's figure. For the same reason answers for
each second of the server's own processor time stand beside answers for each second of the clock.

Questions are about random areas and years of all two million observations; "new" ones hardly ever repeat, "repeated"
ones are a thousand. Datasette answers from SQLite with an index made for these questions, in both of its ways of
asking. Before anything is measured, the two are seen to give the same figures.
"""

import json
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import polars as pl

from bench.servers import Server, datasette, fetch, free_port, granian, nginx
from bench.synthetic import COUNTRIES, EXAMINATIONS, INDICATORS, YEARS, build_synthetic_release, indicator_id
from observatory.observations.observation import SCHEMA
from observatory.releases.reading import Release, find_current

CONNECTIONS = 8
"""Connections that ask without pause."""
NEW = 200_000
"""Questions of which hardly one is asked twice."""
REPEATED = 1_000
"""Questions that are asked again and again."""

_SPAN = 25
_PROMISE = """Promised: 25 times Datasette's view of the table, with p99 under 5 ms, and a quarter of nginx.
A new question is answered from fragments; a repeated one, as programs and pages ask, from what was answered before."""
_SCRIPT = """
local paths = {}
for line in io.lines("PATHS") do paths[#paths + 1] = line end
math.randomseed(os.time())
request = function() return wrk.format("GET", paths[math.random(#paths)]) end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %f %f %f %d\\n", summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, e.status + e.read + e.connect + e.timeout))
end
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """Fifty observations: two areas, twenty-five years, one examination."""

    indicator: str
    areas: tuple[str, str]
    first: int
    detail: str

    @property
    def last(self) -> int:
        """The last year asked for."""
        return self.first + _SPAN - 1

    @property
    def ours(self) -> str:
        """Its address in the API."""
        query = {"area": ",".join(self.areas), "from": self.first, "to": self.last, "detail": self.detail}
        return f"/api/v1/indicators/{self.indicator}/observations?{urlencode(query, safe=',=')}"

    @property
    def table(self) -> str:
        """Its address in Datasette's view of a table, with everything switched off that takes time."""
        query = {
            "indicator": self.indicator, "area__in": ",".join(self.areas), "detail": self.detail,
            "period__gte": self.first, "period__lte": self.last, "_size": 100, "_shape": "array",
            "_nofacet": 1, "_nosuggest": 1, "_nocount": 1,
        }  # fmt: skip
        return f"/observations/observations.json?{urlencode(query)}"

    @property
    def sql(self) -> str:
        """Its address as a query in SQL."""
        text = (
            "select * from observations where indicator = :i and area in (:a, :b) and detail = :d "
            "and period between :f and :t"
        )
        query = {
            "sql": text, "i": self.indicator, "a": self.areas[0], "b": self.areas[1], "d": self.detail,
            "f": self.first, "t": self.last, "_shape": "array",
        }  # fmt: skip
        return f"/observations.json?{urlencode(query)}"


class Target(NamedTuple):
    """A server and what it is asked."""

    name: str
    """What stands in the table of results."""
    server: Server
    """The server."""
    paths: Sequence[str]
    """What it is asked, in random order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What one server did under load."""

    name: str
    """Server and question."""
    per_second: float
    """Answers a second."""
    per_processor_second: float
    """Answers for each second of processor time of the server and its workers."""
    p50_ms: float
    """Half of the answers came sooner than this."""
    p99_ms: float
    """All but one in a hundred came sooner than this."""
    errors: int
    """Answers that were no answers."""


def measure_http(
    folder: Path,
    *,
    program: Path | None,
    seconds: int = 4,
    rounds: int = 3,
    application: str = "website.config.wsgi:application",
) -> list[Load]:
    """Measure every server in turn. `folder` keeps the synthetic release and its copy in SQLite between runs.

    `program` is Datasette's; without it, or where nginx is not installed, that peer is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    release = _release(folder / "releases")
    questions = list(_questions(NEW))
    with ExitStack() as servers:
        environment = {"OBSERVATORY_RELEASES": str(folder / "releases")}
        api = servers.enter_context(granian(application, port=free_port(), environment=environment))
        ours = [one.ours for one in questions]
        targets = [
            Target("API, 50 observations, new", api, ours),
            Target("API, 50 observations, repeated", api, ours[:REPEATED]),
            Target("API, baked list", api, ["/api/v1/indicators"]),
        ]
        if program is not None:
            peer = servers.enter_context(datasette(program, _copy(release, folder), port=free_port()))
            for way in ("table", "sql"):
                theirs = [str(getattr(one, way)) for one in questions]
                _compare(api.address, ours[:20], peer.address, theirs[:20])
                targets.append(Target(f"Datasette, 50 rows, {way}", peer, theirs))
        if shutil.which("nginx"):
            files = {"indicators.json": fetch(f"{api.address}/api/v1/indicators")}
            peer = servers.enter_context(nginx(folder / "nginx", port=free_port(), files=files))
            targets.append(Target("nginx, the same list", peer, ["/indicators.json"]))
        return _best_of([[_load(target, folder, seconds=seconds) for target in targets] for _ in range(rounds)])


def report(loads: Sequence[Load]) -> str:
    """The measurements as a Markdown table, and the two ratios that are promised."""
    lines = [
        "| server and question | answers/s | answers/processor second | p50 ms | p99 ms | errors |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {load.name} | {load.per_second:,.0f} | {load.per_processor_second:,.0f} | {load.p50_ms:.2f} "
        f"| {load.p99_ms:.2f} | {load.errors} |"
        for load in loads
    ]
    by_name = {load.name: load for load in loads}
    pairs = (
        ("API, 50 observations, new", "Datasette, 50 rows, table"),
        ("API, 50 observations, repeated", "Datasette, 50 rows, table"),
        ("API, 50 observations, new", "Datasette, 50 rows, sql"),
        ("API, 50 observations, repeated", "Datasette, 50 rows, sql"),
        ("API, baked list", "nginx, the same list"),
    )
    lines += ["", "| | by the clock | by processor time |", "|---|---:|---:|"]
    for name, peer in pairs:
        if name in by_name and peer in by_name:
            one, other = by_name[name], by_name[peer]
            clock, work = one.per_second / other.per_second, one.per_processor_second / other.per_processor_second
            lines.append(f"| {name} : {peer} | {clock:.2f} | {work:.2f} |")
    lines += ["", _PROMISE]
    return "\n".join(lines)


def _compare(api: str, ours: Sequence[str], peer: str, theirs: Sequence[str]) -> None:
    """Both give the same figures, or there is nothing to measure."""
    for one, other in zip(ours, theirs, strict=True):
        mine = _figures(json.loads(fetch(api + one))["observations"])
        if len(mine) != 2 * _SPAN or mine != _figures(json.loads(fetch(peer + other))):
            raise RuntimeError(f"{one} and {other} answer differently")


def _best_of(rounds: Sequence[Sequence[Load]]) -> list[Load]:
    """Of every target, the round in which it answered most; errors of all rounds."""
    best = [max(loads, key=lambda load: load.per_second) for loads in zip(*rounds, strict=True)]
    return [
        replace(load, errors=sum(one.errors for loads in rounds for one in loads if one.name == load.name))
        for load in best
    ]


def _questions(number: int) -> Iterator[Question]:
    chance = random.Random(1)
    for _ in range(number):
        first, second = chance.sample(COUNTRIES, 2)
        yield Question(
            indicator=indicator_id(chance.randrange(INDICATORS)),
            areas=(first, second),
            first=chance.randint(int(YEARS[0]), int(YEARS[-1]) - _SPAN + 1),
            detail=f"examination={chance.choice(EXAMINATIONS)}",
        )


def _release(root: Path) -> Release:
    if find_current(root) is None:
        build_synthetic_release(root)
    found = find_current(root)
    if found is None:
        raise RuntimeError(f"no release in {root}")
    return found


def _copy(release: Release, folder: Path) -> Path:
    """The observations in SQLite, every column of them, with an index made for the questions."""
    path = folder / "observations.db"
    if path.exists():
        return path
    unfinished = folder / "observations.unfinished"
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished)) as database:
        kinds = {name: "REAL" if dtype == pl.Float64 else "TEXT" for name, dtype in SCHEMA.items()}
        database.execute(f"create table observations ({', '.join(f'{name} {kind}' for name, kind in kinds.items())})")
        marks = ", ".join("?" for _ in kinds)
        for indicator in release.manifest.indicators:
            table = release.observations(indicator).with_columns(pl.col("seen_from", "seen_to").cast(pl.String))
            database.executemany(f"insert into observations values ({marks})", table.iter_rows())  # noqa: S608
        database.execute("create index asked on observations (indicator, area, detail, period)")
        database.execute("analyze")
        database.commit()
    return unfinished.rename(path)


def _figures(rows: list[dict[str, object]]) -> list[tuple[str, ...]]:
    return sorted((str(row["area"]), str(row["period"]), str(row["value"])) for row in rows)


def _load(target: Target, folder: Path, *, seconds: int) -> Load:
    listed, script = folder / "paths.txt", folder / "questions.lua"
    listed.write_text("\n".join(target.paths), encoding="utf-8")
    script.write_text(_SCRIPT.replace("PATHS", str(listed)), encoding="utf-8")
    asking = ["wrk", "-t1", f"-c{CONNECTIONS}", "--timeout", "30s", "-s", str(script), target.server.address]
    subprocess.run([*asking, "-d1s"], capture_output=True, check=True)
    before = target.server.processor_seconds()
    printed = subprocess.run([*asking, f"-d{seconds}s"], capture_output=True, text=True, check=True).stdout
    worked = target.server.processor_seconds() - before
    result = next(line for line in printed.splitlines() if line.startswith("RESULT"))
    answers, per_second, p50, p99, errors = map(float, result.split()[1:])
    return Load(
        name=target.name,
        per_second=per_second,
        per_processor_second=answers / max(worked, 0.01),
        p50_ms=p50,
        p99_ms=p99,
        errors=int(errors),
    )
