"""Which addresses may be asked: https, one of the provider's own hosts by name, the usual port, nobody's password.

An address comes from our catalogue, from a redirect, from a "next page" inside an answer, or from a promise in an
earlier one. The last three are written by somebody else, who could point at a machine of ours; all four are checked
alike, by the same parser that the request is then made with.
"""

import httpx

from observatory.errors import RequestRefused

LONGEST = 4000
"""Longest address, in characters; the World Bank takes none beyond this."""


def check_address(address: str, *, hosts: frozenset[str]) -> httpx.URL:
    """The parsed address. Raises RequestRefused, naming what is wrong with it.

    >>> check_address("https://ec.europa.eu/eurostat/api", hosts=frozenset({"ec.europa.eu"})).host
    'ec.europa.eu'
    """
    if len(address) > LONGEST:
        raise _refusal("the address is too long", address, expected=f"at most {LONGEST} characters")
    if not address.isascii() or any(character <= " " or character in '\x7f"<>\\^`{|}' for character in address):
        raise _refusal("the address holds a character that has no place in one", address, expected="printable ASCII")
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise _refusal("this is no address", address, expected="https://…") from error
    if url.scheme != "https":
        raise _refusal("the address is not encrypted", address, expected="https")
    if "@" in address.partition("//")[2].partition("/")[0]:
        raise _refusal("the address holds a name or a password", f"one for {url.host}", expected="none")
    if url.host not in hosts:
        raise _refusal("the host is not on the provider's list", address, expected=" or ".join(sorted(hosts)))
    if url.port not in {None, 443}:
        raise _refusal("the port is not the usual one", address, expected="443")
    return url.copy_with(fragment=None)


def _refusal(problem: str, address: str, *, expected: str) -> RequestRefused:
    return RequestRefused(
        problem,
        expected=expected,
        found=ascii(address).strip("'\""),
        remedy="Correct the catalogue, or ask the provider what has moved.",
    )
