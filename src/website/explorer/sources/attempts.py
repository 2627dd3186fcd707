"""When each dataset was last asked for, and how that ended: what the archive knows and no release can.

A release is what was known when it was built. A provider that has failed every night since looks fine in it, so the
page of sources reads the log of attempts itself. An installation that never harvests has none, and says so.
"""

from dataclasses import dataclass

from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt, Outcome
from observatory.errors import ObservatoryError
from website.config.data import archive_root
from website.explorer.answers.words import day_words

_OUTCOMES = {
    Outcome.NEW: "brought new data",
    Outcome.NOTHING_NEW: "nothing new",
    Outcome.NOT_THERE_YET: "not published yet",
    Outcome.UNAVAILABLE: "no answer that is data",
    Outcome.CHANGED: "the answer has another form than before",
    Outcome.REFUSED: "not asked, or not taken",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """The last attempts at one dataset."""

    last: str
    """When it was last asked for, and how that ended; empty where it never was here."""
    good: str
    """When that last went well; empty where it never did."""
    message: str
    """What went wrong the last time; empty where nothing did."""
    failed: bool
    """Whether the last attempt failed."""


NEVER = Tried(last="", good="", message="", failed=False)


def last_attempts(dataset: str) -> Tried:
    """The last attempts at a dataset; a log that cannot be read is said to be."""
    archive = Archive(archive_root())
    try:
        last, good = archive.find_last_tried(dataset), archive.find_last_good(dataset)
    except ObservatoryError as error:
        return Tried(last="the log cannot be read", good="", message=error.message, failed=True)
    if last is None:
        return NEVER
    return Tried(
        last=f"{_moment(last)}: {_OUTCOMES[last.outcome]}",
        good=_moment(good) if good else "",
        message=last.message if last.outcome.is_failure else "",
        failed=last.outcome.is_failure,
    )


def attempts_stamp() -> str:
    """Something that changes whenever an attempt is logged, by which a kept page knows that it is stale."""
    folder = archive_root() / "attempts"
    try:
        return "|".join(f"{path.name}{path.stat().st_mtime_ns}" for path in sorted(folder.iterdir()))
    except OSError:
        return ""


def _moment(attempt: Attempt) -> str:
    return f"{day_words(attempt.tried_at.date())}, {attempt.tried_at:%H:%M} UTC"
