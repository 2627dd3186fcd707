"""Seats: who of the society sits in a body, from which day to which, and which places are wanted filled.

The bodies themselves stand in the catalogue, where what is said of them is reviewed; a seat names its body by id. A
term that has ended is kept: who sat there is asked for years later.
"""

from django.contrib.auth.models import User
from django.db import models

from observatory.affairs.seats import Seat


class SeatRole(models.TextChoices):
    """What a person is in a body."""

    MEMBER = "member", "member"
    ALTERNATE = "alternate", "alternate"
    LIAISON = "liaison", "liaison"
    CHAIR = "chair", "chair"


class SeatRow(models.Model):
    """One person's term in one body."""

    body = models.SlugField(max_length=80, db_index=True, help_text="The body's id in the catalogue.")
    role = models.CharField(max_length=10, choices=SeatRole)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The first day on which it is no longer held.")
    decision = models.CharField(max_length=200, blank=True, help_text="Where it was decided.")
    may_be_named = models.BooleanField(default=False, help_text="Whether the person agreed to stand on public pages.")

    class Meta:
        """By body; a term has at least a day."""

        verbose_name = "seat"
        ordering = ("body", "role", "starts_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")), name="a_term_has_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.body}"

    def told(self) -> Seat:
        """The term as the library's rules read it."""
        return Seat(
            body=self.body,
            role=self.role,
            person=str(self.person_id),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class Place(models.Model):
    """A place in a body that the society wants filled; vacant on each day on which nobody holds it."""

    body = models.SlugField(max_length=80, help_text="The body's id in the catalogue.")
    role = models.CharField(max_length=10, choices=SeatRole)
    wanted_since = models.DateField()

    class Meta:
        """Once each."""

        ordering = ("body", "role")
        constraints = [models.UniqueConstraint(fields=("body", "role"), name="a_place_once")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.body}"
