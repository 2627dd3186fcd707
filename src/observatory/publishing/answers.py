"""What machines are answered, as typed values: the one definition behind the bytes, the API description and its page.

Answers that are the same for everyone are baked into the release without naming it, since a release cannot contain
its own fingerprint; `release` is put in front when they are served.
"""

from dataclasses import dataclass
from datetime import date

from observatory.archive.origin import Origin
from observatory.catalogue.model import Check, Derived, Kind, Licence, Listing, Note, Polarity, Topic
from observatory.codelists.areas import Area
from observatory.codelists.breakdowns import Setting
from observatory.observations.observation import Observation
from observatory.publishing.citing.citations import Citation
from observatory.publishing.figures.selection import Selection, Variant
from observatory.releases.manifest import Contents, Manifest


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseName:
    """Which release an answer speaks for."""

    id: str
    """Id of the release."""
    published_on: date
    """The day it was published."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorName:
    """An indicator, as far as its figures need it."""

    id: str
    """Id of the indicator."""
    title: str
    """Its title."""
    unit: str
    """Code of its unit."""
    unit_name: str
    """The unit in words."""
    kind: Kind
    """Numbers or answers."""
    notes: list[Note]
    """What providers say about figures of the areas in the answer; some keep figures out of rankings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorSummary:
    """One indicator in a list."""

    id: str
    """Id of the indicator."""
    title: str
    """As a reader would say it."""
    short_title: str
    """For menus and labels."""
    topic: Topic
    """What it is about."""
    modality: str
    """Modality; empty where it is about no single one."""
    unit: str
    """Code of the unit."""
    unit_name: str
    """The unit in words."""
    kind: Kind
    """Numbers or answers."""
    keywords: tuple[str, ...]
    """Other words people search for."""
    held: Contents | None
    """What the release holds of it; none where it holds nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorsAnswer:
    """The indicators that fit what was asked."""

    release: ReleaseName
    """The release that answers."""
    total: int
    """Number of indicators in the answer."""
    indicators: list[IndicatorSummary]
    """By id."""
    suggestions: list[str]
    """Ids of near indicators, where nothing fits a search."""


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorAnswer:
    """Everything there is to know about one indicator before its figures are read."""

    release: ReleaseName
    """The release that answers."""
    indicator: IndicatorSummary
    """Its names and what is held of it."""
    definition: str
    """What is counted."""
    polarity: Polarity
    """Whether more is better."""
    usual_setting: Setting
    """Provider setting its figures usually cover."""
    caveats: list[str]
    """What a reader must know before comparing."""
    check: Check | None
    """Bounds outside which a figure is refused."""
    derived: list[Derived]
    """How figures are computed, where they are."""
    related: list[str]
    """Ids of indicators a reader may want next."""
    variants: list[Variant]
    """The ways in which it is told, the usual one first."""
    notes: list[Note]
    """What providers say about single countries."""
    datasets: list[str]
    """Ids of the datasets its figures come from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaSummary:
    """One area for which the release holds figures."""

    area: Area
    """The place."""
    groups: list[str]
    """Ids of the peer groups it belongs to."""
    indicators: list[str]
    """Ids of the indicators with a figure for it that stands today."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreasAnswer:
    """The areas that have figures."""

    release: ReleaseName
    """The release that answers."""
    total: int
    """Number of areas in the answer."""
    areas: list[AreaSummary]
    """By id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatasetSummary:
    """One dataset, what we take from it, and the files of it that were read."""

    id: str
    """Id of the dataset."""
    provider: str
    """Id of the provider whose reader reads it."""
    publisher: str
    """Who answers for the figures."""
    publisher_id: str
    """Short code of the publisher, as in observations."""
    code: str
    """The publisher's own name for it."""
    title: str
    """The publisher's title."""
    licence: str
    """Id of the licence."""
    landing_page: str
    """Where a person reads about it; empty where no address is known."""
    citation: str
    """How to cite it."""
    coverage: str
    """What the figures cover and what they leave out."""
    via: str
    """Who stands between the publisher and our file; empty for the publisher's own."""
    supersedes: list[str]
    """Ids of datasets of the same publisher that it replaces."""
    refused: str
    """Why its figures are not published, where they are not."""
    indicators: list[str]
    """Ids of the indicators with figures that rest on it."""
    origins: list[Origin]
    """The files that were read, by id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcesAnswer:
    """Where figures come from, and where else to read about imaging."""

    release: ReleaseName
    """The release that answers."""
    datasets: list[DatasetSummary]
    """Datasets we read, by id."""
    listings: list[Listing]
    """The library of sources, by id."""
    licences: list[Licence]
    """Licences, by id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusAnswer:
    """What was read for a release and what was not."""

    release: ReleaseName
    """The release that answers."""
    left_out: dict[str, str]
    """Origin id → why the file was left out."""
    refused: dict[str, str]
    """Dataset id → why none of its figures is published."""
    refusals: dict[str, int]
    """Indicator id → figures of it that were not published."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedObservation(Observation):
    """An observation, with what its details stand for."""

    detail_name: str
    """What codes in `detail` stand for, in the publisher's words, such as a hospital's name; empty else."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ObservationsAnswer:
    """The observations of a selection."""

    release: ReleaseName
    """The release that answers."""
    indicator: IndicatorName
    """The indicator."""
    selection: Selection
    """What was asked for, as it was understood."""
    address: str
    """Where the same question is asked again."""
    total: int
    """Observations of the selection."""
    offset: int
    """How many of them come before the first in this answer."""
    next: str | None
    """Where the observations after this answer's last are; none where there are no more."""
    note: str | None
    """Why the answer is empty; none where it is not."""
    observations: list[NamedObservation]
    """In the order of the release."""
    citation: Citation
    """How to cite them, in APA style."""
    origins: dict[str, Origin]
    """The origin records they rest on, by id."""
    licences: list[Licence]
    """The licences they are given under."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AcrossAnswer:
    """The observations of several indicators at once."""

    release: ReleaseName
    """The release that answers."""
    indicators: list[IndicatorName]
    """The indicators with observations in this answer, in the order of the observations."""
    selection: Selection
    """What was asked of each of them; it names no indicator."""
    address: str
    """Where the same question is asked again."""
    total: int
    """Observations of all indicators asked for."""
    offset: int
    """How many of them come before the first in this answer."""
    next: str | None
    """Where the observations after this answer's last are; none where there are no more."""
    note: str | None
    """Why the answer is empty; none where it is not."""
    observations: list[NamedObservation]
    """By indicator, and within each in the order of the release."""
    citation: Citation
    """How to cite them, in APA style."""
    origins: dict[str, Origin]
    """The origin records they rest on, by id."""
    licences: list[Licence]
    """The licences they are given under."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseSummary:
    """One release in a list."""

    id: str
    """Id of the release."""
    published_on: date
    """The day it was published."""
    previous: str
    """Id of the release before; empty for the first."""
    current: bool
    """Whether it is the one that answers now."""
    indicators: int
    """Indicators with figures."""
    observations: int
    """Observations that stand, absences included."""
    vintages: int
    """Earlier vintages kept."""
    refusals: int
    """Figures that were not published."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasesAnswer:
    """Every release that is kept."""

    total: int
    """Number of releases."""
    releases: list[ReleaseSummary]
    """Newest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseAnswer:
    """One release, in numbers and fingerprints."""

    release: Manifest
    """Its manifest."""
    changes: dict[str, int]
    """Kind of change → how many figures of earlier indicators changed so since the release before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    """One figure that is not what it was in the release before."""

    change: str
    """added, deleted, amended or flag_only."""
    indicator: str
    """Id of the indicator."""
    provider: str
    """Id of the publisher."""
    method: str
    """published or derived."""
    area: str
    """Area id."""
    period: str
    """Reference period."""
    setting: str
    """Provider setting."""
    sector: str
    """Sector."""
    sex: str
    """Sex."""
    age: str
    """Age."""
    detail: str | None
    """Further breakdown; none where there is none."""
    old_value: float | None
    """The value before."""
    new_value: float | None
    """The value now."""
    old_absence: str | None
    """The absence before."""
    new_absence: str | None
    """The absence now."""
    old_flags: str | None
    """The flags before, joined by "|"."""
    new_flags: str | None
    """The flags now, joined by "|"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangesAnswer:
    """What changed from one release to the next."""

    release: str
    """Id of the release."""
    previous: str
    """Id of the release before; empty for the first."""
    total: int
    """Changes in all."""
    offset: int
    """How many of them come before the first in this answer."""
    next: str | None
    """Where the changes after this answer's last are; none where there are no more."""
    changes: list[ChangeRow]
    """By indicator, provider, method, area and period."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why a question was not answered, as RFC 9457 writes it."""

    type: str
    """Address of the explanation of this kind of problem."""
    title: str
    """The kind of problem in a few words."""
    status: int
    """HTTP status."""
    detail: str
    """What is wrong with this question, and what to do."""
    instance: str
    """The path that was asked."""
    parameter: str = ""
    """The parameter that is wrong; empty where none is."""
    expected: str = ""
    """What was expected in its place; empty where that cannot be said."""
    suggestions: tuple[str, ...] = ()
    """Names that exist and look like the one that was asked for, nearest first."""
