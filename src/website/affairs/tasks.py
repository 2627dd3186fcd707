"""Open actions in words, for a dossier's own page, the desk's front page and the briefing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from website.affairs.models import Task
from website.affairs.wording import day_words, distance_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Open:
    """One open action, in words."""

    task: Task
    """The row."""
    who: str
    """Who is to do it."""
    due: str
    """By when."""
    distance: str
    """How far away that is."""
    is_overdue: bool
    """Whether the day has passed."""


def open_tasks(tasks: Iterable[Task], *, on: date) -> list[Open]:
    """Of tasks, those that are not done, the first due first."""
    return [
        Open(
            task=one,
            who=one.person.get_full_name() or one.person.get_username(),
            due=day_words(one.due_on),
            distance=distance_words(one.due_on, today=on),
            is_overdue=one.due_on < on,
        )
        for one in tasks
        if one.done_on is None
    ]
