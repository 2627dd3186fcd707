"""Digests that leave by mail: how often a person wants one, and each that was made, so that none is sent twice."""

from django.contrib.auth.models import User
from django.db import models


class Rhythm(models.TextChoices):
    """How often a digest is sent."""

    DAILY = "daily", "every day"
    WEEKLY = "weekly", "every week"
    NEVER = "never", "never"


class DigestChoice(models.Model):
    """What one person chose; whoever chose nothing has a digest every week."""

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="digest_choice")
    rhythm = models.CharField(max_length=6, choices=Rhythm)

    class Meta:
        """In the order in which they were made."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.person} {self.rhythm}"


class Letter(models.Model):
    """The digest of one person for one day or week."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    period = models.CharField(max_length=10, help_text="2026-11-24 or 2026-W48.")
    message_id = models.CharField(max_length=200, help_text="The same however often it is tried.")
    until = models.DateTimeField(help_text="When it was last made; the next begins there.")
    told = models.JSONField(default=list, help_text="Keys of what it told.")
    sent_at = models.DateTimeField(null=True, help_text="When the mail server took it.")
    problem = models.CharField(max_length=200, blank=True, help_text="Why it was not taken.")

    class Meta:
        """One a person and period."""

        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=("person", "period"), name="a_letter_once")]
        indexes = [models.Index(fields=("person", "until"))]

    def __str__(self) -> str:
        return f"{self.period} for {self.person}"
