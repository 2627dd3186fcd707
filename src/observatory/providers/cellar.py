"""CELLAR, the store of the Publications Office: notices of acts in XML, and answers of its SPARQL service.

A notice says one thing several times: the general property DATE holds the day of the document and, unmarked, the day
of entry into force as well; IS_ABOUT holds EuroVoc descriptors among other subjects; a descriptor stands with all
broader ones above it, of which only the narrowest is assigned. The title of a work may be in any language, that of an
expression says its language. A procedure is filed without its type; the type stands, if at all, in a reference beside
it. A procedure's proposal and its final act come as one SPARQL row a pair.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import msgspec

from observatory.archive.question import Question, to_wish
from observatory.errors import RequestRefused, SourceChanged
from observatory.formats.answers.answer import data_bytes
from observatory.formats.answers.service_answer import (
    NO_CONTENT,
    as_shape,
    open_json,
    open_xml,
    refuse_shape,
    refuse_status,
)
from observatory.observations.payload import Payload
from observatory.proceedings.celex import parse_celex
from observatory.proceedings.plain_text import plain_text
from observatory.proceedings.procedure_number import ProcedureNumber, parse_procedure
from observatory.proceedings.records import Act, Reading

EXPECTED = "a notice of CELLAR in XML, or SPARQL results in JSON"
SERVICE = "https://publications.europa.eu/webapi/rdf/sparql"
HOSTS = frozenset({"publications.europa.eu"})
_EUROVOC = "eurovoc.europa.eu/"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CELEX_FIELDS = ("final", "prop", "celex", "act")
_HIDDEN = ("do_not_index", "DO_NOT_INDEX")


_PREFIXES = (
    "PREFIX cdm: <http://publications.europa.eu/ontology/cdm#> PREFIX owl: <http://www.w3.org/2002/07/owl#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
)
_OF_ACTS = (
    "SELECT DISTINCT ?celex ?title ?date ?eurovoc ?label WHERE {{ VALUES ?celex {{ {values} }} "
    "?w cdm:resource_legal_id_celex ?celex . OPTIONAL {{ ?w cdm:work_date_document ?date }} "
    "OPTIONAL {{ ?e cdm:expression_belongs_to_work ?w ; cdm:expression_title ?title ; cdm:expression_uses_language "
    "<http://publications.europa.eu/resource/authority/language/ENG> }} "
    "OPTIONAL {{ ?w cdm:work_is_about_concept_eurovoc ?eurovoc . ?eurovoc skos:prefLabel ?label . "
    "FILTER(LANG(?label) = 'en') }} }}"
)
_OF_PROCEDURES = (
    "SELECT DISTINCT ?procedure ?final ?prop WHERE {{ VALUES ?procedure {{ {values} }} ?d owl:sameAs ?procedure . "
    "OPTIONAL {{ ?d cdm:dossier_produces_resource_legal ?w . ?w cdm:resource_legal_id_celex ?final }} "
    "OPTIONAL {{ ?d cdm:dossier_initiated_by_act_preparatory ?p . ?p cdm:resource_legal_id_celex ?prop }} }}"
)


class _Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """Acts by their CELEX numbers, or the acts of procedures, in any spelling."""

    acts: list[str] = []
    procedures: list[str] = []


class _Results(msgspec.Struct):
    bindings: list[dict[str, dict[str, str]]]


def addresses(harvest: Mapping[str, object]) -> list[Question]:
    """The question for `acts` with dates and descriptors, or for proposals and final acts of `procedures`.

    Raises RequestRefused for a number that cannot be read: it becomes part of the question.
    """
    wanted = to_wish(harvest, _Wanted)
    try:
        acts = [f'"{parse_celex(one)}"^^xsd:string' for one in wanted.acts]
        filed = [parse_procedure(one).cellar_id for one in wanted.procedures]
    except ValueError as error:
        raise RequestRefused("a number cannot be asked for", found=str(error), remedy="Correct the number.") from error
    procedures = [f"<http://publications.europa.eu/resource/procedure/{one}>" for one in filed]
    asked = [("acts.json", _OF_ACTS, acts), ("procedures.json", _OF_PROCEDURES, procedures)]
    return [
        Question(
            address=f"{SERVICE}?{urlencode({'query': _PREFIXES + words.format(values=' '.join(values))})}",
            hosts=HOSTS,
            file=file,
            accept="application/sparql-results+json",
        )
        for file, words, values in asked
        if values
    ]


def read(payload: Payload, *, status: int = 200) -> Reading:
    """The acts of a notice, or of a SPARQL answer. Corrections and works that are not to be indexed are left out.

    Raises SourceUnavailable for an empty answer or a web page, RequestRefused for status 300, which a proposal of
    several texts answers, and SourceChanged for a shape nobody knows.
    """
    refuse_status(payload, status=status, expected=EXPECTED)
    if status == NO_CONTENT:
        return Reading(records=(), is_last=True)
    if data_bytes(payload, expected=EXPECTED).lstrip()[:1] in (b"{", b"["):
        return _from_sparql(payload)
    root = open_xml(payload, expected=EXPECTED)
    if root.tag == "NOTICE":
        acts = [act for work in _works(root) if (act := _act(work, root, name=payload.name)) is not None]
        remarks = () if acts else ("the notice is of a correction, or not to be indexed",)
        return Reading(records=tuple(acts), is_last=True, remarks=remarks)
    raise SourceChanged(
        "the XML is no notice", file=payload.name, place="line 1", expected=EXPECTED, found=root.tag, remedy="Ask with "
        "Accept: application/xml;notice=branch.",
    )  # fmt: skip


def _works(root: Element) -> Iterator[Element]:
    """The work of a notice; of a notice of an expression, the expression, which names its work."""
    works = root.findall("WORK")
    yield from works or root.findall("EXPRESSION")


def _act(work: Element, root: Element, *, name: str) -> Act | None:
    celex = _celex(work)
    if celex is None:
        raise SourceChanged(
            "the notice has no CELEX number",
            file=name,
            place=f"NOTICE/{work.tag}",
            expected="RESOURCE_LEGAL_ID_CELEX, or an address under resource/celex/",
            remedy="Ask for the notice of another work.",
        )
    types = {element.findtext("IDENTIFIER") or "" for element in work.findall("WORK_HAS_RESOURCE-TYPE")}
    hidden = any((work.findtext(f"{tag}/VALUE") or "").lower() == "true" for tag in _HIDDEN)
    if hidden or "CORRIGENDUM" in types or parse_celex(celex).is_correction:
        return None
    descriptors = dict(_descriptors(work))
    procedure = _procedure(work)
    return Act(
        celex=celex,
        title=_title(work, root),
        date=_date(work),
        eurovoc=tuple(descriptors),
        procedure=str(procedure) if procedure else None,
        labels=tuple(descriptors.values()),
    )


def _celex(work: Element) -> str | None:
    named = [work.findtext(f"{tag}/VALUE") for tag in ("RESOURCE_LEGAL_ID_CELEX", "ID_CELEX")]
    same = [*work.findall("SAMEAS"), *work.findall("EXPRESSION_BELONGS_TO_WORK/SAMEAS")]
    named += [one.findtext("URI/IDENTIFIER") for one in same if one.findtext("URI/TYPE") == "celex"]
    for text in filter(None, named):
        try:
            return str(parse_celex(text))
        except ValueError:
            continue
    return None


def _title(work: Element, root: Element) -> str | None:
    """The title of the English expression, else of the first; never the work's own, whose language is unknown."""
    titles: dict[str, str] = {}
    for expression in [*work.findall("EXPRESSION"), *root.findall("EXPRESSION")]:
        text = plain_text(expression.findtext("EXPRESSION_TITLE/VALUE") or expression.findtext("TITLE/VALUE") or "")
        languages = {
            (expression.findtext("EXPRESSION_USES_LANGUAGE/IDENTIFIER") or "").lower(),
            *((one.findtext("VALUE") or "").lower() for one in expression.findall("LANG")),
        }
        if text:
            titles.setdefault("en" if languages & {"eng", "en"} else min(languages), text)
    return titles.get("en") or next(iter(titles.values()), None)


def _date(work: Element) -> str | None:
    """The day of the document; where only DATE has it, the one day that no other property explains."""
    for tag in ("WORK_DATE_DOCUMENT", "DATE_DOCUMENT"):
        if _is_day(day := work.findtext(f"{tag}/VALUE") or ""):
            return day
    named = {one.findtext("VALUE") for one in work if "_DATE_" in one.tag}
    days = {day for one in work.findall("DATE") if _is_day(day := one.findtext("VALUE") or "") and day not in named}
    return days.pop() if len(days) == 1 else None


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _descriptors(work: Element) -> Iterator[tuple[str, str]]:
    """The assigned descriptors, number and name, each once: the narrowest of each hierarchy, and plain subjects."""
    for hierarchy in work.findall("WORK_IS_ABOUT_CONCEPT_EUROVOC"):
        paths = [one for one in hierarchy if one.get("type") == "concept_hierarchy_path"] or [hierarchy]
        for path in paths:
            concepts = [one for one in path if (one.get("type") or "").endswith("_concept")]
            leaves = [one for one in concepts if one.get("leaf") == "true"] or _deepest(concepts)
            yield from _named(leaves or [hierarchy])
    yield from _named(work.findall("IS_ABOUT"))


def _deepest(concepts: Sequence[Element]) -> list[Element]:
    """The narrowest concept of each path of an older notice, which does not mark it."""
    paths: dict[str, Element] = {}
    for one in concepts:
        best = paths.get(one.get("path") or "")
        if best is None or int(one.get("level") or 0) > int(best.get("level") or 0):
            paths[one.get("path") or ""] = one
    return list(paths.values())


def _named(concepts: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for one in concepts:
        address = one.findtext("URI/VALUE") or ""
        if _EUROVOC in address:
            yield address.rpartition("/")[2], plain_text(one.findtext("PREFLABEL") or "")


def _procedure(work: Element) -> ProcedureNumber | None:
    for dossier in work.findall("WORK_PART_OF_DOSSIER"):
        tag = "DOSSIER/PROCEDURE_CODE_INTERINSTITUTIONAL_REFERENCE_PROCEDURE/VALUE"
        same = [one.findtext("URI/IDENTIFIER") for one in dossier.findall("SAMEAS")
                if one.findtext("URI/TYPE") == "procedure"]  # fmt: skip
        for text in filter(None, [dossier.findtext(tag), *same]):
            try:
                return parse_procedure(text)
            except ValueError:
                continue
    return None


def _from_sparql(payload: Payload) -> Reading:
    """One act a CELEX number, gathered from the rows that name it, by whatever variable."""
    document = open_json(payload, expected=EXPECTED)
    if not isinstance(document, dict) or "results" not in document:
        raise refuse_shape(document, name=payload.name, expected=EXPECTED)
    given = as_shape(document["results"], _Results, name=payload.name, place="$.results", expected=EXPECTED)
    gathered: dict[str, dict[str, list[str]]] = {}
    for at, row in enumerate(given.bindings):
        values = {name: one.get("value", "") for name, one in row.items()}
        for field in _CELEX_FIELDS:
            if values.get(field):
                celex = _sparql_celex(values[field], name=payload.name, place=f"$.results.bindings[{at}].{field}")
                found = gathered.setdefault(celex, {})
                for name in ("title", "date", "eurovoc", "label", "procedure"):
                    if values.get(name) and values[name] not in found.setdefault(name, []):
                        found[name].append(values[name])
    acts = [_gathered(celex, found) for celex, found in gathered.items() if not parse_celex(celex).is_correction]
    left_out = len(gathered) - len(acts)
    remarks = (f"{left_out} corrections are left out",) if left_out else ()
    return Reading(records=tuple(acts), remarks=remarks)


def _gathered(celex: str, found: dict[str, list[str]]) -> Act:
    labels = tuple(map(plain_text, found.get("label", ())))
    eurovoc = tuple(text.rpartition("/")[2] for text in found.get("eurovoc", ()))
    days = [day[:10] for day in found.get("date", ()) if _is_day(day[:10])]
    titles = found.get("title", [])
    return Act(
        celex=celex,
        title=plain_text(titles[0]) if titles else None,
        date=days[0] if len(days) == 1 else None,
        eurovoc=eurovoc,
        procedure=next(map(_sparql_procedure, found.get("procedure", ())), None),
        labels=labels if len(labels) == len(eurovoc) else (),
    )


def _sparql_procedure(text: str) -> str | None:
    try:
        return str(parse_procedure(text))
    except ValueError:
        return None


def _sparql_celex(text: str, *, name: str, place: str) -> str:
    try:
        return str(parse_celex(text))
    except ValueError as error:
        raise SourceChanged(
            "a CELEX number cannot be read",
            file=name,
            place=place,
            expected="a number such as 32024R1689",
            found=text,
            remedy="Look at the question; a variable may hold something else.",
        ) from error
