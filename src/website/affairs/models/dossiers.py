"""Dossiers as the desk keeps them: their numbers, what was ever known of their dates, who leads, what is noted.

The catalogue plants them, sweeps and officers add to them. A row of the timeline is never changed but for the mark that
something later took its place, so that a forecast of last year can still be read next year.
"""

from django.contrib.auth.models import User
from django.db import models

from observatory.affairs.dossier import DossierKind, DossierStatus, Evidence
from observatory.proceedings.records import Certainty, Precision


class Visibility(models.TextChoices):
    """Who may know of a dossier."""

    PUBLIC = "public", "everyone"
    MEMBERS = "members", "members"
    DESK = "desk", "the desk and its experts"


class Origin(models.TextChoices):
    """Where a statement came from."""

    CATALOGUE = "catalogue", "the catalogue"
    SWEEP = "sweep", "a source that was read"
    DESK = "desk", "an officer"


class DossierRow(models.Model):
    """A political file that the society follows."""

    slug = models.SlugField(unique=True, max_length=80)
    title = models.CharField(max_length=500)
    short_title = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in DossierKind])
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in DossierStatus])
    summary = models.TextField()
    topics = models.JSONField(default=list)
    committees = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.DESK)
    as_of = models.DateField(help_text="The day on which summary, topics and committees were known to hold.")

    class Meta:
        """How dossiers are listed."""

        verbose_name = "dossier"
        ordering = ("short_title",)

    def __str__(self) -> str:
        return self.short_title

    @property
    def href(self) -> str:
        """The page of the dossier."""
        return f"/affairs/dossiers/{self.slug}/"


class NumberRow(models.Model):
    """A number under which a dossier is known."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="numbers")
    value = models.CharField(max_length=60)
    untyped = models.CharField(max_length=60, db_index=True, help_text="The spelling by which numbers are compared.")
    evidence = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Evidence])
    source = models.CharField(max_length=400, blank=True)
    note = models.TextField(blank=True)
    as_of = models.DateField()

    class Meta:
        """A number stands once in a dossier."""

        verbose_name = "number"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=("dossier", "value"), name="number_once_a_dossier")]

    def __str__(self) -> str:
        return self.value


class TimelineRow(models.Model):
    """One thing known of one step, since a day, from a source."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="timeline")
    key = models.CharField(max_length=200, help_text="Names the step through all its forecasts.")
    step = models.CharField(max_length=200)
    falls_on = models.CharField(max_length=10, blank=True, help_text="2026-06-16, 2026-06, 2026-Q3 or 2026.")
    precision = models.CharField(max_length=8, blank=True, choices=[(one.value, one.value) for one in Precision])
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Certainty])
    evidence = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Evidence])
    source = models.CharField(max_length=400, blank=True)
    note = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin)
    known_on = models.DateField(help_text="The day on which we learnt it.")
    as_of = models.DateField(help_text="The day on which the source was last seen to say so.")
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="before")
    withdrawn_on = models.DateField(null=True, help_text="The day on which its source no longer said it.")

    class Meta:
        """How a timeline is read."""

        verbose_name = "date"
        ordering = ("first_day", "id")
        indexes = [models.Index(fields=("first_day", "dossier")), models.Index(fields=("known_on",))]

    def __str__(self) -> str:
        return f"{self.step}, {self.falls_on or 'no date'}"

    @property
    def is_standing(self) -> bool:
        """Whether its source still says so."""
        return self.superseded_by_id is None and self.withdrawn_on is None


class Assignment(models.Model):
    """A person who is responsible for a dossier, from a day to a day."""

    class Role(models.TextChoices):
        """What the person does."""

        LEAD = "lead", "lead expert"
        SECOND = "second", "second expert"
        STAFF = "staff", "staff"

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=8, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The first day on which it no longer holds.")
    may_be_named = models.BooleanField(default=False, help_text="Whether the person agreed to stand on public pages.")

    class Meta:
        """One lead at a time, and nobody twice."""

        verbose_name = "assignment"
        ordering = ("role", "starts_on")
        constraints = [
            models.UniqueConstraint(
                fields=("dossier",), condition=models.Q(role="lead", ends_on=None), name="one_lead_a_dossier"
            ),
            models.UniqueConstraint(
                fields=("dossier", "person"), condition=models.Q(ends_on=None), name="nobody_twice_on_a_dossier"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")), name="ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class Note(models.Model):
    """What the desk noted on a dossier. It is never changed; who erred writes another."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(max_length=8000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    for_board_only = models.BooleanField(default=False)

    class Meta:
        """The newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Note {self.pk}"
