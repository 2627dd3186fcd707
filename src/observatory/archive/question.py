"""A question: the address at which a provider is asked for a dataset, and what may be done to have its answer.

A provider writes questions and the harvest asks them, so that no provider needs a network and the harvest needs to know
no provider. Each question carries the hosts that may answer it: a redirect of one provider to another is not followed.
Codes come from files that anyone may propose, and become part of an address: they are held to a narrow alphabet.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeVar

import msgspec

from observatory.errors import RequestRefused

Wish = TypeVar("Wish")

Code = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_][A-Za-z0-9_-]*\Z", max_length=100)]
"""A code of a code list, or the name of a dimension."""
Name = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9_]+([.@-][A-Za-z0-9_]+)*\Z", max_length=100)]
"""A code that may have parts, such as OECD.ELS.HD, SP.POP.TOTL or DSD_HEALTH_PROC@DF_SCREEN."""
Year = Annotated[int, msgspec.Meta(ge=1900, le=2100)]
"""A calendar year."""


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


def to_wish(harvest: Mapping[str, object], kind: type[Wish]) -> Wish:
    """What a dataset's `harvest` asks for, as a value of the provider's own class.

    Raises RequestRefused for a key that the class does not have, or a code that may not stand in an address.
    """
    try:
        return msgspec.convert(dict(harvest), type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise RequestRefused(
            "the dataset's `harvest` cannot be asked",
            found=str(error),
            remedy="Correct it in the catalogue; docs/how-to/harvest.md lists its keys.",
        ) from error
