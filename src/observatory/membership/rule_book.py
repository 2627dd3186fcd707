"""What a rule book says, as frozen values; `catalogue/membership/*.yaml` holds them and `reading.py` loads them.

A book is a list of rules in order: the first that fits decides, and a rule that opens no type hands the case to a
person, with the reason. What the published text leaves open is written into the book in three ways, so that nothing
is guessed: a group has members that it only `perhaps` has, an area can be undecided, and a rule can name a person.

Field docstrings are the manual of the YAML files.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a book was read."""

    title: str
    """Who published what, and when."""
    certainty: str
    """"stated by the society", "verified" or "secondary"; see `catalogue.model.Listing.certainty`."""
    note: str = ""
    """What the source leaves open about the book as a whole."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Professions and roles that the rules treat alike."""

    id: str
    """Code used in conditions."""
    name: str
    """As the published text calls them, in our words."""
    members: list[str]
    """Codes that belong to it."""
    perhaps: list[str] = field(default_factory=list)
    """Codes of which the published text does not say whether they belong to it."""
    silence: str = ""
    """What the text does not say, where there are such codes."""


@dataclass(frozen=True, kw_only=True)
class Benefit:
    """Something a membership brings."""

    id: str
    """Code used in types."""
    name: str
    """What it is."""
    footnotes: list[str] = field(default_factory=list)
    """Marks of the footnotes that limit it."""
    only_for: list[str] = field(default_factory=list)
    """Groups of professions for which it holds; empty for all."""


@dataclass(frozen=True, kw_only=True)
class MembershipType:
    """One type of membership."""

    id: str
    """Code used in rules and answers."""
    name: str
    """As a member reads it."""
    fee_cents: int | None = None
    """Yearly fee in euro cents; none where it is not reported."""
    fee_note: str
    """The fee in words."""
    benefits: list[str]
    """Ids of the benefits it brings."""
    unreported: list[str] = field(default_factory=list)
    """Ids of benefits of which it is not reported whether it brings them."""


@dataclass(frozen=True, kw_only=True)
class When:
    """What must hold for a rule to fit: all of the conditions that are given."""

    profession: list[str] = field(default_factory=list)
    """Groups, one of which the profession belongs to."""
    role: list[str] = field(default_factory=list)
    """Groups, one of which the role in an organisation belongs to."""
    residence: str = ""
    """"within" or "outside" the areas of the book."""
    in_training: bool | None = None
    """The answer that is needed; none where it does not matter. So for those that follow."""
    practising: bool | None = None
    retired: bool | None = None
    former_full_member: bool | None = None
    interest: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: a type for those who fit, or a person who decides."""

    id: str
    """Code by which a decision names it."""
    type: str = ""
    """Id of the type it opens; empty where a person decides."""
    because: str = ""
    """Why those who fit have this type, in our words and without a full stop."""
    person: str = ""
    """Why a person must decide; empty where a type is opened."""
    when: When
    """Who fits."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RuleBook:
    """The rules of one time. Compared by identity, so that a decision can be remembered by its book."""

    id: str
    """Code; equals the end of the file's name."""
    title: str
    """What the book holds."""
    valid_from: date
    """First day on which it is used."""
    valid_to: date | None = None
    """First day on which it is no longer used; none for the book in force."""
    attested_until: date | None = None
    """Last day for which its source speaks; after it every answer is provisional."""
    sources: list[Source]
    """Where it was read."""
    areas: str
    """Id of the list of areas that `residence` asks."""
    groups: list[Group]
    """Groups that conditions name."""
    types: list[MembershipType]
    """Types of membership."""
    benefits: list[Benefit]
    """Benefits that types bring."""
    footnotes: dict[str, str] = field(default_factory=dict)
    """Mark of a footnote → what it says, in our words."""
    until_said: dict[str, bool | str] = field(default_factory=dict)
    """Question → the answer that gives a provisional type until the question is answered: exceptions are claimed."""
    taken_as_said: dict[str, bool] = field(default_factory=dict)
    """Question → the answer that an application itself gives."""
    rules: list[Rule]
    """In order; the first that fits decides, and the last fits everybody."""
    silences: list[str]
    """What the published text does not say."""
    readings: list[str]
    """How we read the text where it can be read in more than one way, and the type hangs on it."""


@dataclass(frozen=True, kw_only=True)
class AreaGroup:
    """Areas that stand in a list for the same reason."""

    because: str
    """Why."""
    areas: list[str]
    """Area ids."""


@dataclass(frozen=True, kw_only=True, eq=False)
class AreaList:
    """A dated list of the countries within a boundary; a country that it does not name is outside.

    Compared by identity.
    """

    id: str
    """Code; equals the end of the file's name."""
    title: str
    """What is bounded."""
    drawn_on: date
    """The day on which the list was made."""
    certainty: str
    """Whose list it is."""
    basis: str
    """What it rests on."""
    within: list[AreaGroup]
    """Countries within."""
    undecided: list[AreaGroup] = field(default_factory=list)
    """Countries that a person must judge."""
