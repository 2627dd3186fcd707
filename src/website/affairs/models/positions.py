"""Positions: what the society says, in versions of which each is approved by someone who did not write it.

A version that was sent to review is never changed; another version follows it. What was published carries the
fingerprint of its text, so that anyone can tell whether it is still what the Board approved.
"""

from hashlib import sha256

from django.contrib.auth.models import User
from django.db import models

from website.affairs.models.dossiers import DossierRow


class VersionState(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", "draft"
    REVIEW = "review", "with the expert"
    APPROVAL = "approval", "awaiting approval"
    APPROVED = "approved", "approved"
    PUBLISHED = "published", "published"
    SUPERSEDED = "superseded", "superseded"
    RETURNED = "returned", "returned"


class Position(models.Model):
    """What the society says on one matter of a dossier."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def href(self) -> str:
        """The page of the position: public once a version is published."""
        return f"/affairs/positions/{self.pk}/"


class PositionVersion(models.Model):
    """One text of a position."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField(max_length=60_000)
    asks = models.JSONField(default=list, help_text="What we ask for, one sentence each.")
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    writers = models.JSONField(default=list, help_text="Keys of all accounts that wrote on this text.")
    created_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    review_said = models.TextField(blank=True, max_length=8000)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Fingerprint of text and asks when approved.")

    class Meta:
        """The newest first; nobody approves their own."""

        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("position", "number"), name="a_version_once"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("author")),
                name="approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, version {self.number}"

    def fingerprint(self) -> str:
        """SHA-256 of text and asks."""
        return sha256("\n".join([self.text, *self.asks]).encode()).hexdigest()
