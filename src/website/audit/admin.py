"""The audit as an administrator reads it: nothing can be added, changed or deleted."""

from typing import TYPE_CHECKING

from django.contrib import admin

from website.audit.models import Entry

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Entry]
else:
    Admin = admin.ModelAdmin


@admin.register(Entry)
class EntryAdmin(Admin):
    """The list of entries."""

    list_display = ("at", "actor_name", "act", "subject")
    list_filter = ("act", "at")
    search_fields = ("actor_name", "subject")

    def has_add_permission(self, request: object) -> bool:
        """Entries are written by acts alone."""
        _ = request
        return False

    def has_change_permission(self, request: object, obj: Entry | None = None) -> bool:
        """Nobody changes an entry."""
        _ = request, obj
        return False

    def has_delete_permission(self, request: object, obj: Entry | None = None) -> bool:
        """Nobody deletes an entry."""
        _ = request, obj
        return False
