"""Reads `catalogue/affairs/`: dossiers, bodies and joint statements, and refuses what contradicts itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from observatory.affairs.dossier import Body, Dossier, Evidence, Fact, Membership, Number
from observatory.affairs.statements import JointStatement
from observatory.affairs.timeline import Entry, first_day, precision_of
from observatory.catalogue.reading import read_folder
from observatory.errors import SourceChanged
from observatory.proceedings.celex import parse_celex
from observatory.proceedings.document_number import parse_document
from observatory.proceedings.procedure_number import parse_procedure
from observatory.proceedings.records import Certainty

MANUAL = "See the field docstrings in observatory/affairs/dossier.py."


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the catalogue knows of affairs."""

    dossiers: dict[str, Dossier]
    """Id → dossier."""
    bodies: dict[str, Body]
    """Id → body."""
    statements: dict[str, JointStatement]
    """Id → joint statement."""


def read_desk(root: Path) -> Desk:
    """What stands under `root`, the folder `affairs` of a catalogue. Raises SourceChanged."""
    desk = Desk(
        dossiers=read_folder(root / "dossiers", Dossier, manual=MANUAL),
        bodies=read_folder(root / "bodies", Body, manual=MANUAL),
        statements=read_folder(root / "statements", JointStatement, manual=MANUAL),
    )
    for file, place, problem in _misfits(desk):
        raise SourceChanged(problem, file=f"affairs/{file}", place=place, remedy=MANUAL)
    return desk


def timeline_of(dossier: Dossier) -> tuple[Entry, ...]:
    """The dates of a dossier as entries of a timeline, one a source."""
    return tuple(
        Entry(
            step=fact.step,
            falls_on=fact.falls_on,
            precision=precision_of(fact.falls_on),
            status=fact.status,
            known_on=dossier.as_of,
            source=fact.source,
        )
        for fact in dossier.facts
    )


def _misfits(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """(file, place, problem) for everything that cannot be."""
    for dossier in desk.dossiers.values():
        file = f"dossiers/{dossier.id}.yaml"
        for at, number in enumerate(dossier.numbers):
            yield from ((file, f"numbers[{at}]", problem) for problem in (*_sourced(number), *_number(number)))
        for at, fact in enumerate(dossier.facts):
            yield from ((file, f"facts[{at}]", problem) for problem in (*_sourced(fact), *_fact(fact, dossier)))
        said = [(fact.step, fact.source, fact.falls_on) for fact in dossier.facts]
        if len(said) != len(set(said)):
            yield file, "facts", "a source says the same of a step twice"
    for body in desk.bodies.values():
        for id_ in body.dossiers:
            if id_ not in desk.dossiers:
                yield f"bodies/{body.id}.yaml", "dossiers", f"there is no dossier {id_}"
        for at, membership in enumerate(body.memberships):
            problems = (*_sourced(membership), *_membership(membership, is_last=at + 1 == len(body.memberships)))
            yield from ((f"bodies/{body.id}.yaml", f"memberships[{at}]", problem) for problem in problems)
    for one in desk.statements.values():
        yield from ((f"statements/{one.id}.yaml", "$", problem) for problem in _statement(one, desk))


def _statement(statement: JointStatement, desk: Desk) -> Iterator[str]:
    yield from _sourced(statement)
    yield from (f"there is no dossier {id_}" for id_ in statement.dossiers if id_ not in desk.dossiers)
    if statement.platform and statement.platform not in desk.bodies:
        yield f"there is no body {statement.platform}"
    if not statement.partners:
        yield "a joint statement has a partner"
    try:
        day = first_day(statement.issued_on) if statement.issued_on else None
    except ValueError:
        yield f"{statement.issued_on} is no date"
        return
    if day and day > statement.as_of:
        yield f"it was not issued by {statement.as_of}"


def _sourced(known: Number | Fact | Membership | JointStatement) -> Iterator[str]:
    if known.evidence is Evidence.UNVERIFIED and known.source:
        yield "what is unverified names no source"
    if known.evidence is not Evidence.UNVERIFIED and not known.source:
        yield f"what is {known.evidence} names its source"


def _number(number: Number) -> Iterator[str]:
    for parse in (parse_celex, parse_document, parse_procedure):
        try:
            if str(parse(number.value)) == number.value:
                return
        except ValueError:
            continue
    yield f"{number.value} is no number in its canonical spelling"


def _fact(fact: Fact, dossier: Dossier) -> Iterator[str]:
    try:
        day = first_day(fact.falls_on)
    except ValueError:
        yield f"{fact.falls_on} is no date"
        return
    if fact.status is Certainty.HAPPENED and day > dossier.as_of:
        yield f"{fact.step} has not happened by {dossier.as_of}"


def _membership(membership: Membership, *, is_last: bool) -> Iterator[str]:
    try:
        days = [first_day(text) for text in (membership.since, membership.until) if text]
    except ValueError:
        yield "a date cannot be read"
        return
    if len(days) == 2 and days[0] > days[1]:
        yield "it ends before it begins"
    if membership.until and not membership.has_ended:
        yield "it has an end, so it has ended"
    if not is_last and not membership.has_ended:
        yield "another follows, so it has ended"
