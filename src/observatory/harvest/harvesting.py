"""The harvest: ask what is new, archive the answer, let its reader judge it, and write down how it went.

Forty datasets of six publishers are never all well on the same day. One that fails is recorded with its reason and does
not stop the others; what was good before stays good. "Nothing new" and "not there yet" are results.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome, moment_after
from observatory.archive.question import Kind, Question
from observatory.archive.writing import locked
from observatory.errors import RequestRefused
from observatory.harvest.askable import Askable
from observatory.harvest.clock import Clock
from observatory.harvest.intake import Intake, find_known
from observatory.harvest.judging import FAILURES, NotThereYet, Reader, judge_pages, judge_status, outcome_of
from observatory.harvest.promises import find_promise
from observatory.harvest.taking import Answer, Validators
from observatory.harvest.watch import Watch
from observatory.harvest.window import Window

Asker = Callable[[Mapping[str, object]], Sequence[Question]]


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """One round through providers, with everything it needs."""

    archive: Archive
    """Where answers and attempts go."""
    window: Window
    """Through which providers are asked."""
    clock: Clock
    """What attempts are dated by."""
    watch: Watch
    """Who looks on."""
    find_asker: Callable[[str], Asker]
    """Provider id → its function that says what to ask."""
    find_reader: Callable[[str], Reader]
    """Provider id → its function that reads answers."""

    def run(self, datasets: Iterable[Askable]) -> list[Attempt]:
        """Bring each dataset up to date, and return how that went, in the same order.

        Raises ObservatoryError where another harvest is at work in this archive, ArchiveDamaged where it is damaged;
        failures of a provider are in the attempts.
        """
        with locked(self.archive.root / "harvest.lock", or_else="another harvest is at work in this archive"):
            self._remember_earlier_requests()
            return [self._bring(dataset) for dataset in datasets]

    def list_addresses(self, dataset: Askable) -> list[str]:
        """The addresses that would be asked first; further pages name themselves. Raises RequestRefused."""
        return [question.address for question in self._questions(dataset)]

    def _bring(self, dataset: Askable) -> Attempt:
        """One dataset, whatever happens."""
        began = moment_after(self.archive.find_last_tried(dataset.id), now=self.clock.now())
        attempt = Attempt(dataset=dataset.id, tried_at=began, outcome=Outcome.NEW)
        intake = Intake(
            archive=self.archive,
            dataset=dataset,
            attempt=attempt.id,
            known=find_known(self.archive, dataset.id),
        )
        sent_before = self.window.requests
        try:
            attempt = self._ask(dataset, intake=intake, attempt=attempt)
        except NotThereYet as result:
            attempt = replace(attempt, outcome=Outcome.NOT_THERE_YET, message=str(result))
        except FAILURES as failure:
            outcome = outcome_of(failure)
            promise = self._promise(dataset.id) if outcome is Outcome.UNAVAILABLE else ""
            attempt = replace(
                attempt,
                outcome=outcome,
                message=f"{intake.place}{failure.message}",
                retry_at=getattr(failure, "retry_at", "") or promise,
            )
        attempt = replace(
            attempt,
            address=intake.address,
            requests=self.window.requests - sent_before,
            size=sum(origin.size for origin in intake.new_origins),
            origins=attempt.origins or tuple(origin.id for origin in intake.new_origins),
        )
        self.archive.record_attempt(attempt)
        self.watch.ends(attempt)
        return attempt

    def _ask(self, dataset: Askable, *, intake: Intake, attempt: Attempt) -> Attempt:
        """Every page of every question, and the reader's judgement of them."""
        read = self.find_reader(dataset.provider)
        awaits = str(dataset.harvest.get("awaits", ""))
        promise = self._promise(dataset.id)
        questions = self._questions(dataset)
        intake.address = questions[0].address
        self.watch.begins(dataset.id, address=intake.address)
        validators = Validators()
        for question in questions:
            judge = partial(
                judge_status,
                host=urlsplit(question.address).hostname or "",
                awaits=awaits,
                promised=question.address == promise,
                read=read,
            )
            known = intake.known.validators_for(question.address) if len(questions) == 1 else Validators()
            validators = self._ask_pages(question, intake=intake, known=known, judge=judge)
        intake.close()
        if len(intake.payloads) <= 1:
            attempt = replace(attempt, etag=validators.etag, last_modified=validators.last_modified)
        if not intake.is_new:
            since = intake.origins[0].seen_on or intake.origins[0].received_on
            known_ids = tuple(origin.id for origin in intake.origins)
            return replace(attempt, outcome=Outcome.NOTHING_NEW, origins=known_ids, message=f"as on {since}")
        records = judge_pages(intake.payloads, awaits=awaits, read=read)
        pages = f" on {len(intake.payloads)} pages" if len(intake.payloads) > 1 else ""
        return replace(attempt, message=f"{records} records{pages}")

    def _ask_pages(
        self, question: Question, *, intake: Intake, known: Validators, judge: Callable[[Answer], None]
    ) -> Validators:
        """Take the pages of one question in; return the last one's validators, or `known` where they still hold."""
        limits = self.window.limits
        asked: set[str] = set()
        address = question.address
        validators = known
        while address:
            if address in asked or len(intake.payloads) >= limits.max_pages:
                raise RequestRefused(
                    "the pages of the answer do not end",
                    found=f"{len(intake.payloads)} pages, the next at {address}",
                    remedy="Look at the answer; raise the limit if it really has so many pages.",
                )
            asked.add(address)
            answer = self.window.ask(
                question,
                address=address,
                dataset=intake.dataset.id,
                known=known if address == question.address else Validators(),
                max_bytes=limits.max_bytes - intake.size,
            )
            if answer.status == 304 and known != Validators():
                intake.keep_known()
                return known
            judge(answer)
            intake.add(question, address=address, answer=answer)
            validators = answer.validators
            address = question.next_page(answer.content, address) if question.next_page else ""
        return validators

    def _questions(self, dataset: Askable) -> Sequence[Question]:
        """What the provider's module says to ask; or the address where the answer to it was promised."""
        questions = self.find_asker(dataset.provider)(dataset.harvest)
        if not questions:
            raise RequestRefused("the dataset names nothing to ask", file=dataset.id)
        promise = self._promise(dataset.id)
        return [replace(questions[0], address=promise)] if promise and len(questions) == 1 else questions

    def _promise(self, dataset: str) -> str:
        return find_promise(self.archive.list_attempts(dataset), now=self.clock.now())

    def _remember_earlier_requests(self) -> None:
        """What earlier runs asked counts against the rates of this one."""
        limits = self.window.limits
        since = self.clock.now() - timedelta(seconds=max([rate.seconds for rate in limits.rates.values()] or [0]))
        for dataset in self.archive.list_datasets():
            for attempt in self.archive.list_attempts(dataset):
                host = urlsplit(attempt.address).hostname
                if host and attempt.tried_at > since:
                    moments = [attempt.tried_at] * attempt.requests
                    self.window.pace.remember(host, kind=Kind.DATA, moments=moments)
