"""Observations: `/indicators/<id>/observations`, in every format."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from observatory.errors import RequestRefused
from observatory.publishing.exports.downloads import MEDIA_TYPES, Format, write_download
from observatory.publishing.exports.json_document import write_document
from observatory.publishing.extract import make_extract
from observatory.publishing.search import nearest
from observatory.publishing.selection import Selection
from website.api.encoded import cut
from website.api.parameters import FROM, PAGE, PROVIDER, Unreadable, Value, shorten, unreadable
from website.api.problems import NO_SUCH_FORMAT, PREFIX, TOO_MUCH, UNKNOWN_NAME, Refusal
from website.api.replies import Reply, choose_media_type
from website.api.serving import Served

_PLAIN = {form: MEDIA_TYPES[form].partition(";")[0] for form in Format}
_FORMS = {media_type: form for form, media_type in _PLAIN.items()}


def find_indicator(served: Served, name: str) -> str:
    """The id of an indicator of the catalogue. Raises Refusal with near ids."""
    known = served.release.catalogue.indicators
    if name not in known:
        raise Refusal(
            UNKNOWN_NAME,
            f"no indicator is called {shorten(name)!r}",
            suggestions=nearest(name[:100], list(known)),
        )
    return name


def check_provider(served: Served, provider: str) -> str:
    """The code of a publisher of the catalogue, or nothing. Raises Refusal with near codes."""
    if provider and provider not in served.publishers:
        expected = f"one of {', '.join(served.publishers)}"
        raise unreadable(PROVIDER, provider, Unreadable(expected, suggestions=nearest(provider, served.publishers)))
    return provider


def observations(served: Served, name: str, values: Mapping[str, Value], accept: str, base: str) -> Reply:
    """The observations of one indicator; `base` is the public address of the site. Raises Refusal."""
    selection = _selection(served, find_indicator(served, name), values)
    form = _format(values, accept)
    limit, offset = _number(values, "limit"), _number(values, "offset") or 0
    path = f"{PREFIX}/indicators/{name}/observations"
    query = "&".join(f"{key}={text}" for key, text in _canonical(selection, form))
    address = f"{path}?{query}" if query else path
    tag = served.tag(f"{address} {limit} {offset} {base}")
    if form is Format.JSON:
        page = limit or PAGE
        return Reply(
            tag=tag,
            produce=lambda: _document(served, selection, address=address, base=base, offset=offset, limit=page),
        )
    link = f"<{path}?{query.replace(f'format={form}', 'format=csvw')}>; rel=describedby; type={_PLAIN[Format.CSVW]}"
    ending = "csv-metadata.json" if form is Format.CSVW else form.value
    return Reply(
        tag=tag,
        produce=lambda: _file(served, selection, form=form, address=base + address, offset=offset, limit=limit),
        media_type=MEDIA_TYPES[form],
        headers=(
            ("Content-Disposition", f'attachment; filename="{name}_{served.id}.{ending}"'),
            ("Link", link),
        ),
    )


def _selection(served: Served, indicator: str, values: Mapping[str, Value]) -> Selection:
    provider = check_provider(served, _word(values, "provider"))
    first, last = _number(values, "from"), _number(values, "to")
    if first and last and first > last:
        raise unreadable(FROM, str(first), Unreadable(f"a year that is not after {last}, the last one asked for"))
    areas, day, detail = values.get("area", ()), values.get("as_of"), values.get("detail")
    return Selection(
        indicator=indicator,
        areas=areas if isinstance(areas, tuple) else (),
        from_year=first,
        to_year=last,
        provider=provider,
        method=_word(values, "method"),
        setting=_word(values, "setting"),
        sex=_word(values, "sex"),
        age=_word(values, "age"),
        detail=detail if isinstance(detail, str) else None,
        as_of=day if isinstance(day, date) else None,
    )


def _word(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ""


def _number(values: Mapping[str, Value], name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None


def _format(values: Mapping[str, Value], accept: str) -> Format:
    if said := _word(values, "format"):
        return Format(said)
    if not accept or accept == "*/*":
        return Format.JSON
    chosen = choose_media_type(accept, tuple(_FORMS))
    if chosen is None:
        raise Refusal(
            NO_SUCH_FORMAT,
            f"none of the media types in {shorten(accept)!r} can be served",
            expected=", ".join(_FORMS),
        )
    return _FORMS[chosen]


def _canonical(selection: Selection, form: Format) -> list[tuple[str, str]]:
    """A question in one spelling: the same question has one address and one tag."""
    said = (
        ("area", ",".join(selection.areas)),
        ("from", str(selection.from_year or "")),
        ("to", str(selection.to_year or "")),
        ("provider", selection.provider),
        ("method", selection.method),
        ("setting", selection.setting),
        ("sex", selection.sex),
        ("age", quote(selection.age, safe="")),
    )
    pairs = [(name, text) for name, text in said if text]
    if selection.detail is not None:
        pairs.append(("detail", quote(selection.detail, safe="=")))
    if selection.as_of:
        pairs.append(("as_of", selection.as_of.isoformat()))
    if form is not Format.JSON:
        pairs.append(("format", form.value))
    return pairs


def _document(served: Served, selection: Selection, *, address: str, base: str, offset: int, limit: int) -> bytes:
    """The JSON answer, of at most `limit` observations."""
    release = served.release
    rows, origins, total, taken = b"", frozenset[str](), 0, 0
    if selection.indicator in release.manifest.indicators:
        encoded = served.encoded(selection.indicator)
        found = encoded.find(selection)
        page = cut(found, offset=offset, limit=limit)
        rows, origins = encoded.join(page), encoded.origins(page)
        total, taken = (sum(len(run.rows) for run in runs) for runs in (found, page))
    following = offset + taken
    sign = "&" if "?" in address else "?"
    return write_document(
        release,
        selection,
        rows=rows,
        opening=served.opening(selection.indicator),
        closing=served.closing(origins),
        total=total,
        offset=offset,
        address=base + address,
        next_address=f"{address}{sign}offset={following}&limit={limit}" if taken and following < total else None,
        note=None if taken else _why_empty(served, selection, total=total),
    )


def _why_empty(served: Served, selection: Selection, *, total: int) -> str:
    if total:
        return f"The selection has {total} observations, fewer than were to be left out at the beginning."
    held = served.release.manifest.indicators.get(selection.indicator)
    if held is None:
        return "The release holds no observation of this indicator."
    day = f" as known on {selection.as_of.isoformat()}" if selection.as_of else ""
    return (
        f"The release holds no observation for this selection{day}. Of this indicator it holds figures of "
        f"{held.areas} areas, {held.first_year} to {held.last_year}, from {', '.join(held.providers)}."
    )


def _file(served: Served, selection: Selection, *, form: Format, address: str, offset: int, limit: int | None) -> bytes:
    """The answer as a file, whole unless a limit was asked for."""
    extract = make_extract(served.release, selection, address=address, offset=offset, limit=limit)
    try:
        return write_download(extract, form=form).content
    except RequestRefused as error:
        raise Refusal(TOO_MUCH, error.message, parameter="format", expected=error.expected) from error
