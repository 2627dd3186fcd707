"""The long parts of a document are cut out of it, wherever they stand and whatever else bears their names."""

import json

from hypothesis import given
from hypothesis import strategies as st

from observatory.formats.json_documents.json_parts import cut_out

NAMES = ("value", "status")
_texts = st.sampled_from(["b", "p", "", "value", "status", '"status":', '"value":{', "[", "]", "{", "}", "\\", '"'])
_cells = st.one_of(
    st.lists(st.one_of(st.none(), st.integers(0, 9), _texts), max_size=4),
    st.dictionaries(st.one_of(st.sampled_from(["0", "1", "2"]), _texts), st.one_of(st.integers(0, 9), _texts)),
    _texts,
)
_documents = st.dictionaries(
    st.sampled_from([*NAMES, "label", "dimension"]),
    st.one_of(_cells, st.dictionaries(st.sampled_from([*NAMES, "label"]), _cells, max_size=3)),
)


@given(document=_documents, blanks=st.booleans())
def test_a_document_and_its_parts_say_what_the_whole_said(document: dict[str, object], blanks: bool) -> None:
    content = json.dumps(document, separators=(" , ", " : ") if blanks else (",", ":")).encode()

    rest, parts = cut_out(content, NAMES, name="file", expected="JSON")

    assert isinstance(rest, dict)
    assert rest | {name: json.loads(part) for name, part in parts.items()} == document


def test_a_part_is_found_before_and_after_the_other() -> None:
    before, after = b'{"status":{"0":"b"},"value":{"0":1}}', b'{"value":{"0":1},"status":{"0":"b"}}'

    found = [cut_out(content, NAMES, name="file", expected="JSON")[1] for content in (before, after)]

    assert found[0] == found[1] == {"value": b'{"0":1}', "status": b'{"0":"b"}'}
