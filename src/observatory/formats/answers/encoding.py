"""Is it UTF-8? Latin letters in another encoding are found by line, not shown as question marks.

A file cut inside a letter looks the same to a decoder, but calls for another remedy.
"""

from codecs import getincrementaldecoder
from typing import NoReturn

from observatory.errors import SourceChanged

_BLOCK = 1 << 20


def check_utf_8(content: bytes, *, name: str) -> None:
    """Raise SourceChanged, naming the line, where `content` is not UTF-8."""
    if content.isascii():
        return
    decoder = getincrementaldecoder("utf-8")()
    view = memoryview(content)
    try:
        for start in range(0, len(content), _BLOCK):
            decoder.decode(view[start : start + _BLOCK], final=start + _BLOCK >= len(content))
    except UnicodeDecodeError:
        _refuse(content, name=name)


def _refuse(content: bytes, *, name: str) -> NoReturn:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = error.start - content.rfind(b"\n", 0, error.start)
        cut = error.end == len(content) and error.reason == "unexpected end of data"
        raise SourceChanged(
            "the file is cut inside a letter" if cut else "the text is in the wrong encoding",
            file=name,
            place=f"line {line}, byte {byte}",
            expected="UTF-8",
            found=f"byte 0x{content[error.start]:02x}",
            remedy="Fetch the file again."
            if cut
            else "Save the file as UTF-8, or see whether the provider changed it.",
        ) from None
    raise AssertionError(name)
