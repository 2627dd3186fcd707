"""Meetings of the Board, and the briefings for them: frozen when made, so that each can be printed again as it was."""

from django.contrib.auth.models import User
from django.db import models


class Meeting(models.Model):
    """A meeting of the Board."""

    held_on = models.DateField(unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        """The next first."""

        ordering = ("-held_on",)

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on}"


class Briefing(models.Model):
    """What the Board is told of a range of dates: everything, and beside it only what is public."""

    from_day = models.DateField()
    to_day = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    whole = models.JSONField(help_text="The Board's own snapshot.")
    public = models.JSONField(help_text="The snapshot as the public would have seen it.")
    sha256 = models.CharField(max_length=64, help_text="Fingerprint of both.")

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Briefing {self.from_day} to {self.to_day}"

    @property
    def href(self) -> str:
        """The page of the briefing."""
        return f"/affairs/desk/briefings/{self.pk}/"
