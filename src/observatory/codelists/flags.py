"""Observation flags: what a provider says about a value, beside the value.

Providers combine letters freely ("bep" is break, estimated and provisional at once), and most tools keep
only the first. Here a value carries a *set* of flags, written as sorted codes joined by "|", and the
provider's own letters travel beside it untouched.

Source of the concepts: SDMX code list CL_OBS_STATUS 2.2, and Eurostat's statistical symbols.
"""

from collections.abc import Iterable
from enum import StrEnum

SEPARATOR = "|"


class Flag(StrEnum):
    """One normalised remark on a value. The string is the code that files and addresses use."""

    BREAK = "break"
    DEFINITION_DIFFERS = "definition_differs"
    DEROGATION = "derogation"
    ESTIMATED = "estimated"
    EXPERIMENTAL = "experimental"
    FORECAST = "forecast"
    IMPUTED = "imputed"
    INCLUDED_ELSEWHERE = "included_elsewhere"
    INCLUDES_OTHER = "includes_other"
    AGGREGATED = "aggregated"
    LOW_RELIABILITY = "low_reliability"
    NOT_SIGNIFICANT = "not_significant"
    PROVISIONAL = "provisional"
    RESTRICTED = "restricted"
    REVISED = "revised"
    SEE_METADATA = "see_metadata"
    SPECIAL_EVENT = "special_event"
    UNVALIDATED = "unvalidated"
    UNRECOGNISED = "unrecognised"


MEANINGS: dict[Flag, str] = {
    Flag.BREAK: "Break in the series: values before and after are not comparable.",
    Flag.DEFINITION_DIFFERS: "The definition differs from the standard one; see the country's notes.",
    Flag.DEROGATION: "Reported under a derogation from the legal definition.",
    Flag.ESTIMATED: "Estimated by the provider or the country, not counted.",
    Flag.EXPERIMENTAL: "Experimental statistic: the method may change.",
    Flag.FORECAST: "A calculated future value, not an observed one.",
    Flag.IMPUTED: "Filled in by the provider from other values.",
    Flag.INCLUDED_ELSEWHERE: "Counted within another category.",
    Flag.INCLUDES_OTHER: "Includes what belongs to another category.",
    Flag.AGGREGATED: "Summed from its parts, by the provider or by whom the remark names.",
    Flag.LOW_RELIABILITY: "Low reliability: few answers or a wide margin.",
    Flag.NOT_SIGNIFICANT: "Not significant: too small to matter at this precision.",
    Flag.PROVISIONAL: "Provisional: expected to be revised.",
    Flag.RESTRICTED: "Marked confidential or for restricted use by the provider.",
    Flag.REVISED: "Revised by the provider since it was first published.",
    Flag.SEE_METADATA: "The provider's metadata holds a remark on this value.",
    Flag.SPECIAL_EVENT: "A strike or another special event affected the value.",
    Flag.UNVALIDATED: "Not yet validated by the provider.",
    Flag.UNRECOGNISED: "The provider used a mark that has no published meaning we know of; it is shown as it came.",
}


def join_flags(flags: Iterable[Flag]) -> str:
    """The canonical string of a set of flags: sorted, each once, joined by "|"; empty for none.

    >>> join_flags([Flag.PROVISIONAL, Flag.BREAK, Flag.BREAK])
    'break|provisional'
    """
    return SEPARATOR.join(sorted({flag.value for flag in flags}))


def split_flags(text: str) -> frozenset[Flag]:
    """The set of flags of a canonical string. Raises ValueError for a code that is not ours.

    >>> sorted(split_flags("break|provisional"))
    [<Flag.BREAK: 'break'>, <Flag.PROVISIONAL: 'provisional'>]
    """
    return frozenset(Flag(code) for code in text.split(SEPARATOR) if code)
