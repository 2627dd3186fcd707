"""Runs: what one sweep brought from one source, and every answer it was read from.

A run that fell short closes nothing. It stands on the desk's front page until a whole one follows, so that silence is
never taken for "nothing new".
"""

from django.db import models


class Run(models.Model):
    """One source in one sweep."""

    source = models.CharField(max_length=40, db_index=True)
    started_at = models.DateTimeField()
    parsed = models.PositiveIntegerField(help_text="Records read, each once.")
    expected = models.PositiveIntegerField(null=True, help_text="How many the source says it has.")
    previous = models.PositiveIntegerField(null=True, help_text="How many the last whole run brought.")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    gap = models.CharField(max_length=400, blank=True, help_text="Why it may close nothing; empty for a whole run.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of everything it was read from.")

    class Meta:
        """The newest first."""

        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"{self.source}, {self.started_at:%Y-%m-%d %H:%M}"


class Answer(models.Model):
    """One answer of a source, as it came."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="answers")
    address = models.CharField(max_length=600, help_text="Where it came from; the file's name where nobody noted it.")
    status = models.PositiveIntegerField(help_text="HTTP status.")
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    parsed = models.PositiveIntegerField()
    problem = models.CharField(max_length=400, blank=True, help_text="Why it could not be read.")
    remarks = models.JSONField(default=list)

    class Meta:
        """In the order in which they were read."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.address
