"""CSVW: the description that stands beside a CSV file, so that the table itself stays clean.

The W3C's CSV on the Web names the file, the columns with their types, and what must be said about the whole; software
finds it beside the table under the table's name with "-metadata.json" behind it.
"""

import orjson

from observatory.publishing.citing.citations import PUBLISHER
from observatory.publishing.exports.cells import RULE
from observatory.publishing.exports.columns import DATES, NUMBERS, describe_columns
from observatory.publishing.exports.metadata import describe_codes, describe_extract
from observatory.publishing.figures.extract import Extract

_INTEGERS = ("multiplier", "row")


def write_csvw(extract: Extract) -> bytes:
    """The CSVW metadata of the CSV file of the same extract, as JSON."""
    columns = [
        {"name": name, "titles": name, "dc:description": words, "datatype": _datatype(name)}
        for name, words in describe_columns().items()
    ]
    for column in columns:
        if column["name"] == "flags":
            column["separator"] = "|"
    notes = [{"title": title, "text": text} for title, text in describe_extract(extract)]
    codes = [{"title": f"{kind}: {code}", "text": text} for kind, code, text in describe_codes(extract)]
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{extract.name}.csv",
        "dc:title": extract.indicator.title,
        "dc:description": extract.indicator.definition,
        "dc:publisher": PUBLISHER,
        "dc:issued": extract.release.manifest.published_on.isoformat(),
        "dc:license": [licence.address or licence.name for licence in extract.licences],
        "dc:source": [dataset.citation for dataset in extract.datasets],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "quoteChar": '"', "header": True},
        "tableSchema": {"columns": columns},
        "notes": [*notes, *codes, {"title": "Neutralised texts", "text": RULE}],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def _datatype(name: str) -> str:
    if name in DATES:
        return "date"
    if name in NUMBERS:
        return "integer" if name in _INTEGERS else "number"
    return "string"
