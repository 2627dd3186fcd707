"""How often a network or an account did something within a while, counted in the database, so in all processes at once.

A count in the memory of one process is a limit times the number of processes, and forgets under load. Whoever has one
IPv6 address has 2⁶⁴ of them, so IPv6 is counted by /64, as one address of IPv4 is. Wider networks have wider limits:
one that fills its own closes nothing for others. No address is kept, only a keyed fingerprint that changes with every
window and is deleted after it.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from website.explorer.models import Tally

RINGS_4 = (32, 24, 16)
"""Lengths of the networks an IPv4 address is counted in, from its own to the widest."""
RINGS_6 = (64, 48, 32)
"""The same of IPv6."""
_SALT = "website.explorer.tallies"
"""Counts that stand in a database are found by it, wherever this file moves."""
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](:\d+)?|(?P<four>[0-9.]+):\d+")


def count(kind: str, what: str, *, most: int, window: timedelta) -> bool:
    """Count one more of `kind` by `what`; False, and nothing counted, where there were `most` in this window already.

    One statement both asks and counts, so of many at once no more than `most` pass.
    """
    now = datetime.now(UTC)
    Tally.objects.filter(ends_at__lt=now).delete()
    key, ends_at = _key(kind, what, now=now, window=window)
    Tally.objects.bulk_create([Tally(key=key, count=0, ends_at=ends_at)], ignore_conflicts=True)
    return Tally.objects.filter(key=key, count__lt=most).update(count=F("count") + 1) == 1


def give_back(kind: str, what: str, *, window: timedelta) -> None:
    """Take back one that was counted in this window."""
    key, _ = _key(kind, what, now=datetime.now(UTC), window=window)
    Tally.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def count_by_network(kind: str, request: HttpRequest, *, most: Sequence[int], window: timedelta) -> bool:
    """Count one more by each network a request came from, the narrowest first; False where one of them is full.

    `most` holds a limit for each ring of RINGS_4 or RINGS_6; networks wider than those given are not counted. Where one
    is full nothing is written, so that a flood from a full network fills neither the table nor its neighbours' limits.
    """
    rings = list(zip(networks(request), most, strict=False))
    if any(_is_full(kind, network, most=limit, window=window) for network, limit in rings):
        return False
    return all(count(kind, network, most=limit, window=window) for network, limit in rings)


def networks(request: HttpRequest) -> list[str]:
    """The networks a request came from, the narrowest first; one word for all whose address cannot be read."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXY:
        text = request.headers.get("X-Forwarded-For", text).rpartition(",")[2]
    address = _read_address(text.strip())
    if address is None:
        return ["unknown"]
    rings = RINGS_4 if isinstance(address, IPv4Address) else RINGS_6
    return [str(ip_network((address, length), strict=False)) for length in rings]


def _is_full(kind: str, what: str, *, most: int, window: timedelta) -> bool:
    key, _ = _key(kind, what, now=datetime.now(UTC), window=window)
    return Tally.objects.filter(key=key, count__gte=most).exists()


def _read_address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, which some proxies write with a port; IPv4 within IPv6 is IPv4."""
    if found := _WITH_PORT.fullmatch(text):
        text = found["six"] or found["four"]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _key(kind: str, what: str, *, now: datetime, window: timedelta) -> tuple[str, datetime]:
    """(fingerprint of one who is counted in the window of this moment, the end of the window)."""
    number = int(now.timestamp() // window.total_seconds())
    ends_at = datetime.fromtimestamp((number + 1) * window.total_seconds(), tz=UTC)
    said = f"{kind} {number} {what}"
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest(), ends_at
