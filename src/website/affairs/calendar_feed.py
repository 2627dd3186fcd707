"""The private calendar: deadlines and dates a person may know of, at an address that is a key and can be revoked.

What titles say is hostile: a line break in one would begin a property of its own. RFC 5545 wants lines folded at 75
octets, and never within a character.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from website.affairs.access import PUBLIC, reader_of
from website.affairs.actions.watching import fingerprint
from website.affairs.clock import now
from website.affairs.deadlines import Due, falling_due
from website.affairs.models import CalendarToken, Meeting
from website.affairs.roles import May

_A_YEAR = 365
_LINE = 75


@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar of whoever holds the key, as far as they may know today."""
    _ = request
    token = CalendarToken.objects.filter(sha256=fingerprint(key), revoked_at=None).select_related("person").first()
    at = now()
    reader = reader_of(token.person, on=at.date()) if token else PUBLIC
    if May.FOLLOW not in reader.may:
        raise Http404("there is no such calendar")
    meetings = Meeting.objects.filter(held_on__gte=at.date()) if May.SEE_BOARD in reader.may else Meeting.objects.none()
    text = calendar_text(falling_due(reader, at=at, days=_A_YEAR), meetings, at=at)
    answer = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def calendar_text(due: Iterable[Due], meetings: Iterable[Meeting], *, at: datetime) -> str:
    """The calendar as RFC 5545 has it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Imaging Observatory//Affairs//EN", "X-WR-CALNAME:Affairs"]
    for one in due:
        lines += _event(one, at=at)
    for meeting in meetings:
        lines += [
            "BEGIN:VEVENT", f"UID:meeting-{meeting.pk}@imaging-observatory", f"DTSTAMP:{_utc(at)}",
            f"DTSTART;VALUE=DATE:{meeting.held_on:%Y%m%d}", f"SUMMARY:Board: {escaped(meeting.title)}", "END:VEVENT",
        ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def escaped(text: str) -> str:
    r"""Text that cannot leave its property.

    >>> escaped("one; two,\r\nBEGIN:VALARM")
    'one\\; two\\,\\nBEGIN:VALARM'
    """
    text = "\n".join(text.splitlines())
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    printable = "".join(one for one in text if one == "\n" or one.isprintable())
    return printable.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, each after the first with a space in front."""
    part, size = "", 0
    for sign in line:
        wide = len(sign.encode())
        if size + wide > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + wide
    yield part


def _event(one: Due, *, at: datetime) -> list[str]:
    if one.moment is not None:
        when = [f"DTSTART:{_utc(one.moment)}", f"DTEND:{_utc(one.moment)}"]
    else:
        when = [f"DTSTART;VALUE=DATE:{one.first_day:%Y%m%d}",
                f"DTEND;VALUE=DATE:{one.last_day + timedelta(days=1):%Y%m%d}"]  # fmt: skip
    name = f"{one.dossier}: {one.what}" if one.dossier else one.what
    told = f"{one.when}, {one.certainty}. {one.source}"
    return [
        "BEGIN:VEVENT", f"UID:{one.key}@imaging-observatory", f"DTSTAMP:{_utc(at)}", *when,
        f"SUMMARY:{escaped(name)}", f"DESCRIPTION:{escaped(told)}",
        f"STATUS:{'CONFIRMED' if one.certainty == 'fixed' else 'TENTATIVE'}", "END:VEVENT",
    ]  # fmt: skip


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
