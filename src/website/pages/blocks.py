"""What the body of a page is made of: paragraphs, quotations, lists of links, figures of the Observatory.

Editors do not upload pictures of charts: a figure is named by its indicator and drawn by the Observatory itself, with
its unit, year, source and flags, and it stays right when a release replaces another.
"""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from observatory.codelists.areas import areas
from observatory.errors import NotFound
from website.config.data import current_release
from website.pages.safe_html import check_link, check_links

VIEWS = (("time", "Over time"), ("ranking", "Ranking"), ("map", "Map"), ("table", "Table"))
"""How a figure can be shown, as the address of an embedded figure says it."""


class ParagraphBlock(blocks.RichTextBlock):
    """Text with headings, lists, emphasis and links, and nothing else."""

    class Meta:
        """How editors find it."""

        icon = "pilcrow"
        template = "pages/blocks/paragraph.html"

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"features": ["h2", "h3", "bold", "italic", "ol", "ul", "link"], **said})

    def clean(self, value: Any) -> Any:
        """The text, where each of its links is safe. Raises ValidationError."""
        cleaned = super().clean(value)
        check_links(cleaned.source)
        return cleaned


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with their name and where they stand."""

    text = blocks.TextBlock(max_length=2000)
    who = blocks.CharBlock(max_length=200, help_text="Whose words these are.")
    address = blocks.CharBlock(required=False, max_length=600, validators=[check_link], help_text="Where they stand.")

    class Meta:
        """How editors find it."""

        icon = "openquote"
        template = "pages/blocks/quote.html"


class LinkBlock(blocks.StructBlock):
    """One link, with who publishes what it leads to and when it was read."""

    title = blocks.CharBlock(max_length=200)
    address = blocks.CharBlock(max_length=600, validators=[check_link])
    publisher = blocks.CharBlock(required=False, max_length=200)
    read_on = blocks.DateBlock(required=False, label="As of", help_text="The day on which it said so.")


class LinkListBlock(blocks.StructBlock):
    """Links under one heading."""

    heading = blocks.CharBlock(required=False, max_length=200)
    links = blocks.ListBlock(LinkBlock(), min_num=1)

    class Meta:
        """How editors find it."""

        icon = "list-ul"
        template = "pages/blocks/links.html"


class FigureBlock(blocks.StructBlock):
    """A figure of the Observatory, by the indicator it shows."""

    indicator = blocks.CharBlock(max_length=120, help_text="As in its address: mri-units-per-million.")
    areas = blocks.CharBlock(
        required=False, max_length=300, help_text="Codes with commas between them: FIN,DEU. Empty: as the page chooses."
    )
    view = blocks.ChoiceBlock(choices=VIEWS, default="time")
    caption = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        """How editors find it."""

        icon = "table"
        template = "pages/blocks/figure.html"

    def clean(self, value: Any) -> Any:
        """The figure, where the Observatory has it. Raises StructBlockValidationError."""
        cleaned = super().clean(value)
        errors = {}
        if _title(cleaned["indicator"]) is None:
            errors["indicator"] = ValidationError("No indicator of the release that serves has this name.")
        unknown = [code for code in _codes(cleaned["areas"]) if code not in areas()]
        if unknown:
            errors["areas"] = ValidationError(f"No area has the code {', '.join(unknown)[:80]}.")
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> Any:
        """The addresses of the figure: drawn alone, and in full."""
        said = {"areas": ",".join(_codes(value["areas"])), "view": value["view"]}
        query = urlencode({name: text for name, text in said.items() if text}, safe=",")
        indicator = value["indicator"]
        return {
            **super().get_context(value, parent_context=parent_context),
            "embed": f"/embed/{indicator}/?{query}",
            "page": f"/indicators/{indicator}/?{query}",
            "title": _title(indicator) or indicator,
        }


class BodyBlock(blocks.StreamBlock):
    """The body of a page: these kinds of parts, in any order."""

    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    links = LinkListBlock()
    figure = FigureBlock()


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _title(indicator: str) -> str | None:
    """The indicator's title in the release that serves; None where it has no such indicator."""
    try:
        found = current_release().catalogue.indicators.get(indicator)
    except NotFound:
        return None
    return found.title if found else None
