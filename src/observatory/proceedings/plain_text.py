"""Plain text from an institution's mark-up: portals send titles and summaries with tags, entities and addresses.

Everything fetched is hostile until it is plain. Tags go, scripts and styles go with what they hold, characters that
steer a terminal go, and so do addresses of e-mail, which belong to officers.
"""

import re
import unicodedata
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

MAX_LENGTH = 20_000
"""Characters kept of a text; a longer one is cut, with an ellipsis."""

_HIDDEN = {"script", "style", "template", "noscript"}
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")


def plain_text(markup: str) -> str:
    """`markup` as one line of plain text in normal form C.

    >>> plain_text('<p>Safe &amp; <span class="highlight">sound</span></p><p>a.b@c.eu</p>')
    'Safe & sound [address removed]'
    """
    text = markup[: 4 * MAX_LENGTH]
    if "<" in text or "&" in text:
        text = _Words.of(text)
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    text = _ADDRESS.sub("[address removed]", " ".join(text.split()))
    return text if len(text) <= MAX_LENGTH else f"{text[: MAX_LENGTH - 1]}…"


def safe_address(text: str, *, base: str = "") -> str:
    """`text` as an absolute http or https address, or an empty string for any other: javascript:, data:, a bare path.

    >>> safe_address("javascript:alert(1)"), safe_address("/news/1", base="https://example.eu/feed")
    ('', 'https://example.eu/news/1')
    """
    address = "".join(text.split())
    try:
        parts = urlsplit(urljoin(base, address) if base else address)
        host = parts.hostname
    except ValueError:
        return ""
    safe = parts.scheme in {"http", "https"} and host and "@" not in parts.netloc
    return parts.geturl() if safe and parts.geturl().isprintable() else ""


class _Words(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.hidden = 0

    @classmethod
    def of(cls, markup: str) -> str:
        parser = cls()
        parser.feed(markup)
        parser.close()
        return "".join(parser.words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.hidden += tag in _HIDDEN
        # Inline marks stand inside words; everything else parts them.
        self.words.append("" if tag in {"span", "b", "i", "em", "strong", "sup", "sub", "a", "u"} else " ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _HIDDEN and self.hidden > 0
        self.words.append("" if tag in {"span", "b", "i", "em", "strong", "sup", "sub", "a", "u"} else " ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)
