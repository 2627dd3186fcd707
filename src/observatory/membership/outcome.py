"""The four ways in which an application can be answered."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of an applicant; exactly one of these."""

    DECIDED = "decided"
    """One type fits, whatever the answers still missing may be."""
    PROVISIONAL = "provisional"
    """One type fits unless an answer still missing claims an exception, or no source speaks of the day."""
    INCOMPLETE = "incomplete"
    """Several types can still fit; the missing answers are named."""
    PERSON = "person"
    """The published text does not decide; a person must."""
