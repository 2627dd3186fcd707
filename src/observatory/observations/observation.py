"""One observation, and everything needed to check it.

The dataclass is the definition; `SCHEMA` is the same thing laid out in columns, as releases store it. The field
docstrings are also the data dictionary that downloads, the API description and the methodology page print.
"""

import ast
import inspect
import textwrap
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache

import polars as pl

from observatory.codelists.absences import Absence
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.codelists.flags import Flag, join_flags, split_flags


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A value, or a named absence, with its place, period, coverage, remarks, vintage and provenance."""

    indicator: str
    """Id of the indicator in the catalogue."""
    provider: str
    """Id of the provider whose figure this is or rests on."""
    method: str
    """"published" as the provider prints it, or "derived" by the Observatory from published figures."""
    area: str
    """ISO 3166-1 alpha-3 code, ISO 3166-2 or NUTS code of a region, or the code of an aggregate."""
    period: str
    """Reference period: 2019, 2019-Q3, 2019-03, 2006/2008, or 2019-12-31 for the situation on that day."""
    setting: Setting
    """Provider setting covered: all, hospital, ambulatory or not_stated."""
    sector: Sector
    """Sector covered: all, public, private or not_stated."""
    sex: Sex
    """Sex covered: all, female or male."""
    age: str
    """Age covered: all, or a range such as 50-69."""
    detail: str
    """Further breakdown as name=code pairs joined by "|"; empty for none."""
    value: float | None
    """The figure in `unit` times ten to the power of `multiplier`; none where absent or categorical."""
    category: str | None
    """The answer of a categorical indicator; none elsewhere."""
    absence: Absence | None
    """Which kind of nothing stands here; none where there is a figure."""
    unit: str
    """Code of the unit of measure."""
    multiplier: int
    """Power of ten by which the value is to be multiplied; 3 for thousands."""
    flags: frozenset[Flag]
    """Normalised remarks on the value: a set, never one code."""
    provider_flags: str
    """The provider's own flag letters, untouched."""
    comment: str
    """The provider's own words on this value, and ours in square brackets."""
    low: float | None
    """Lower bound the provider publishes, in the unit of the value."""
    high: float | None
    """Upper bound the provider publishes, in the unit of the value."""
    seen_from: date | None
    """First day on which the source is known to have said this; none for an edition of unknown date."""
    seen_to: date | None
    """Day from which the source said something else; none while it still stands."""
    dataset: str
    """Id of the dataset in the catalogue."""
    origin: str
    """Id of the origin record: provider, dataset, address asked, moment, SHA-256 of the bytes."""
    row: int
    """1-based line, row or index of the figure in the file it came from."""
    cell: str
    """What else is needed to find the figure in its row, such as the column."""
    steps: str
    """Each step between the bytes and this figure, joined by " → "."""


_CATEGORICAL = pl.Categorical()
SCHEMA: dict[str, pl.DataType] = {
    "indicator": _CATEGORICAL,
    "provider": _CATEGORICAL,
    "method": _CATEGORICAL,
    "area": _CATEGORICAL,
    "period": _CATEGORICAL,
    "setting": _CATEGORICAL,
    "sector": _CATEGORICAL,
    "sex": _CATEGORICAL,
    "age": _CATEGORICAL,
    "detail": _CATEGORICAL,
    "value": pl.Float64(),
    "category": _CATEGORICAL,
    "absence": _CATEGORICAL,
    "unit": _CATEGORICAL,
    "multiplier": pl.Int8(),
    "flags": _CATEGORICAL,
    "provider_flags": _CATEGORICAL,
    "comment": _CATEGORICAL,
    "low": pl.Float64(),
    "high": pl.Float64(),
    "seen_from": pl.Date(),
    "seen_to": pl.Date(),
    "dataset": _CATEGORICAL,
    "origin": _CATEGORICAL,
    "row": pl.UInt32(),
    "cell": _CATEGORICAL,
    "steps": _CATEGORICAL,
}
"""Columns of an observation table, in order. Null stands for none and for the empty string."""

KEY = ("indicator", "provider", "method", "area", "period", "setting", "sector", "sex", "age", "detail")
"""The columns that identify an observation; two rows with one key are two vintages of it."""

CONTENT = ("value", "category", "absence", "unit", "multiplier", "flags", "provider_flags", "comment", "low", "high")
"""The columns whose change makes a new vintage."""


def to_frame(observations: list[Observation]) -> pl.DataFrame:
    """The observations as a table of SCHEMA."""
    rows = [{name: _to_cell(getattr(observation, name)) for name in SCHEMA} for observation in observations]
    return pl.DataFrame(rows, schema=SCHEMA)


def from_frame(frame: pl.DataFrame) -> list[Observation]:
    """The rows of a table of SCHEMA as observations."""
    return [_from_row(row) for row in frame.iter_rows(named=True)]


def data_dictionary() -> dict[str, str]:
    """Field name → its one-line description, read from the docstrings above."""
    return field_texts(Observation)


@cache
def field_texts(kind: type) -> dict[str, str]:
    """Field name → the docstring below it, for any of our dataclasses, those of its bases first."""
    inherited = [field_texts(base) for base in kind.__bases__ if is_dataclass(base)]
    definition = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0]
    if not isinstance(definition, ast.ClassDef):
        raise TypeError(f"the source of {kind.__name__} is not a class")
    words = {name: text for texts in inherited for name, text in texts.items()}
    for node, text in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(node, ast.AnnAssign) and isinstance(text, ast.Expr):
            words[ast.unparse(node.target)] = str(ast.literal_eval(text.value))
    return words


def _to_cell(value: object) -> object:
    if isinstance(value, frozenset):
        return join_flags(value) or None
    return None if value == "" else value


def _from_row(row: dict[str, object]) -> Observation:
    texts = {"detail", "provider_flags", "comment", "cell", "steps"}
    values = {field.name: row[field.name] for field in fields(Observation)}
    values |= {name: values[name] or "" for name in texts}
    values["setting"] = Setting(str(values["setting"]))
    values["sector"] = Sector(str(values["sector"]))
    values["sex"] = Sex(str(values["sex"]))
    values["absence"] = Absence(str(values["absence"])) if values["absence"] else None
    values["flags"] = split_flags(str(values["flags"] or ""))
    return Observation(**values)  # type: ignore[arg-type]
