"""What time it is, on the clock by which deadlines fall. The one place of the room that asks."""

from datetime import date, datetime

from django.utils import timezone

from observatory.proceedings.brussels import BRUSSELS


def now() -> datetime:
    """The moment, as Brussels tells it."""
    return timezone.now().astimezone(BRUSSELS)


def today() -> date:
    """The day in Brussels."""
    return now().date()
