"""Joint statements as the catalogue holds them: what the society said together with others, before the desk kept it.

A thematic network of the Health Policy Platform ends in a joint statement. What is told of one is often told without a
date; then none stands here.
"""

from dataclasses import dataclass, field
from datetime import date

from observatory.affairs.dossier import Evidence


@dataclass(frozen=True, kw_only=True)
class JointStatement:
    """What the society said together with others."""

    id: str
    """Name of the file, without the ending."""
    title: str
    """As it is called."""
    network: str = ""
    """The thematic network that wrote it, in words; empty where there was none."""
    platform: str = ""
    """Id of the body under which it was written; empty where there was none."""
    partners: list[str]
    """With whom, as they call themselves."""
    issued_on: str = ""
    """2025-02-06 or less exact; empty where it is not known."""
    address: str = ""
    """Where it can be read, or read about."""
    dossiers: list[str] = field(default_factory=list)
    """Ids of our dossiers that it bears on, by our own reading."""
    evidence: Evidence
    """How it is known."""
    source: str = ""
    """Where it was read."""
    note: str = ""
    """What else is said."""
    as_of: date
    """The day on which all this was known."""
