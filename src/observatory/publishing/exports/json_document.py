"""JSON: the observations as objects, with the release, the selection, the citation, the origins and the licences.

The document is put together from ready bytes, because the API answers thousands of these a second: rows that were
encoded once, between a beginning and an end that are small. Rows are objects with every field of an observation
and `detail_name`; flags are a list, and an empty text is an empty string, as in the information model.
"""

from collections.abc import Collection, Iterable

import msgspec
import polars as pl

from observatory.codelists.flags import SEPARATOR
from observatory.codelists.units import get_unit
from observatory.observations.observation import SCHEMA, Observation
from observatory.publishing.answers import IndicatorName, ReleaseName
from observatory.publishing.citing.citations import figure_work, source_works
from observatory.publishing.citing.references import Style, write_works
from observatory.publishing.exports.detail_names import detail_names
from observatory.publishing.figures.attribution import find_origins, used_licences
from observatory.publishing.figures.extract import Extract
from observatory.publishing.figures.selection import Selection
from observatory.releases.reading import Release

_TEXTS = (*(name for name, kind in Observation.__annotations__.items() if kind is str), "detail_name")
"""Columns in which null stands for the empty string."""


def write_json(extract: Extract) -> bytes:
    """The whole extract as one JSON document; its shape is `answers.ObservationsAnswer`."""
    table = extract.table.with_columns(detail_names(extract.table, extract.release))
    return write_document(
        extract.release,
        extract.selection,
        rows=[",".join(encode_rows(table)).encode()],
        opening=encode_opening(
            extract.release, extract.selection.indicator, areas=extract.table["area"].cast(pl.String).unique()
        ),
        closing=encode_closing(extract.release, [origin.id for origin in extract.origins]),
        total=extract.total,
        offset=extract.offset,
        address=extract.address,
        note=extract.note or None,
    )


def encode_rows(table: pl.DataFrame) -> list[str]:
    """Each row as a JSON object with the fields of an observation.

    `table` has some or all columns of SCHEMA, and `detail_name` where it has the column of `detail_names`.
    """
    codes = [name for name in table.columns if SCHEMA.get(name, pl.Categorical) == pl.Categorical]
    shaped = [pl.col(name).cast(pl.String) for name in codes if name not in _TEXTS and name != "flags"]
    shaped += [pl.col(name).cast(pl.String).fill_null("") for name in codes if name in _TEXTS]
    if "flags" in codes:
        shaped.append(pl.col("flags").cast(pl.String).str.split(SEPARATOR).fill_null([]))
    plain = table.lazy().with_columns(shaped)
    return plain.select(pl.struct(pl.all()).struct.json_encode()).collect().to_series().to_list()


def encode_opening(release: Release, indicator: str, *, areas: Collection[str]) -> bytes:
    """The beginning of a document: the release and the indicator, with what is noted of the areas in the answer."""
    manifest = release.manifest
    names = {
        "release": ReleaseName(id=manifest.id, published_on=manifest.published_on),
        "indicator": name_indicator(release, indicator, areas=areas),
    }
    return msgspec.json.encode(names)[:-1]


def name_indicator(release: Release, indicator: str, *, areas: Collection[str]) -> IndicatorName:
    """An indicator of the catalogue, as far as figures of these areas need it."""
    one = release.catalogue.indicators[indicator]
    return IndicatorName(
        id=one.id,
        title=one.title,
        unit=one.unit,
        unit_name=get_unit(one.unit).name,
        kind=one.kind,
        notes=[note for note in release.catalogue.notes if indicator in note.indicators and note.area in areas],
    )


def encode_closing(release: Release, origins: Iterable[str]) -> bytes:
    """The end of a document: sources as they are cited, origins and licences. Depends on the origins alone."""
    used = find_origins(origins, release)
    sources = [write_works([work], style=Style.APA) for work in source_works(release, used)]
    parts = (
        b',"sources":', msgspec.json.encode(sources),
        b'},"origins":', msgspec.json.encode({origin.id: origin for origin in used}),
        b',"licences":', msgspec.json.encode(used_licences(used, release)), b"}",
    )  # fmt: skip
    return b"".join(parts)


def write_document(
    release: Release,
    selection: Selection,
    *,
    rows: Iterable[bytes],
    opening: bytes,
    closing: bytes,
    total: int,
    offset: int = 0,
    address: str = "",
    next_address: str | None = None,
    note: str | None = None,
) -> bytes:
    """A document: bytes of `encode_opening`, pieces of rows of `encode_rows` and the commas between them, bytes of
    `encode_closing`.

    Everything is joined once: the memory for a second copy costs more time than finding the rows.
    """
    asked = msgspec.json.encode(
        {
            "selection": selection,
            "address": address,
            "total": total,
            "offset": offset,
            "next": next_address,
            "note": note,
        }
    )
    work = figure_work(release, selection, sources=(), address=address, accessed_on=None)
    figure = msgspec.json.encode(write_works([work], style=Style.APA))
    parts = (
        opening, b",", asked[1:-1], b',"observations":[', *rows, b'],"citation":{"figure":', figure,
        closing,
    )  # fmt: skip
    return b"".join(parts)
