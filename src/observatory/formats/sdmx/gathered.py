"""Observations gathered one by one from a message of SDMX, in JSON or XML, as columns.

Such messages say of each attribute only its name, so marks and comments are known by the names that SDMX gives them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from observatory.errors import SourceChanged
from observatory.formats.records.columns import with_all_columns
from observatory.formats.records.dimensions import canonical_period, own_name
from observatory.formats.records.mark_columns import marked
from observatory.formats.records.repeats import drop_repeats
from observatory.formats.sdmx.sdmx_names import COMMENT, STATUS, scheme_of
from observatory.observations.records import Records

_CATEGORICAL = pl.Categorical()


@dataclass(kw_only=True)
class Gathered:
    """What the observations of a message say, one entry each."""

    dimensions: tuple[str, ...]
    """Names of the dimensions, without time."""
    codes: list[Sequence[str | None]] = field(default_factory=list)
    """A code for each dimension."""
    periods: list[str] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    attributes: list[Mapping[str, str]] = field(default_factory=list)

    def add(
        self, codes: Sequence[str | None], *, period: str, value: float | None, attributes: Mapping[str, str]
    ) -> None:
        """One observation more."""
        self.codes.append(codes)
        self.periods.append(period)
        self.values.append(value)
        self.attributes.append(attributes)

    def records(self, *, name: str, provider: str, dataset: str, titles: dict[str, str]) -> Records:
        """The observations as records. Raises SourceChanged for a period that is none, or one key with two figures."""
        dimensions = tuple(own_name(dimension) for dimension in self.dimensions)
        names = sorted({attribute for found in self.attributes for attribute in found})
        comments = [attribute for attribute in names if COMMENT.fullmatch(attribute)]
        status = [attribute for attribute in names if STATUS.fullmatch(attribute)]
        plain = [attribute for attribute in names if attribute not in comments and attribute not in status]
        twice = {own_name(attribute) for attribute in plain} & set(dimensions)
        if twice or len(set(dimensions)) < len(dimensions):
            raise SourceChanged(
                "two components have one name",
                file=name,
                expected="each name once",
                found=", ".join(twice or dimensions),
            )
        missing = pl.Series([value is None for value in self.values], dtype=pl.Boolean)
        columns = {column: self._texts(at) for at, column in enumerate(dimensions)}
        columns |= {own_name(attribute): self._said(attribute) for attribute in plain}
        spelt = {text: canonical_period(text, file=name, place="TIME_PERIOD") for text in set(self.periods)}
        columns["period"] = pl.Series([spelt[text] for text in self.periods], dtype=_CATEGORICAL)
        columns["value"] = pl.Series(self.values, dtype=pl.Float64)
        columns |= marked([(self._said(attribute), scheme_of(attribute)) for attribute in status], missing=missing)
        if comments:
            words = ["; ".join(found[key] for key in comments if key in found) or None for found in self.attributes]
            columns["comment"] = pl.Series(words, dtype=_CATEGORICAL)
        columns["row"] = pl.arange(1, len(self.values) + 1, dtype=pl.UInt32, eager=True)
        frame = with_all_columns(columns, height=len(self.values))
        return Records(
            provider=provider,
            dataset=dataset,
            dimensions=dimensions,
            frame=drop_repeats(frame, key=[*dimensions, "period"], file=name, place_name="observation"),
            attributes=tuple(own_name(attribute) for attribute in plain),
            place_name="observation",
            titles=titles,
        )

    def _texts(self, at: int) -> pl.Series:
        return pl.Series([codes[at] for codes in self.codes], dtype=_CATEGORICAL)

    def _said(self, attribute: str) -> pl.Series:
        said = [found.get(attribute) or None for found in self.attributes]
        return pl.Series(attribute, said, dtype=_CATEGORICAL)
