"""Marks: the letters providers put beside a value, and what they mean for it or for the hole it left.

Letters combine freely and without separators ("bep", "EB"). The same letter changes its meaning with the list it comes
from: `P` is provisional among SDMX observation statuses and a secret among Eurostat's confidentiality marks, `F` is a
forecast or "free to publish". Eurostat's `i` meant "see metadata" before January 2025 and means imputed since.
A letter beside no value says which kind of nothing it is: Eurostat's ": c" is confidential, ": u" too unreliable to
publish, ": m" cannot exist.

Sources: SDMX code lists CL_OBS_STATUS 2.2 and CL_CONF_STATUS, Eurostat's statistical symbols (and their change of
27 January 2025), the flag words of OECD.Stat.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from observatory.codelists.absences import Absence
from observatory.codelists.flags import Flag


class Scheme(StrEnum):
    """Which list a mark is taken from."""

    SDMX = "sdmx"
    """Observation status of SDMX; small letters are read as Eurostat's."""
    EUROSTAT = "eurostat"
    """Eurostat's statistical symbols of today; capitals C, N and P are confidentiality marks."""
    EUROSTAT_OLD = "eurostat_old"
    """The same before 2025, as in files with the older header: `i` is "see metadata"."""
    CONFIDENTIALITY = "confidentiality"
    """Confidentiality status: everything but F (free) restricts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Meaning:
    """What one string of marks says."""

    flags: frozenset[Flag]
    """Flags where the marks stand beside a value."""
    flags_of_absence: frozenset[Flag]
    """Flags where they stand beside nothing."""
    absence: Absence
    """Which kind of nothing they stand beside, if they do."""


_PLAIN: dict[str, Flag] = {
    "B": Flag.BREAK,
    "D": Flag.DEFINITION_DIFFERS,
    "E": Flag.ESTIMATED,
    "F": Flag.FORECAST,
    "G": Flag.EXPERIMENTAL,
    "I": Flag.IMPUTED,
    "J": Flag.DEROGATION,
    "K": Flag.INCLUDED_ELSEWHERE,
    "N": Flag.NOT_SIGNIFICANT,
    "P": Flag.PROVISIONAL,
    "S": Flag.SPECIAL_EVENT,
    "U": Flag.LOW_RELIABILITY,
    "V": Flag.UNVALIDATED,
    "W": Flag.INCLUDES_OTHER,
    "C": Flag.RESTRICTED,
    "b": Flag.BREAK,
    "c": Flag.RESTRICTED,
    "d": Flag.DEFINITION_DIFFERS,
    "e": Flag.ESTIMATED,
    "f": Flag.FORECAST,
    "i": Flag.IMPUTED,
    "n": Flag.NOT_SIGNIFICANT,
    "p": Flag.PROVISIONAL,
    "r": Flag.REVISED,
    "s": Flag.ESTIMATED,
    "u": Flag.LOW_RELIABILITY,
}
_CONFIDENTIAL = "CNP"
"""Eurostat's confidentiality marks: confidential, not for publication, under non-statistical secrecy."""
_UNSPECIFIED = frozenset({"_A", "_N", "_O", "_U", "_X", "_Z"})
"""SDMX codes that say the status itself is unknown or does not apply."""
_NOTHING: dict[str, Absence] = {
    "L": Absence.NOT_COLLECTED,
    "M": Absence.NOT_APPLICABLE,
    "H": Absence.NOT_APPLICABLE,
    "O": Absence.NOT_REPORTED,
    "Q": Absence.SUPPRESSED,
    "m": Absence.NOT_APPLICABLE,
    "z": Absence.NOT_APPLICABLE,
}
"""Letters that only make sense where there is no value."""
_COLON = ":"
"""Eurostat's sign for "not available"; in JSON-stat it stands among the marks."""
_WITHHELD = frozenset({Flag.RESTRICTED, Flag.LOW_RELIABILITY, Flag.NOT_SIGNIFICANT})
"""Flags that, beside no value, explain why it is withheld."""
_ORDER = (Absence.SUPPRESSED, Absence.NOT_APPLICABLE, Absence.NOT_COLLECTED, Absence.NOT_REPORTED)
_WORDS: dict[str, str] = {
    "normal value": "A",
    "normal": "A",
    "break": "B",
    "break in series": "B",
    "break in time series": "B",
    "time series break": "B",
    "difference in methodology": "D",
    "definition differs": "D",
    "definition differs, see metadata": "D",
    "estimated": "E",
    "estimate": "E",
    "estimated value": "E",
    "forecast": "F",
    "forecast value": "F",
    "experimental value": "G",
    "imputed value": "I",
    "derogation": "J",
    "data included in another category": "K",
    "includes data from another category": "W",
    "not significant": "N",
    "provisional": "P",
    "provisional value": "P",
    "revised": "r",
    "strike": "S",
    "low reliability": "U",
    "unvalidated value": "V",
    "confidential": "C",
    "missing value": "O",
    "not available": "O",
    "na": "O",
    "n/a": "O",
    "missing value; data cannot exist": "M",
    "not applicable": "M",
    "missing value; data exist but were not collected": "L",
    "missing value; suppressed": "Q",
    "missing value; holiday or weekend": "H",
}
_SEPARATORS = re.compile(r"[;,|/+]")
_LETTERS = re.compile(r"[A-Za-z]{1,6}")


def meaning(marks: str, *, scheme: Scheme = Scheme.SDMX) -> Meaning:
    """What `marks`, as a provider wrote them, say. Unknown ones become the flag `unrecognised`, never an error.

    >>> sorted(meaning("bep", scheme=Scheme.EUROSTAT).flags)
    [<Flag.BREAK: 'break'>, <Flag.ESTIMATED: 'estimated'>, <Flag.PROVISIONAL: 'provisional'>]
    >>> meaning("c").absence, meaning("M").absence
    (<Absence.SUPPRESSED: 'suppressed'>, <Absence.NOT_APPLICABLE: 'not_applicable'>)
    """
    return meaning_of_all([(marks, scheme)])


def meaning_of_all(marks: Sequence[tuple[str, Scheme]]) -> Meaning:
    """What several status columns say together about one value."""
    flags: set[Flag] = set()
    nothings: set[Absence] = set()
    for text, scheme in marks:
        for sign in _signs(text, scheme):
            if isinstance(sign, Absence):
                nothings.add(sign)
            else:
                flags.add(sign)
    kinds = nothings | ({Absence.SUPPRESSED} if flags & _WITHHELD else set())
    return Meaning(
        flags=frozenset(flags | ({Flag.UNRECOGNISED} if nothings else set())),
        flags_of_absence=frozenset(flags),
        absence=next((kind for kind in _ORDER if kind in kinds), Absence.NOT_REPORTED),
    )


@cache
def _signs(text: str, scheme: Scheme) -> tuple[Flag | Absence, ...]:
    """Each mark of `text` as a flag or a kind of nothing; marks of a normal value are left out."""
    whole = " ".join(text.split()).casefold()
    parts = [text] if whole in _WORDS else _SEPARATORS.split(text)
    signs: list[Flag | Absence | None] = []
    for part in parts:
        words = " ".join(part.split()).casefold()
        if words in _WORDS:
            signs.append(_sign(_WORDS[words], Scheme.SDMX))
        else:
            signs.extend(sign for token in part.split() for sign in _signs_of_token(token, scheme))
    return tuple(sign for sign in signs if sign is not None)


def _signs_of_token(token: str, scheme: Scheme) -> list[Flag | Absence | None]:
    if token.startswith(_COLON):
        return [Absence.NOT_REPORTED, *(_signs_of_token(token[1:], scheme) if token[1:] else [])]
    if token in _UNSPECIFIED:
        return []
    if not _LETTERS.fullmatch(token):
        return [Flag.UNRECOGNISED]
    return [_sign(letter, scheme) for letter in token]


def _sign(letter: str, scheme: Scheme) -> Flag | Absence | None:
    """One letter as a flag or a kind of nothing; None for a normal value."""
    if scheme is Scheme.CONFIDENTIALITY:
        return None if letter in "Ff" else Flag.RESTRICTED
    if letter == "A":
        return None
    if scheme is Scheme.EUROSTAT_OLD and letter == "i":
        return Flag.SEE_METADATA
    if scheme in (Scheme.EUROSTAT, Scheme.EUROSTAT_OLD) and letter in _CONFIDENTIAL:
        return Flag.RESTRICTED
    return _NOTHING.get(letter) or _PLAIN.get(letter, Flag.UNRECOGNISED)
