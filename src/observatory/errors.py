"""What can go wrong, sorted by what the reader of the message should do.

    ObservatoryError
    ├── SourceUnavailable   try later: the provider answered, but not with data
    ├── SourceChanged       call a person: the file is not what its format promises
    ├── FigureRefused       publish nothing: the number is there but must not be shown
    ├── RequestRefused      correct what is asked: we do not ask this, or do not take such an answer
    ├── ArchiveDamaged      bring back the copy: bytes once archived are not the bytes there now
    └── NotFound            ask again: the name is unknown, and here are the nearest ones

Missing data is better than wrong data, so there is no fourth reading that guesses.
"Nothing new" and "not there yet" are results of a harvest, not errors, and have no class here.
"""

from collections.abc import Sequence


class ObservatoryError(Exception):
    """One line that names the file, the place, what was expected, what came, and what to do next."""

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        place: str = "",
        expected: str = "",
        found: str = "",
        remedy: str = "",
    ) -> None:
        self.problem = problem
        """What is wrong, without a full stop."""
        self.file = file
        """Name of the file or dataset, as the reader knows it."""
        self.place = place
        """Where in the file: "line 17, column OBS_VALUE", "value[42]", "sheet CT, row 3"."""
        self.expected = expected
        """What the format or the catalogue promises."""
        self.found = found
        """What was there instead, shortened to one line."""
        self.remedy = remedy
        """What the reader should do next, as an imperative."""
        super().__init__(self.message)

    @property
    def message(self) -> str:
        """The whole story on one line, ready for a terminal or a status page."""
        where = ", ".join(part for part in (self.file, self.place) if part)
        story = f"{where}: {self.problem}" if where else self.problem
        if self.expected:
            story += f"; expected {self.expected}"
        if self.found:
            story += f"; found {_one_line(self.found)}"
        if self.remedy:
            story += f". {self.remedy}"
        return _printable(" ".join(story.split()))


class SourceUnavailable(ObservatoryError):
    """The provider answered, but not with data: come back later, perhaps at another address."""

    def __init__(self, problem: str, *, retry_at: str = "", **details: str) -> None:
        self.retry_at = retry_at
        """The address at which the provider promised the data, or an empty string."""
        super().__init__(problem, **details)


class SourceChanged(ObservatoryError):
    """The file breaks the promise of its format or of the catalogue: a person must look."""


class FigureRefused(ObservatoryError):
    """The figure can be read but not published, and the message says why."""


class RequestRefused(ObservatoryError):
    """We do not ask this, or do not take such an answer: an unknown code, a host off the list, too many bytes."""


class ArchiveDamaged(ObservatoryError):
    """The archive no longer holds what it was given: restore the file from a copy, and look at the disk."""


class NotFound(ObservatoryError):
    """Nothing has this name; `suggestions` holds the nearest names that exist."""

    def __init__(self, problem: str, *, suggestions: Sequence[str] = (), **details: str) -> None:
        self.suggestions = tuple(suggestions)
        """Existing names, nearest first."""
        if self.suggestions and not details.get("remedy"):
            details["remedy"] = f"Did you mean {', '.join(self.suggestions)}?"
        super().__init__(problem, **details)


def _one_line(text: str, *, limit: int = 120) -> str:
    """`text` without line breaks, cut at `limit` characters."""
    flat = " ".join(str(text).split())
    return flat if len(flat) <= limit else f"{flat[: limit - 1]}…"


def _printable(text: str) -> str:
    """`text` with a mark for each character that could move a terminal's cursor or colour its screen."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
