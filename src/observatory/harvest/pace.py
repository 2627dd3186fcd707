"""Keeping to a provider's rate, across runs: what was asked within the last hour by an earlier run counts too."""

from collections import defaultdict, deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from observatory.archive.question import Kind
from observatory.errors import SourceUnavailable
from observatory.harvest.clock import Clock
from observatory.harvest.limits import Limits, Rate


class Pace:
    """Remembers when each host was asked, and waits before it would be asked too often."""

    def __init__(self, *, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._asked: dict[tuple[str, Kind], deque[datetime]] = defaultdict(deque)

    def remember(self, host: str, *, kind: Kind, moments: Iterable[datetime]) -> None:
        """Count requests of an earlier run."""
        self._asked[host, kind] = deque(sorted([*self._asked[host, kind], *moments]))

    def wait(self, host: str, *, kind: Kind) -> None:
        """Return when `host` may be asked. Raises SourceUnavailable where that is too long to sit out."""
        rate = self._limits.rates.get((host, kind), self._limits.otherwise)
        free_at = self._free_at(self._asked[host, kind], rate=rate)
        pause_s = (free_at - self._clock.now()).total_seconds()
        if pause_s > self._limits.longest_pause_s:
            raise SourceUnavailable(
                f"{host} allows {rate.requests} downloads in {rate.seconds:.0f} seconds, and they are used up",
                remedy=f"Try again after {free_at:%Y-%m-%d %H:%M} UTC.",
            )
        if pause_s > 0:
            self._clock.sleep(pause_s)
        self._asked[host, kind].append(self._clock.now())

    def _free_at(self, asked: deque[datetime], *, rate: Rate) -> datetime:
        """When the oldest request that still counts stops counting. Forgets those that no longer count."""
        now = self._clock.now()
        window = timedelta(seconds=rate.seconds)
        while asked and asked[0] + window <= now:
            asked.popleft()
        return now if len(asked) < rate.requests else asked[-rate.requests] + window
