"""Whatever an institution sends, a reader returns records or says in one line what is wrong."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.affairs.telling import tell
from observatory.errors import ObservatoryError
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import brussels_time
from observatory.providers import INSTITUTIONS, get_proceedings_reader
from tests.specimens import OURS

AT = brussels_time("2026-11-24")
SPECIMENS = [(source, path) for source in INSTITUTIONS for path in sorted((OURS / source.replace("-", "_")).iterdir())]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "",
            "2026",
            "2030/0007",
            "0000/00/00 00:00:00",
            "\ud800",
            "9" * 40,
            "2026-02-30",
            "0001-01-01",
            "9999-12-31T23:59:59Z",
        ]
    ),
    st.lists(st.none() | st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
)


def told(source: str, content: bytes, status: int = 200) -> None:
    try:
        reading = get_proceedings_reader(source)(Payload(name="answer", content=content), status=status)
    except ObservatoryError:
        return
    for record in reading.records:
        assert json.dumps(tell(record, at=AT, full=True))


def places(thing: object) -> list[tuple[object, object]]:
    """Every container of a document with each of its keys."""
    if isinstance(thing, dict):
        return [(thing, key) for key in thing] + [found for part in thing.values() for found in places(part)]
    if isinstance(thing, list):
        return [(thing, at) for at in range(len(thing))] + [found for part in thing for found in places(part)]
    return []


@pytest.mark.parametrize(("source", "path"), SPECIMENS, ids=lambda value: getattr(value, "name", value))
@given(data=st.data())
def test_a_damaged_answer_is_read_or_refused(source: str, path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))
    told(source, bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))


@pytest.mark.parametrize(
    ("source", "path"),
    [one for one in SPECIMENS if one[1].suffix == ".json"],
    ids=lambda value: getattr(value, "name", value),
)
@given(data=st.data())
def test_a_value_nobody_expects_is_read_or_refused(source: str, path: Path, data: st.DataObject) -> None:
    document = json.loads(path.read_bytes())
    container, key = data.draw(st.sampled_from(places(document)))
    container[key] = data.draw(ODD)  # type: ignore[index]
    told(source, json.dumps(document).encode())


@pytest.mark.parametrize("source", INSTITUTIONS)
@given(content=st.binary(), status=st.sampled_from([200, 202, 204, 300, 307, 404, 500]))
def test_any_bytes_with_any_status_are_read_or_refused(source: str, content: bytes, status: int) -> None:
    told(source, content, status)


@pytest.mark.parametrize("source", INSTITUTIONS)
def test_every_institution_has_specimens_of_our_own(source: str) -> None:
    assert any(one == source for one, _ in SPECIMENS)
