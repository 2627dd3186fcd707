"""Judging what came back: what a status means, and whether the dataset's own reader reads the bytes.

A status of 200 proves little: services that are down send their excuse with it, as a page of HTML or a document in
the right format that says "come back later". So an answer counts as good only when its reader has read it.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from observatory.archive.attempt import Outcome
from observatory.errors import (
    FigureRefused,
    NotFound,
    ObservatoryError,
    RequestRefused,
    SourceChanged,
    SourceUnavailable,
)
from observatory.harvest.taking import Answer
from observatory.observations.payload import Payload


class Judged(Protocol):
    """What a reader makes of an answer, as far as the harvest judges by it."""

    @property
    def missing(self) -> str:
        """What the answer itself says it lacks; empty for a whole one."""

    def __len__(self) -> int:
        """How many records it holds."""


Reader = Callable[..., Judged]

NOTHING_THERE = frozenset({204, 404, 410})
"""Statuses of an address that holds nothing."""
_NOT_LET_IN = frozenset({401, 403, 407, 451})
_TOO_BIG_TO_ANSWER_NOW = 413


FAILURES = (SourceUnavailable, SourceChanged, RequestRefused, FigureRefused, NotFound)
"""What may go wrong with one dataset without stopping the others."""


class NotThereYet(Exception):
    """The period that the catalogue waits for is not published yet: a result, not an error."""


def outcome_of(failure: ObservatoryError) -> Outcome:
    """How an attempt ends that meets one of FAILURES."""
    if isinstance(failure, SourceUnavailable):
        return Outcome.UNAVAILABLE
    return Outcome.REFUSED if isinstance(failure, RequestRefused | FigureRefused) else Outcome.CHANGED


def judge_status(answer: Answer, *, host: str, awaits: str, promised: bool, read: Reader) -> None:
    """Return for data; otherwise raise what the status means.

    `awaits` is the period the catalogue waits for: while it waits, an address without anything is NotThereYet. Where
    the answer was `promised` at this address, it is SourceUnavailable. Eurostat says with status 413 that it will
    answer at another address, in words that its reader understands.
    """
    if answer.status == 200:
        return
    status = f"{host} answered {answer.status}"
    said = answer.content[:300].decode("utf-8", "replace")
    if answer.status in NOTHING_THERE and promised:
        raise SourceUnavailable(f"{status}: the answer it promised is not there yet", remedy="Try again later.")
    if answer.status in NOTHING_THERE and awaits:
        raise NotThereYet(f"{awaits} is not published yet ({status})")
    if answer.status in NOTHING_THERE:
        raise SourceChanged(
            f"{status}: the address holds nothing",
            found=said,
            remedy="Has the dataset been renamed or withdrawn? Correct its `harvest` in the catalogue.",
        )
    if answer.status in _NOT_LET_IN or answer.status >= 500 or answer.status < 300:
        raise SourceUnavailable(
            status, found=said, remedy="Try again later; providers block hasty visitors for a while."
        )
    if answer.status == _TOO_BIG_TO_ANSWER_NOW:
        read(Payload(name=f"answer of {host}", content=answer.content))
    raise SourceChanged(
        f"{status} to a question it used to answer", found=said, remedy="Compare the address with its documentation."
    )


def judge_pages(pages: Sequence[Payload], *, awaits: str, read: Reader) -> int:
    """How many records the pages hold. Raises what the reader raises; NotThereYet or SourceChanged for none."""
    records = _read_safely(pages, read=read)
    if records.missing:
        raise SourceUnavailable(
            "the answer is not whole", file=pages[0].name, found=f"without {records.missing}", remedy="Try again later."
        )
    if len(records):
        return len(records)
    if awaits:
        raise NotThereYet(f"{awaits} is not published yet (an answer without records)")
    raise SourceChanged(
        "the answer holds no records",
        file=pages[0].name,
        remedy="Do the dataset's codes still exist? Correct its `harvest` in the catalogue.",
    )


def _read_safely(pages: Sequence[Payload], *, read: Reader) -> Judged:
    """The records of all pages. A reader that fails in its own way is a fault of ours, and stops only its dataset."""
    try:
        return read(pages[0], pages=pages[1:]) if len(pages) > 1 else read(pages[0])
    except ObservatoryError:
        raise
    except Exception as error:
        raise SourceChanged(
            "the reader failed over this answer",
            file=pages[0].name,
            found=f"{type(error).__name__}: {error}",
            remedy="The answer is archived; report it as a fault of the reader.",
        ) from error
