"""The registry of diagnostic reference levels: who set which level, on what statistic, and where it says so.

A level is a number with a definition: the 75th percentile of medians of facilities, of their means, or of single
patients; for a sequence or an examination; for an adult or a child of so many kilograms. Lists that keep the number and
drop the rest are why countries seem to differ. Two pages of one authority that disagree are two documents here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from observatory.catalogue.reading import read_yaml
from observatory.codelists.areas import areas
from observatory.errors import NotFound, SourceChanged
from observatory.protection.examinations import examination_kinds
from observatory.protection.quantities import QUANTITIES
from observatory.protection.units import convert, find_unit

MANUAL = "See the field docstrings in observatory/protection/levels.py."
GROUP = re.compile(r"adult|(age|weight) \d+-\d+")


class Statistic(StrEnum):
    """Of what a level is a percentile."""

    P75_OF_MEDIANS = "p75_of_medians"
    """75th percentile of the medians of facilities or rooms, as ICRP 135 has it."""
    P75_OF_MEANS = "p75_of_means"
    """75th percentile of the means of facilities, as older surveys have it."""
    P75_OF_PATIENTS = "p75_of_patients"
    """75th percentile over patients."""
    NOT_STATED = "not_stated"
    """Not read in the document; such a level is shown and not ranked."""


class DocumentStatus(StrEnum):
    """What a document is."""

    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    PROPOSED = "proposed"
    LOCAL = "local"
    QUOTED = "quoted"
    STUDY = "study"
    TO_BE_VERIFIED = "to_be_verified"


class LevelKind(StrEnum):
    """What the document calls the number."""

    LEVEL = "level"
    GUIDE_VALUE = "guide_value"
    ACHIEVABLE = "achievable"


class Per(StrEnum):
    """For what a dose is counted."""

    SEQUENCE = "sequence"
    PROJECTION = "projection"
    EXAMINATION = "examination"
    BREAST = "breast"


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One number of a document."""

    examination: str
    """Kind of examination."""
    group: str
    """"adult", "age 1-5" in years or "weight 5-15" in kilograms."""
    quantity: str
    """Quantity of dose."""
    value: Decimal
    """As printed."""
    unit: str
    """Unit as printed."""
    per: Per
    """For what the dose is counted."""
    indication: str = ""
    """Clinical indication, where the level is set for one."""
    kind: LevelKind = LevelKind.LEVEL
    """What the document calls it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelDocument:
    """One document that sets levels; one YAML file of the catalogue."""

    id: str
    """Name of the file."""
    title: str
    """Title, or what the document is."""
    authority: str
    """Who set the levels."""
    country: str
    """Area for which they are set; empty for several countries."""
    year: int
    """Year of adoption or of the survey."""
    status: DocumentStatus
    """What the document is."""
    statistic: Statistic
    """Of what its levels are a percentile."""
    address: str
    """Where it was read; empty where that was an abstract without an address."""
    levels: list[Level]
    """Its numbers; none where they were not read in it."""
    published_on: date | None = None
    """Day of publication, where known."""
    supersedes: list[str] = field(default_factory=list)
    """Documents of this registry that it replaces."""
    note: str = ""
    """What else to know."""
    verify_against: str = ""
    """Where the numbers are to be read before they are carried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SetLevel:
    """A level together with the document that sets it."""

    level: Level
    """The number and what it is for."""
    document: LevelDocument
    """Who set it, when and on which statistic."""

    @property
    def value_in_our_unit(self) -> Decimal:
        """The value in the unit in which we keep the quantity, converted exactly."""
        return convert(self.level.value, unit=self.level.unit, into=QUANTITIES[self.level.quantity].unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelRegistry:
    """Every document by its id."""

    documents: dict[str, LevelDocument]
    """Documents in the order of their ids."""

    def levels(
        self, *, country: str = "", examination: str = "", quantity: str = "", group: str = ""
    ) -> list[SetLevel]:
        """The levels that answer to what is named, newest first; of superseded documents too.

        Raises NotFound for an examination or a country that no document names.
        """
        found = [
            SetLevel(level=level, document=document)
            for document in self.documents.values()
            for level in document.levels
            if country in ("", document.country)
            and examination in ("", level.examination)
            and quantity in ("", level.quantity)
            and group in ("", level.group)
        ]
        if not found:
            raise NotFound(
                "no document of the registry sets such a level",
                found=", ".join(part for part in (country, examination, quantity, group) if part),
                remedy="A level that is not here was not read in its source; add the document if you have it.",
            )
        return sorted(found, key=lambda one: (-one.document.year, one.document.id))

    def applying(self, *, country: str, examination: str, group: str) -> list[SetLevel]:
        """What stands in a country for an examination: of published documents, the newest year of each quantity.

        Where two pages of one authority disagree, both are returned. Raises NotFound as `levels` does.
        """
        in_print = [
            one
            for one in self.levels(country=country, examination=examination, group=group)
            if one.document.status is DocumentStatus.PUBLISHED and one.document.id not in self._superseded()
        ]
        newest = {
            (one.level.quantity, one.level.indication, one.level.kind): one.document.year for one in reversed(in_print)
        }
        return [
            one
            for one in in_print
            if one.document.year == newest[one.level.quantity, one.level.indication, one.level.kind]
        ]

    def _superseded(self) -> set[str]:
        return {old for document in self.documents.values() for old in document.supersedes}


def read_levels(folder: Path) -> LevelRegistry:
    """The registry in a folder of YAML files. Raises SourceChanged for a file that does not fit, with its place."""
    documents = {path.stem: read_yaml(path, LevelDocument, manual=MANUAL) for path in sorted(folder.glob("*.yaml"))}
    for name, document in documents.items():
        for place, problem in _misfits(name, document, documents):
            raise SourceChanged(problem, file=f"{name}.yaml", place=place, remedy=MANUAL)
    return LevelRegistry(documents=documents)


def _misfits(name: str, document: LevelDocument, known: dict[str, LevelDocument]) -> Iterator[tuple[str, str]]:
    if document.id != name:
        yield "id", f"the id {document.id} is not the name of the file"
    if document.country and document.country not in areas():
        yield "country", f"no area has the id {document.country}"
    yield from (("supersedes", f"no document is called {old}") for old in document.supersedes if old not in known)
    is_unread = document.status is DocumentStatus.TO_BE_VERIFIED
    if is_unread and (document.levels or not document.verify_against):
        yield "levels", "a document to be verified has no levels, and says against what"
    if not is_unread and not document.levels:
        yield "levels", "a document without levels is to be verified"
    seen: set[tuple[str, ...]] = set()
    for number, level in enumerate(document.levels):
        place = f"levels[{number}]"
        yield from ((place, problem) for problem in _level_misfits(level))
        key = (level.examination, level.indication, level.group, level.quantity, level.kind)
        if key in seen:
            yield place, "the same level stands twice in one document; two documents may disagree, one may not"
        seen.add(key)


def _level_misfits(level: Level) -> Iterator[str]:
    if level.examination not in examination_kinds():
        yield f"no kind of examination is called {level.examination}"
    if not GROUP.fullmatch(level.group):
        yield f"{level.group!r} is no group: write adult, age 1-5 or weight 5-15"
    if level.quantity not in QUANTITIES:
        yield f"no quantity of dose is called {level.quantity}"
        return
    unit = find_unit(level.unit)
    if unit is None or unit.dimension is not QUANTITIES[level.quantity].dimension:
        yield f"{level.unit} is no unit of {QUANTITIES[level.quantity].name}"
    if level.value <= 0:
        yield "a level is above zero"
