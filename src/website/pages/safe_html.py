"""Which markup and which links an editor's text may hold: a short list, held when saving and again when showing.

An account can be stolen and text is pasted from anywhere, so what the editor's screen offers is not what decides. A
page of this origin is trusted by its readers; nothing that runs may ever stand in one.
"""

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule

SCHEMES = frozenset({"http", "https", "mailto"})
"""What a link may begin with; an address of this site, such as /indicators/, needs none of them."""
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufffd]")


def is_safe_link(address: str) -> bool:
    """Whether a link leads to a page, here or elsewhere, or to a mailbox: the shapes a browser cannot misread."""
    if _INVISIBLE.search(address) or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not parts.scheme:
        return address.startswith("/") and not address.startswith("//")
    if parts.scheme not in SCHEMES or address.partition(":")[0] != parts.scheme:
        return False
    return bool(parts.path) if parts.scheme == "mailto" else bool(parts.hostname) and "@" not in parts.netloc


def check_link(address: str) -> None:
    """Refuse a link that is not safe. Raises ValidationError."""
    if not is_safe_link(address):
        raise ValidationError(
            f"A link begins with https://, http:// or mailto:, or with / for a page of this site; “{address[:80]}” does"
            " not, or holds what an address may not hold.",
            code="unsafe_link",
        )


def check_links(html: str) -> None:
    """Refuse text with a link that leads nowhere safe. Raises ValidationError.

    The editor's screen drops the address of a `javascript:` link on its way here, so a link without any is refused too.
    """
    for link in BeautifulSoup(html, "html.parser").find_all("a"):
        if link.get("linktype") != "page":
            check_link(str(link.get("href", "")))


def keep_safe(html: str) -> str:
    """The same text with only the markup a paragraph may have."""
    return str(_Paragraphs().clean(html))


def _kept(address: str) -> str | None:
    return address if is_safe_link(address) else None


class _Paragraphs(Whitelister):
    """Headings, paragraphs, lists, emphasis and links."""

    element_rules = {  # noqa: RUF012  The class of Wagtail reads it as a plain attribute.
        "[document]": allow_without_attributes,
        "a": attribute_rule({"href": _kept}),
        **dict.fromkeys(("b", "br", "em", "h2", "h3", "i", "li", "ol", "p", "strong", "ul"), allow_without_attributes),
    }
