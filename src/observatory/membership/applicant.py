"""What an applicant says of themselves, in our codes; an answer that was not given is None and never assumed.

A word can say more than it names: a "retired radiologist" has answered two questions. Where the word and an answer
contradict each other neither is believed; the question counts as unanswered and stands in `contradicted`.
"""

from dataclasses import dataclass, fields


@dataclass(frozen=True, kw_only=True, slots=True)
class Applicant:
    """One applicant's answers; each may be missing."""

    profession: str | None = None
    """Code of the profession, as `catalogue/membership/words.yaml` lists them."""
    in_training: bool | None = None
    """Whether still in training for the profession."""
    practising: bool | None = None
    """Whether engaged in practice, teaching or research."""
    country: str | None = None
    """Area id of the country of residence."""
    retired: bool | None = None
    """Whether retired from all clinical practice."""
    former_full_member: bool | None = None
    """Whether ever a full member before."""
    organisation_role: str | None = None
    """Code of the role in which the applicant stands for an organisation; "none" for none."""
    interest: bool | None = None
    """Whether interested in radiology or medical imaging; seldom asked, since an application shows it."""
    contradicted: tuple[str, ...] = ()
    """Questions that were answered twice and differently."""

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Names of the questions without an answer, in the order of a form; interest is not among them."""
        return tuple(name for name in QUESTIONS if getattr(self, name) is None)


YES_OR_NO = ("in_training", "practising", "retired", "former_full_member", "interest")
"""Questions answered by yes or no."""

QUESTIONS = tuple(field.name for field in fields(Applicant) if field.name not in ("interest", "contradicted"))
"""Questions of an application, in the order of a form."""
