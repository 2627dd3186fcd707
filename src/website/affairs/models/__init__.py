"""What people write at the desk, and what sweeps bring to it. Every change goes through `website.affairs.actions`."""

from website.affairs.models.boards import Briefing, Meeting
from website.affairs.models.dossiers import Assignment, DossierRow, Note, NumberRow, TimelineRow
from website.affairs.models.items import DossierLink, Item, Review
from website.affairs.models.letters import DigestChoice, Letter
from website.affairs.models.positions import Position, PositionVersion
from website.affairs.models.responses import Response, SubmittedFile
from website.affairs.models.runs import Answer, Run
from website.affairs.models.seats import Place, SeatRow
from website.affairs.models.statements import Statement
from website.affairs.models.tasks import Task
from website.affairs.models.watches import CalendarToken, Watch

__all__ = [
    "Answer",
    "Assignment",
    "Briefing",
    "CalendarToken",
    "DigestChoice",
    "DossierLink",
    "DossierRow",
    "Item",
    "Letter",
    "Meeting",
    "Note",
    "NumberRow",
    "Place",
    "Position",
    "PositionVersion",
    "Response",
    "Review",
    "Run",
    "SeatRow",
    "Statement",
    "SubmittedFile",
    "Task",
    "TimelineRow",
    "Watch",
]
