"""What has to be said about a table before anyone may use it, as titles and texts."""

from collections.abc import Iterator

import polars as pl

from observatory.codelists.absences import MEANINGS as ABSENCES
from observatory.codelists.flags import MEANINGS as FLAGS
from observatory.codelists.units import get_unit
from observatory.publishing.citing.citations import cite
from observatory.publishing.citing.references import Style
from observatory.publishing.figures.extract import Extract
from observatory.publishing.figures.selection import Selection

_WORDS = {
    "areas": "Areas",
    "from_year": "From",
    "to_year": "To",
    "providers": "Providers",
    "method": "Method",
    "setting": "Setting",
    "sector": "Sector",
    "sex": "Sex",
    "age": "Age",
    "detail": "Further breakdown",
    "as_of": "As known on",
}


def describe_extract(extract: Extract) -> Iterator[tuple[str, str]]:
    """(title, text) of everything there is to say about an extract as a whole, in reading order."""
    indicator, manifest = extract.indicator, extract.release.manifest
    yield "Indicator", indicator.title
    yield "Indicator id", indicator.id
    yield "Definition", indicator.definition
    yield "Unit", get_unit(indicator.unit).name
    yield from (("Caveat", caveat) for caveat in indicator.caveats)
    yield from describe_selection(extract.selection)
    yield "Observations", _count(extract)
    if extract.table.is_empty():
        yield "Why there is nothing", extract.note
    yield "Release", manifest.id
    yield "Published on", manifest.published_on.isoformat()
    yield "Address", extract.address
    citation = cite(extract, style=Style.APA)
    yield "Cite as", citation.figure
    yield from (("Cite the source as", source) for source in citation.sources)
    for licence in extract.licences:
        address = f" ({licence.address})" if licence.address else ""
        yield "Licence", f"{licence.id}: {licence.name}{address}. {licence.attribution}"


def describe_selection(selection: Selection) -> Iterator[tuple[str, str]]:
    """(title, text) of each restriction of a selection; one that says so where there is none."""
    texts = {
        title: ", ".join(value) if isinstance(value, tuple) else str(value)
        for name, title in _WORDS.items()
        if (value := getattr(selection, name)) not in ((), "", None, False)
    }
    if selection.detail == "":
        texts["Further breakdown"] = "none"
    if selection.every_vintage:
        texts["Vintages"] = "all: what was said before stands beside what is said today"
    yield from texts.items() if texts else [("Selection", "everything held today")]


def describe_codes(extract: Extract) -> Iterator[tuple[str, str, str]]:
    """(kind, code, meaning) of every flag and absence that occurs in an extract."""
    flags = extract.table["flags"].drop_nulls().unique().cast(pl.String).str.split("|").explode()
    absences = extract.table["absence"].drop_nulls().unique().cast(pl.String)
    yield from (("Flag", flag.value, text) for flag, text in FLAGS.items() if flag.value in set(flags))
    yield from (("Absence", one.value, text) for one, text in ABSENCES.items() if one.value in set(absences))


def _count(extract: Extract) -> str:
    held, total = extract.table.height, extract.total
    return str(total) if held == total else f"{held} of {total}, from number {extract.offset + 1} on"
