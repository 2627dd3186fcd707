"""The status of each source: what stands, how old it is, what is missing, and what a person must look at."""

from dataclasses import dataclass

import polars as pl
from django.http import HttpRequest, HttpResponse

from observatory.catalogue.model import Dataset
from observatory.codelists.areas import areas
from observatory.codelists.publishers import short_name
from observatory.publishing.figures.wording import count_text, period_text
from observatory.releases.reading import Release
from observatory.store.turns import Order
from website.explorer.answers.pages import page, render, site_address
from website.explorer.questions.way_back import way_back
from website.explorer.sources.attempts import NEVER, Tried, attempts_stamp, last_attempts
from website.explorer.sources.editions import Edition, list_editions

_LISTED = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A figure that a check refused or asks about."""

    check: str
    """Name of the check."""
    what: str
    """Which figure."""
    href: str
    """Where it stands."""
    found: str
    """What it is."""
    expected: str
    """What was expected."""
    remedy: str
    """What to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Figures that were not published, for one reason."""

    title: str
    """Title of the indicator."""
    href: str
    """Its page."""
    provider: str
    """Whose figures."""
    reason: str
    """Why not."""
    count: str
    """How many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A dataset with what was last tried."""

    edition: Edition
    """Its edition in this release."""
    tried: Tried
    """The last attempts at it."""
    replaced_by: str
    """Title of the dataset whose figures replaced its own; empty where none did."""
    replaces: str
    """Titles of the datasets whose figures it replaces; empty for none."""


def _status(request: HttpRequest, release: Release) -> HttpResponse:
    """Each dataset, each finding, each refusal."""
    findings = release.table("findings")
    sources = [_source(release, one) for one in list_editions(release)]
    return render(
        request,
        "explorer/status.html",
        release,
        held=[one for one in sources if one.edition.figures],
        not_held=[one for one in sources if not one.edition.figures],
        ever_tried=any(one.tried is not NEVER for one in sources),
        findings=[_finding(release, row) for row in findings.head(_LISTED).iter_rows(named=True)],
        found=count_text(findings.height, "figure"),
        refusals=_refusals(release),
        canonical=f"{site_address(request)}/status/",
    )


status = page(_status, stamp=attempts_stamp)
"""The page, drawn again when something was tried since."""


def _source(release: Release, edition: Edition) -> Source:
    datasets = release.catalogue.datasets
    mine = edition.dataset
    newer = [one for one in datasets.values() if mine.id in one.supersedes and _goes_before(one, mine, release)]
    older = [
        datasets[name] for name in mine.supersedes if name in datasets and _goes_before(mine, datasets[name], release)
    ]
    return Source(
        edition=edition,
        tried=last_attempts(mine.id),
        replaced_by="; ".join(one.title for one in newer),
        replaces="; ".join(one.title for one in older),
    )


def _goes_before(one: Dataset, other: Dataset, release: Release) -> bool:
    """Whether the figures of `one` stand where both have one.

    Two tables of the same dataset may each replace the other: then it is the one merged last, by the same order in
    which the release was built.
    """
    if one.id not in other.supersedes:
        return True
    return _last_merged(one, release) > _last_merged(other, release)


def _last_merged(dataset: Dataset, release: Release) -> tuple[object, ...]:
    """Where the last edition of a dataset stands in the declared order; before all others where none is held."""
    key = Order(release.catalogue.datasets).key
    return max((key(one) for one in release.origins.values() if one.dataset == dataset.id), default=())


def _finding(release: Release, row: dict[str, str]) -> Finding:
    indicator = release.catalogue.indicators.get(row["indicator"])
    title = indicator.title if indicator else row["indicator"]
    place = areas()[row["area"]].name if row["area"] in areas() else row["area"]
    return Finding(
        check=row["check"].replace("_", " "),
        what=f"{title}, {place}, {period_text(row['period'])}, {short_name(row['provider'])}",
        href=way_back(row["indicator"], area=row["area"], period=row["period"], provider=row["provider"]),
        found=row["found"],
        expected=row["expected"],
        remedy=row["remedy"],
    )


def _refusals(release: Release) -> list[Refusal]:
    """Refused figures by indicator, publisher and reason."""
    table = release.table("refusals")
    counted = (
        table.group_by("indicator", "provider", "reason").agg(pl.len().alias("count")).sort("indicator", "provider")
    )
    catalogue = release.catalogue.indicators
    return [
        Refusal(
            title=catalogue[row["indicator"]].title,
            href=f"/indicators/{row['indicator']}/" if row["indicator"] in release.manifest.indicators else "",
            provider=short_name(row["provider"]),
            reason=row["reason"],
            count=count_text(row["count"], "figure"),
        )
        for row in counted.iter_rows(named=True)
    ]
