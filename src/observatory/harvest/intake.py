"""Bringing one answer into the archive, page by page, before anyone reads it.

An answer of the World Bank or of WHO comes in pages, and each page's bytes stay as they were sent: each is an object
with an origin of its own, and the attempt's id holds them together. Where every page equals the last good answer's,
nothing is written: those bytes and their origins are there already.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from observatory.archive.archive import Archive
from observatory.archive.origin import Origin, fingerprint
from observatory.archive.question import Question
from observatory.harvest.askable import Askable
from observatory.harvest.taking import Answer, Validators
from observatory.observations.payload import Payload

BASIS = "the day it was received"
"""What dates a harvested snapshot: it shows what the provider said that day."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """The last good answer to a dataset's questions, and how to ask whether it still holds."""

    origins: tuple[Origin, ...] = ()
    """Its pages, in order; empty where there is none."""
    address: str = ""
    """The first address it was asked at."""
    validators: Validators = field(default_factory=Validators)
    """What the provider gave with it; empty for an answer of several pages."""

    def validators_for(self, address: str) -> Validators:
        """The validators, if they belong to `address`: another question has another answer."""
        return self.validators if address == self.address else Validators()


def find_known(archive: Archive, dataset: str) -> Known:
    """The last good answer, be it harvested or brought by a person, that is whole in the archive."""
    good = archive.list_good(dataset)
    by_id = {origin.id: origin for origin in good}
    for attempt in reversed(archive.list_attempts(dataset)):
        if attempt.outcome.is_good and attempt.origins and by_id.keys() >= set(attempt.origins):
            return Known(
                origins=tuple(by_id[name] for name in attempt.origins),
                address=attempt.address,
                validators=Validators(etag=attempt.etag, last_modified=attempt.last_modified),
            )
    return Known(origins=tuple(good[-1:]))


@dataclass(kw_only=True)
class Intake:
    """The pages of one answer on their way into the archive."""

    archive: Archive
    """Where they go."""
    dataset: Askable
    """Whose answer it is."""
    attempt: str
    """Id of the attempt."""
    known: Known
    """What we had before."""
    address: str = ""
    """The first address asked."""
    origins: list[Origin] = field(default_factory=list)
    """Origins of the pages: new ones, or the known ones as long as nothing differs."""
    payloads: list[Payload] = field(default_factory=list)
    """The pages, as their reader will get them."""
    is_new: bool = False
    """Whether a page differed from the last good answer."""
    _is_closed: bool = False
    _taken: list[tuple[Question, str, Answer]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of the pages so far."""
        return sum(len(payload.content) for payload in self.payloads)

    @property
    def place(self) -> str:
        """The page under way where pages before it came, to begin a message with; else empty."""
        return f"page {len(self._taken) + 1}: " if self._taken and not self._is_closed else ""

    @property
    def new_origins(self) -> tuple[Origin, ...]:
        """What has been written for this attempt."""
        return tuple(self.origins) if self.is_new else ()

    def add(self, question: Question, *, address: str, answer: Answer) -> None:
        """Take one more page. From the first page that differs on, every page is written at once."""
        self._taken.append((question, address, answer))
        self.payloads.append(Payload(name=question.file, content=answer.content))
        number = len(self._taken)
        if not self.is_new and self._same_as_known(number):
            self.origins.append(self.known.origins[number - 1])
            return
        first_unwritten = number if self.is_new else 1
        self.is_new = True
        self.origins[first_unwritten - 1 :] = [self._write(page) for page in range(first_unwritten, number + 1)]

    def keep_known(self) -> None:
        """The provider says that the last good answer still holds."""
        self.origins = list(self.known.origins)

    def close(self) -> None:
        """No further page comes: an answer that only got shorter is a new one too."""
        self._is_closed = True
        if not self.is_new and len(self.origins) < len(self.known.origins):
            self.is_new = True
            self.origins = [self._write(page) for page in range(1, len(self._taken) + 1)]

    def _same_as_known(self, number: int) -> bool:
        known = self.known.origins
        return number <= len(known) and known[number - 1].sha256 == fingerprint(self.payloads[number - 1].content)

    def _write(self, number: int) -> Origin:
        question, address, answer = self._taken[number - 1]
        return self.archive.archive_snapshot(
            answer.content,
            dataset=self.dataset.id,
            file=question.file,
            licence=self.dataset.licence,
            received_on=_day(answer.retrieved_at),
            address=address,
            retrieved_at=answer.retrieved_at,
            seen_on=_day(answer.retrieved_at),
            seen_on_basis=BASIS,
            complete=question.complete,
            attempt=self.attempt,
            page=number,
        )


def _day(moment: datetime) -> date:
    return moment.date()
