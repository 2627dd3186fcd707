"""What holds of every reader: its records are sound, and its refusals say all that a person needs."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from observatory.codelists.absences import Absence
from observatory.codelists.flags import join_flags, split_flags
from observatory.errors import FigureRefused, ObservatoryError, SourceChanged, SourceUnavailable
from observatory.observations.payload import Payload
from observatory.observations.period import normalise_period
from observatory.observations.records import RECORD_SCHEMA, Records
from tests.specimens import OURS

REFUSALS = (SourceUnavailable, SourceChanged, FigureRefused)


def own(path: str) -> Payload:
    """A specimen of our own making."""
    return from_file(OURS / path)


def from_file(path: Path) -> Payload:
    return Payload(name=path.name, content=path.read_bytes())


def text(content: str, *, name: str = "made.csv") -> Payload:
    return Payload(name=name, content=content.encode())


def refused(kind: type[ObservatoryError], act: Callable[[], object]) -> ObservatoryError:
    """The refusal `act` ends in: one line that names the file and says what to do."""
    with pytest.raises(kind) as caught:
        act()
    error = caught.value
    assert type(error) is kind
    assert error.file
    assert error.remedy
    assert "\n" not in error.message
    assert len(error.message) < 2000
    return error


def assert_sound(records: Records) -> None:
    frame = records.frame
    assert frame.columns == [*records.dimensions, *records.attributes, *RECORD_SCHEMA]
    assert [frame.schema[name] for name in RECORD_SCHEMA] == list(RECORD_SCHEMA.values())
    said = pl.sum_horizontal(pl.col("value", "category", "absence").is_not_null())
    assert frame.select((said == 1).all()).item()
    assert frame["value"].drop_nulls().is_finite().all()
    assert not frame.select(*records.dimensions, "period").is_duplicated().any()
    assert frame["row"].null_count() == 0
    for period in frame["period"].unique(maintain_order=False).to_list():
        assert normalise_period(period) == period
    for flags in frame["flags"].drop_nulls().unique().to_list():
        assert join_flags(split_flags(flags)) == flags
    assert set(frame["absence"].drop_nulls().unique().to_list()) <= {*Absence}


def cell(records: Records, column: str, **where: str | None) -> object:
    """The one cell of `column` in the row that `where` picks out."""
    rows = records.frame.filter(pl.col(name).eq_missing(pl.lit(code)) for name, code in where.items())
    assert rows.height == 1, f"{rows.height} rows have {where}"
    return rows[column][0]
