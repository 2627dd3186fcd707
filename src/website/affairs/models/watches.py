"""What a person wants to be told of, and the key to their private calendar, of which only a fingerprint is kept."""

from django.contrib.auth.models import User
from django.db import models


class Watch(models.Model):
    """One thing a person watches."""

    class Kind(models.TextChoices):
        """What is watched."""

        DOSSIER = "dossier", "a dossier"
        TOPIC = "topic", "a topic"
        PHRASE = "phrase", "a phrase"

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="watches")
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=200, help_text="Slug of the dossier, name of the topic, or the phrase.")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Once each."""

        verbose_name_plural = "watches"
        ordering = ("kind", "value")
        constraints = [models.UniqueConstraint(fields=("person", "kind", "value"), name="a_watch_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class CalendarToken(models.Model):
    """The key to one person's private calendar."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_tokens")
    sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """One valid key a person."""

        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=("person",), condition=models.Q(revoked_at=None), name="one_calendar_key")
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"
