"""Reports as the curators work through them."""

from typing import TYPE_CHECKING

from django.contrib import admin

from website.explorer.models import Report

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Report]
else:
    Admin = admin.ModelAdmin

admin.site.site_header = admin.site.site_title = "Imaging Observatory"


@admin.register(Report)
class ReportAdmin(Admin):
    """The list of reports, open ones first at hand."""

    list_display = ("received_at", "place", "message", "is_settled")
    list_filter = ("is_settled", "received_at")
    search_fields = ("place", "message", "answer")
    readonly_fields = ("place", "message", "contact", "release", "received_at")

    def has_add_permission(self, request: object) -> bool:
        """Nobody writes reports in a reader's name."""
        _ = request
        return False
