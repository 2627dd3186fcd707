"""What applicants call themselves, in the spellings they use."""

import pytest

from observatory.errors import NotFound
from tests.membership.rules import BOOKS

WORDS = BOOKS.words


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("radiologist", "radiologist"),
        ("  RADIOLOGISTS ", "radiologist"),
        ("Resident", "radiology_resident"),
        ("radiology-resident", "radiology_resident"),
        ("radiology_resident", "radiology_resident"),
        ("Radiographer", "radiographer"),
        ("X-Ray Technician", "radiographer"),
        ("medical physicist", "medical_physicist"),
        ("Medical  Physics Expert", "medical_physicist"),
        ("student", "student"),
        ("Company Representative", "company_representative"),
        ("Hospital manager", "hospital_manager"),
        ("Senior consultant radiologist", "radiologist"),
        ("Fachärztin für Radiologie", "radiologist"),
        ("MÉDICO RADIOLOGISTA", "radiologist"),
        ("ｒａｄｉｏｌｏｇｉｓｔ", "radiologist"),
    ],
)
def test_a_word_is_understood_however_it_is_spelt(said, code):
    assert WORDS.get_profession(said)[0].code == code


@pytest.mark.parametrize(
    ("said", "code", "implied"),
    [
        ("resident", "radiology_resident", {"in_training": True}),
        ("retired radiologist", "radiologist", {"retired": True}),
        ("Radiographer in training", "radiographer", {"in_training": True}),
        ("trainee medical physicist", "medical_physicist", {"in_training": True}),
        ("chief radiologist, retired", "radiologist", {"retired": True}),
        ("industry data scientist", "data_scientist", {"organisation_role": "company_representative"}),
    ],
)
def test_a_word_answers_what_it_implies(said, code, implied):
    word, answers = WORDS.get_profession(said)

    assert (word.code, answers) == (code, implied)


@pytest.mark.parametrize("said", ["rаdiologist", "wizard", "radio", "retired", "in training", "  "])
def test_a_word_nobody_listed_is_never_guessed(said):
    with pytest.raises(NotFound) as caught:
        WORDS.get_profession(said)
    assert caught.value.place == "profession"
    assert caught.value.remedy


def test_a_near_miss_gets_a_suggestion():
    with pytest.raises(NotFound, match="Did you mean radiologist"):
        WORDS.get_profession("radiolgist")


def test_every_name_and_code_stands_for_itself():
    for word in WORDS.professions:
        assert WORDS.get_profession(word.code)[0] is word
        assert WORDS.get_profession(word.name)[0] is word
    for word in WORDS.roles:
        assert WORDS.get_role(word.code) is word
