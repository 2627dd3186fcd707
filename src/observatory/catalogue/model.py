"""What the catalogue says: indicators, datasets, sources, collections, notes and licences, as frozen values.

One YAML file is one value of these classes; `reading.py` loads and validates them. Field docstrings are the manual
of the YAML files.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from observatory.codelists.breakdowns import Setting


class Topic(StrEnum):
    """What an indicator is about; the first facet of the catalogue page."""

    EQUIPMENT = "equipment"
    EXAMINATIONS = "examinations"
    WORKFORCE = "workforce"
    SCREENING = "screening"
    WAITING = "waiting"
    POPULATION = "population"


class Polarity(StrEnum):
    """Whether more is better. For imaging density the evidence has no answer, so the software has none."""

    NO_JUDGEMENT = "no_judgement"
    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class Kind(StrEnum):
    """Whether an indicator's figures are numbers or answers."""

    NUMBER = "number"
    CATEGORY = "category"


class ListingKind(StrEnum):
    """What an entry of the library of sources is."""

    DATABASE = "database"
    REPORT = "report"
    ARTICLE = "article"
    LEGISLATION = "legislation"
    TABLE = "table"
    LINK = "link"


@dataclass(frozen=True, kw_only=True)
class Observed:
    """Where one provider's published figures for an indicator stand, and how to read them."""

    dataset: str
    """Id of the dataset."""
    where: dict[str, str | list[str]] = field(default_factory=dict)
    """Dimension → the code, or codes, that select the figures; "" selects records that leave the dimension blank, "*"
    those that do not."""
    area: str = ""
    """The dimension that holds the area; empty when `area_id` says it."""
    area_id: str = ""
    """The one area a file is about, where it has no area dimension."""
    area_scheme: str = ""
    """Opens spellings that only this provider uses; see `codelists.areas.find_area`."""
    unit: str
    """Unit of the published figures."""
    multiplier: int = 0
    """Power of ten by which published figures are to be multiplied."""
    convert_to: str = ""
    """Unit into which figures are converted by a known factor; empty to keep the provider's."""
    setting: str = "all"
    """Provider setting covered, or "DIMENSION:" followed by a dimension whose codes `codes` explains."""
    sector: str = "all"
    """Sector covered, or "comment" where the provider's comment says it."""
    sex: str = "all"
    """Sex covered, or "DIMENSION:" followed by a dimension."""
    age: str = "all"
    """Age covered, or "DIMENSION:" followed by a dimension."""
    detail: dict[str, str] = field(default_factory=dict)
    """Further breakdown: our name → the dimension that holds the code, or "=" followed by a fixed code."""
    codes: dict[str, str] = field(default_factory=dict)
    """The provider's code → ours, for setting, sex, age and detail."""
    sum_over: list[str] = field(default_factory=list)
    """Dimensions over which figures are added up, where the provider splits what is one figure."""
    flags: list[str] = field(default_factory=list)
    """Flags that hold for every figure of this binding."""
    comment: str = ""
    """A remark of ours that holds for every figure of this binding, printed in square brackets."""


@dataclass(frozen=True, kw_only=True)
class Derived:
    """A figure the Observatory computes: numerator divided by denominator, times a factor, same area and year.

    A numerator with a `detail`, such as one hospital's scanners, is a part and gets no rate.
    """

    numerator: str
    """Id of the indicator above the line."""
    denominator: str
    """Id of the indicator below the line."""
    denominator_providers: list[str]
    """Providers of the denominator in order of preference."""
    factor: float
    """What the quotient is multiplied by; 1000000 for a rate per million."""
    providers: list[str]
    """Providers of the numerator whose figures are used."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """Bounds outside which a figure is refused, because no country has ever been there."""

    minimum: float = 0.0
    """Smallest believable figure."""
    maximum: float
    """Largest believable figure."""
    reason: str
    """Why these bounds."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One question with a number for an answer."""

    id: str
    """Code used in files and addresses; equals the file's name."""
    title: str
    """As a reader would say it, without a year."""
    short_title: str
    """For menus and chart labels."""
    topic: Topic
    """What it is about."""
    modality: str = ""
    """CT, MR, PET, NM, MG, RT, US, XA, BMD, RF; empty where it is about no single modality."""
    unit: str
    """Unit of the figures shown."""
    kind: Kind = Kind.NUMBER
    """Numbers or answers."""
    polarity: Polarity = Polarity.NO_JUDGEMENT
    """Whether more is better; no judgement unless the evidence has one."""
    definition: str
    """What is counted, in our words."""
    reading: str = ""
    """How one figure reads, where "Finland had 5 MRI units in 2021" does not fit the title: a clause with {number},
    {place} and, at its end, {when}, as in "{number} patients were on the CT waiting list in {place} {when}"."""
    usual_setting: Setting = Setting.ALL
    """Provider setting its figures usually cover; a figure of another setting is hatched and not ranked."""
    caveats: list[str] = field(default_factory=list)
    """What a reader must know before comparing."""
    observed: list[Observed] = field(default_factory=list)
    """Where published figures come from; the first provider is preferred."""
    derived: list[Derived] = field(default_factory=list)
    """How figures are computed, where they are."""
    check: Check | None = None
    """Bounds of belief; none for categories."""
    keywords: list[str] = field(default_factory=list)
    """Other words people search for."""
    related: list[str] = field(default_factory=list)
    """Ids of indicators a reader may want next."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A provider's dataset, or one table of it, as we read it."""

    id: str
    """Our code; equals the file's name."""
    provider: str
    """Id of the provider whose reader reads it."""
    publisher: str
    """Who answers for the figures."""
    publisher_id: str
    """Short code of the publisher in observations: oecd, who, eurostat, world_bank, es_mscbs …"""
    code: str
    """The publisher's own name for the dataset."""
    title: str
    """The publisher's title."""
    licence: str
    """Id of the licence."""
    landing_page: str = ""
    """Where a person reads about it; empty where we know no address."""
    citation: str
    """How to cite it."""
    coverage: str = ""
    """What the figures cover and what they leave out."""
    via: str = ""
    """Who stands between the publisher and our file, as in "a third party's table"; empty for the publisher's own."""
    supersedes: list[str] = field(default_factory=list)
    """Ids of datasets of the same publisher whose figures this one's replace, where both hold them."""
    mapping: dict[str, object] = field(default_factory=dict)
    """For tables without a standard format: how to read them; see `formats/described/mapping.py`."""
    harvest: dict[str, object] = field(default_factory=dict)
    """What `observatory harvest` asks for; empty where the dataset is not asked for. Eurostat, WHO and World Bank:
    `code`, and `where`. OECD: `agency`, `dataflow`, `version`, `dimensions` in key order, and `where`."""
    refused: str = ""
    """Why its figures are not published, where they are not."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """An entry of the library of sources: a report, database or link on medical imaging."""

    id: str
    """Code used in addresses; equals the file's name."""
    kind: ListingKind
    """What it is."""
    title: str
    """Its own title."""
    publisher: str
    """Who publishes it."""
    edition: str = ""
    """Edition, volume or number."""
    published: str = ""
    """Year, month or day of publication, ISO 8601."""
    data_years: str = ""
    """Which years its figures speak of; not the year of publication."""
    address: str = ""
    """Where it is found."""
    doi: str = ""
    """Digital object identifier, without the resolver."""
    licence: str = ""
    """Id of the licence, or empty where unknown."""
    summary: str
    """What one finds there and what to beware of, in our words."""
    datasets: list[str] = field(default_factory=list)
    """Ids of our datasets that come from it."""
    certainty: str
    """How we know: "verified" where we read it, or the part that `verified_at` names; "secondary" where we read what
    others say of it; "stated by the society" where it stands in the society's list and was not seen."""
    verified_at: str = ""
    """What was read to verify it."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a collection: a chart someone asked for, and what we can answer."""

    title: str
    """The entry's title as printed in the collection."""
    printed_source: str
    """The source as printed there."""
    correction: str = ""
    """What is wrong with the printed title or source, and what is right."""
    note: str = ""
    """What a reader should know of it where nothing is wrong, such as that the edition is retired."""
    indicator: str = ""
    """Id of the indicator that answers it with live figures; empty where none does."""
    areas: str = ""
    """Group of areas to show."""
    year: str = ""
    """The year the entry asks for."""
    listing: str = ""
    """Id of the library entry to read instead, where we hold no figures."""


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A list of figures that belong together."""

    id: str
    """Code used in addresses; equals the file's name."""
    title: str
    """Its title."""
    summary: str
    """What it is and where it comes from."""
    address: str = ""
    """Where the original list stands."""
    entries: list[Entry] = field(default_factory=list)
    """In the original order."""


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a provider's documentation says about one country's figures: coverage, breaks, dates."""

    id: str
    """Code; unique."""
    indicators: list[str]
    """Ids of the indicators it speaks of."""
    area: str
    """Area id."""
    publisher_id: str
    """Whose figures it speaks of."""
    from_year: int | None = None
    """First reference year it holds for; none for always."""
    to_year: int | None = None
    """Last reference year it holds for; none for still."""
    break_at: int | None = None
    """First reference year after a break; none where there is none."""
    verdict: str = ""
    """"indicative" or "not_comparable" where it keeps figures from being compared; empty where it only informs."""
    text: str
    """What it says, in our words."""
    source: str
    """Where it was read."""


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Terms under which figures may be used."""

    id: str
    """Code, SPDX where one exists."""
    name: str
    """Full name."""
    short_name: str
    """As it stands beside a figure."""
    address: str
    """Where the terms are read; empty where we know no address."""
    redistribute: bool
    """Whether figures may be served by us; if not, they are linked."""
    attribution: str
    """What a user must do, in one sentence."""
    signed_off_on: date
    """The day on which it was last decided that our use fits the terms."""
    signed_off_by: str = ""
    """Who decided it."""
    basis: str = ""
    """What they had before them, as in "the terms as recorded with the files; the licence's text was not held"."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The whole catalogue, by id."""

    indicators: dict[str, Indicator]
    """Indicators, sorted by id."""
    datasets: dict[str, Dataset]
    """Datasets, sorted by id."""
    listings: dict[str, Listing]
    """The library of sources, sorted by id."""
    collections: dict[str, Collection]
    """Collections, sorted by id."""
    notes: tuple[Note, ...]
    """Country notes."""
    licences: dict[str, Licence]
    """Licences, sorted by id."""
