"""What a text refers to: every procedure, act and document it names, each under one canonical name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from observatory.proceedings.celex import list_acts_named, list_celex, parse_celex
from observatory.proceedings.document_number import list_documents, parse_document, parse_eli
from observatory.proceedings.procedure_number import ProcedureNumber, list_procedures, parse_procedure


class Scheme(StrEnum):
    """Which register a number belongs to."""

    PROCEDURE = "procedure"
    CELEX = "celex"
    DOCUMENT = "document"


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Reference:
    """One number in its register."""

    scheme: Scheme
    """The register."""
    value: str
    """The canonical spelling."""


def parse_reference(text: str) -> Reference:
    """What one number is, in any spelling of any register. Raises ValueError.

    A procedure is named without its type, so that it keeps its name when the type changes. An ELI comes back as the
    CELEX number of its act, and so does a consolidated text.

    >>> parse_reference("2025-0404").value, parse_reference("02024R1689-20260727").value
    ('2025/0404', '32024R1689')
    """
    # From the narrowest form to the widest: 2025_404 could be much, 32022H1213(01) only one thing.
    readings: tuple[tuple[Scheme, Callable[[str], str]], ...] = (
        (Scheme.CELEX, lambda one: parse_celex(one).act),
        (Scheme.DOCUMENT, lambda one: str(parse_document(one))),
        (Scheme.CELEX, lambda one: parse_eli(one).celex),
        (Scheme.PROCEDURE, lambda one: untyped(parse_procedure(one))),
    )
    for scheme, read in readings:
        try:
            return Reference(scheme=scheme, value=read(text))
        except ValueError:
            continue
    if acts := list_acts_named(text):
        return Reference(scheme=Scheme.CELEX, value=acts[0])
    raise ValueError(f"{text.strip()[:80]!r} is no number of a procedure, an act or a document")


def list_references(text: str) -> list[Reference]:
    """Everything that `text` refers to, each once, procedures first."""
    procedures = (Reference(scheme=Scheme.PROCEDURE, value=untyped(one)) for one in list_procedures(text))
    celex = [parse_celex(one).act for one in list_celex(text)]
    acts = (Reference(scheme=Scheme.CELEX, value=one) for one in [*celex, *list_acts_named(text)])
    documents = (Reference(scheme=Scheme.DOCUMENT, value=one) for one in list_documents(text))
    return list(dict.fromkeys([*procedures, *acts, *documents]))


def untyped(number: ProcedureNumber) -> str:
    """The procedure without its type: 2025/0404."""
    return f"{number.year}/{number.number:04}{number.part}"


def spread(references: Iterable[Reference]) -> set[str]:
    """The canonical values, and beside a document the CELEX numbers it may have: for looking up."""
    values = set()
    for reference in references:
        values.add(reference.value)
        if reference.scheme is Scheme.DOCUMENT:
            values.update(parse_document(reference.value).celex)
    return values
