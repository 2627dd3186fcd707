"""Examinations from a table: exports of dose management systems, and scanners that send no reports.

One line is one examination. Units stand in columns of their own or in the header, decimal marks are points or commas,
and a table that has both is refused, because "1.234" would be one thing in one line and another in the next. Columns
are turned as columns: a year of a large hospital has half a million lines.
"""

import hmac
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from observatory.errors import SourceChanged
from observatory.observations.payload import Payload
from observatory.protection.examinations import examination_kinds
from observatory.protection.registry.bands import age_band, weight_band
from observatory.protection.registry.leaving import KEY_LENGTH, DoseRecord, Leaving
from observatory.protection.registry.mapping import ProtocolMap
from observatory.protection.units import Dimension, find_unit, get_unit

TEXTS = ("facility_id", "device_id", "year_month", "procedure_local", "sex", "phantom", "breast", "radiopharmaceutical")
UNITS = {"dap_unit": "dap", "rp_unit": "rp_dose"}
PLAIN = ("age_years", "weight_kg")
DOSES = {
    "ctdivol": ("ctdivol_mgy", "mGy"),
    "dlp": ("dlp_mgycm", "mGy.cm"),
    "dap": ("dap_gycm2", "Gy.cm2"),
    "rp_dose": ("rp_dose_mgy", "mGy"),
    "agd": ("agd_mgy", "mGy"),
    "activity": ("activity_mbq", "MBq"),
    "fluoro": ("fluoroscopy_s", "s"),
}
"""Quantity in a header → (our field, our unit)."""
GIVEN = {
    "ctdivol_mgy": "ctdivol",
    "dlp_mgycm": "dlp",
    "agd_mgy": "agd",
    "activity_mbq": "activity",
    "fluoro_s": "fluoro",
}
"""A column of the template whose name holds the unit → its quantity."""
NEEDED = ("procedure_local", "year_month")

PHANTOMS = {"16": "head_16cm", "head": "head_16cm", "head_16cm": "head_16cm"} | {
    "32": "body_32cm", "body": "body_32cm", "body_32cm": "body_32cm",
}  # fmt: skip
NUMBER = r"^\d+([.,]\d+)?([eE][+-]?\d{1,2})?$"
READER = "table-1"


@dataclass(frozen=True, kw_only=True, slots=True)
class ExaminationTable:
    """A table as it was read, in our fields and units. It holds names of protocols and stays in the facility."""

    frame: pl.DataFrame
    """One row an examination."""
    rejected: dict[str, int]
    """Reason → number of cells that were left out; their lines stay."""

    def __repr__(self) -> str:
        """Its size and no row of it."""
        return f"ExaminationTable({self.frame.height} rows, rejected={self.rejected})"


def read_examination_table(payload: Payload) -> ExaminationTable:
    """The examinations of a CSV with the columns of the template, in any order.

    Doses stand as `dlp_mgycm`, as `dap` beside `dap_unit`, or with the unit in the header: `DLP [mGy·cm]`. Raises
    SourceChanged for a column that is not known, one that is missing, and a table with two decimal marks; no message
    holds a cell of the table.
    """
    frame = _raw(payload)
    columns = {name: _column(name, number, file=payload.name) for number, name in enumerate(frame.columns, start=1)}
    frame = frame.rename({name: meaning for name, (meaning, _) in columns.items()})
    for needed in NEEDED:
        if needed not in frame.columns:
            raise SourceChanged(
                f"the column {needed} is missing", file=payload.name, place="line 1", remedy="Use the template's names."
            )
    in_header = {meaning: unit for meaning, unit in columns.values() if unit}
    frame = frame.with_columns(_lines(frame))
    decimal = _decimal_mark(frame, file=payload.name)
    rejected: dict[str, int] = {}
    numbers = [name for name in (*DOSES, *PLAIN) if name in frame.columns]
    told = frame.with_columns(_numbers(frame[name], decimal=decimal, rejected=rejected).alias(name) for name in numbers)
    told = told.with_columns(_in_our_unit(told, name, in_header, rejected) for name in numbers if name in DOSES)
    return ExaminationTable(frame=_bands(_ours(told)), rejected=rejected)


def prepare_table(table: ExaminationTable, *, secret: bytes, mapping: ProtocolMap) -> Leaving:
    """What of a table may leave, as records, by the rules of `prepare`.

    A line has no identifier of a study, so its key is a hash of the whole line and of how often it came before; the
    same table sent twice makes the same keys.
    """
    names = table.frame.select("procedure_local").unique()
    kinds = [mapping.find_kind([name]) for (name,) in names.iter_rows()]
    known = names.with_columns(pl.Series("examination", kinds, dtype=pl.String))
    frame = table.frame.join(known, on="procedure_local", how="left", maintain_order="left")
    mapped = frame.filter(pl.col("examination") != "")
    unmapped = frame.filter(pl.col("examination") == "")
    modalities = {kind.id: kind.modality for kind in examination_kinds().values()}
    mapped = mapped.with_columns(
        pl.col("examination").replace_strict(modalities, default="").alias("modality"),
        pl.Series("key", _keys(mapped["line"], secret=secret), dtype=pl.String),
    )
    fields = DoseRecord.__struct_fields__
    rows = mapped.with_columns(maker=pl.lit(None, dtype=pl.String), events=pl.lit(0), reader=pl.lit(READER)).select(
        *(name for name in fields if name != "flags")
    )
    return Leaving(
        records=[DoseRecord(flags=(), **row) for row in rows.iter_rows(named=True)],
        phantom_tests=0,
        unmapped={"": unmapped.height} if unmapped.height else {},
        unidentified=0,
        open_names=unmapped["procedure_local"].to_list(),
    )


def _raw(payload: Payload) -> pl.DataFrame:
    first = payload.content.split(b"\n", 1)[0]
    separator = max((b";", b"\t", b","), key=first.count).decode()
    try:
        frame = pl.read_csv(
            io.BytesIO(payload.content), separator=separator, infer_schema=False, encoding="utf8-lossy",
        )  # fmt: skip
    except pl.exceptions.PolarsError as error:
        raise SourceChanged(
            "the table cannot be read as CSV", file=payload.name, expected="as many cells in each line as in the first",
            remedy="Export it again as CSV in UTF-8.",
        ) from error  # fmt: skip
    return frame.with_columns(pl.all().fill_null("").str.strip_chars())


def _column(header: str, number: int, *, file: str) -> tuple[str, str]:
    """(what a column holds, the unit in its header) or a refusal that says which column it is."""
    plain = header.strip().casefold()
    if plain in TEXTS or plain in PLAIN or plain in UNITS:
        return plain, ""
    if plain in GIVEN:
        return GIVEN[plain], DOSES[GIVEN[plain]][1]
    if plain in DOSES:
        return plain, ""
    with_unit = re.fullmatch(r"(\w+)\s*[\[(]([^\])]+)[\])]", header.strip())
    if with_unit is not None and with_unit[1].casefold() in DOSES:
        return with_unit[1].casefold(), with_unit[2]
    raise SourceChanged(
        "the table has a column that is not known",
        file=file,
        place=f"line 1, column {number}",
        expected=", ".join((*TEXTS, *PLAIN, *GIVEN, "dap", "rp_dose", *UNITS)),
        remedy="Rename the column, or leave it out; only what the template names is read.",
    )


def _decimal_mark(frame: pl.DataFrame, *, file: str) -> str:
    """The mark that numbers of this table have before their decimals."""
    numbers = [pl.col(name) for name in (*DOSES, *PLAIN) if name in frame.columns]
    if not numbers:
        return "."
    has = frame.select(
        comma=pl.any_horizontal(column.str.contains(",", literal=True).any() for column in numbers),
        point=pl.any_horizontal(column.str.contains(".", literal=True).any() for column in numbers),
    ).row(0)
    if all(has):
        raise SourceChanged(
            "numbers of the table have two decimal marks", file=file, expected="points or commas, and no thousands",
            remedy="Export it with one decimal mark and without marks between thousands.",
        )  # fmt: skip
    return "," if has[0] else "."


def _numbers(column: pl.Series, *, decimal: str, rejected: dict[str, int]) -> pl.Series:
    plain = column.str.replace(",", ".", literal=True) if decimal == "," else column
    fits = column.str.contains(NUMBER)
    number = pl.select(pl.when(fits).then(plain.cast(pl.Float64, strict=False))).to_series()
    _count(rejected, "a cell is no number", int((number.is_null() & (column != "") & column.is_not_null()).sum()))
    return number


def _in_our_unit(frame: pl.DataFrame, name: str, in_header: Mapping[str, str], rejected: dict[str, int]) -> pl.Series:
    """A column of doses in our unit, by the unit in the header or in the column beside it; null without one."""
    wanted = get_unit(DOSES[name][1])
    if name in in_header:
        units: pl.Series | None = pl.select(pl.repeat(in_header[name], frame.height)).to_series()
    else:
        beside = next((column for column, of in UNITS.items() if of == name and column in frame.columns), "")
        units = frame[beside] if beside else None
    if units is None:
        _count(rejected, "a dose has no unit", int(frame[name].is_not_null().sum()))
        return pl.Series(name, [None] * frame.height, dtype=pl.Float64)
    spellings = [unit for unit in units.unique().to_list() if unit]
    factors = {unit: _factor(unit, wanted.dimension) for unit in spellings}
    known = {unit: factor / float(wanted.factor) for unit, factor in factors.items() if factor is not None}
    factor = units.replace_strict(known, default=None, return_dtype=pl.Float64)
    turned = (frame[name] * factor).round_sig_figs(15)
    _count(rejected, "a unit is not known", int((turned.is_null() & frame[name].is_not_null()).sum()))
    return turned.alias(name)


def _factor(spelling: str, dimension: Dimension) -> float | None:
    unit = find_unit(spelling)
    return float(unit.factor) if unit is not None and unit.dimension is dimension else None


def _ours(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with our names of fields; a glandular dose goes to its side."""
    for name in (*TEXTS,):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit("").alias(name))
    for name in (*DOSES, *PLAIN):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=pl.Float64).alias(name))
    side = pl.col("breast").str.to_lowercase().str.slice(0, 1)
    fields = {name: field for name, (field, _) in DOSES.items() if name != "agd"}
    phantom = pl.col("phantom").str.to_lowercase().replace_strict(PHANTOMS, default=None, return_dtype=pl.String)
    return frame.with_columns(
        pl.when(side == "l").then(pl.col("agd")).alias("agd_mgy_left"),
        pl.when(side == "r").then(pl.col("agd")).alias("agd_mgy_right"),
        phantom.alias("phantom"),
        pl.when(pl.col("sex").is_in(["F", "M", "O"])).then(pl.col("sex")).otherwise(pl.lit("")).alias("sex"),
        pl.when(pl.col("year_month").str.contains(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"))
        .then(pl.col("year_month"))
        .otherwise(pl.lit(""))
        .alias("month"),
    ).rename(fields)


def _bands(frame: pl.DataFrame) -> pl.DataFrame:
    """Ages and weights as bands, each different one turned once."""
    for column, name, band in (("age_years", "age", age_band), ("weight_kg", "weight", weight_band)):
        seen = frame.select(column).unique()
        bands = seen.with_columns(pl.Series(name, [band(value) for (value,) in seen.iter_rows()], dtype=pl.String))
        frame = frame.join(bands, on=column, how="left", nulls_equal=True, maintain_order="left")
    return frame


def _lines(frame: pl.DataFrame) -> pl.Series:
    """Each line as it was written, with how often it came before: the same table sent twice has the same lines."""
    whole = frame.select(pl.concat_str(sorted(frame.columns), separator="\x1f").alias("line"))
    if not whole["line"].is_duplicated().any():
        return (whole["line"] + "\x1f0").alias("line")
    number = pl.int_range(pl.len()).over("line").cast(pl.String)
    return whole.select(pl.concat_str("line", number, separator="\x1f").alias("line")).to_series()


def _keys(lines: pl.Series, *, secret: bytes) -> list[str]:
    return [hmac.digest(secret, b"line|" + line.encode(), "sha256").hex()[:KEY_LENGTH] for line in lines.to_list()]


def _count(rejected: dict[str, int], reason: str, number: int) -> None:
    if number:
        rejected[reason] = rejected.get(reason, 0) + number
