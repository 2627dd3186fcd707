"""Joint statements: a position that the society takes together with others.

The text goes the way of every position, in versions that a second person approves. With whom it is taken, and under
which platform, belongs to what is approved, and stays as it is from the first approval on.
"""

from django.db import models

from website.affairs.models.positions import Position


class Statement(models.Model):
    """What makes a position a joint one."""

    position = models.OneToOneField(Position, on_delete=models.PROTECT, related_name="statement")
    network = models.CharField(max_length=200, blank=True, help_text="The thematic network that writes it.")
    platform = models.SlugField(max_length=80, blank=True, help_text="The body's id in the catalogue.")
    partners = models.JSONField(default=list, help_text="With whom, as they call themselves.")
    issued_on = models.DateField(null=True, help_text="The day on which the partners issued it.")
    document = models.CharField(max_length=600, blank=True, help_text="Where the document stands.")

    class Meta:
        """The latest first."""

        ordering = ("-issued_on", "-id")
        verbose_name = "joint statement"

    def __str__(self) -> str:
        return str(self.position)
