"""Reading files: our readers beside the packages that others use, on the same bytes, in the same run.

Each reading is a process of its own, so that its peak of memory is its own. Ours and the peers' take turns in several
rounds; of each the median is told and, because other programs on the machine only ever add to a time, the best. In a
first round both also tell what they found, and what they tell must be equal: the number of records, values and letters,
and some thousands of records one by one.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench.peers import tell
from observatory.observations.payload import Payload
from observatory.observations.records import Records
from observatory.providers import get_reader

PROJECT = Path(__file__).resolve().parents[1]
ROUNDS = 3
_LETTERS = ["", "", "", "", "", "", "", "", "", "", "", "", "", "b", "e", "p", "bep", "d", "u"]
_YEARS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One format, one file of it, and the packages that read it too."""

    name: str
    """What it is called in the report."""
    file: str
    """Name of the file that is made."""
    provider: str
    """Whose reader reads it."""
    make: Callable[[Path], None]
    """What writes the file."""
    peers: dict[str, float]
    """Package → how many times faster we promise to be; 0 for no promise."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What reading one file took."""

    name: str
    """The format."""
    who: str
    """Whose reader."""
    records: int
    """How many records were read."""
    seconds: tuple[float, ...]
    """Seconds of each round."""
    size: int
    """Bytes of the file."""
    peak: int
    """Bytes of memory at the peak, the file's own included, the interpreter's and the libraries' not; 0 if unknown."""
    promised: float
    """How many times slower than ours we promise it to be; 0 for no promise."""

    @property
    def median(self) -> float:
        """Seconds of the middle round."""
        return statistics.median(self.seconds)

    @property
    def best(self) -> float:
        """Seconds of the shortest round."""
        return min(self.seconds)


def measure_readers(folder: Path, *, python: Path, rounds: int = ROUNDS) -> list[Reading]:
    """Measure every case; `python` is the interpreter of the peers' environment. Raises ValueError if two differ."""
    return [reading for case in CASES for reading in measure_case(case, folder, python=python, rounds=rounds)]


def measure_case(case: Case, folder: Path, *, python: Path, rounds: int = ROUNDS) -> list[Reading]:
    """Ours first, then each peer's."""
    path = folder / case.file
    if not path.exists():
        case.make(path)
    ours = [sys.executable, "-m", "bench.readers", case.provider, str(path)]
    theirs = {peer: [str(python), "-P", str(PROJECT / "bench" / "peers.py"), peer, str(path)] for peer in case.peers}
    told = {who: _run([*command, "tell"]) for who, command in {"ours": ours, **theirs}.items()}
    for peer in case.peers:
        _compare(case.name, peer, told["ours"], told[peer])
    taken: dict[str, list[dict[str, float]]] = {who: [] for who in told}
    for _ in range(rounds):
        for who, command in {"ours": ours, **theirs}.items():
            taken[who].append(_run(command))
    return [
        Reading(
            name=case.name,
            who=who,
            records=int(told["ours"]["records"]),
            seconds=tuple(run["seconds"] for run in runs),
            size=path.stat().st_size,
            peak=max(int(run.get("peak", 0)) for run in runs),
            promised=case.peers.get(who, 0),
        )
        for who, runs in taken.items()
    ]


def report(readings: list[Reading]) -> str:
    """The measurements as a Markdown table."""
    heads = ["format", "reader", "median s", "best s", "million records/s", "ours is faster by", "best by best"]
    heads += ["promised", "memory ÷ file"]
    lines = [_line(heads), _line(["---", "---", *["---:"] * (len(heads) - 2)])]
    ours = {reading.name: reading for reading in readings if reading.who == "ours"}
    for one in readings:
        own = ours[one.name]
        figures = [one.name, one.who, f"{one.median:.2f}", f"{one.best:.2f}", f"{one.records / one.median / 1e6:.2f}"]
        figures += ["", ""] if one is own else [f"{one.median / own.median:.1f} ×", f"{one.best / own.best:.1f} ×"]
        figures += [f"{one.promised:.0f} ×" if one.promised else "", f"{one.peak / one.size:.1f}" if one.peak else ""]
        lines.append(_line(figures))
    return "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def make_bulk_table(path: Path) -> None:
    """Eurostat's bulk table: 200 000 series of 50 years, 15 of 100 cells empty, a third marked."""
    series = pl.DataFrame({"i": pl.arange(200_000, eager=True)})
    key = pl.format("A,NR,SPEC{},T{},G{}", pl.col("i") // 1500, pl.col("i") % 5, pl.col("i") // 5 % 300)
    cells = [_cell(year, between=" ", nothing=":").alias(f"{1975 + year} ") for year in range(_YEARS)]
    frame = series.select(key.alias("freq,unit,med_spec,sex,geo\\TIME_PERIOD"), *cells)
    frame.write_csv(path, separator="\t", quote_style="never", line_terminator="\r\n")


def make_json_stat(path: Path) -> None:
    """A cube of two million cells as Eurostat sends it: an object of values, an object of marks."""
    sides = {
        "unit": ["NR", "P_HTHAB"],
        "med_spec": [f"SPEC{n}" for n in range(100)],
        "geo": [f"G{n}" for n in range(200)],
        "time": [str(1975 + n) for n in range(_YEARS)],
    }
    cells = pl.DataFrame({"i": pl.arange(2_000_000, eager=True)}).select(
        "i", _value(0).alias("v"), _letters(0).alias("f")
    )
    values = cells.filter(~_is_empty(0)).select(pl.format('"{}":{}', "i", "v"))
    marks = cells.filter(pl.col("f") != "").select(pl.format('"{}":"{}"', "i", "f"))
    described = {
        name: {"label": name, "category": {"index": {code: at for at, code in enumerate(codes)}}}
        for name, codes in sides.items()
    }
    document = {
        "version": "2.0", "class": "dataset", "label": "Made up", "id": list(sides), "value": "VALUE",
        "status": "STATUS", "size": [len(codes) for codes in sides.values()], "dimension": described,
        "role": {"time": ["time"]},
    }  # fmt: skip
    text = json.dumps(document, separators=(",", ":"))
    text = text.replace('"VALUE"', "{" + ",".join(values.to_series()) + "}")
    path.write_text(text.replace('"STATUS"', "{" + ",".join(marks.to_series()) + "}"), encoding="utf-8")


def make_sdmx_csv(path: Path) -> None:
    """SDMX-CSV 1.0 as Eurostat sends it: five million lines, its last dimension fastest but for time, two decimals."""
    frame = _series_and_years(5_000_000).select(
        pl.lit("ESTAT:HLTH_RS_SPEC(1.0)").alias("DATAFLOW"),
        pl.lit("02/07/21 11:00:00").alias("LAST UPDATE"),
        pl.lit("A").alias("freq"),
        pl.format("U{}", pl.col("s") // 45_000).alias("unit"),
        pl.format("SPEC{}", pl.col("s") // 150 % 300).alias("med_spec"),
        pl.format("G{}", pl.col("s") % 150).alias("geo"),
        pl.col("y").alias("TIME_PERIOD"),
        _value(0).alias("OBS_VALUE"),
        _letters(0).alias("OBS_FLAG"),
    )
    frame.write_csv(path, quote_style="never", float_precision=2)


def make_sdmx_csv_with_words(path: Path) -> None:
    """SDMX-CSV 2.0 with words in the fields, as OECD's Data Explorer hands it out: two million lines."""
    words = pl.DataFrame({"code": [letter.upper()[:1] or "A" for letter in _LETTERS]})["code"]
    marks = {"A": "Normal value", "B": "Time series break", "E": "Estimated value", "P": "Provisional value",
             "D": "Definition differs", "U": "Low reliability"}  # fmt: skip
    frame = _series_and_years(2_000_000).select(
        pl.lit("dataflow").alias("STRUCTURE"),
        pl.lit("OECD.ELS.HD:DSD_HEALTH_REAC_HOSP@DF_MED_TECH(1.1): Medical technology").alias("STRUCTURE_ID"),
        pl.lit("I").alias("ACTION"),
        pl.format("A{}: Area number {}", pl.col("s") // 900, pl.col("s") // 900).alias("REF_AREA: Reference area"),
        pl.format("M{}: Measure number {}", pl.col("s") // 3 % 300, pl.col("s") // 3 % 300).alias("MEASURE: Measure"),
        pl.format("U{}: Unit number {}", pl.col("s") % 3, pl.col("s") % 3).alias("UNIT_MEASURE: Unit of measure"),
        pl.col("y").alias("TIME_PERIOD: Time period"),
        _value(0).alias("OBS_VALUE"),
        words.gather(_series_and_years(2_000_000).select(_letter_number(0)).to_series())
        .replace_strict({code: f"{code}: {text}" for code, text in marks.items()})
        .alias("OBS_STATUS: Observation status"),
    )
    frame.write_csv(path, quote_style="never")


CASES = (
    Case(
        name="Eurostat bulk table, 10 million cells",
        file="bulk_table.tsv",
        provider="eurostat",
        make=make_bulk_table,
        peers={"eurostat": 20, "pandas": 40},
    ),
    Case(
        name="JSON-stat, 2 million cells",
        file="json_stat.json",
        provider="eurostat",
        make=make_json_stat,
        peers={"pyjstat": 40},
    ),
    Case(
        name="SDMX-CSV, 5 million lines",
        file="sdmx_1_0.csv",
        provider="eurostat",
        make=make_sdmx_csv,
        peers={"pysdmx": 15},
    ),
    Case(
        name="SDMX-CSV with words, 2 million lines",
        file="sdmx_with_words.csv",
        provider="oecd",
        make=make_sdmx_csv_with_words,
        peers={"pysdmx": 15},
    ),
)
"""What is measured."""


def _series_and_years(lines: int) -> pl.DataFrame:
    """Series `s` and year `y` of each line, a tenth of the years left out, and a number `i`."""
    every = pl.DataFrame({"i": pl.arange(lines * 10 // 9 + 10, eager=True)}).filter(_mixed(77) % 10 > 0).head(lines)
    return every.with_columns(s=pl.col("i") // _YEARS, y=1975 + pl.col("i") % _YEARS)


def _mixed(salt: int) -> pl.Expr:
    """Numbers that look random and are the same on every machine."""
    mixed = (pl.col("i").cast(pl.UInt64) + salt * 1_000_003 + 1) * 2_654_435_761 % 4_294_967_296
    return (mixed + mixed // 65_536) * 40_503 % 4_294_967_296 // 256


def _value(salt: int) -> pl.Expr:
    return ((_mixed(salt) % 10_000).cast(pl.Float64) / 10).round(1)


def _is_empty(salt: int) -> pl.Expr:
    return _mixed(salt + 1000) % 100 < 15


def _letter_number(salt: int) -> pl.Expr:
    return _mixed(salt + 2000) % len(_LETTERS)


def _letters(salt: int) -> pl.Expr:
    return pl.lit(pl.Series(_LETTERS)).gather(_letter_number(salt))


def _cell(salt: int, *, between: str, nothing: str) -> pl.Expr:
    written = pl.when(_is_empty(salt)).then(pl.lit(nothing)).otherwise(_value(salt).cast(pl.String))
    return pl.concat_str(written, pl.lit(between), _letters(salt))


def _run(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def _compare(name: str, peer: str, ours: dict[str, object], theirs: dict[str, object]) -> None:
    """Raise ValueError if the two did not find the same. Some peers know no marks, or tell of cells that are empty."""
    marked = set(theirs["letters"]) != {""}
    ours, theirs = ({**told, "sample": _known(told["sample"], marked=marked)} for told in (ours, theirs))
    for what in ("records", "values", "letters", "sample") if marked else ("values", "sample"):
        if ours[what] != theirs[what]:
            raise ValueError(
                f"{name}: {peer} finds other {what} than we do: {theirs[what]!r:.300} … {ours[what]!r:.300}"
            )


def _known(sample: list[list[object]], *, marked: bool) -> list[list[object]]:
    return sample if marked else [[*codes, value] for *codes, value, _ in sample if value is not None]


def _read(provider: str, path: Path, *, telling: bool) -> dict[str, object]:
    """Read a file with our reader, in this process."""
    reader = get_reader(provider)
    before = _resident()
    payload = Payload(name=path.name, content=path.read_bytes())
    start = time.perf_counter()
    records = reader(payload)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    return {"seconds": seconds, "peak": peak} | (tell(_told(records)) if telling else {})


def _told(records: Records) -> Iterator[tuple[list[str], float | None, str]]:
    columns = [*records.dimensions, "period", "value", "provider_flags"]
    for part in records.frame.select(columns).iter_slices(500_000):
        for *codes, value, letters in part.iter_rows():
            yield codes, value, letters or ""


def _resident() -> int:
    """Bytes of memory this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    print(json.dumps(_read(sys.argv[1], Path(sys.argv[2]), telling=len(sys.argv) > 3)))
