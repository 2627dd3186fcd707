"""Phrases and the texts they are looked for in, brought to one form: no accents, no case, plain quotes and dashes."""

import re
import unicodedata
from collections.abc import Iterable

_SAME = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "‒": "-"})
_NEVER = re.compile(r"(?!)")


def fold(text: str) -> str:
    """`text` for comparing.

    >>> fold("Kunstliche Intelligenz – patients’ rights") == fold("künstliche  intelligenz - Patients' rights")
    True
    """
    # Quotes first: the compatibility form would tear an accent from its blank.
    plain = unicodedata.normalize("NFKD", text.translate(_SAME))
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).casefold().split())


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of `phrases` in a folded text; of no phrases, one that finds nothing.

    Phrases begin where words begin. Between words a blank may be a hyphen. * stands for any ending of a word.

    >>> compile_phrases(["medical device*"]).search(fold("Rules on Medical-Devices"))[0]
    'medical-devices'
    """
    alternatives = [_pattern(fold(phrase)) for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)") if alternatives else _NEVER


def _pattern(phrase: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return r"[\s-]+".join(words)
