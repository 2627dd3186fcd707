"""The digests of everyone who watches: what is new is gathered once for all who may know of the same things.

Who follows what differs from person to person; what they may know of falls into few kinds, one for each set of
permissions and own dossiers.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.contrib.auth.models import User

from website.affairs.access import Reader, reader_of
from website.affairs.roles import May
from website.affairs.watching import Digest, News, digest, gather


def all_digests(*, since: datetime, on: date) -> Iterator[tuple[User, Digest]]:
    """Each person who watches something and may follow, with what they are told of the time since a moment."""
    gathered: dict[tuple[frozenset[May], frozenset[int]], News] = {}
    people = User.objects.filter(is_active=True, watches__isnull=False).distinct().prefetch_related("watches")
    for person in people.order_by("pk").iterator(chunk_size=500):
        reader = reader_of(person, on=on)
        if May.FOLLOW in reader.may:
            yield person, digest(person.watches.all(), _news(reader, gathered, since=since), since=since)


def _news(reader: Reader, gathered: dict[tuple[frozenset[May], frozenset[int]], News], *, since: datetime) -> News:
    kind = (reader.may, reader.own)
    if kind not in gathered:
        gathered[kind] = gather(reader, since=since)
    return gathered[kind]
