"""Items: what sweeps bring, each with the verdict of the rule book and its reasons, until a person decides.

What scored low is an item like any other. A decision is never overwritten: undoing one adds its undoing.
"""

from django.contrib.auth.models import User
from django.db import models

from website.affairs.models.dossiers import DossierRow
from website.affairs.models.runs import Run


class ItemState(models.TextChoices):
    """Where an item stands in the queue."""

    WAITING = "waiting", "to be decided"
    ACCEPTED = "accepted", "accepted"
    DISMISSED = "dismissed", "dismissed"


class Item(models.Model):
    """One procedure, consultation, act, meeting or piece of news."""

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=400, help_text="Names it through all answers of its source.")
    title = models.CharField(max_length=1000)
    summary = models.TextField(blank=True)
    url = models.CharField(max_length=1000, blank=True)
    references = models.JSONField(default=list, help_text="Numbers it carries or cites, in canonical spelling.")
    record = models.JSONField(help_text="Everything the reader found.")
    fingerprint = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    last_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="items")
    changes = models.JSONField(default=list, help_text="What changed since a person last looked.")
    changed_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True, help_text="When a whole run no longer had it.")
    closes_at = models.DateTimeField(null=True, db_index=True, help_text="The deadline of a consultation.")
    relevance = models.PositiveSmallIntegerField(help_text="2 ours, 1 worth watching, 0 neither.")
    core = models.FloatField()
    watch = models.FloatField()
    reasons = models.JSONField(default=list)
    book_dated = models.DateField(help_text="The rule book that judged it.")
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    dossiers = models.ManyToManyField(DossierRow, through="DossierLink", related_name="items")

    class Meta:
        """The most relevant first."""

        ordering = ("-relevance", "-core", "-watch", "-id")
        constraints = [models.UniqueConstraint(fields=("source", "kind", "key"), name="an_item_once")]
        indexes = [models.Index(fields=("state", "-relevance", "-core")), models.Index(fields=("first_seen_at",))]

    def __str__(self) -> str:
        return self.title

    @property
    def href(self) -> str:
        """The page of the item, behind the desk's login."""
        return f"/affairs/desk/queue/{self.pk}/"


class DossierLink(models.Model):
    """That an item belongs to a dossier."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="links")
    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="links")
    linked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Once each."""

        verbose_name = "link"
        constraints = [models.UniqueConstraint(fields=("item", "dossier"), name="a_link_once")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.dossier_id}"


class Review(models.Model):
    """What a person decided on an item, and why."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(max_length=10, choices=ItemState)
    reason = models.CharField(max_length=1000, blank=True)
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    machine_said = models.PositiveSmallIntegerField(help_text="The class the rule book had given at that time.")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.item_id} {self.state}"
