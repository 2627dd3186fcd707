"""What the desk asks its sources for: the Commission's list, each procedure that is followed, acts, feeds.

Each is asked on its own, so that one that fails stops no other, and keeps its answers under a name of its own. Acts are
asked a handful at once, because the store of the Publications Office takes a question of many for an address too long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from observatory.catalogue.reading import read_folder
from observatory.errors import NotFound
from observatory.harvest.judging import Reader
from observatory.observations.payload import Payload
from observatory.proceedings.celex import parse_celex
from observatory.proceedings.pages import join_pages
from observatory.proceedings.procedure_number import parse_procedure
from observatory.proceedings.records import Reading
from observatory.providers import INSTITUTIONS, get_proceedings_reader

Number = TypeVar("Number")

AT_ONCE = 20
"""Acts, or procedures, in one question to the Publications Office."""
REUSE = "CC-BY-4.0"
"""The licence of what the Commission, the Parliament and the Publications Office answer."""


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One feed of an institution; the field docstrings are the manual of the files in `catalogue/affairs/feeds`."""

    id: str
    """The name of the file."""
    name: str
    """Whose feed of what it is."""
    address: str
    """Where it is, on a host that `observatory.providers.feed` names."""
    licence: str
    """Id of a licence of the catalogue; LicenseRef-unknown where its terms were not read."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One thing to ask a source for."""

    id: str
    """Names its answers in the archive: the source, and after a dot what of it."""
    provider: str
    """The source."""
    licence: str
    """Id of the licence of what comes."""
    harvest: Mapping[str, object] = field(default_factory=dict)
    """What is asked for, in the words of the source's module."""
    is_detail: bool = False
    """Whether it is the page of one thing, of which an earlier answer is better than none."""


def read_feeds(root: Path) -> dict[str, Feed]:
    """The feeds under `root`, the folder `affairs` of a catalogue. Raises SourceChanged."""
    return read_folder(root / "feeds", Feed, manual="See the field docstrings in observatory/affairs/asking.py.")


def list_listings(
    *, numbers: Iterable[str], initiatives: Iterable[str], feeds: Iterable[Feed], sources: Sequence[str] = ()
) -> list[Listing]:
    """What to ask `sources` for, or all where none is named.

    `numbers` are those of dossiers in any canonical spelling, of which procedures and acts can be asked for;
    `initiatives` are the Commission's numbers of those whose page is wanted. Raises NotFound for an unknown source.
    """
    for source in sources:
        if source not in INSTITUTIONS:
            raise NotFound(f"no source is called {source!r}", remedy=f"Use one of {', '.join(INSTITUTIONS)}.")
    known = sorted(set(numbers))
    procedures = sorted({one.parliament_id for one in _parsed(known, parse_procedure)})
    acts = sorted({str(one) for one in _parsed(known, parse_celex)})
    found = [
        Listing(id="have-your-say", provider="have-your-say", licence=REUSE),
        *(
            Listing(id=f"have-your-say.{one}", provider="have-your-say", licence=REUSE, is_detail=True,
                    harvest={"initiative": int(one)})
            for one in sorted(set(initiatives))
            if one.isdecimal()
        ),
        *(
            Listing(id=f"parliament.{one.lower()}", provider="parliament", licence=REUSE, is_detail=True,
                    harvest={"procedure": one})
            for one in procedures
        ),
        *_in_handfuls("acts", acts),
        *_in_handfuls("procedures", procedures),
        *(
            Listing(id=f"feed.{one.id}", provider="feed", licence=one.licence, harvest={"address": one.address})
            for one in feeds
        ),
    ]  # fmt: skip
    return [one for one in found if not sources or one.provider in sources]


def find_judge(source: str) -> Reader:
    """The reader of `source` as the harvest judges by it: whole when its last page says that it is the last."""
    read = get_proceedings_reader(source)

    def judge(payload: Payload, *, pages: Sequence[Payload] = ()) -> _Judged:
        return _Judged([read(one) for one in (payload, *pages)])

    return judge


class _Judged:
    """Pages of one answer, as far as a harvest judges by them."""

    def __init__(self, pages: Sequence[Reading]) -> None:
        self._records = len(join_pages(pages).records)
        self.missing = "its last page" if pages[-1].is_last is False else ""

    def __len__(self) -> int:
        return self._records


def _in_handfuls(what: str, numbers: Sequence[str]) -> Iterator[Listing]:
    for at in range(0, len(numbers), AT_ONCE):
        some = list(numbers[at : at + AT_ONCE])
        yield Listing(id=f"cellar.{what}-{at // AT_ONCE + 1}", provider="cellar", licence=REUSE, harvest={what: some})


def _parsed(texts: Iterable[str], parse: Callable[[str], Number]) -> Iterator[Number]:
    """The numbers among `texts` that `parse` takes."""
    for text in texts:
        try:
            yield parse(text)
        except ValueError:
            continue
