"""Parquet for researchers: the same columns, each with its description, read by Arrow, DuckDB, pandas and Polars.

Codes are dictionaries with text values: enumerations of one reader are errors in another.
"""

import io

import orjson
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from observatory.publishing.exports.columns import describe_columns, tidy_table
from observatory.publishing.exports.metadata import describe_extract
from observatory.publishing.figures.extract import Extract


def write_parquet(extract: Extract) -> bytes:
    """The observations as Parquet, descriptions in the metadata of the fields, the extract's in that of the file.

    The file's metadata has one key, `observatory`, with a JSON object of titles and texts.
    """
    table = tidy_table(extract)
    words = describe_columns()
    columns, fields = [], []
    for name, dtype in table.schema.items():
        column = table[name].to_arrow()
        if dtype == pl.String:
            column = column.cast(pa.string()).dictionary_encode()
        columns.append(column)
        fields.append(pa.field(name, column.type, metadata={"description": words[name]}))
    described = pa.schema(fields, metadata={"observatory": orjson.dumps(dict(describe_extract(extract)))})
    sink = io.BytesIO()
    pq.write_table(pa.table(columns, schema=described), sink, compression="zstd")
    return sink.getvalue()
