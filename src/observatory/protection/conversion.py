"""Effective dose from a dose-length product, with a k factor whose name the caller has to say.

Four published sets differ by a factor of 1.8 for the adult chest and of 2 for the neck, because they rest on other
phantoms and weights. Two countries that each pick one have no comparable collective dose. So a set is never chosen
here, the others always stand beside the answer, and a DLP for the head phantom is not multiplied by a factor for the
body.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from observatory.errors import FigureRefused, NotFound
from observatory.protection.reference import read_reference
from observatory.protection.reports.concepts import Phantom

ADULT = "adult"

REFERS_TO = {
    "head": Phantom.HEAD_16CM,
    "chest": Phantom.BODY_32CM,
    "abdomen": Phantom.BODY_32CM,
    "pelvis": Phantom.BODY_32CM,
    "abdomen_and_pelvis": Phantom.BODY_32CM,
    "trunk": Phantom.BODY_32CM,
}
"""Region → the phantom to which a DLP must refer. For neck, and for the trunk of a child, this was not read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KSet:
    """Factors from dose-length product to effective dose that belong together."""

    id: str
    """Code of the set, by which it is chosen."""
    title: str
    """Who published it."""
    tissue_weights: str
    """The set of tissue weights on which it rests."""
    source: str
    """Where the factors were read."""
    ages: list[str]
    """Ages in years, or "adult"."""
    factors: dict[str, dict[str, Decimal]]
    """Region → age → mSv per mGy·cm."""
    note: str = ""
    """What else to know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseEstimate:
    """An effective dose from a DLP, with what the other sets would have given."""

    value_msv: Decimal
    """By the chosen set, in mSv."""
    k_set: str
    """The chosen set."""
    k: Decimal
    """Its factor in mSv per mGy·cm."""
    region: str
    """The region of the body."""
    age: str
    """The age group."""
    spread_msv: dict[str, Decimal]
    """Set → effective dose in mSv, for every set that has this region and age."""

    @property
    def low_msv(self) -> Decimal:
        """The lowest of all sets."""
        return min(self.spread_msv.values())

    @property
    def high_msv(self) -> Decimal:
        """The highest of all sets."""
        return max(self.spread_msv.values())


@cache
def k_sets() -> dict[str, KSet]:
    """Every set by its code."""
    return {one.id: one for one in read_reference("k_factors", list[KSet])}


def effective_dose_from_dlp(
    dlp_mgycm: Decimal, *, k_set: str, region: str, phantom: Phantom | None, age: str = ADULT
) -> DoseEstimate:
    """Effective dose in mSv from a DLP in mGy·cm that refers to `phantom`, by the set `k_set`.

    It is a mean over people of an age group, for populations and for comparing procedures. Raises NotFound for an
    unknown set; FigureRefused where the set has no factor for the region and age, since none is interpolated, and
    where the DLP does not refer to the phantom of the factor.
    """
    if k_set not in k_sets():
        raise NotFound(f"no set of k factors is called {k_set!r}", suggestions=tuple(k_sets()))
    k = k_sets()[k_set].factors.get(region, {}).get(age)
    if k is None:
        raise FigureRefused(
            f"the set {k_set} has no factor for {region.replace('_', ' ')} at the age {age}",
            expected=_offered(k_set, region),
            remedy="Choose a region and an age that the set has; factors are not interpolated.",
        )
    _check_phantom(region, age, phantom)
    spread = {
        one.id: dlp_mgycm * one.factors[region][age] for one in k_sets().values() if age in one.factors.get(region, {})
    }
    return DoseEstimate(value_msv=dlp_mgycm * k, k_set=k_set, k=k, region=region, age=age, spread_msv=spread)


def _offered(k_set: str, region: str) -> str:
    factors = k_sets()[k_set].factors
    return f"one of the ages {', '.join(factors[region])}" if region in factors else f"one of {', '.join(factors)}"


def _check_phantom(region: str, age: str, phantom: Phantom | None) -> None:
    wanted = REFERS_TO.get(region) if age == ADULT or region == "head" else None
    if wanted is None:
        raise FigureRefused(
            f"to which phantom the factor for {region.replace('_', ' ')} at the age {age} refers was not read",
            expected="to be verified against the publication of the set",
            remedy="Read there whether it is the phantom of 16 or of 32 cm.",
        )
    if phantom is not wanted:
        raise FigureRefused(
            f"a factor for {region.replace('_', ' ')} is for a DLP of another phantom",
            expected=wanted.replace("_", " "),
            found=phantom.replace("_", " ") if phantom else "a DLP without a phantom",
            remedy="Take the DLP of the events that refer to the right phantom.",
        )
