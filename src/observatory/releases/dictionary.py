"""The data dictionary: what each column of each table of a release means, in the tables themselves and beside them.

A Parquet file travels without the page that explains it, and without our software. So every column carries its
description in the file's own schema, where Arrow, DuckDB and R find it, and `dictionary.json` says the same to people.
"""

import io
from collections.abc import Mapping

import msgspec
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from observatory.codelists.absences import MEANINGS as ABSENCES
from observatory.codelists.flags import MEANINGS as FLAGS
from observatory.observations.observation import KEY, data_dictionary

DICTIONARY_FILE = "dictionary.json"


def tables() -> dict[str, dict[str, str]]:
    """Table → column → what it means. `observations` stands for each of the tables in that folder."""
    words = data_dictionary()
    known = {name: words[name] for name in KEY}
    figure = {name: words[name] for name in ("indicator", "provider", "area", "period")}
    return {
        "observations": words,
        "changes": {
            "change": "added, deleted, amended, or flag_only where the figure stayed and a remark changed.",
            **known,
            **{f"{side}_{name}": f"{words[name].rstrip('.')}, {when}." for name in ("value", "absence", "flags")
               for side, when in (("old", "in the release before"), ("new", "in this release"))},
        },
        "refusals": {
            **figure,
            "reason": "Why the figure was not published.",
        },
        "findings": {
            "check": "The check that found it; the methodology page says what each asks.",
            **figure,
            "found": "What was found.",
            "expected": "What was expected.",
            "remedy": "What to do.",
        },
        "comparisons": {
            **figure,
            "published": "The rate as its provider publishes it.",
            "derived": "The rate we derive from the same provider's count and the population of the same year.",
            "relative_difference": "(derived − published) ÷ published; none where the published rate is zero.",
            "published_flags": "Flags of the published rate.",
            "derived_flags": "Flags of the derived rate, those of what it is divided by included.",
        },
    }  # fmt: skip


def write_dictionary() -> bytes:
    """The dictionary as JSON: the tables, and the meaning of every code of flags and absences."""
    codes = {
        "flags": {flag.value: text for flag, text in FLAGS.items()},
        "absences": {absence.value: text for absence, text in ABSENCES.items()},
    }
    return msgspec.json.format(msgspec.json.encode({"tables": tables(), "codes": codes}), indent=1)


def described(table: pl.DataFrame, words: Mapping[str, str]) -> pa.Schema:
    """The schema with which a table is to be written as Parquet, so that each column says what it means."""
    sink = io.BytesIO()
    table.clear().write_parquet(sink)
    fields = []
    for field in pq.read_schema(sink):
        description = {b"description": words[field.name].encode()}
        fields.append(pa.field(field.name, _as_written(field.type), metadata={**(field.metadata or {}), **description}))
    return pa.schema(fields)


def _as_written(kind: pa.DataType) -> pa.DataType:
    """The type as the writer wants to be told it: it reads back narrow texts and takes only wide ones."""
    if pa.types.is_dictionary(kind):
        return pa.dictionary(kind.index_type, _as_written(kind.value_type), ordered=kind.ordered)
    return pa.large_string() if pa.types.is_string(kind) else kind
