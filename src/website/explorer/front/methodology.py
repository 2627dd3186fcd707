"""How figures are made, printed from the code lists, the catalogue and the checks, so that it cannot drift."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from observatory.codelists.absences import MEANINGS as ABSENCES
from observatory.codelists.absences import REMEDIES
from observatory.codelists.areas import groups
from observatory.codelists.breakdowns import SECTOR_NAMES, SETTING_NAMES
from observatory.codelists.flags import MEANINGS as FLAGS
from observatory.codelists.publishers import short_name
from observatory.codelists.units import FACTORS, UNITS, get_unit
from observatory.harmonisation.checks import CHECKS
from observatory.harmonisation.comparability import MEANINGS as VERDICTS
from observatory.observations.observation import data_dictionary
from observatory.publishing.figures.standings import FEWEST_RANKED
from observatory.publishing.figures.wording import decimal_text
from observatory.releases.reading import Release
from website.explorer.answers.pages import page, render, site_address
from website.explorer.parts.tables import mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Formula:
    """How one derived indicator is computed."""

    title: str
    """Title of the indicator."""
    href: str
    """Its page; empty where the release holds no figures."""
    formula: str
    """The formula in words."""
    populations: str
    """Publishers of the denominator, in order of preference."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """Within which bounds an indicator's figures are believed."""

    title: str
    """Title of the indicator."""
    bounds: str
    """The bounds."""
    reason: str
    """Why these."""


@page
def methodology(request: HttpRequest, release: Release) -> HttpResponse:
    """The methodology page."""
    return render(
        request,
        "explorer/methodology.html",
        release,
        flags=[mark(flag) for flag in FLAGS],
        absences=[(one.value.replace("_", " "), ABSENCES[one], REMEDIES[one]) for one in ABSENCES],
        verdicts=[(one.value.replace("_", " ").capitalize(), VERDICTS[one]) for one in VERDICTS],
        fewest=FEWEST_RANKED,
        settings=list(SETTING_NAMES.values()),
        sectors=list(SECTOR_NAMES.values()),
        units=list(UNITS.values()),
        factors=[(get_unit(a).name, get_unit(b).name, decimal_text(n, decimals=0)) for (a, b), n in FACTORS.items()],
        checks=CHECKS,
        bounds=_bounds(release),
        formulas=_formulas(release),
        groups=list(groups().values()),
        dictionary=data_dictionary().items(),
        canonical=f"{site_address(request)}/methodology/",
    )


def _formulas(release: Release) -> list[Formula]:
    catalogue = release.catalogue.indicators
    return [
        Formula(
            title=indicator.title,
            href=f"/indicators/{indicator.id}/" if indicator.id in release.manifest.indicators else "",
            formula=(
                f"{catalogue[rule.numerator].title} ÷ {catalogue[rule.denominator].title} of the same year"
                + (f" × {decimal_text(rule.factor, decimals=0)}" if rule.factor != 1 else "")
            ),
            populations=", ".join(short_name(one) for one in rule.denominator_providers),
        )
        for indicator in catalogue.values()
        for rule in indicator.derived
    ]


def _bounds(release: Release) -> list[Bounds]:
    return [
        Bounds(
            title=indicator.title,
            bounds=f"{_bound(indicator.check.minimum)} to {_bound(indicator.check.maximum)}",
            reason=indicator.check.reason,
        )
        for indicator in release.catalogue.indicators.values()
        if indicator.check is not None
    ]


def _bound(value: float) -> str:
    return decimal_text(value, decimals=0 if value == int(value) else 2)
