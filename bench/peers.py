"""The peers' own readers, run by the Python of their environment: `python peers.py PACKAGE FILE`.

Each reads a file that is already in memory, in the way its manual shows, and prints what it took and what it found.
This file imports nothing of ours.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zlib import crc32

STEP = 5003
"""Every how many lines, or cells, all that was read is told, to be compared."""

Told = Iterable[tuple[list[str], float | None, str]]
"""(codes and period, value, letters) of records."""


def read_with_eurostat(path: Path) -> tuple[float, Told]:
    """`eurostat.get_data(code, flags=True)`, with its question to the network answered from memory."""
    from eurostat import eurostat  # noqa: PLC0415

    content = path.read_bytes()
    names = vars(eurostat)
    names["__get_dims_info__"] = lambda *_, **__: ("", "here", [])
    names["__get_resp__"] = lambda *_, **__: SimpleNamespace(content=content)
    names["__Uri__"] = SimpleNamespace(BASE_URL={"here": ""})
    names["decompress"] = lambda packed: packed
    seconds, (header, *rows) = _timed(lambda: eurostat.get_data("made_up", flags=True))
    first = next(at for at, name in enumerate(header) if str(name).endswith("_value"))
    periods = [str(name).removesuffix("_value") for name in header[first::2]]

    def told() -> Told:
        for row in rows:
            for at, period in enumerate(periods):
                value, letters = row[first + 2 * at : first + 2 * at + 2]
                yield [*row[:first], period], value, str(letters).removeprefix(":").strip()

    return seconds, told()


def read_with_pandas(path: Path) -> tuple[float, Told]:
    """`pandas.read_csv` and `melt`, value and letters parted."""
    import io  # noqa: PLC0415

    import pandas as pd  # noqa: PLC0415

    content = path.read_bytes()

    def read() -> Any:
        wide = pd.read_csv(io.BytesIO(content), sep="\t")
        long = wide.melt(id_vars=wide.columns[0], var_name="period")
        parts = long["value"].str.split(" ", n=1, expand=True)
        long["value"] = pd.to_numeric(parts[0].where(parts[0] != ":"))
        long["letters"] = parts[1]
        names = wide.columns[0].partition("\\")[0].split(",")
        long[names] = long[wide.columns[0]].str.split(",", expand=True)
        return long[[*names, "period", "value", "letters"]]

    seconds, frame = _timed(read)
    rows = frame.itertuples(index=False, name=None)
    return seconds, (
        ([*codes, str(period).strip()], _number(value), letters) for *codes, period, value, letters in rows
    )


def read_with_pyjstat(path: Path) -> tuple[float, Told]:
    """`pyjstat.Dataset.read(text).write("dataframe")`; it knows no marks."""
    from pyjstat import pyjstat  # noqa: PLC0415

    text = path.read_text(encoding="utf-8")
    seconds, frame = _timed(lambda: pyjstat.Dataset.read(text).write("dataframe", naming="id"))
    rows = frame.itertuples(index=False, name=None)
    return seconds, (([*map(str, codes)], _number(value), "") for *codes, value in rows)


def read_with_pysdmx(path: Path) -> tuple[float, Told]:
    """`pysdmx.io.read_sdmx(text)`; it gives text, so numbers are made afterwards, outside the clock."""
    from pysdmx.io import read_sdmx  # noqa: PLC0415

    text = path.read_text(encoding="utf-8")
    seconds, message = _timed(lambda: read_sdmx(text, validate=False))
    frame = message.data[0].data
    letters = next(name for name in frame.columns if name in ("OBS_FLAG", "OBS_STATUS"))
    others = ("LAST UPDATE", "TIME_PERIOD", "OBS_VALUE", letters)
    dimensions = [name for name in frame.columns if name not in others]
    rows = frame[[*dimensions, "TIME_PERIOD", "OBS_VALUE", letters]].itertuples(index=False, name=None)
    return seconds, (
        (list(codes), None if value in ("", "NaN") else float(value), "" if marks == "NaN" else marks)
        for *codes, value, marks in rows
    )


READERS: dict[str, Callable[[Path], tuple[float, Told]]] = {
    "eurostat": read_with_eurostat,
    "pandas": read_with_pandas,
    "pyjstat": read_with_pyjstat,
    "pysdmx": read_with_pysdmx,
}


def tell(told: Told) -> dict[str, object]:
    """How many records, values and letters were found, and all about some of them."""
    records = values = 0
    letters: Counter[str] = Counter()
    sample = []
    for codes, value, marks in told:
        records += 1
        values += value is not None
        letters[marks] += 1
        if _is_chosen(codes):
            sample.append([*codes, value, marks])
    return {"records": records, "values": values, "letters": dict(letters), "sample": sorted(sample, key=str)}


def _is_chosen(codes: list[str]) -> bool:
    """Whether a record is among those that are compared one by one: its codes decide, not where it stands."""
    return crc32("|".join(codes).encode()) % STEP == 0


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def _number(value: float | None) -> float | None:
    return None if value is None or value != value else value  # noqa: PLR0124 (NaN is not itself)


if __name__ == "__main__":
    took, found = READERS[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"seconds": took} | (tell(found) if len(sys.argv) > 3 else {})))
