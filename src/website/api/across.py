"""Observations of several indicators at once: `/observations?area=FIN` is everything that is held about Finland."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from observatory.publishing.exports.csv_file import write_csv_of
from observatory.publishing.exports.downloads import MEDIA_TYPES, Format
from observatory.publishing.exports.json_document import name_indicator, write_document
from observatory.publishing.figures.extract import make_extract
from observatory.publishing.figures.selection import Selection
from website.api.encoded import Run, count, cut
from website.api.figures import following_address
from website.api.lanes import dear
from website.api.parameters import INDICATORS, PAGE, Unreadable, Value, unreadable
from website.api.problems import PREFIX, TOO_MUCH, Refusal
from website.api.questions import choose_format, near_indicators, number, read_selection, spell, words
from website.api.replies import Reply
from website.api.serving import Served

FORMATS = (Format.JSON, Format.CSV)
"""Formats that hold observations of several indicators."""
MOST_ROWS = 200_000
"""Observations in one CSV file at most."""


class _Found(NamedTuple):
    """What one indicator contributes."""

    indicator: str
    runs: Sequence[Run]
    size: int


def across(served: Served, values: Mapping[str, Value], accept: str, base: str) -> Reply:
    """The observations of the indicators named, or of all; `base` is the site's public address. Raises Refusal."""
    asked = words(values, "indicator")
    _check_indicators(served, asked)
    selection = read_selection(served, "", values)
    form = choose_format(values, accept, offered=FORMATS)
    limit, offset = number(values, "limit"), number(values, "offset") or 0
    query = spell(selection, form=form, indicators=asked, release=served.id if served.named else "")
    address = f"{base}{PREFIX}/observations" + (f"?{query}" if query else "")
    tag = served.tag(f"{address} {limit} {offset}")
    if form is Format.JSON:
        page = limit or PAGE
        return Reply(
            tag=tag, produce=lambda: _document(served, asked, selection, address=address, offset=offset, limit=page)
        )
    return Reply(
        tag=tag,
        produce=lambda: _csv(served, asked, selection, offset=offset, limit=limit),
        media_type=MEDIA_TYPES[form],
        headers=(("Content-Disposition", f'attachment; filename="observations_{served.id}.csv"'),),
    )


def _check_indicators(served: Served, asked: Sequence[str]) -> None:
    known = served.release.catalogue.indicators
    for name in asked:
        if name not in known:
            expected = "ids of indicators, separated by commas"
            raise unreadable(INDICATORS, name, Unreadable(expected, suggestions=near_indicators(served, name)))


def _find(served: Served, asked: Sequence[str], selection: Selection) -> list[_Found]:
    """What there is, by indicator, without those that have nothing."""
    found = []
    for name in sorted(asked or served.release.manifest.indicators):
        if name not in served.release.manifest.indicators:
            continue
        runs = served.encoded(name).find(replace(selection, indicator=name))
        if size := count(runs):
            found.append(_Found(name, runs, size))
    return found


def _document(
    served: Served, asked: Sequence[str], selection: Selection, *, address: str, offset: int, limit: int
) -> bytes:
    """The JSON answer, of at most `limit` observations."""
    release = served.release
    found = _find(served, asked, selection)
    total, before = sum(one.size for one in found), offset
    rows, origins, names, taken = list[bytes](), frozenset[str](), [], 0
    for one in found:
        page = cut(one.runs, offset=before, limit=limit - taken)
        before = max(0, before - one.size)
        if page:
            pieces, used = served.encoded(one.indicator).write(page)
            rows += [b",", *pieces] if rows else pieces
            origins |= used
            names.append(name_indicator(release, one.indicator, areas={run.area for run in page}))
            taken += count(page)
    following = offset + taken
    more = following_address(address, offset=following, limit=limit) if taken and following < total else None
    return write_document(
        release,
        selection,
        rows=rows,
        opening=served.name[:-1] + b',"indicators":' + msgspec.json.encode(names),
        closing=served.closing(origins),
        total=total,
        offset=offset,
        address=address,
        next_address=more,
        note=None if taken else _why_empty(len(asked) or len(release.manifest.indicators), total),
    )


def _csv(served: Served, asked: Sequence[str], selection: Selection, *, offset: int, limit: int | None) -> bytes:
    """The answer as one CSV file, whole unless a limit was asked for."""
    found = _find(served, asked, selection)
    total = sum(one.size for one in found)
    if min(limit or total, total) > MOST_ROWS:
        raise Refusal(
            TOO_MUCH, f"these are {total} observations", parameter="format", expected=f"at most {MOST_ROWS} of them"
        )
    names = [one.indicator for one in found] or list(served.release.catalogue.indicators)[:1]
    extracts, before, wanted = [], offset, limit
    with dear.place():
        for name in names:
            one = make_extract(served.release, replace(selection, indicator=name), offset=before, limit=wanted)
            before = max(0, before - one.total)
            wanted = None if wanted is None else wanted - one.table.height
            extracts.append(one)
        return write_csv_of(extracts)


def _why_empty(indicators: int, total: int) -> str:
    if total:
        return f"The selection has {total} observations, fewer than were to be left out at the beginning."
    return f"None of the {indicators} indicators asked has an observation for this selection; ask with fewer words."
