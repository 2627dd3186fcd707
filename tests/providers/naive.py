"""The same formats read a second time: slowly, plainly, with Python's own tools, sharing nothing with the readers.

Each function gives key → (value as text or None, letters, line), where a key is the codes and the period as written.
"""

import csv
import io
import json
from itertools import product

Naive = dict[tuple[str, ...], tuple[str | None, str, int]]

NOT_A_FIGURE = {"", ":", "NaN"}


def bulk_table(text: str) -> Naive:
    cells: Naive = {}
    header, *lines = text.replace("\r", "").split("\n")
    for number, line in enumerate(lines, start=2):
        if line:
            key, *values = line.split("\t")
            for period, value in zip(header.split("\t")[1:], values, strict=True):
                figure, _, letters = value.strip().partition(" ")
                cells[*key.split(","), period.strip()] = (
                    None if figure in NOT_A_FIGURE else figure,
                    letters.strip(),
                    number,
                )
    return cells


def long_table(
    text: str,
    *,
    dimensions: list[str],
    period: str = "TIME_PERIOD",
    value: str = "OBS_VALUE",
    status: list[str],
    delimiter: str = ",",
) -> Naive:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter)
    cells: Naive = {}
    for row in rows:
        letters = " ".join(
            f"{column}={row[column]}" if "CONF" in column else row[column] for column in status if row[column]
        )
        figure = None if row[value] in NOT_A_FIGURE else row[value]
        cells[*(row[column] for column in dimensions), row[period]] = (figure, letters, rows.line_num)
    return cells


def json_stat(text: str) -> Naive:
    """Cells that are written: all of a list, some of an object."""
    document = json.loads(text)
    codes = []
    for name in document["id"]:
        index = document["dimension"][name]["category"]["index"]
        codes.append(index if isinstance(index, list) else sorted(index, key=index.get))
    keys = list(product(*codes))
    value, status = document["value"], document.get("status") or {}
    if isinstance(status, str):
        status = dict.fromkeys(map(str, range(len(keys))), status)
    spoken = set(range(len(keys))) if isinstance(value, list) else set(map(int, value))
    spoken |= {at for at, mark in enumerate(status) if mark} if isinstance(status, list) else set(map(int, status))
    cells: Naive = {}
    for at in sorted(spoken):
        figure = value[at] if isinstance(value, list) else value.get(str(at))
        mark = status[at] if isinstance(status, list) else status.get(str(at))
        cells[keys[at]] = (None if figure is None else str(figure), mark or "", at + 1)
    return cells


def sdmx_json(text: str) -> Naive:
    """Version 1.0, by series."""
    document = json.loads(text)
    structure = document["structure"]
    axes = structure["dimensions"]["series"] + structure["dimensions"]["observation"]
    marks = [attribute["id"] for attribute in structure["attributes"]["observation"]].index("OBS_STATUS")
    cells: Naive = {}
    number = 0
    for key, series in document["dataSets"][0]["series"].items():
        for at, (figure, *pointers) in series["observations"].items():
            number += 1
            places = [int(place) for place in [*key.split(":"), at]]
            names = tuple(axis["values"][place]["id"] for axis, place in zip(axes, places, strict=True))
            pointer = pointers[marks] if marks < len(pointers) else None
            letters = "" if pointer is None else structure["attributes"]["observation"][marks]["values"][pointer]["id"]
            cells[names] = (None if figure is None else str(figure), letters, number)
    return cells
