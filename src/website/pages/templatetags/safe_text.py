"""Text of an editor on its way to a reader: links between pages resolved, everything but plain markup taken out."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from website.pages.safe_html import keep_safe

register = template.Library()


@register.filter
def safe_text(source: str) -> SafeString:
    """The stored text of a paragraph as a page may show it."""
    return mark_safe(keep_safe(expand_db_html(source)))  # noqa: S308  It was just cleaned.
