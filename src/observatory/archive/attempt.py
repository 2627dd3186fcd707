"""One attempt to bring a dataset up to date: when, at which address, and how it ended.

A public page of sources must say "last good" and "last tried" apart: a provider that answers with a page of HTML has
been tried today, and its figures are still those of last month. The attempt is therefore recorded even when there is
nothing to archive, and it is the attempt that says whether the snapshots it brought may be used.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Outcome(StrEnum):
    """How an attempt ended. The first three are results, the last three are failures."""

    NEW = "new"
    """Bytes we did not have, and their reader reads them."""
    NOTHING_NEW = "nothing_new"
    """The provider says, or the bytes show, that nothing changed."""
    NOT_THERE_YET = "not_there_yet"
    """The period we wait for is not published yet."""
    UNAVAILABLE = "unavailable"
    """Try later: no answer, or an answer that is not data."""
    CHANGED = "changed"
    """Call a person: the answer is not what its format promises."""
    REFUSED = "refused"
    """We did not ask, or did not take the answer: an unknown code, a host off the list, too many bytes, no year."""

    @property
    def is_good(self) -> bool:
        """Whether the archive now holds what the provider says.

        >>> Outcome.NOTHING_NEW.is_good, Outcome.NOT_THERE_YET.is_good
        (True, False)
        """
        return self in {Outcome.NEW, Outcome.NOTHING_NEW}

    @property
    def is_failure(self) -> bool:
        """Whether somebody has to do something, if only to wait.

        >>> Outcome.NOT_THERE_YET.is_failure, Outcome.CHANGED.is_failure
        (False, True)
        """
        return self in {Outcome.UNAVAILABLE, Outcome.CHANGED, Outcome.REFUSED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What is known about one attempt."""

    dataset: str
    """Id of the dataset in the catalogue."""
    tried_at: datetime
    """When the attempt began, with its time zone; no two attempts at a dataset share it."""
    outcome: Outcome
    """How it ended."""
    message: str = ""
    """The whole story on one line, for a terminal or the page of sources."""
    address: str = ""
    """The first address asked; empty where none was."""
    requests: int = 0
    """How many requests went out, retries and pages included."""
    size: int = 0
    """Bytes archived."""
    origins: tuple[str, ...] = ()
    """Ids of the origins it brought, page by page; of the last good ones where nothing is new."""
    retry_at: str = ""
    """The address at which the provider promised the data; the next attempt asks there first."""
    etag: str = ""
    """Validator of the answer, to be sent back with the next request; empty for an answer of several pages."""
    last_modified: str = ""
    """The provider's date of last change, as it spelt it, to be sent back likewise."""

    @property
    def id(self) -> str:
        """The moment in UTC, which names the attempt within its dataset."""
        return self.tried_at.astimezone(UTC).isoformat()


def moment_after(last: Attempt | None, *, now: datetime) -> datetime:
    """`now`, or just after the last attempt where the clock has not moved: no two attempts share their moment."""
    return max(now, last.tried_at + timedelta(microseconds=1)) if last else now
