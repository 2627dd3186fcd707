"""Names that SDMX gives to what describes a figure, whatever the format: marks, comments, units."""

import re

from observatory.formats.records.marks import Scheme

STATUS = re.compile(r"OBS_STATUS_?\d*|OBS_FLAGS?|OBS_CONF(_STATUS)?|CONF_STATUS_?\d*", re.IGNORECASE)
"""Columns or attributes of marks."""
COMMENT = re.compile(r"COMMENT(_.*)?|OBS_COMM?(ENT)?", re.IGNORECASE)
"""Columns or attributes of the provider's words on a figure."""
ATTRIBUTE = re.compile(
    r"UNIT_MULT|UNIT_MULTIPLIER|DECIMALS|BASE_PER(IOD)?|TIME_FORMAT|(OBS_)?PRE_BREAK(_VALUE)?|TITLE(_\w+)?|COLLECTION|"
    r"EMBARGO_TIME|COMPILING_ORG|TIME_PER_COLLECT|REF_PERIOD_DETAIL|REPYEARSTART|UPDATED|LAST_UPDATE|LASTUPDATE",
    re.IGNORECASE,
)
"""Other attributes that are usual enough to be known by name."""


def scheme_of(name: str) -> Scheme:
    """The list from which the marks of a column or attribute of this name are taken.

    >>> scheme_of("OBS_FLAG"), scheme_of("CONF_STATUS")
    (<Scheme.EUROSTAT: 'eurostat'>, <Scheme.CONFIDENTIALITY: 'confidentiality'>)
    """
    if "CONF" in name.upper():
        return Scheme.CONFIDENTIALITY
    return Scheme.EUROSTAT if "FLAG" in name.upper() else Scheme.SDMX
