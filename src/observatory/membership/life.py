"""The life of a membership: the steps it may take, the terms it covers, what falls due, and nothing forgotten.

A history only grows. A state holds from the day of its step until the day of the next, and a term from its first day
until the day on which it ends, which is no longer part of it: so no day is counted twice and none falls between. When
a membership is renewed and when it lapses is not published where we could read it; the days are therefore a policy
that is passed in.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from observatory.errors import RequestRefused


class State(StrEnum):
    """Where a membership stands."""

    APPLIED = "applied"
    VERIFIED = "verified"
    APPROVED = "approved"
    REFUSED = "refused"
    ACTIVATED = "activated"
    IN_GOOD_STANDING = "in_good_standing"
    LAPSED = "lapsed"
    RESIGNED = "resigned"


NEXT: dict[State | None, frozenset[State]] = {
    None: frozenset({State.APPLIED}),
    State.APPLIED: frozenset({State.VERIFIED, State.REFUSED, State.RESIGNED}),
    State.VERIFIED: frozenset({State.APPROVED, State.REFUSED, State.RESIGNED}),
    State.APPROVED: frozenset({State.ACTIVATED, State.LAPSED, State.RESIGNED}),
    State.REFUSED: frozenset({State.APPLIED}),
    State.ACTIVATED: frozenset({State.IN_GOOD_STANDING, State.LAPSED, State.RESIGNED}),
    State.IN_GOOD_STANDING: frozenset({State.LAPSED, State.RESIGNED}),
    State.LAPSED: frozenset({State.IN_GOOD_STANDING, State.APPLIED, State.RESIGNED}),
    State.RESIGNED: frozenset({State.APPLIED}),
}
"""State → the states that may follow; None is before the application."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A change of state."""

    state: State
    """The state from this day on."""
    on: date
    """First day of the state."""
    because: str
    """Who or what brought it about, in words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A stretch of membership of one type, as decided."""

    type: str
    """Id of the membership type."""
    rule: str
    """Id of the rule that decided."""
    country: str
    """Area id of the country of residence."""
    first_day: date
    """First day."""
    end_day: date
    """The day on which it ends, no longer part of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminder:
    """A renewal reminder that was sent."""

    days_before: int
    """For how many days before the end it was due."""
    on: date
    """The day on which it was sent."""
    end_day: date
    """The end of the term it spoke of."""


@dataclass(frozen=True, kw_only=True, slots=True)
class History:
    """Everything that happened to one membership, oldest first."""

    steps: tuple[Step, ...] = ()
    """Changes of state."""
    terms: tuple[Term, ...] = ()
    """Stretches of membership; they do not overlap."""
    reminders: tuple[Reminder, ...] = ()
    """Reminders sent."""

    def state_on(self, day: date) -> State | None:
        """The state on a day; None before the application."""
        return next((step.state for step in reversed(self.steps) if step.on <= day), None)

    def term_on(self, day: date) -> Term | None:
        """The term that holds a day, or None."""
        return next((term for term in self.terms if term.first_day <= day < term.end_day), None)

    def is_in_good_standing(self, day: date) -> bool:
        """Whether the person is a member on a day: in good standing, and within a term."""
        return self.state_on(day) is State.IN_GOOD_STANDING and self.term_on(day) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class RenewalPolicy:
    """When reminders are sent and when a membership lapses."""

    reminder_days: tuple[int, ...] = (60, 30, 7)
    """Days before the end of a term on which a reminder falls due, largest first."""
    grace_days: int = 0
    """Days after the end of a term for which it may still be renewed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """Something that falls due: a step, or a reminder."""

    state: State | None
    """The state to take; None for a reminder."""
    days_before: int
    """Which reminder; 0 for a step."""
    because: str
    """Why, in words."""


def take_step(history: History, state: State, *, on: date, because: str, owed_cents: int = 0) -> History:
    """`history` with a further step. `owed_cents` is what is still to be paid of the fee.

    Raises RequestRefused for a step that does not follow, that lies before the last one, that has no reason, that
    would activate a membership whose fee is not settled, or that gives good standing outside a term.
    """
    last = history.steps[-1] if history.steps else None
    current = last.state if last else None
    allowed = NEXT[current]
    if state not in allowed:
        raise RequestRefused(
            f"a membership that is {current or 'not applied for'} cannot become {state}",
            expected=" or ".join(sorted(allowed)),
            remedy="Take the step that is missing, or look whether it was taken twice.",
        )
    if last and on < last.on:
        raise RequestRefused(
            "the step lies before the last one",
            expected=f"{last.on.isoformat()} or later",
            found=on.isoformat(),
            remedy="A history only grows; take the step on a later day and say why.",
        )
    if not because.strip():
        raise RequestRefused("the step has no reason", remedy="Say who or what brought it about.")
    if state is State.ACTIVATED and owed_cents > 0:
        raise RequestRefused(
            "the fee is not settled", found=f"{owed_cents} cents are owed", remedy="Activate once it is paid or waived."
        )
    if state is State.IN_GOOD_STANDING and history.term_on(on) is None:
        raise RequestRefused(
            "no term holds that day", found=on.isoformat(), remedy="Add the term first, or wait for its first day."
        )
    return replace(history, steps=(*history.steps, Step(state=state, on=on, because=because)))


def add_term(history: History, term: Term) -> History:
    """`history` with a further term, for a first membership or a renewal.

    Raises RequestRefused for a term that ends before it begins, or begins before the last one ends.
    """
    if term.end_day <= term.first_day:
        raise RequestRefused("the term ends before it begins", remedy="The end is the first day outside the term.")
    if history.terms and term.first_day < history.terms[-1].end_day:
        raise RequestRefused(
            "the term begins before the last one ends",
            expected=f"{history.terms[-1].end_day.isoformat()} or later",
            found=term.first_day.isoformat(),
            remedy="Shorten the last term first, by end_term.",
        )
    return replace(history, terms=(*history.terms, term))


def end_term(history: History, *, on: date) -> History:
    """`history` whose last term ends early, on `on`, because a change of type or a resignation takes its place.

    Raises RequestRefused where `on` does not lie within the last term.
    """
    if not history.terms or not history.terms[-1].first_day < on <= history.terms[-1].end_day:
        raise RequestRefused("that day is not within the last term", found=on.isoformat(), remedy="Look at the terms.")
    return replace(history, terms=(*history.terms[:-1], replace(history.terms[-1], end_day=on)))


def record_reminder(history: History, *, days_before: int, on: date) -> History:
    """`history` with a reminder that was sent. Raises RequestRefused without a term to speak of."""
    if not history.terms:
        raise RequestRefused("there is no term to be reminded of", remedy="Add the term first.")
    reminder = Reminder(days_before=days_before, on=on, end_day=history.terms[-1].end_day)
    return replace(history, reminders=(*history.reminders, reminder))


def find_due(history: History, *, on: date, policy: RenewalPolicy) -> Due | None:
    """The one thing that falls due on a day, or None. It stays due until it is done.

    A run that was missed is made up for by the latest reminder alone, since nobody wants three at once.
    """
    state = history.state_on(on)
    if state is State.ACTIVATED and history.term_on(on):
        return Due(state=State.IN_GOOD_STANDING, days_before=0, because="The term has begun.")
    if state is not State.IN_GOOD_STANDING or not history.terms:
        return None
    end = history.terms[-1].end_day
    if on >= end + timedelta(days=policy.grace_days):
        return Due(
            state=State.LAPSED, days_before=0, because=f"The term ended on {end.isoformat()} and was not renewed."
        )
    passed = [days for days in policy.reminder_days if on >= end - timedelta(days=days)]
    sent = [reminder.days_before for reminder in history.reminders if reminder.end_day == end]
    if passed and min(passed) not in sent and on < end:
        days = min(passed)
        return Due(
            state=None, days_before=days, because=f"The term ends on {end.isoformat()}, {(end - on).days} days on."
        )
    return None
