"""A question: the address at which a provider is asked for a dataset, and what may be done to have its answer.

A provider writes questions and the harvest asks them, so that no provider needs a network and the harvest needs to know
no provider. Each question carries the hosts that may answer it: a redirect of one provider to another is not followed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is asked for; providers count downloads of data and of structure apart."""

    DATA = "data"
    STRUCTURE = "structure"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One address to ask, and how to take the answer."""

    address: str
    """The whole address, with scheme https."""
    hosts: frozenset[str]
    """Hosts that may answer, redirects and further pages included."""
    file: str
    """Name under which the answer is archived, as a person would have saved it."""
    accept: str = "*/*"
    """Media types to ask for, as in the header of that name."""
    kind: Kind = Kind.DATA
    """Which of the provider's limits it counts against."""
    complete: bool = False
    """True when the answer covers the whole dataset, so that what it lacks was withdrawn."""
    next_page: Callable[[bytes, str], str] | None = None
    """Given a page and its address, the address of the next page, or an empty string after the last one."""
