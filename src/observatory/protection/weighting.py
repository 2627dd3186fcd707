"""Weighting factors, and effective dose from the doses of organs.

The tissue weights of ICRP 60 and ICRP 103 both add up to one and share eleven tissues, so a dose weighted with one set
passes for the other. The gonads went from 0.20 to 0.08 and the breast from 0.05 to 0.12 between them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from observatory.errors import FigureRefused, NotFound, SourceChanged
from observatory.protection.reference import read_reference


@dataclass(frozen=True, kw_only=True, slots=True)
class TissueWeights:
    """One set of tissue weighting factors."""

    id: str
    """Code of the set."""
    title: str
    """The publication."""
    source: str
    """Where the factors were read."""
    weights: dict[str, Decimal]
    """Tissue → factor; `remainder` applies to the mean dose of the remaining tissues."""
    remainder: list[str] = field(default_factory=list)
    """The remaining tissues, where they were read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RadiationWeight:
    """A kind of radiation whose weighting factor was not read in its publication, and is therefore not shipped."""

    radiation: str
    """The kind."""
    verify_against: str
    """Where the factor stands."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectiveDose:
    """An effective dose with how it came about."""

    value_msv: Decimal
    """In mSv."""
    weights: str
    """The set of tissue weights."""
    contributions: dict[str, Decimal]
    """Tissue → its part of the effective dose in mSv."""


@cache
def tissue_weights() -> dict[str, TissueWeights]:
    """Every set by its code. Raises SourceChanged for a set that does not add up to one."""
    sets = {one.id: one for one in read_reference("tissue_weights", list[TissueWeights])}
    for one in sets.values():
        added = sum(one.weights.values(), Decimal(0))
        if added != 1:
            raise SourceChanged(
                "tissue weights do not add up to one",
                file="reference/tissue_weights.yaml",
                place=one.id,
                expected="1.00",
                found=str(added),
                remedy="Compare each factor with the publication.",
            )
    return sets


def get_tissue_weights(set_id: str) -> TissueWeights:
    """The set with this code. Raises NotFound."""
    if set_id not in tissue_weights():
        raise NotFound(f"no set of tissue weights is called {set_id!r}", suggestions=tuple(tissue_weights()))
    return tissue_weights()[set_id]


def radiation_weights() -> list[RadiationWeight]:
    """Kinds of radiation and where their weighting factors are to be verified."""
    return read_reference("radiation_weights", list[RadiationWeight])


def effective_dose(equivalent_doses_msv: Mapping[str, Decimal], *, weights: str) -> EffectiveDose:
    """Effective dose in mSv from equivalent doses in mSv of every tissue of the set `weights`.

    The dose of `remainder` is the mean over the remaining tissues. Raises FigureRefused where a tissue is missing,
    since leaving one out makes it a zero, and where one is not in the set.
    """
    chosen = get_tissue_weights(weights)
    missing = sorted(chosen.weights.keys() - equivalent_doses_msv.keys())
    unknown = sorted(equivalent_doses_msv.keys() - chosen.weights.keys())
    if missing or unknown:
        raise FigureRefused(
            f"effective dose by {chosen.title} needs the dose of each of its tissues and of no other",
            expected=", ".join(chosen.weights),
            found="; ".join(
                part
                for part in (
                    f"without {', '.join(missing)}" if missing else "",
                    f"also {', '.join(unknown)}" if unknown else "",
                )
                if part
            ),
            remedy="Give a zero only for a tissue whose dose is known to be zero.",
        )
    if any(dose < 0 for dose in equivalent_doses_msv.values()):
        raise FigureRefused("a dose is below zero", expected="doses in mSv", remedy="Check the table of organ doses.")
    parts = {tissue: weight * equivalent_doses_msv[tissue] for tissue, weight in chosen.weights.items()}
    return EffectiveDose(value_msv=sum(parts.values(), Decimal(0)), weights=weights, contributions=parts)
