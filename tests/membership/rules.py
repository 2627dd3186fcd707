"""The rule books of the catalogue, read once, and a second implementation of them that shares no code."""

from pathlib import Path

from observatory.membership.applicant import Applicant
from observatory.membership.reading import read_rule_books

ROOT = Path(__file__).parents[2] / "catalogue" / "membership"
BOOKS = read_rule_books(ROOT)
BOOK = {book.id: book for book in BOOKS.books}
PERSON = ""

RADIOLOGY = {"radiologist", "radiology_resident"}
ALLIED = {"radiographer", "nuclear_medicine_physician", "medical_physicist", "data_scientist"}
FRIENDS = {"student", "company_representative", "hospital_manager"}
CLINICIANS = {"physician", "nurse", "dentist", "veterinarian", "pharmacist", "health_professional"}
PERHAPS_ALLIED = {
    "radiation_therapist", "sonographer", "radiology_nurse", "biomedical_engineer", "imaging_scientist",
    "medical_informatician", "radiochemist", "physicist", "radiation_oncologist", "dentomaxillofacial_radiologist",
}  # fmt: skip


def naive_2024(a: Applicant, *, residence: str) -> str:
    """The type for a complete applicant by the book of 2024, written down the page; PERSON where the text is silent."""
    retiree = a.retired and a.former_full_member
    radiological = a.profession in RADIOLOGY | ALLIED | PERHAPS_ALLIED
    idle_abroad = residence == "outside" and not a.practising
    student_of_both = a.profession == "allied_science_student"
    table = [
        (student_of_both and (retiree or not idle_abroad or a.organisation_role in FRIENDS), PERSON),
        (student_of_both, "friends"),
        (a.profession in FRIENDS, PERSON if retiree else "friends"),
        (a.organisation_role in FRIENDS, PERSON if retiree or radiological else "friends"),
        (a.profession in {"lay_person", "administrator"}, PERSON),
        (retiree, "corresponding"),
        (a.profession == "other_profession", PERSON),
        (a.profession in CLINICIANS or residence == "outside", "corresponding"),
        (a.profession in PERHAPS_ALLIED or residence == "undecided" or a.retired, PERSON),
    ]
    return next((kind for fits, kind in table if fits), "full")


def naive_2014(a: Applicant, *, residence: str) -> str:
    """As above, by the book of 2014, which speaks of radiologists who are neither trainees nor retired."""
    if a.in_training or a.profession != "radiologist" or a.retired or residence == "undecided":
        return PERSON
    return "full" if residence == "within" else "corresponding"


def naive_2007(a: Applicant, *, residence: str) -> str:
    """As above, by the book of 2007, which knows radiologists and professionals who are none."""
    if a.profession == "radiologist":
        return {"within": "full", "outside": "corresponding", "undecided": PERSON}[residence]
    if a.profession in ALLIED | CLINICIANS | (PERHAPS_ALLIED - {"dentomaxillofacial_radiologist"}):
        return "associate"
    return PERSON


NAIVE = {"2024": naive_2024, "2014": naive_2014, "2007": naive_2007}
