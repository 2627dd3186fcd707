"""Numbers of procedures, acts and documents: one normaliser, tried both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.proceedings.celex import Celex, list_acts_named, list_celex, parse_celex
from observatory.proceedings.document_number import DocumentNumber, Eli, list_documents, parse_document, parse_eli
from observatory.proceedings.procedure_number import ProcedureNumber, list_procedures, parse_procedure
from observatory.proceedings.references import Reference, Scheme, list_references, parse_reference, spread

YEARS = st.integers(1975, 2099)
NUMBERS = st.integers(1, 9999)
PROCEDURES = st.builds(
    ProcedureNumber,
    year=YEARS,
    number=NUMBERS,
    part=st.sampled_from(["", "A", "B", "M"]),
    type=st.sampled_from(["COD", "NLE", "INI", "INL", "CNS", "RSP"]),
)
CELEX = st.builds(
    Celex,
    sector=st.sampled_from("356"),
    year=YEARS,
    type=st.sampled_from(["R", "L", "D", "H", "PC", "DC", "CJ"]),
    number=NUMBERS,
    correction=st.sampled_from(["", "01"]),
    order=st.sampled_from(["", "01", "02"]),
)
DOCUMENTS = st.builds(DocumentNumber, series=st.sampled_from(["COM", "SWD", "SEC", "JOIN"]), year=YEARS, number=NUMBERS)


@pytest.mark.parametrize(
    "text",
    [
        "2025/0404(COD)",
        "2025/404(COD)",
        "2025/0404 (COD)",
        "2025/0404/COD",
        "SANT/10/01234\t***I\t2025/0404(COD)\tCOM(2025)1023",
        "https://oeil.europarl.europa.eu/oeil/en/procedure-file?reference=2025/0404(COD)",
    ],
)
def test_a_procedure_is_known_in_every_spelling_that_says_its_type(text):
    assert str(parse_procedure(text)) == "2025/0404(COD)"


@pytest.mark.parametrize(
    "text",
    [
        "2025-0404",
        "2025_404",
        "2025/0404",
        "eli/dl/proc/2025-0404",
        " 2025_404\n",
        "http://publications.europa.eu/resource/procedure/2025_404",
    ],
)
def test_a_procedure_is_known_in_every_spelling_that_leaves_its_type_out(text):
    assert str(parse_procedure(text)) == "2025/0404"


@given(PROCEDURES)
def test_a_procedure_survives_every_spelling(number):
    assert parse_procedure(str(number)) == number
    assert parse_procedure(number.parliament_id).is_same_procedure(number)
    assert parse_procedure(number.cellar_id).is_same_procedure(number)
    assert parse_procedure(f"A\t{number}\tB") == number


def test_a_procedure_that_changes_its_type_stays_the_same():
    assert parse_procedure("2022/0290(NLE)").is_same_procedure(parse_procedure("2022/0290(COD)"))
    assert parse_reference("2022/0290(NLE)") == parse_reference("2022/0290(COD)") == parse_reference("2022_290")


@pytest.mark.parametrize("text", ["", "2025", "20250404", "1802/0404(COD)", "2025/0404(COD) 2025/0405(COD)", "AI Act"])
def test_what_names_no_procedure_or_two_is_refused(text):
    with pytest.raises(ValueError, match="names"):
        parse_procedure(text)


def test_the_number_of_a_directive_is_no_procedure():
    assert list_procedures("Directive 2013/59/Euratom and Directive 2011/240/EU") == []


@given(CELEX)
def test_a_celex_number_survives(number):
    assert parse_celex(str(number)) == number
    assert parse_celex(f"http://publications.europa.eu/resource/celex/{number}.ENG") == number
    assert list_celex(f"see {number}, and again {number}.") == [str(number)]


def test_a_celex_number_may_carry_brackets_and_a_day():
    assert parse_celex("CELEX:32022H1213(01)").order == "01"
    assert parse_celex("02024R1689-20260727").consolidated_on == "20260727"
    assert str(parse_celex("02024R1689-20260727")) == "02024R1689-20260727"
    assert parse_celex("32017R0745R(01)").is_correction
    assert parse_celex("32017R0745R(01)").act == "32017R0745"


@pytest.mark.parametrize("text", ["", "3", "2017R0745", "32017R745", "32017R0745x", "two words"])
def test_what_is_no_celex_number_is_refused(text):
    with pytest.raises(ValueError, match="no CELEX number"):
        parse_celex(text)


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Amending Regulations (EU) 2017/745 and (EU) 2017/746", ["32017R0745", "32017R0746"]),
        ("repealing Regulation (EC) No 1223/2009", ["32009R1223"]),
        ("Council Directives 90/385/EEC and 93/42/EEC", ["31990L0385", "31993L0042"]),
        ("Council Directive 2013/59/Euratom of 5 December 2013", ["32013L0059"]),
        ("Directives 2002/58/EC, (EU) 2022/2555", ["32002L0058", "32022L2555"]),
        ("Recommendation (Euratom) 2024/1112", ["32024H1112"]),
        ("Regulation (EU, Euratom) No 2025/2445", ["32025R2445"]),
        ("2021/0106(COD) and the years 2021/2027", []),
    ],
)
def test_acts_named_in_words_are_found(text, acts):
    assert list_acts_named(text) == acts


@given(DOCUMENTS)
def test_a_document_survives_every_spelling(number):
    spellings = [str(number), number.cellar_id, f"{number} final", f"{number.series}({number.year}) {number.number}"]
    spellings += [f"{number.series}/{number.year}/{number.number} final"]
    assert {parse_document(spelling) for spelling in spellings} == {number}
    assert list_documents(f"see {number}.") == [str(number)]


@given(st.builds(Eli, kind=st.sampled_from(["reg", "dir", "dec_impl"]), year=YEARS, number=NUMBERS))
def test_an_eli_survives(eli):
    assert parse_eli(str(eli)) == parse_eli(f"http://data.europa.eu/{eli}") == eli
    assert parse_celex(eli.celex).number == eli.number


def test_everything_a_text_refers_to_is_found_once():
    text = "COM(2022) 197 final, 2022/0140(COD): Regulation (EU) 2025/327 (32025R0327) amending Directive 2011/24/EU"
    assert list_references(text) == [
        Reference(scheme=Scheme.PROCEDURE, value="2022/0140"),
        Reference(scheme=Scheme.CELEX, value="32025R0327"),
        Reference(scheme=Scheme.CELEX, value="32011L0024"),
        Reference(scheme=Scheme.DOCUMENT, value="COM(2022)197"),
    ]


def test_a_document_may_be_looked_up_by_the_celex_numbers_it_may_have():
    assert spread([parse_reference("COM(2021) 206")]) == {"COM(2021)206", "52021PC0206", "52021DC0206"}


def test_a_consolidated_text_and_an_eli_lead_to_the_act():
    names = ["02024R1689-20260727", "32024R1689", "eli/reg/2024/1689/oj", "Regulation (EU) 2024/1689"]
    assert {parse_reference(name).value for name in names} == {"32024R1689"}
