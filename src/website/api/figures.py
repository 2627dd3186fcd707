"""Observations of one indicator: `/indicators/<id>/observations`, in every format."""

from collections.abc import Mapping

from observatory.errors import RequestRefused
from observatory.publishing.exports.downloads import MEDIA_TYPES, Format, write_download
from observatory.publishing.exports.json_document import write_document
from observatory.publishing.figures.emptiness import explain_emptiness
from observatory.publishing.figures.extract import make_extract
from observatory.publishing.figures.selection import Selection
from website.api.encoded import count, cut
from website.api.lanes import Turns, dear
from website.api.parameters import PAGE, Value
from website.api.problems import PREFIX, TOO_MUCH, Refusal
from website.api.questions import PLAIN, choose_format, find_indicator, number, read_selection, spell
from website.api.replies import Reply
from website.api.serving import Served

_turns = Turns()


def observations(served: Served, name: str, values: Mapping[str, Value], accept: str, base: str) -> Reply:
    """The observations of one indicator; `base` is the public address of the site. Raises Refusal."""
    selection = read_selection(served, find_indicator(served, name), values)
    form = choose_format(values, accept)
    limit, offset = number(values, "limit"), number(values, "offset") or 0
    path = f"{PREFIX}/indicators/{name}/observations"
    query = spell(selection, form=form, release=served.id if served.named else "")
    address = f"{base}{path}?{query}" if query else f"{base}{path}"
    tag = served.tag(f"{address} {limit} {offset}")
    if form is Format.JSON:
        page = limit or PAGE
        return Reply(tag=tag, produce=lambda: _in_turn(served, selection, address=address, offset=offset, limit=page))
    link = f"<{path}?{query.replace(f'format={form}', 'format=csvw')}>; rel=describedby; type={PLAIN[Format.CSVW]}"
    ending = "csv-metadata.json" if form is Format.CSVW else form.value
    return Reply(
        tag=tag,
        produce=lambda: _file(served, selection, form=form, address=address, offset=offset, limit=limit),
        media_type=MEDIA_TYPES[form],
        headers=(
            ("Content-Disposition", f'attachment; filename="{name}_{served.id}.{ending}"'),
            ("Link", link),
        ),
    )


def following_address(address: str, *, offset: int, limit: int) -> str:
    """Where the next part of an answer is found."""
    return f"{address}{'&' if '?' in address else '?'}offset={offset}&limit={limit}"


def _in_turn(served: Served, selection: Selection, *, address: str, offset: int, limit: int) -> bytes:
    """The JSON answer, made while no other one is."""
    with _turns:
        return _document(served, selection, address=address, offset=offset, limit=limit)


def _document(served: Served, selection: Selection, *, address: str, offset: int, limit: int) -> bytes:
    """The JSON answer, of at most `limit` observations."""
    release = served.release
    rows, origins, areas, total, taken = list[bytes](), frozenset[str](), set[str](), 0, 0
    if selection.indicator in release.manifest.indicators:
        encoded = served.encoded(selection.indicator)
        found = encoded.find(selection)
        total = taken = count(found)
        if offset or limit < total:
            found = cut(found, offset=offset, limit=limit)
            taken = count(found)
        rows, origins = encoded.write(found)
        areas = {run.area for run in found}
    following = offset + taken
    more = following_address(address, offset=following, limit=limit) if taken and following < total else None
    return write_document(
        release,
        selection,
        rows=rows,
        opening=served.opening(selection.indicator, areas),
        closing=served.closing(origins),
        total=total,
        offset=offset,
        address=address,
        next_address=more,
        note=None if taken else explain_emptiness(release, selection, total=total),
    )


def _file(served: Served, selection: Selection, *, form: Format, address: str, offset: int, limit: int | None) -> bytes:
    """The answer as a file, whole unless a limit was asked for."""
    with dear.place():
        extract = make_extract(served.release, selection, address=address, offset=offset, limit=limit)
        try:
            return write_download(extract, form=form).content
        except RequestRefused as error:
            raise Refusal(TOO_MUCH, error.message, parameter="format", expected=error.expected) from error
