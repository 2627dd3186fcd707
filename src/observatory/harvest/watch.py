"""Who looks on while a harvest runs: a terminal draws bars, a log prints lines, and by default nobody looks."""

from observatory.archive.attempt import Attempt


class Watch:
    """Told what happens; this one does not care. Override what you want to show."""

    def begins(self, dataset: str, *, address: str) -> None:
        """A dataset is about to be asked for."""

    def received(self, dataset: str, *, size: int) -> None:
        """So many bytes of the page under way have come."""

    def pauses(self, dataset: str, *, seconds: float, why: str) -> None:
        """A try failed, and the next one waits."""

    def ends(self, attempt: Attempt) -> None:
        """The attempt is over and recorded."""
