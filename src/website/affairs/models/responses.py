"""Responses: what the society does about one consultation, from the decision to the proof that it was sent."""

from django.contrib.auth.models import User
from django.db import models

from website.affairs.models.dossiers import DossierRow
from website.affairs.models.items import Item
from website.affairs.models.positions import PositionVersion


class Choice(models.TextChoices):
    """What we do about a consultation."""

    UNDECIDED = "undecided", "not decided yet"
    RESPOND = "respond", "respond"
    CO_SIGN = "co-sign", "co-sign another's response"
    SKIP = "skip", "skip"


class Response(models.Model):
    """One consultation as the desk deals with it."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="response")
    dossier = models.ForeignKey(DossierRow, null=True, on_delete=models.PROTECT, related_name="responses")
    choice = models.CharField(max_length=10, choices=Choice, default=Choice.UNDECIDED)
    reason = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    internal_deadline = models.DateField(null=True)
    version = models.ForeignKey(PositionVersion, null=True, on_delete=models.PROTECT, related_name="responses")
    reference = models.CharField(max_length=100, blank=True, help_text="The number under which it was received.")
    submitted_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        """By the consultation's deadline."""

        ordering = ("item__closes_at", "id")

    def __str__(self) -> str:
        return f"Response to {self.item}"

    @property
    def href(self) -> str:
        """The page of the response, behind the desk's login."""
        return f"/affairs/desk/consultations/{self.pk}/"


class SubmittedFile(models.Model):
    """The file that was sent, as it was sent. It lies in the database, so that no address serves it unasked."""

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="file")
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        """What it is called."""

        verbose_name = "submitted file"

    def __str__(self) -> str:
        return self.name
