"""Writing SVG: numbers without noise, texts without risk."""

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=16384)
def px(value: float) -> str:
    """A coordinate with one decimal, and without it where it is zero.

    >>> px(12.0), px(12.34), px(-0.04)
    ('12', '12.3', '0')
    """
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text


def safe(words: str, *, quoted: bool = False) -> str:
    r"""Words as they may stand in a text of SVG or, `quoted`, in an attribute.

    Publishers' comments hold characters that XML forbids even when escaped; one of them makes a browser refuse the
    whole drawing.

    >>> safe("more than 5\x0b & <10")
    'more than 5� &amp; &lt;10'
    """
    return escape(_FORBIDDEN.sub("\ufffd", words), quote=quoted)


def text_at(x: float, y: float, words: str, *, kind: str = "", attributes: str = "") -> str:
    """A line of text whose baseline begins (or, by its class, ends or is centred) at a place."""
    css = f' class="{kind}"' if kind else ""
    return f'<text x="{px(x)}" y="{px(y)}"{css}{attributes}>{safe(words)}</text>'


def lines_at(x: float, y: float, lines: Sequence[str], *, kind: str = "", leading: float = 16.0) -> str:
    """Lines of text below each other."""
    return "".join(text_at(x, y + leading * number, line, kind=kind) for number, line in enumerate(lines))


def titled(words: str, body: str, *, address: str | None, kind: str = "") -> str:
    """A part of the drawing with a name: a link to its row in the table, or a group where there is no table.

    The name is its tooltip and what a screen reader says. Addresses are escaped; `body` is SVG already.
    """
    css = f' class="{kind}"' if kind else ""
    title = f"<title>{safe(words)}</title>"
    if address is None:
        return f"<g{css}>{title}{body}</g>"
    return f'<a{css} href="{safe(address, quoted=True)}">{title}{body}</a>'
