"""Open actions on a dossier: who does what, by when, and when it was done. What is done is kept with its day."""

from django.contrib.auth.models import User
from django.db import models

from website.affairs.models.dossiers import DossierRow


class Task(models.Model):
    """One thing that somebody is to do on a dossier."""

    dossier = models.ForeignKey(DossierRow, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=300)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """What is due first, first."""

        verbose_name = "open action"
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None, done_by=None) | models.Q(done_on__isnull=False, done_by__isnull=False),
                name="done_by_somebody_on_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.what
