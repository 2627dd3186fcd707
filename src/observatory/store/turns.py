"""Which snapshot merges after which, so that its figures stand over those before it; and where nothing says.

Two files of one day may give two figures for one thing. Their order is declared, first to last:

    the day each speaks for         an undated edition is older than every dated one
    what the catalogue says         a dataset comes after those it supersedes; where two supersede each other, after
                                    the one that came `via` a third party, whose table copies an earlier edition
    the provider's own stamp        the later edition, where both are dated by the provider
    the moment asked                of two answers for one dataset: the later day, on one day the later moment

What is left is chance, such as the name of a file. There nothing is replaced: figures that agree are taken, and a
file that contradicts the one before it is refused, by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset
from observatory.observations.period import normalise_period, period_end
from observatory.store.snapshots import Snapshot

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A snapshot in its turn."""

    snapshot: Snapshot
    """What is merged."""
    rivals: frozenset[str]
    """Origins merged before it that nothing says it is newer than: it may agree with them, and not replace them."""


class Order:
    """The declared order of snapshots of `datasets`."""

    def __init__(self, datasets: Mapping[str, Dataset]) -> None:
        self._over = {name: _replaced(dataset, datasets) for name, dataset in datasets.items()}
        reach = {name: self._reach(name) for name in datasets}
        self._level = {name: sum(name not in reach[old] for old in reach[name]) for name in datasets}

    def key(self, origin: Origin) -> tuple[object, ...]:
        """What snapshots are sorted by. It ends in names, so that one build follows another; these decide nothing."""
        return (*self._day_and_level(origin), _edition(origin), origin.dataset, *_asked(origin), origin.id)

    def decides(self, earlier: Origin, later: Origin) -> bool:
        """Whether something says that `later` is the newer of two snapshots that the key puts in this order."""
        if self._day_and_level(earlier) != self._day_and_level(later):
            return True
        editions = (_edition(earlier), _edition(later))
        if date.min < editions[0] < editions[1]:
            return True
        if earlier.dataset != later.dataset:
            return False
        (day, moment), (later_day, later_moment) = _asked(earlier), _asked(later)
        return day < later_day or (day == later_day and _LONG_AGO < moment < later_moment)

    def turns(self, snapshots: Iterable[Snapshot]) -> list[Turn]:
        """Snapshots in the order in which they merge."""
        ordered = sorted(snapshots, key=lambda one: self.key(one.origin))
        turns: list[Turn] = []
        for _, alike in groupby(ordered, key=lambda one: self._day_and_level(one.origin)):
            before: list[Origin] = []
            for snapshot in alike:
                rivals = frozenset(one.id for one in before if not self.decides(one, snapshot.origin))
                turns.append(Turn(snapshot=snapshot, rivals=rivals))
                before.append(snapshot.origin)
        return turns

    def _day_and_level(self, origin: Origin) -> tuple[date, int]:
        return origin.seen_on or date.min, self._level.get(origin.dataset, 0)

    def _reach(self, name: str) -> set[str]:
        """Datasets that one replaces, and that those replace in turn."""
        found: set[str] = set()
        ahead = [name]
        while ahead:
            new = self._over[ahead.pop()] - found
            found |= new
            ahead += new
        return found


def _replaced(dataset: Dataset, datasets: Mapping[str, Dataset]) -> set[str]:
    """Datasets that stand behind one, those left out that replace it in turn and did not come via a third party."""
    older = [datasets[name] for name in dataset.supersedes if name in datasets]
    return {one.id for one in older if dataset.id not in one.supersedes or not dataset.via or one.via}


def _edition(origin: Origin) -> date:
    """The last day of the period by which the provider dates an edition; the first day of all where it does not."""
    try:
        return period_end(normalise_period(origin.edition))
    except ValueError:
        return date.min


def _asked(origin: Origin) -> tuple[date, datetime]:
    """(day on which a file was asked for, or else received; moment, where it was recorded)."""
    moment = origin.retrieved_at
    return (moment.date(), moment) if moment is not None else (origin.received_on, _LONG_AGO)
