"""Who sits where, as a reader may know it: terms, warnings before their end, vacancies, double bookings.

One reading for the desk, its front page and the briefing, so that they cannot disagree.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from observatory.affairs.dossier import Body
from observatory.affairs.seats import SeatStatus, double_bookings, status_on, vacancies, warning_on
from website.affairs.access import Reader, visible_places, visible_seats
from website.affairs.catalogue import desk
from website.affairs.models import SeatRow
from website.affairs.wording import day_words, distance_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One term, in words."""

    row: SeatRow
    """The row."""
    body: str
    """Name of the body."""
    who: str
    """Name of the person."""
    begins: str
    """Its first day."""
    ends: str
    """Its last day; empty where none is set."""
    distance: str
    """How far away the last day is; empty where none is set."""
    status: SeatStatus
    """Whether it is held today."""
    warning: int | None
    """180, 90 or 30 days before the end; none outside them."""


def terms(reader: Reader, *, on: date) -> list[Term]:
    """Every term a reader may know of, by body, the ended ones too."""
    found = [_term(row, on=on) for row in visible_seats(reader)]
    return sorted(found, key=lambda one: (one.body, one.row.role, one.row.starts_on))


def expiring(reader: Reader, *, on: date) -> list[Term]:
    """Terms that end within 180 days and are held today, the nearest end first."""
    found = [one for one in terms(reader, on=on) if one.warning is not None]
    return sorted(found, key=lambda one: (one.row.ends_on or date.max, one.body))


def vacant(reader: Reader, *, on: date) -> list[tuple[str, str]]:
    """(body, role) of the places wanted that nobody holds, for readers who see all seats."""
    places = {(one.body, one.role): one for one in visible_places(reader)}
    found = vacancies(places, [row.told() for row in visible_seats(reader)], day=on)
    return [(body_name(body), places[body, role].get_role_display()) for body, role in found]


def double(reader: Reader, *, on: date) -> list[str]:
    """Terms, not yet over, that cannot both be, in words."""
    rows = [row for row in visible_seats(reader) if row.ends_on is None or row.ends_on > on]
    names = {str(row.person_id): person_words(row) for row in rows}
    return [
        f"{body_name(first.body)}: {names[first.person]}, {first.role} from {day_words(first.starts_on)}, and "
        f"{names[second.person]}, {second.role} from {day_words(second.starts_on)}, at one time"
        for first, second in double_bookings([row.told() for row in rows])
    ]


def bodies() -> list[Body]:
    """The bodies of the catalogue, by name."""
    return sorted(desk().bodies.values(), key=lambda body: body.name)


def body_name(body: str) -> str:
    """The name of a body; its id where the catalogue no longer has it."""
    found = desk().bodies.get(body)
    return found.name if found else body


def person_words(row: SeatRow) -> str:
    """The full name of who sits, or the name of the account."""
    return row.person.get_full_name() or row.person.get_username()


def _term(row: SeatRow, *, on: date) -> Term:
    seat = row.told()
    last = row.ends_on - timedelta(days=1) if row.ends_on else None
    return Term(
        row=row,
        body=body_name(row.body),
        who=person_words(row),
        begins=day_words(row.starts_on),
        ends=day_words(last) if last else "",
        distance=distance_words(last, today=on) if last else "",
        status=status_on(seat, on),
        warning=warning_on(seat, on),
    )
