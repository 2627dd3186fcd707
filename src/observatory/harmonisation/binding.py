"""From a provider's records to our observations, as one binding of the catalogue says.

The provider's vocabulary stops here. What is translated is said in `steps`; what the provider said about a value
(flags, letters, comment, interval) is carried over whole.
"""

from collections.abc import Callable

import polars as pl

from observatory.archive.origin import Origin
from observatory.catalogue.model import Dataset, Kind, Observed
from observatory.codelists.absences import Absence
from observatory.codelists.areas import find_area, suggest_areas
from observatory.codelists.breakdowns import Sector, Setting, Sex
from observatory.codelists.units import FACTORS, get_unit
from observatory.errors import SourceChanged
from observatory.harmonisation.recoding import CATEGORICAL, constant, distinct, recode
from observatory.observations.observation import KEY, SCHEMA
from observatory.observations.records import Records

ARROW = " → "

_CODES: dict[str, list[str]] = {"setting": list(Setting), "sector": list(Sector), "sex": list(Sex)}


def observe(
    records: Records,
    binding: Observed,
    *,
    indicator: str,
    dataset: Dataset,
    origin: Origin,
    kind: Kind = Kind.NUMBER,
) -> pl.DataFrame:
    """The observations of one indicator, which is of `kind`, that `records` hold: a table of SCHEMA, possibly empty.

    Raises SourceChanged when a dimension the binding names is gone, when an area has a code nobody knows, when a
    word stands where the indicator has a number, or when two records would become one observation with two values.
    """
    frame = _select(records, binding)
    if kind is Kind.NUMBER:
        _refuse_words(frame, file=origin.file, place_name=records.place_name, indicator=indicator)
    columns = _Columns(frame, records, binding)
    table = frame.select(
        constant("indicator", indicator, frame.height),
        constant("provider", dataset.publisher_id, frame.height),
        constant("method", "published", frame.height),
        columns.area(),
        pl.col("period"),
        columns.breakdown("setting", binding.setting),
        columns.sector(),
        columns.breakdown("sex", binding.sex),
        columns.breakdown("age", binding.age),
        columns.detail(),
        *columns.figures(),
        pl.col("category", "absence"),
        constant("unit", binding.convert_to or binding.unit, frame.height),
        pl.lit(binding.multiplier, dtype=pl.Int8).alias("multiplier"),
        columns.flags(),
        pl.col("provider_flags"),
        columns.comment(),
        pl.lit(origin.seen_on, dtype=pl.Date).alias("seen_from"),
        pl.lit(None, dtype=pl.Date).alias("seen_to"),
        constant("dataset", dataset.id, frame.height),
        constant("origin", origin.id, frame.height),
        pl.col("row"),
        columns.cell(),
        columns.steps(),
    ).select(*SCHEMA)
    _refuse_two_values(table, file=origin.file, place_name=records.place_name)
    return table


def _select(records: Records, binding: Observed) -> pl.DataFrame:
    """The rows the binding asks for, added up where it says so."""
    used = [binding.area] if binding.area else []
    used += [*binding.where, *binding.sum_over]
    used += [name for name in (_dimension(text) for text in _breakdown_texts(binding)) if name]
    for name in used:
        if name not in records.frame.columns:
            raise SourceChanged(
                "a column the catalogue relies on is gone",
                file=records.dataset,
                expected=f"a column {name}",
                found=", ".join(records.dimensions),
                remedy="Compare the file with its binding in the catalogue and correct one of them.",
            )
    frame = records.frame
    frame = frame.filter(*selects(binding))
    if not binding.sum_over:
        return frame
    kept = [name for name in records.dimensions if name not in binding.sum_over]
    return _sum_over(frame, kept, column_from=records.column_from)


def selects(binding: Observed) -> list[pl.Expr]:
    """The conditions under which a record belongs to a binding; all of them must hold."""
    return [_holds(name, [codes] if isinstance(codes, str) else codes) for name, codes in binding.where.items()]


def _holds(name: str, codes: list[str]) -> pl.Expr:
    """The rows whose dimension holds one of `codes`; "" stands for a blank, "*" for anything but a blank."""
    column = pl.col(name).cast(pl.String)
    if codes == ["*"]:
        return column.is_not_null()
    named = column.is_in([code for code in codes if code]).fill_null(value=False)
    return named | column.is_null() if "" in codes else named


def _sum_over(frame: pl.DataFrame, kept: list[str], *, column_from: str) -> pl.DataFrame:
    """Rows that share `kept` and the period become one: values added, remarks united; absent if any part is.

    Where `column_from` says which column of the file a record stood in, `columns` lists those added up. A part that is
    not applicable, such as a hospital counted with its complex, adds nothing and hides nothing.
    """
    missing = pl.col("absence").is_not_null() & (pl.col("absence").cast(pl.String) != Absence.NOT_APPLICABLE.value)
    no_sum = missing.any() | pl.col("value").is_null().all()
    whole = frame.group_by([*kept, "period"], maintain_order=True).agg(
        pl.when(no_sum).then(None).otherwise(pl.col("value").sum()).alias("value"),
        pl.col("category").first(),
        pl.when(no_sum).then(pl.coalesce(pl.col("absence").filter(missing).first(), pl.col("absence").first())),
        pl.col("flags").cast(pl.String).drop_nulls().unique().str.join("|"),
        pl.col("provider_flags").cast(pl.String).drop_nulls().unique(maintain_order=True).str.join(" "),
        pl.col("comment").cast(pl.String).drop_nulls().unique(maintain_order=True).str.join("; "),
        pl.lit(None, dtype=pl.Float64).alias("low"),
        pl.lit(None, dtype=pl.Float64).alias("high"),
        pl.col("row").first(),
        pl.col("row").n_unique().alias("rows"),
        pl.col("row").last().alias("last_row"),
        _columns_added(column_from).alias("columns"),
    )
    texts = [
        pl.when(pl.col(name) == "").then(None).otherwise(pl.col(name)).cast(CATEGORICAL).alias(name)
        for name in ("flags", "provider_flags", "comment")
    ]
    whole = whole.with_columns(texts)
    return whole.with_columns(recode(whole["flags"], lambda flags: "|".join(sorted(set(flags.split("|"))))))


def _columns_added(column_from: str) -> pl.Expr:
    """The columns of the file whose figures are added, as "columns a, b"; null where a record has a row of its own."""
    if not column_from:
        return pl.lit(None, dtype=pl.String)
    names = pl.col(column_from).cast(pl.String).unique(maintain_order=True)
    word = pl.when(names.len() > 1).then(pl.lit("columns ")).otherwise(pl.lit("column "))
    return word + names.str.join(", ")


class _Columns:
    """The columns of an observation table, each computed from the selected records."""

    def __init__(self, frame: pl.DataFrame, records: Records, binding: Observed) -> None:
        self.frame = frame
        self.records = records
        self.binding = binding
        self.factor = FACTORS[binding.unit, binding.convert_to] if binding.convert_to else 1.0

    def area(self) -> pl.Series:
        if not self.binding.area:
            return constant("area", self.binding.area_id, self.frame.height)
        return recode(self.frame[self.binding.area], self._area_id).alias("area")

    def _area_id(self, code: str) -> str:
        found = find_area(code, scheme=self.binding.area_scheme)
        if found is None:
            near = suggest_areas(code)
            raise SourceChanged(
                "an area has a code nobody knows",
                file=self.records.dataset,
                place=f"column {self.binding.area}",
                expected="an area of codelists/areas.csv" + (f", such as {near[0]}" if near else ""),
                found=code,
                remedy="Add the spelling to codelists/areas.csv, or leave the rows out in the binding's `where`.",
            )
        return found.id

    def breakdown(self, name: str, text: str) -> pl.Series:
        dimension = _dimension(text)
        if not dimension:
            return constant(name, text, self.frame.height)
        translated = recode(self.frame[dimension], self._our_code).fill_null("all").alias(name)
        unknown = [code for code in distinct(translated) if name in _CODES and code not in _CODES[name]]
        if unknown:
            raise SourceChanged(
                f"a {name} has a code nobody knows",
                file=self.records.dataset,
                place=f"column {dimension}",
                expected=f"one of {', '.join(_CODES[name])}",
                found=unknown[0],
                remedy="Say in the binding's `codes` what it means, or leave it out in `where`.",
            )
        return translated

    def _our_code(self, code: str) -> str:
        return self.binding.codes.get(code, code)

    def sector(self) -> pl.Series:
        if self.binding.sector != "comment":
            return self.breakdown("sector", self.binding.sector)
        return recode(self.frame["comment"], _sector_of).fill_null(Sector.NOT_STATED.value).alias("sector")

    def detail(self) -> pl.Series:
        parts = []
        for name, text in self.binding.detail.items():
            if text.startswith("="):
                parts.append(constant(name, f"{name}={text[1:]}", self.frame.height))
            else:
                parts.append(recode(self.frame[text], _pair(name, self._our_code)))
        if not parts:
            return constant("detail", None, self.frame.height)
        if len(parts) == 1:
            return parts[0].alias("detail")
        joined = pl.concat_str([part.cast(pl.String) for part in parts], separator="|", ignore_nulls=True)
        return pl.select(joined.cast(CATEGORICAL).alias("detail")).to_series()

    def figures(self) -> list[pl.Expr]:
        names = ("value", "low", "high")
        if self.factor == 1.0:
            return [pl.col(name) for name in names]
        return [(pl.col(name) * self.factor).round_sig_figs(15) for name in names]

    def flags(self) -> pl.Series:
        if not self.binding.flags:
            return self.frame["flags"]
        common = set(self.binding.flags)
        with_common = recode(self.frame["flags"], lambda flags: "|".join(sorted({*flags.split("|"), *common})))
        return with_common.fill_null("|".join(sorted(common)))

    def comment(self) -> pl.Series:
        if not self.binding.comment:
            return self.frame["comment"]
        ours = f"[{self.binding.comment}]"
        return recode(self.frame["comment"], lambda theirs: f"{theirs} {ours}").fill_null(ours)

    def cell(self) -> pl.Series:
        if self.binding.sum_over:
            text = pl.format("to {} {}, {} rows", pl.lit(self.records.place_name), "last_row", "rows")
            parts = [pl.when(pl.col("rows") > 1).then(text), pl.col("columns")]
            told = pl.concat_str(parts, separator=", ", ignore_nulls=True)
            return self.frame.select(pl.when(told != "").then(told).cast(CATEGORICAL).alias("cell"))["cell"]
        if not self.records.column_from:
            return constant("cell", None, self.frame.height)
        return recode(self.frame[self.records.column_from], lambda name: f"column {name}").alias("cell")

    def steps(self) -> pl.Series:
        first = [f"read by {self.records.provider}"]
        if self.binding.sum_over:
            first.append(f"added up over {', '.join(self.binding.sum_over)}")
        last = []
        if self.binding.convert_to:
            old, new = get_unit(self.binding.unit), get_unit(self.binding.convert_to)
            last.append(f"× {self.factor:g}, {old.name} to {new.name}")
        if not self.binding.area:
            return constant("steps", ARROW.join(first + last), self.frame.height)

        def steps_of(code: str) -> str:
            area = self._area_id(code)
            return ARROW.join(first + ([f"area {code} is {area}"] if code != area else []) + last)

        return recode(self.frame[self.binding.area], steps_of).alias("steps")


def _dimension(text: str) -> str:
    """The dimension a binding's text names, or an empty string for a fixed code."""
    return text.removeprefix("DIMENSION:") if text.startswith("DIMENSION:") else ""


def _breakdown_texts(binding: Observed) -> list[str]:
    details = [f"DIMENSION:{text}" for text in binding.detail.values() if not text.startswith("=")]
    return [binding.setting, binding.sector, binding.sex, binding.age, *details]


def _pair(name: str, our_code: Callable[[str], str]) -> Callable[[str], str]:
    return lambda code: f"{name}={our_code(code)}"


def _sector_of(comment: str) -> str:
    """The sector a provider's comment states: "Only public sector data" is coverage, not noise."""
    words = comment.casefold()
    public, private = "public sector" in words, "private sector" in words
    if public and private:
        return Sector.ALL.value
    if public:
        return Sector.PUBLIC.value
    return Sector.PRIVATE.value if private else Sector.NOT_STATED.value


def _refuse_words(frame: pl.DataFrame, *, file: str, place_name: str, indicator: str) -> None:
    words = frame.filter(pl.col("category").is_not_null())
    if words.height:
        raise SourceChanged(
            "a word stands where a number should",
            file=file,
            place=f"{place_name} {words['row'][0]}",
            expected=f"a number, or an absence, for {indicator}",
            found=words["category"][0],
            remedy="Leave the row out in the binding's `where`, or give the indicator the kind `category`.",
        )


def _refuse_two_values(table: pl.DataFrame, *, file: str, place_name: str) -> None:
    twice = table.filter(table.select(KEY).is_duplicated())
    if twice.height:
        first = twice.row(0, named=True)
        rows = ", ".join(str(row) for row in twice["row"].head(4))
        raise SourceChanged(
            "several records would become one observation",
            file=file,
            place=f"{place_name} {rows}",
            expected="a binding that tells them apart",
            found=f"{first['indicator']} {first['area']} {first['period']}",
            remedy="Narrow `where`, or name the dimension that differs in `detail` or `sum_over`.",
        )
