"""Feeds of the institutions: RSS 2.0, RSS 1.0 and Atom, as news or as the Parliament's list of changed procedures.

Dates come as the format wants them, with two digits for the year, or not at all; an unreadable one is unknown, and
never guessed. Links may be relative, or no addresses of the web. Ids may be absent, and one id may come twice with
other words. Titles and summaries hold mark-up, which is hostile until it is plain text.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import msgspec

from observatory.archive.question import Question, to_wish
from observatory.errors import RequestRefused, SourceChanged
from observatory.formats.answers.service_answer import NO_CONTENT, open_xml, refuse_status
from observatory.observations.payload import Payload
from observatory.proceedings.brussels import brussels_time
from observatory.proceedings.plain_text import plain_text, safe_address
from observatory.proceedings.records import NewsItem, Reading
from observatory.proceedings.references import list_references

EXPECTED = "an RSS or Atom feed"
HOSTS = frozenset(
    {
        "data.europarl.europa.eu",
        "ec.europa.eu",
        "eur-lex.europa.eu",
        "www.ema.europa.eu",
        "www.europarl.europa.eu",
        "www.iaea.org",
        "www.who.int",
    }
)
"""Whose feeds are asked for. A host that is not here is asked by nobody, whatever a catalogue says."""
_DATES = ("pubDate", "published", "date", "updated")
_TEXTS = ("description", "summary", "content", "encoded")
_TWO_DIGITS = re.compile(r"(?:[A-Za-z]{3},?\s+)?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{2})(?!\d)(.*)")
_YEAR_ZERO = re.compile(r" 0\d{3} ")
"""The zero of a program that knew no date; the standard reading would make it 2001."""
_CLOCK = re.compile(r"[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|Z|GMT|UTC?|UT)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """One feed."""

    address: str


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The question for the feed at `address`, which only its own host may answer. Raises RequestRefused for others."""
    wanted = to_wish(harvest, _Wanted)
    host = urlsplit(wanted.address).hostname or ""
    if host not in HOSTS:
        raise RequestRefused(
            "the host is not one whose feeds are asked for",
            expected=" or ".join(sorted(HOSTS)),
            found=ascii(wanted.address),
            remedy="Correct the feed's file in the catalogue.",
        )
    return [Question(address=wanted.address, hosts=frozenset({host}), file="feed.xml", accept="*/*")]


def read(payload: Payload, *, status: int = 200, base: str = "") -> Reading:
    """The entries of a feed, each id once: of two with one id the later stands, else the first.

    `base` is the feed's own address, for relative links. Raises SourceUnavailable for a web page or an empty answer,
    SourceChanged for broken XML, for a document with a type declaration and for XML that is no feed.
    """
    refuse_status(payload, status=status, expected=EXPECTED)
    if status == NO_CONTENT:
        return Reading(records=(), is_last=True)
    root = open_xml(payload, expected=EXPECTED)
    if _tag(root) not in {"rss", "RDF", "feed"}:
        raise SourceChanged(
            "the XML is no feed",
            file=payload.name,
            place="line 1",
            expected=EXPECTED,
            found=_tag(root),
            remedy="Check the address of the feed.",
        )
    own = base or next((safe_address(link) for link in _links(_channel(root))), "")
    items: dict[str, NewsItem] = {}
    repeats = undated = 0
    for element in root.iter():
        if _tag(element) in {"item", "entry"}:
            item = _item(element, base=own)
            before = items.get(item.id)
            repeats += before is not None
            undated += item.published_at is None
            if before is None or _is_later(item, before):
                items[item.id] = item
    remarks = [f"{repeats} came twice and are told once"] if repeats else []
    remarks += [f"{undated} have no date that can be read"] if undated else []
    return Reading(records=tuple(items.values()), is_last=True, remarks=tuple(remarks))


def _channel(root: Element) -> Element:
    return next((one for one in root if _tag(one) == "channel"), root)


def _item(element: Element, *, base: str) -> NewsItem:
    title = plain_text(_text(element, "title"))
    summary = plain_text(next(filter(None, (_text(element, tag) for tag in _TEXTS)), ""))
    links = [safe_address(link, base=base) for link in _links(element)]
    url = next(filter(None, links), "")
    when = next(filter(None, (_text(element, tag) for tag in _DATES)), "")
    given = _text(element, "guid") or _text(element, "id") or url
    print_ = sha256(f"{title}\n{when}".encode()).hexdigest()[:32]
    topics = [one.get("term") or one.text or "" for one in element if _tag(one) in {"category", "subject"}]
    return NewsItem(
        id=plain_text(given) or print_,
        title=title,
        url=url,
        published_at=_moment(when),
        summary=summary,
        topics=tuple(dict.fromkeys(filter(None, map(plain_text, topics)))),
        references=tuple(one.value for one in list_references(f"{title}\n{summary}\n{given}")),
    )


def _links(element: Element) -> Iterator[str]:
    """Addresses of an entry: Atom's alternate link, RSS's link, and an id that is an address."""
    for one in element:
        if _tag(one) == "link" and one.get("rel", "alternate") == "alternate":
            yield one.get("href") or one.text or ""
    for one in element:
        if _tag(one) == "guid" and one.get("isPermaLink", "true") == "true" and (one.text or "").startswith("http"):
            yield one.text or ""


def _moment(text: str) -> datetime | None:
    """When, in whatever form a feed may write it; None for what cannot be read without guessing."""
    text = " ".join(text.split())
    if not text or _YEAR_ZERO.search(text):
        return None
    try:
        if match := _TWO_DIGITS.fullmatch(text):
            return _with_two_digits(*match.groups())
        if text[:4].isdecimal():
            return brussels_time(text)
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if not 1950 <= moment.year <= 2100:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _with_two_digits(day: str, month: str, year: str, rest: str) -> datetime:
    """A year of two digits belongs to this century: no feed is older. Raises ValueError."""
    clock = _CLOCK.fullmatch(rest.rstrip()) if rest.strip() else None
    if rest.strip() and clock is None:
        raise ValueError(rest)
    hour, minute, second, zone = clock.groups() if clock else ("0", "0", "0", "")
    offset = zone if zone and zone[0] in "+-" else "+0000"
    moment = datetime(2000 + int(year), _MONTHS.index(month.lower()) + 1, int(day), int(hour), int(minute),
                      int(second or 0), tzinfo=UTC)  # fmt: skip
    return datetime.fromisoformat(moment.replace(tzinfo=None).isoformat() + f"{offset[:3]}:{offset[3:]}")


def _is_later(item: NewsItem, before: NewsItem) -> bool:
    if item.published_at is None or before.published_at is None:
        return False
    return item.published_at > before.published_at


def _text(element: Element, tag: str) -> str:
    """The words of the first child of that name, also of XHTML within it."""
    found = next((one for one in element if _tag(one) == tag), None)
    return "" if found is None else "".join(found.itertext()).strip()


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
