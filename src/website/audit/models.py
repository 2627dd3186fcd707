"""The entries of the audit. They are added and read; the database itself refuses to change or delete one.

An entry outlives the account of whoever acted, so it holds their key and not a link to them. It says what was done to
what, never what a draft or a note says: whoever may read the audit need not be one who may read the note.
"""

from typing import NoReturn

from django.db import models


class Entry(models.Model):
    """One act."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.BigIntegerField(null=True, help_text="Key of the account; none for what the system did itself.")
    actor_name = models.CharField(max_length=150, help_text="Name of the account at that time.")
    act = models.CharField(max_length=60, help_text="What was done, such as affairs.item.accepted.")
    subject = models.CharField(max_length=80, db_index=True, help_text="What it was done to, such as affairs.item:12.")
    details = models.JSONField(default=dict, help_text="What else belongs to it: numbers, dates, states.")

    class Meta:
        """How entries are listed."""

        ordering = ("-id",)
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.act} {self.subject}"

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: raises PermissionError."""
        _ = args, kwargs
        raise PermissionError("an entry of the audit is never deleted")
