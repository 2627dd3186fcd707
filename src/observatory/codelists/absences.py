"""Kinds of nothing. An empty cell is not an answer until it says which kind of nothing it is.

A true zero is not among them: zero is a value.
"""

from enum import StrEnum


class Absence(StrEnum):
    """Why there is no value. The string is the code that files and addresses use."""

    NOT_COLLECTED = "not_collected"
    NOT_REPORTED = "not_reported"
    NOT_YET_DUE = "not_yet_due"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    BELOW_THRESHOLD = "below_threshold"
    SOURCE_RETIRED = "source_retired"
    UNREADABLE = "unreadable"


MEANINGS: dict[Absence, str] = {
    Absence.NOT_COLLECTED: "Not collected: nobody asked for this figure.",
    Absence.NOT_REPORTED: "Not reported: asked for, but no answer was published.",
    Absence.NOT_YET_DUE: "Not yet due: the reporting date has not passed.",
    Absence.SUPPRESSED: "Suppressed: exists, but is confidential.",
    Absence.NOT_APPLICABLE: "Not applicable: the figure cannot exist here.",
    Absence.BELOW_THRESHOLD: "Below threshold: too small to be published, but not zero.",
    Absence.SOURCE_RETIRED: "Source retired: the provider no longer publishes this series.",
    Absence.UNREADABLE: "Unreadable: the source holds something here that cannot be read as a figure.",
}

REMEDIES: dict[Absence, str] = {
    Absence.NOT_COLLECTED: "The provider of the questionnaire could add it.",
    Absence.NOT_REPORTED: "The national statistical or health authority could report it.",
    Absence.NOT_YET_DUE: "Wait for the next release.",
    Absence.SUPPRESSED: "Ask the provider for a coarser breakdown.",
    Absence.NOT_APPLICABLE: "Nothing is missing.",
    Absence.BELOW_THRESHOLD: "Ask the provider for a longer period or a larger area.",
    Absence.SOURCE_RETIRED: "Look for the successor series.",
    Absence.UNREADABLE: "Report it to the curators, who read the source again.",
}
