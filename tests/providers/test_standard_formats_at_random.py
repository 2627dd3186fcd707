"""Eurostat's and OECD's readers at random: any bytes, damaged specimens, and made-up data written in every format.

What is written must come back, each figure with its letters: no flag may be lost on the way in.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatory.codelists.flags import Flag, split_flags
from observatory.formats.text import blocks, scan
from observatory.observations.payload import Payload
from observatory.providers import eurostat, oecd
from tests.providers.soundness import REFUSALS, assert_sound
from tests.providers.test_readers_never_crash import TOKENS
from tests.specimens import OURS

SPECIMENS = [path.read_bytes() for name in ("eurostat", "oecd") for path in sorted((OURS / name).iterdir())]
FUZZ = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
READERS = st.sampled_from([eurostat.read, oecd.read])
MEANT = {
    "b": Flag.BREAK,
    "d": Flag.DEFINITION_DIFFERS,
    "e": Flag.ESTIMATED,
    "f": Flag.FORECAST,
    "p": Flag.PROVISIONAL,
    "r": Flag.REVISED,
    "u": Flag.LOW_RELIABILITY,
    "n": Flag.NOT_SIGNIFICANT,
    "c": Flag.RESTRICTED,
    "q": Flag.UNRECOGNISED,
}
"""Small letters, which mean the same in every format, and what they mean."""


@pytest.fixture(params=["by the compiled loop", "without it"], autouse=True)
def way(request, monkeypatch):
    """Every test twice: a file says the same whether its lines are read by the compiled loop or not."""
    if request.param == "without it":
        monkeypatch.setattr(scan, "_library", lambda: None)
    elif not scan.is_compiled():
        pytest.skip("NOTHING IS COMPILED: no C compiler was there when the package was installed")


Cells = dict[tuple[str, str, str], tuple[float | None, str]]
"""(sex, place, year) → value and letters."""


def survives(read: Callable[..., object], content: bytes) -> None:
    with suppress(*REFUSALS):
        assert_sound(read(Payload(name="made", content=content)))


@st.composite
def damaged(draw) -> bytes:
    """A specimen with pieces cut out, doubled or replaced by what parsers fear."""
    content = draw(st.sampled_from(SPECIMENS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), st.just(content[start:end] * 2)))
        content = content[:start] + piece + content[end:]
    return content


@settings(FUZZ, max_examples=600)
@given(damaged(), READERS, st.sampled_from([blocks.SIZE, 60]))
def test_damaged_specimens(content, read, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", size)
        survives(read, content)


@FUZZ
@given(st.binary(max_size=80), READERS)
def test_any_bytes(content, read):
    survives(read, content)


BEGINNINGS = [
    "freq,geo\\TIME_PERIOD\t2019 \t2020 \n",
    "DATAFLOW,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n",
    "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,VAR,Variable,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n",
    "STRUCTURE[;];STRUCTURE_ID;ACTION;A: a;TIME_PERIOD;OBS_VALUE;COMMENT_OBS\n",
    "LOCATION,TIME,Value,Flag Codes\n",
    '{"id":["a","year"],"size":[2,1],"dimension":{"a":{"category":{"index":["x","y"]}},"year":YEAR},"value":'.replace(
        "YEAR", '{"category":{"index":["2019"]}}'
    ),
]
PIECES = [
    "2019",
    "BE",
    "1.5",
    ":",
    " ",
    "b",
    ",",
    "\t",
    ";",
    "\n",
    '"',
    "\r\n",
    "NaN",
    "1e999",
    "[1,2]",
    '{"0":1}',
    "}",
]


@settings(FUZZ, max_examples=400)
@given(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(PIECES), max_size=24), READERS)
def test_any_pieces_under_a_true_header(beginning, pieces, read):
    survives(read, (beginning + "".join(pieces)).encode())


@st.composite
def cells(draw) -> Cells:
    """A small cube, each of its cells a figure or none, with any set of letters."""
    number = st.one_of(
        st.none(), st.integers(-5, 10**6).map(float), st.floats(allow_nan=False, allow_infinity=False, width=64)
    )
    letters = st.lists(st.sampled_from(sorted(MEANT)), unique=True, max_size=4).map("".join)
    places = draw(st.lists(st.sampled_from(["BE", "EL", "FI", "XK"]), unique=True, min_size=1))
    years = draw(st.lists(st.sampled_from(["2019", "2020", "2021", "2022"]), unique=True, min_size=1))
    keys = product(("F", "M")[: draw(st.integers(1, 2))], places, years)
    return {key: (draw(number), draw(letters)) for key in keys}


def axes(made: Cells) -> list[list[str]]:
    return [list(dict.fromkeys(key[at] for key in made)) for at in range(3)]


def bulk_table(made: Cells) -> str:
    sexes, places, years = axes(made)
    lines = ["sex,geo\\TIME_PERIOD\t" + "\t".join(f"{year} " for year in years)]
    for sex, place in product(sexes, places):
        found = (made[sex, place, year] for year in years)
        figures = (f"{':' if value is None else repr(value)} {letters}" for value, letters in found)
        lines.append(f"{sex},{place}\t" + "\t".join(figures))
    return "\r\n".join(lines) + "\r\n"


def sdmx_csv(made: Cells) -> str:
    lines = ["DATAFLOW,LAST UPDATE,sex,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG"]
    for (sex, place, year), (value, letters) in made.items():
        lines.append(f"ESTAT:X(1.0),,{sex},{place},{year},{'' if value is None else repr(value)},{letters}")
    return "\n".join(lines) + "\n"


def sdmx_csv_with_words(made: Cells) -> str:
    lines = ["STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,sex,Sex,geo,Place,TIME_PERIOD,OBS_VALUE,OBS_STATUS"]
    for (sex, place, year), (value, letters) in made.items():
        figure = "NaN" if value is None else repr(value)
        lines.append(f'dataflow,X,Made up,I,{sex},"Sex, {sex}",{place},Place {place},{year},{figure},{letters}')
    return "\n".join(lines) + "\n"


def sdmx_csv_with_semicolons(made: Cells) -> str:
    lines = ["STRUCTURE[|];STRUCTURE_ID;ACTION;sex: Sex;geo: Place;TIME_PERIOD;OBS_VALUE;OBS_STATUS"]
    for (sex, place, year), (value, letters) in made.items():
        figure = "" if value is None else repr(value).replace(".", ",")
        lines.append(f"dataflow;X;I;{sex}: Sex {sex};{place};{year};{figure};{letters}")
    return "\n".join(lines) + "\n"


def json_stat(made: Cells, *, value: object, status: object, between: tuple[str, str] = (", ", ": ")) -> str:
    sides = zip(("sex", "geo", "time"), axes(made), strict=True)
    dimension = {name: {"category": {"index": codes}} for name, codes in sides}
    size = [len(codes) for codes in axes(made)]
    document = {"version": "2.0", "class": "dataset", "id": list(dimension), "size": size}
    return json.dumps(document | {"dimension": dimension, "value": value, "status": status}, separators=between)


def full_json_stat(made: Cells) -> str:
    found = list(made.values())
    return json_stat(made, value=[value for value, _ in found], status=[letters or None for _, letters in found])


def sparse_json_stat(made: Cells, between: tuple[str, str] = (", ", ": ")) -> str:
    found = list(made.values())
    values = {str(at): value for at, (value, letters) in enumerate(found) if value is not None or not letters}
    status = {str(at): letters for at, (_, letters) in enumerate(found) if letters}
    return json_stat(made, value=values, status=status, between=between)


def dense_json_stat(made: Cells) -> str:
    return sparse_json_stat(made, between=(",", ":"))


def sdmx_json(made: Cells) -> str:
    sides = zip(("sex", "geo", "TIME_PERIOD"), axes(made), strict=True)
    components = [{"id": name, "values": [{"id": code} for code in codes]} for name, codes in sides]
    marks = list(dict.fromkeys(letters for _, letters in made.values() if letters))
    observations = {}
    for (sex, place, year), (value, letters) in made.items():
        key = [codes.index(code) for codes, code in zip(axes(made), (sex, place, year), strict=True)]
        observations[":".join(map(str, key))] = [value, marks.index(letters) if letters else None]
    attributes = {"observation": [{"id": "OBS_STATUS", "values": [{"id": mark} for mark in marks]}]}
    structure = {"dimensions": {"observation": components}, "attributes": attributes}
    return json.dumps({"dataSets": [{"observations": observations}], "structure": structure})


WRITERS = [
    bulk_table,
    sdmx_csv,
    sdmx_csv_with_words,
    sdmx_csv_with_semicolons,
    full_json_stat,
    sparse_json_stat,
    dense_json_stat,
    sdmx_json,
]


@pytest.mark.parametrize("write", WRITERS)
@settings(FUZZ, max_examples=60)
@given(made=cells(), read=READERS, size=st.sampled_from([blocks.SIZE, 50]))
def test_what_is_written_comes_back_with_every_flag(write, made, read, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", size)
        records = read(Payload(name="made", content=write(made).encode()))
    assert_sound(records)
    rows = records.frame.select("sex", "geo", "period", "value", "provider_flags", "flags", "absence").rows()
    assert {row[:3]: (row[3], row[4] or "") for row in rows} == made
    for row in rows:
        assert split_flags(row[5] or "") == {MEANT[letter] for letter in row[4] or ""}
        assert (row[6] is None) is (row[3] is not None)
