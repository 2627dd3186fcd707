"""International Atomic Energy Agency, DIRAC: an export with one row a radiotherapy centre, counted per country.

Centres enter themselves in the register whenever they like, so one country's count mixes entries of many years; the
period of a count is the year of its newest entry, and the comment names the oldest. In exports that passed through
other hands, a comma in a centre's name has shifted the cells of its row; what stands in such a row is unknown, and so
is every count of its country.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from observatory.codelists.absences import Absence
from observatory.errors import FigureRefused, SourceChanged
from observatory.formats.text.delimited import DelimitedText, line_numbers, open_delimited, read_columns
from observatory.observations.payload import Payload
from observatory.observations.period import normalise_period
from observatory.observations.records import RECORD_SCHEMA, Records, complete

EXPECTED = "an export of DIRAC with one row a centre"
DIMENSIONS = ("Country", "Equipment")
CENTRES = "Radiotherapy centres"
"""The code in `Equipment` for the number of centres; the other codes are the export's own columns."""
MAX_UNREADABLE = 0.01
"""The share of rows that may be unreadable before the file counts as changed."""

_NEEDED = ("Country", "Last Update")
_DESCRIBING = ("City", "Operator Name", "Latitude", "Longitude")


@dataclass(frozen=True, kw_only=True)
class Centre:
    """One row of the export."""

    line: int
    """Where it stands."""
    cells: tuple[str, ...]
    """Everything it says."""
    year: int | None
    """When it was last updated; none where that is not stated."""
    machines: tuple[int, ...] | None
    """How many machines of each kind; none where a cell is no whole number."""


def read(payload: Payload, *, period: str = "") -> Records:
    """Counts per country of each kind of machine, and of centres. `period` is the caller's word for the export's.

    `row` is the first line of a country. Raises SourceUnavailable, SourceChanged, and FigureRefused where no entry
    states its year.
    """
    text = open_delimited(payload, delimiters=",", expected=EXPECTED)
    kinds = _kinds(text.header, file=payload.name)
    countries = _countries(text, kinds)
    newest = max((centre.year or 0 for centres in countries.values() for centre in centres), default=0)
    if not newest and not period:
        raise FigureRefused(
            "no entry states when it was updated",
            file=payload.name,
            place="column Last Update",
            expected="a year",
            found="none",
            remedy="Give the period of the export by hand.",
        )
    given = _period(period, file=payload.name) if period else ""
    rows = [
        row
        for country, centres in countries.items()
        for row in _rows(country, centres, kinds, period=given or str(_newest(centres) or newest))
    ]
    frame = pl.DataFrame(rows, schema=_ROW, orient="row")
    return Records(
        provider="iaea",
        dataset="DIRAC",
        dimensions=DIMENSIONS,
        frame=complete(frame, dimensions=DIMENSIONS),
        column_from="Equipment",
    )


_ROW: dict[str, pl.DataType] = {
    **dict.fromkeys(DIMENSIONS, RECORD_SCHEMA["period"]),
    **{name: RECORD_SCHEMA[name] for name in ("period", "value", "absence", "comment", "row")},
}


def _kinds(header: Sequence[str], *, file: str) -> dict[str, int]:
    """The columns that count machines → where they stand: all that are not known to describe a centre."""
    kinds = {name: at for at, name in enumerate(header) if name not in (*_NEEDED, *_DESCRIBING)}
    if not kinds or any(name not in header for name in _NEEDED):
        raise SourceChanged(
            "a column is gone or renamed",
            file=file,
            place="line 1",
            expected=f"{', '.join(_NEEDED)} and a column for each kind of machine",
            found=", ".join(header),
            remedy="Compare it with an export of DIRAC.",
        )
    return kinds


def _countries(text: DelimitedText, kinds: dict[str, int]) -> dict[str, list[Centre]]:
    """The centres of each country, in the order of the file."""
    frame = read_columns(text).with_columns(pl.all().fill_null(""))
    rows = zip(line_numbers(text, frame.height), frame.iter_rows(), strict=True)
    countries: dict[str, list[Centre]] = {}
    unreadable: list[Centre] = []
    country_at, year_at = text.header.index("Country"), text.header.index("Last Update")
    for line, cells in rows:
        counts = [_whole(cells[at]) for at in kinds.values()]
        machines = tuple(count for count in counts if count is not None)
        year = _whole(cells[year_at])
        centre = Centre(
            line=line,
            cells=cells,
            year=year if year is not None and 1950 <= year <= 2100 else None,
            machines=machines if len(machines) == len(counts) else None,
        )
        countries.setdefault(cells[country_at].strip(), []).append(centre)
        if centre.machines is None:
            unreadable.append(centre)
    total = sum(map(len, countries.values()))
    if len(unreadable) > MAX_UNREADABLE * total or "" in countries:
        raise _damaged(unreadable or countries[""], kinds, file=text.name)
    return countries


def _damaged(centres: Sequence[Centre], kinds: dict[str, int], *, file: str) -> SourceChanged:
    first = centres[0]
    name = next((name for name, at in kinds.items() if _whole(first.cells[at]) is None), "Country")
    return SourceChanged(
        "a number is none" if name != "Country" else "a country is missing",
        file=file,
        place=f"line {first.line}, column {name}",
        expected="a whole number" if name != "Country" else "a name",
        found=first.cells[kinds[name]] if name in kinds else "",
        remedy="Compare it with an export of DIRAC; a comma in a name may have shifted the cells.",
    )


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _newest(centres: Sequence[Centre]) -> int:
    return max(centre.year or 0 for centre in centres)


def _period(text: str, *, file: str) -> str:
    try:
        return normalise_period(text)
    except ValueError as error:
        raise SourceChanged(
            "the period given is none", file=file, expected="a year or a day", found=text, remedy="Give another."
        ) from error


def _rows(country: str, centres: list[Centre], kinds: dict[str, int], *, period: str) -> list[tuple[object, ...]]:
    """One record a kind of machine, and one for the centres: the columns of `_ROW`."""
    broken = [str(centre.line) for centre in centres if centre.machines is None]
    dated = f"[{_dates(centres)}]"
    unknown = f"[Unreadable: the cells of line {', '.join(broken)} are shifted.] {dated}"
    line = centres[0].line
    counts = [
        (country, kind, period, None, Absence.UNREADABLE.value, unknown, line)
        if broken
        else (country, kind, period, float(sum(c.machines[at] for c in centres if c.machines)), None, dated, line)
        for at, kind in enumerate(kinds)
    ]
    return [*counts, (country, CENTRES, period, float(len(centres)), None, dated, line)]


def _dates(centres: list[Centre]) -> str:
    """How old the entries of a country are, and whether some are entered twice, in words."""
    years = sorted({centre.year for centre in centres if centre.year})
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}" if years else "at unknown times"
    words = f"{len(centres)} entries, last updated {span}" if len(centres) > 1 else f"1 entry, last updated {span}"
    undated = sum(centre.year is None for centre in centres)
    if years and undated:
        words += f"; {undated} without a year"
    twice = len(centres) - len({centre.cells for centre in centres})
    return words + (f"; {twice} the same as another, and counted" if twice else "") + "."
