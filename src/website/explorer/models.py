"""What readers tell us: a number that looks wrong, and where it stands."""

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
