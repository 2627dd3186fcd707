"""Applicants as JSON lines, and decisions as JSON lines: one answer for each line, also for one that cannot be read.

People and registers write yes as "yes", countries in every spelling and professions in their own words. What is
missing stays missing: null, "" and "unknown" are no answers. What cannot be understood is an error of its line, with
the place and the remedy, and the other lines are still answered.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from observatory.codelists.areas import AreaKind, areas, find_area, suggest_areas
from observatory.errors import NotFound, ObservatoryError, RequestRefused
from observatory.membership.applicant import QUESTIONS, YES_OR_NO, Applicant
from observatory.membership.deciding import decide
from observatory.membership.decision import Decision
from observatory.membership.rule_books import RuleBooks
from observatory.membership.words import plain_words

FIELDS = (*QUESTIONS, "interest", "on", "id")
"""Fields of a line; `id` is handed back as it came."""
NO_ANSWER = {"", "unknown", "not known", "not stated", "null"}
YES = {"yes", "true", "y"}
NO = {"no", "false", "n"}
MAX_LINE = 100_000
"""The longest line we read, in bytes."""
MAX_ID = 200
"""The longest id we hand back, in characters."""


def answer_lines(lines: Iterable[bytes], *, books: RuleBooks, on: date | None = None) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not blank, in order; a line that cannot be read is answered by its error.

    `on` is the day for lines that give none.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        try:
            fields = _fields(line)
            applicant, day = read_applicant(fields, books=books)
            decision = decide(applicant, on=day or on, books=books)
        except ObservatoryError as error:
            yield {"line": number, **_describe(error)}
            continue
        marked = {"id": fields["id"]} if "id" in fields else {}
        yield {"line": number, **marked, **as_dict(decision, applicant=applicant, on=day or on, books=books)}


def read_applicant(fields: Mapping[str, Any], *, books: RuleBooks) -> tuple[Applicant, date | None]:
    """The applicant that the fields of one line describe, and the day for which to decide.

    Raises NotFound for a field, word or country nobody knows, RequestRefused for an answer of the wrong kind.
    """
    for name in fields:
        if name not in FIELDS:
            raise NotFound(f"no field is called {name!r}", place=name, remedy=f"The fields are {', '.join(FIELDS)}.")
    said: dict[str, Any] = {name: _yes_or_no(fields.get(name), name=name) for name in YES_OR_NO}
    said["country"] = _country(_text(fields.get("country"), name="country"), books=books)
    answer = fields.get("organisation_role")
    role = _text("none" if answer is False else answer, name="organisation_role")
    said["organisation_role"] = books.words.get_role(role).code if role else None
    profession = _text(fields.get("profession"), name="profession")
    contradicted: list[str] = []
    if profession:
        word, implied = books.words.get_profession(profession)
        said["profession"] = word.code
        for question, answer in implied.items():
            if said[question] not in (None, answer):
                contradicted.append(question)
                said[question] = None
            else:
                said[question] = answer
    return Applicant(**said, contradicted=tuple(contradicted)), _day(fields.get("on"))


def as_dict(decision: Decision, *, applicant: Applicant, on: date | None, books: RuleBooks) -> dict[str, Any]:
    """`decision` as JSON takes it, with the applicant as we understood them and the source of the rules."""
    book = next((book for book in books.books if book.id == decision.book), None)
    return {
        "outcome": decision.outcome.value,
        "type": decision.type,
        "type_name": decision.type_name,
        "rule": decision.rule,
        "reasons": list(decision.reasons),
        "missing_evidence": list(decision.missing_evidence),
        "claims": list(decision.claims),
        "unanswered": list(decision.unanswered),
        "possible_types": list(decision.possible_types),
        "fee_cents": decision.fee_cents,
        "fee_note": decision.fee_note,
        "currency": "EUR",
        "benefits": [
            {
                "id": benefit.id,
                "name": benefit.name,
                "holds": benefit.holds,
                "why": benefit.why,
                "footnotes": [{"mark": mark, "text": text} for mark, text in benefit.footnotes],
            }
            for benefit in decision.benefits
        ],
        "alternatives": [
            {"type": one.type, "rule": one.rule, "possible": one.possible, "why": one.why}
            for one in decision.alternatives
        ],
        "on": on.isoformat() if on else None,
        "understood": _understood(applicant, books=books),
        "rule_book": book
        and {
            "id": book.id,
            "title": book.title,
            "valid_from": book.valid_from.isoformat(),
            "valid_to": book.valid_to.isoformat() if book.valid_to else None,
            "sources": [{"title": source.title, "certainty": source.certainty} for source in book.sources],
        },
    }


def _understood(applicant: Applicant, *, books: RuleBooks) -> dict[str, Any]:
    word = next((word for word in books.words.professions if word.code == applicant.profession), None)
    return {
        **{name: getattr(applicant, name) for name in QUESTIONS},
        "isco_08": (word.isco_08 or None) if word else None,
    }


def _fields(line: bytes) -> dict[str, Any]:
    """The fields of one line. Raises RequestRefused for what is not one JSON object."""
    remedy = "Write one JSON object on each line."
    if len(line) > MAX_LINE:
        raise RequestRefused("the line is too long", expected=f"at most {MAX_LINE:,} bytes", remedy=remedy)
    try:
        value = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_unrepeated, parse_constant=_refuse_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeDecodeError as error:
        raise RequestRefused("the line is not UTF-8", place=f"byte {error.start + 1}", remedy=remedy) from error
    except json.JSONDecodeError as error:
        problem = "the line is no JSON"
        raise RequestRefused(problem, place=f"column {error.colno}", found=error.msg, remedy=remedy) from error
    except (RecursionError, ValueError) as error:
        # A number of thousands of digits is a ValueError, and so is half a surrogate pair, which no text can hold.
        raise RequestRefused("the line cannot be read", found=str(error), remedy=remedy) from error
    if not isinstance(value, dict):
        raise RequestRefused("the line is no JSON object", found=str(value), remedy=remedy)
    if type(value.get("id", "")) not in (str, int) or len(str(value.get("id"))) > MAX_ID:
        raise RequestRefused("the id is no short text or number", place="id", remedy="Shorten it, or leave it out.")
    return value


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise RequestRefused("a field stands twice", place=name, remedy="Keep the right one.")
        found[name] = value
    return found


def _refuse_constant(name: str) -> Any:
    raise RequestRefused("the line is no JSON", found=name, remedy="Write null where there is no answer.")


def _text(value: Any, *, name: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RequestRefused("the answer is no text", place=name, found=str(value), remedy='Write a text in "…".')
    return "" if plain_words(value) in NO_ANSWER else value


def _yes_or_no(value: Any, *, name: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    plain = plain_words(value) if isinstance(value, str) else None
    if plain in NO_ANSWER:
        return None
    if plain in YES or plain in NO:
        return plain in YES
    raise RequestRefused(
        "the answer is neither yes nor no",
        place=name,
        found=str(value),
        remedy="Write true, false, or null for no answer.",
    )


def _country(said: str, *, books: RuleBooks) -> str | None:
    """Area id of a country of residence; a region stands for its country. Raises NotFound."""
    if not said:
        return None
    spelt = " ".join(re.sub(r"[-_.\s]+", " ", said).split())
    known = books.words.find_country(said)
    if known and not find_area(said):
        return known
    area = find_area(said) or find_area(spelt) or find_area(re.sub(r"(?i)^the ", "", spelt))
    if area is not None and area.kind is AreaKind.REGION and area.parent:
        area = areas()[area.parent]
    if area is not None and area.kind is AreaKind.COUNTRY:
        return area.id
    if area is not None:
        # An aggregate, such as the European Union.
        raise NotFound(f"{said!r} is no country", place="country", remedy="Name the country of residence.")
    for former, today in books.words.former_countries.items():
        if plain_words(former) == plain_words(said):
            raise NotFound(f"{former} is a country no more", place="country", remedy=f"Name {today}.")
    near = [areas()[name].name for name in suggest_areas(said)]
    remedy = "" if near else "Write the ISO 3166 code, such as AT or AUT, or the English name."
    raise NotFound(f"no country is called {said!r}", place="country", suggestions=near, remedy=remedy)


def _day(value: Any) -> date | None:
    text = _text(value, name="on").strip()
    if not text:
        return None
    remedy = "Write a day of the calendar as 2026-11-24."
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise RequestRefused("the day is not written as a day", place="on", found=text, remedy=remedy)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RequestRefused("there is no such day", place="on", found=text, remedy=remedy) from error


def _describe(error: ObservatoryError) -> dict[str, Any]:
    return {
        "error": type(error).__name__,
        "problem": error.problem,
        "field": error.place,
        "found": error.found,
        "remedy": error.remedy,
        "message": error.message,
    }
