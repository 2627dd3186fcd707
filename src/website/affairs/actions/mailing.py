"""Sending digests: one a person and day or week, whatever happens midway.

A letter is written down before it is handed over, and marked as sent when the mail server has taken it. Whoever is
stopped in between hands the same letter over again, under the same Message-ID, by which mailboxes know it. What a
letter told is kept: the next looks back further than it has to, past whatever was being written while this one was
made, and leaves out what was told.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from smtplib import SMTPException, SMTPServerDisconnected
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from website.affairs.access import Reader, reader_of, require
from website.affairs.actions.refusing import Refused
from website.affairs.letter_text import compose
from website.affairs.models import DigestChoice, Letter
from website.affairs.models.letters import Rhythm
from website.affairs.roles import May
from website.affairs.watching import News, digest, gather
from website.audit.recording import record

_BATCH = 400
_LOOK_BACK = timedelta(days=2)
"""How far before the end of the last letter the next one looks; no sweep takes so long."""
_SPAN = {Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}


@dataclass(slots=True)
class Outcome:
    """How a round of letters went."""

    sent: int = 0
    """Letters that the mail server took."""
    waiting: int = 0
    """Letters that it did not take; the next round tries again."""
    unreachable: int = 0
    """People who watch something and have no address."""
    stopped: str = ""
    """Why the round ended before its end: the mail server was away. What was not sent waits."""


@transaction.atomic
def choose_rhythm(rhythm: str, *, by: Reader) -> None:
    """Choose how often one's digest comes by mail. Raises Refused, PermissionDenied."""
    user = require(by, May.FOLLOW)
    if rhythm not in Rhythm.values:
        raise Refused("Say how often.", field="rhythm")
    _choose(user, Rhythm(rhythm), by=user)


@transaction.atomic
def stop_letters(person: User) -> None:
    """Send `person` no more letters: whoever has the address that was in one of them asks for it."""
    _choose(person, Rhythm.NEVER, by=None)


def send_digests(*, at: datetime, mailer: BaseEmailBackend, address: str, sender: str) -> Outcome:
    """Send every digest that is due at `at`, and say how it went. One round at a time.

    `address` is that of the site, `sender` whom letters are from.
    """
    outcome = Outcome()
    gathered: dict[tuple[object, ...], News] = {}
    try:
        mailer.open()
        for person, rhythm, letter in _write_down(at=at, host=urlsplit(address).hostname or "", outcome=outcome):
            reader = reader_of(person, on=at.date())
            if May.FOLLOW not in reader.may:
                continue
            since, told = _known(person, at=at, span=_SPAN[rhythm])
            start = since - _LOOK_BACK
            kind = (reader.may, reader.own, start)
            if kind not in gathered:
                gathered[kind] = gather(reader, since=start)
            said = digest(person.watches.all(), gathered[kind], since=since, told=told)
            message = compose(said, person, on=at.date(), address=address, sender=sender, message_id=letter.message_id)
            try:
                mailer.send_messages([message])
            except SMTPServerDisconnected:
                raise
            except SMTPException as error:
                _set_aside(letter, type(error).__name__)
                outcome.waiting += 1
                continue
            _mark_sent(letter, [one.key for one in said.raised], at=at)
            outcome.sent += 1
    except (OSError, SMTPException) as error:  # Also a server that hangs up.
        outcome.stopped = f"the mail server was away ({type(error).__name__})"
    finally:
        mailer.close()
    return outcome


@transaction.atomic
def _write_down(*, at: datetime, host: str, outcome: Outcome) -> list[tuple[User, Rhythm, Letter]]:
    """The letters that are due and not sent, for those who watch something; who has no address is counted."""
    chosen = dict(DigestChoice.objects.values_list("person", "rhythm"))
    periods = {rhythm: _period(rhythm, at.date()) for rhythm in _SPAN}
    known = {(one.person_id, one.period): one for one in Letter.objects.filter(period__in=periods.values())}
    due: list[tuple[User, Rhythm, Letter]] = []
    people = User.objects.filter(is_active=True, watches__isnull=False).distinct().order_by("pk")
    for person in people.prefetch_related("watches"):
        rhythm = Rhythm(chosen.get(person.pk, Rhythm.WEEKLY))
        if rhythm is Rhythm.NEVER:
            continue
        if not person.email:
            outcome.unreachable += 1
            continue
        name = f"<{token_urlsafe(18)}@{host}>"
        new = Letter(person=person, period=periods[rhythm], message_id=name, until=at)
        letter = known.get((person.pk, periods[rhythm]), new)
        if letter.sent_at is None:
            due.append((person, rhythm, letter))
    Letter.objects.bulk_create([letter for _, _, letter in due if letter.pk is None], batch_size=_BATCH)
    return due


def _period(rhythm: Rhythm, day: date) -> str:
    """The day, or the week."""
    return day.isoformat() if rhythm is Rhythm.DAILY else f"{day:%G-W%V}"


def _known(person: User, *, at: datetime, span: timedelta) -> tuple[datetime, frozenset[str]]:
    """Since when the next letter tells, and what was told of the time that it looks back to."""
    sent = Letter.objects.filter(person=person).exclude(sent_at=None)
    last = sent.order_by("-until").first()
    since = last.until if last else at - span
    told = sent.filter(until__gte=since - 2 * _LOOK_BACK).values_list("told", flat=True)
    return since, frozenset(key for keys in told for key in keys)


@transaction.atomic
def _mark_sent(letter: Letter, told: list[str], *, at: datetime) -> None:
    letter.told, letter.until, letter.sent_at, letter.problem = told, at, at, ""
    letter.save()
    record("affairs.digest.sent", letter, by=None, things=len(told))


@transaction.atomic
def _set_aside(letter: Letter, problem: str) -> None:
    letter.problem = problem
    letter.save(update_fields=["problem"])
    record("affairs.digest.refused", letter, by=None, problem=problem)


def _choose(person: User, rhythm: Rhythm, *, by: User | None) -> None:
    choice, _ = DigestChoice.objects.update_or_create(person=person, defaults={"rhythm": rhythm})
    record("affairs.digest.chosen", choice, by=by, rhythm=rhythm.value)
