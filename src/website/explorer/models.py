"""What readers tell us: a number that looks wrong, and where it stands; and how often they do, for a while."""

from django.db import models


class Report(models.Model):
    """One remark of one reader on one page."""

    place = models.CharField("address of the page", max_length=600, help_text="Where the number stands.")
    message = models.TextField("what seems wrong", max_length=4000)
    contact = models.EmailField("e-mail address", blank=True, help_text="Only if an answer is wanted.")
    release = models.CharField("release", max_length=12, help_text="The release the reader saw.")
    received_at = models.DateTimeField("received at", auto_now_add=True)
    is_settled = models.BooleanField("settled", default=False)
    answer = models.TextField("what was found", blank=True)

    class Meta:
        """How reports are listed."""

        ordering = ("-received_at",)

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d}: {self.message[:60]}"


class Tally(models.Model):
    """How often somebody did something within a while; whom it counts cannot be read from it."""

    key = models.CharField("fingerprint", max_length=64, primary_key=True)
    count = models.PositiveIntegerField("times")
    ends_at = models.DateTimeField("counted until", db_index=True)

    class Meta:
        """What more than one are called."""

        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%Y-%m-%d %H:%M}"
