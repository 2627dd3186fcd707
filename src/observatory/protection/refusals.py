"""What this room does not compute, and the reason it gives.

Each is asked for often and has an answer that looks like a number. The answer would be wrong in kind, not in size.
"""

from observatory.errors import FigureRefused


def limit_of_a_patient() -> FigureRefused:
    """A dose limit held against the dose of a patient."""
    return FigureRefused(
        "dose limits do not apply to medical exposures",
        place="Directive 2013/59/Euratom, article 5",
        expected="a worker, an apprentice, an unborn child or a member of the public",
        found="a patient or a carer",
        remedy="Ask whether the examination was justified and optimised: compare the median of the facility with a "
        "diagnostic reference level.",
    )


def level_of_one_patient(*, examinations: int, needed: int) -> FigureRefused:
    """A diagnostic reference level held against one patient or a handful."""
    return FigureRefused(
        "a diagnostic reference level is for the median of many patients, not for one: size and indication of each "
        "explain most of what differs",
        expected=f"at least {needed} examinations of the same kind and group",
        found=f"{examinations}",
        remedy="Compare the median of a facility, and look at single high doses one by one.",
    )


def risk_of_one_person() -> FigureRefused:
    """A risk computed for one person from an effective dose."""
    return FigureRefused(
        "effective dose says nothing of the risk of one person: its weights are means over ages and sexes",
        expected="a population",
        found="one person",
        remedy="Speak with the patient about the examination's benefit, and of risk in words that do not feign a "
        "number.",
    )
