"""CELLAR: notices that say one thing several times, SPARQL rows, and XML that must not be followed."""

import pytest

from observatory.errors import RequestRefused, SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.providers.cellar import read
from tests.specimens import OURS, real_specimen

BOMB = b"""<?xml version="1.0"?><!DOCTYPE NOTICE [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><NOTICE>&b;</NOTICE>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE NOTICE [<!ENTITY a SYSTEM "file:///etc/passwd">]><NOTICE>&a;</NOTICE>"""


def payload(name):
    return Payload(name=name, content=(OURS / "cellar" / name).read_bytes())


def test_a_branch_notice_tells_the_narrowest_descriptors_and_the_typed_procedure():
    act = read(payload("notice_branch.xml")).records[0]
    assert (act.celex, act.title, act.date) == ("52030PC0007", "Proposal on lanterns", "2030-01-15")
    assert (act.eurovoc, act.labels) == (("3844",), ("medical device",))
    assert act.procedure == "2030/0007(COD)"


def test_an_older_notice_marks_no_leaf_and_its_consolidated_text_is_another_work():
    act = read(payload("notice_work.xml")).records[0]
    assert (act.celex, act.title, act.date, act.eurovoc) == ("32030H1213(01)", None, "2030-02-07", ("2884",))
    assert act.procedure is None


def test_two_unexplained_days_are_no_date():
    content = (
        (OURS / "cellar" / "notice_work.xml").read_bytes().replace(b"ENTRY-INTO-FORCE", b"X").replace(b"_DATE_X", b"X")
    )
    assert read(Payload(name="made", content=content)).records[0].date is None


def test_sparql_rows_are_gathered_by_act_and_corrections_left_out():
    reading = read(payload("sparql.json"))
    assert [(act.celex, act.procedure) for act in reading.records] == [
        ("32030R0196", "2030/0007"),
        ("52030PC0007", "2030/0007"),
    ]
    assert reading.remarks == ("1 corrections are left out",)


def test_an_answer_of_sparql_without_rows_is_an_answer():
    assert read(Payload(name="none", content=b'{"head": {}, "results": {"bindings": []}}')).records == ()


def test_a_choice_of_texts_asks_for_the_act_itself():
    with pytest.raises(RequestRefused, match="ACT or DOC_1"):
        read(Payload(name="choices", content=b"<html>300</html>"), status=300)


@pytest.mark.parametrize("content", [BOMB, OUTSIDE, OUTSIDE.replace(b"<?xml", b"\n <?xml")])
def test_a_document_that_declares_a_type_is_refused(content):
    with pytest.raises(SourceChanged, match="declares a type"):
        read(Payload(name="hostile", content=content))


def test_202_and_an_empty_200_are_not_there_yet():
    for status in (200, 202):
        with pytest.raises(SourceUnavailable):
            read(Payload(name="later", content=b""), status=status)


@pytest.mark.parametrize(
    "content", [b"<NOTICE><WORK/></NOTICE>", b"<a/>", b"<NOTICE>", b"{}", b"text", b'{"results": 1}']
)
def test_what_is_no_notice_is_refused(content):
    with pytest.raises(SourceChanged):
        read(Payload(name="made", content=content))


@pytest.mark.specimens
def test_real_notices_are_read():
    folder = real_specimen("affairs/cellar")
    acts = {
        path.name: read(Payload(name=path.name, content=path.read_bytes())).records[0]
        for path in sorted(folder.glob("*.xml"))
    }
    proposal = acts["52018PC0340_branch_new.xml"]
    assert (proposal.celex, proposal.date, proposal.procedure) == ("52018PC0340", "2018-05-28", "2018/0172(COD)")
    assert proposal.title.startswith("Proposal for a DIRECTIVE")
    assert "1837" in proposal.eurovoc
    assert len(proposal.eurovoc) == 10
    work = acts["celex_32018R0196_object_work.xml"]
    assert (work.celex, work.date, work.title) == ("32018R0196", "2018-02-07", None)
    expression = acts["celex_32018R0196_object_expression.xml"]
    assert (expression.celex, expression.title[:23]) == ("32018R0196", "Regulation (EU) 2018/19")
