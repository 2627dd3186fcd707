"""Asking the sources over the network, when somebody calls for it: answers go to an archive, and then to the queue.

What is asked for follows from the desk: the numbers of its dossiers, which officers add to, and the consultations they
accepted. The archive is one of its own, apart from that of figures: answers of the Commission carry names of officers,
which stay in the bytes, reach no record, and can be thrown away here without losing a figure.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import Q

from observatory.affairs.asking import Listing, find_judge, list_listings
from observatory.archive.archive import Archive
from observatory.archive.attempt import Attempt
from observatory.cli.harvest import print_addresses, run_harvest
from observatory.providers import get_proceedings_asker
from website.affairs.actions.sweeping import sweep_archived
from website.affairs.catalogue import feeds
from website.affairs.models import Item, NumberRow, Run
from website.affairs.models.items import ItemState

_STILL_OF_INTEREST = timedelta(days=90)
"""How long after its deadline the page of a consultation is asked for."""


def listings(*, sources: Sequence[str], at: datetime) -> list[Listing]:
    """What the desk asks `sources` for, or all of them. Raises NotFound for a source that nobody knows."""
    consultations = Item.objects.filter(source="have-your-say", kind="consultation", state=ItemState.ACCEPTED)
    current = Q(closes_at=None) | Q(closes_at__gte=at - _STILL_OF_INTEREST)
    return list_listings(
        numbers=NumberRow.objects.exclude(dossier__status="closed").values_list("value", flat=True),
        initiatives=consultations.filter(current, gone_at=None).values_list("key", flat=True),
        feeds=feeds(),
        sources=sources,
    )


def ask(
    folder: Path, *, sources: Sequence[str], at: datetime, contact: str, proxy: str
) -> tuple[list[Attempt], list[Run]]:
    """Ask `sources`, or all, keep what they answer in the archive under `folder`, and sweep it into the queue.

    Raises NotFound for a source that nobody knows, ObservatoryError where another harvest is at work in the archive.
    """
    archive = Archive(folder)
    wanted = listings(sources=sources, at=at)
    attempts = run_harvest(
        wanted,
        archive=archive,
        contact=contact,
        proxy=proxy,
        find_asker=get_proceedings_asker,
        find_reader=find_judge,
    )
    return attempts, sweep_archived(archive, wanted, at=at)


def show_addresses(folder: Path, *, sources: Sequence[str], at: datetime) -> int:
    """Print what would be asked first and ask nobody; returns 1 where something cannot be asked for."""
    return print_addresses(listings(sources=sources, at=at), archive=Archive(folder), find_asker=get_proceedings_asker)
