"""What codes of a further breakdown stand for, in the publisher's own words: the hospital behind "facility=290173".

The code identifies a hospital from one edition to the next, and its name does not: hospitals are renamed, and one name
is spelt in several ways. So figures keep the code, and names travel beside them.
"""

import polars as pl

from observatory.catalogue.model import Observed
from observatory.observations.records import Records


def detail_names(records: Records, binding: Observed, table: pl.DataFrame) -> dict[str, str]:
    """Pair of a detail, such as "facility=290173" → the words the file gives for it.

    `table` holds the observations of SCHEMA that the binding gives; only codes that occur in it are named.
    """
    words: dict[str, str] = {}
    for name, dimension in binding.detail.items():
        start = f"{dimension}="
        for title, text in records.titles.items():
            if title.startswith(start):
                code = title.removeprefix(start)
                words[f"{name}={binding.codes.get(code, code)}"] = text
    if not words:
        return {}
    occurring = table["detail"].drop_nulls().unique().cast(pl.String).str.split("|").explode().unique()
    return {pair: words[pair] for pair in occurring if pair in words}
