"""Finding an indicator by what people call it, with the typing errors they make.

A Greek radiologist looks for "mamograph", a hurried one for "MIR", a French one for "IRM Finlande". Places are taken
out of the question first. Of the other words each must match something: be the same, begin the same, or be a slip of
the finger away. A word that is known is never taken for another.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from observatory.catalogue.model import Indicator, Topic
from observatory.codelists.areas import AreaKind, areas, fold
from observatory.codelists.endonyms import ENDONYMS
from observatory.publishing.search_words import ALSO_CALLED, MEANS

MODALITIES: Mapping[str, str] = {
    "CT": "computed tomography",
    "MR": "magnetic resonance imaging",
    "PET": "positron emission tomography",
    "NM": "nuclear medicine",
    "MG": "mammography",
    "RT": "radiotherapy",
    "US": "ultrasound",
    "XA": "angiography",
    "BMD": "bone densitometry",
    "RF": "fluoroscopy",
}
"""Code of a modality → its name."""

_WEIGHTS = {"title": 1.0, "called": 0.8, "topic": 0.6, "text": 0.35}
_CLOSE_ENOUGH = 0.55
"""Part of the best score below which an indicator is not shown."""
_LONGEST_NAME = 5
"""Most words of a name of a place."""
_FEWEST_LETTERS = 4
"""Fewest letters of a name; what is shorter is a code, which may mean something else."""
_LONG = 5
"""Fewest letters of a name that is understood in spite of a slip."""
_SLIP = 0.7
"""Likeness of a name with one slip to the name."""
_SHORT_NAMES = {"UK": "GBR", "Czech Republic": "CZE", "Korea": "KOR", "Turkey": "TUR", "Holland": "NLD"}
_BEGINS = 0.9
"""Likeness of a word to one that begins with it."""
_IGNORED = frozenset(
    (
        *(
            "a",
            "an",
            "and",
            "are",
            "by",
            "for",
            "have",
            "has",
            "how",
            "i",
            "in",
            "is",
            "many",
            "much",
            "of",
            "on",
            "per",
        ),
        *("country", "countrie", "region", "the", "to", "were", "what", "where", "which", "with"),
        *("de", "del", "der", "des", "di", "do", "du", "el", "en", "et", "im", "la", "le", "les", "los", "par", "por"),
        *("pro", "und", "y"),
    )
)
"""Words of a question that say nothing, in some of the languages it is asked in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One indicator that was found."""

    indicator: Indicator
    """What was found."""
    score: float
    """How well it fits, from 0 to 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The answer to a search."""

    hits: tuple[Hit, ...]
    """What was found, best first."""
    corrected: str
    """The question as it was understood, where a word of it was taken for another; else empty."""
    areas: tuple[str, ...] = ()
    """Ids of the areas that the question names, in its order: those to show of what was found."""


def search_indicators(indicators: Iterable[Indicator], question: str) -> Found:
    """The indicators that fit a question, best first; all of them, by title, where nothing is asked.

    A question without a letter or digit asks for something that nothing can fit.

    >>> search_indicators([], "mri").hits
    ()
    """
    everything = sorted(indicators, key=lambda one: one.title)
    documents = [_document(one) for one in everything]
    known = frozenset[str]().union(*documents)
    words = _words(question)[:12]
    if question.strip() and not words:
        return Found(hits=(), corrected="")
    rest, places = split_places(words, known=known)
    asked = [MEANS.get(word, word) for word in rest if word not in _IGNORED]
    if not asked:
        every = tuple(Hit(indicator=one, score=0.0) for one in everything)
        return Found(hits=every, corrected="", areas=places)
    certain = {word for word in asked if any(likeness(word, one) >= _BEGINS for one in known)}
    hits, readings = [], []
    for indicator, document in zip(everything, documents, strict=True):
        found = [_best(word, document, at_least=_BEGINS if word in certain else 0.0) for word in asked]
        if all(score > 0 for score, _ in found):
            hits.append(Hit(indicator=indicator, score=sum(score for score, _ in found) / len(found)))
            readings.append([word for _, word in found])
    best = max(range(len(hits)), key=lambda number: hits[number].score, default=None)
    corrected = "" if best is None else _corrected(asked, readings[best], certain=certain)
    fitting = [hit for hit in hits if hit.score >= _CLOSE_ENOUGH * max(one.score for one in hits)]
    return Found(hits=tuple(sorted(fitting, key=_order)), corrected=corrected, areas=places)


def _order(hit: Hit) -> tuple[float, int]:
    return (-round(hit.score, 2), list(Topic).index(hit.indicator.topic))


def nearest(text: str, names: Sequence[str], *, limit: int = 3) -> tuple[str, ...]:
    """The names most like a misspelt one, best first, compared word by word.

    >>> nearest("mri-unit-per-milion", ["population", "mri-units-per-million", "ct-scanners"])
    ('mri-units-per-million',)
    """
    asked = [word for word in _words(text)[:12] if word not in _IGNORED]
    scored = []
    for name in names:
        document = dict.fromkeys(_words(name), 1.0)
        total = sum(_best(word, document)[0] for word in asked)
        scored.append((total / max(len(asked), len(document), 1), name))
    return tuple(name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= 0.3)[:limit]


def split_places(words: Sequence[str], *, known: Collection[str]) -> tuple[list[str], tuple[str, ...]]:
    """(the other words, ids of the areas named): the longest names first, codes only where they mean nothing else.

    >>> split_places(["mri", "finland", "united", "kingdom"], known=["mri"])
    (['mri'], ('FIN', 'GBR'))
    """
    rest: list[str] = []
    places: dict[str, None] = {}
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
            area = _place(words[at : at + length], known)
            if area:
                places[area] = None
                at += length
                break
        else:
            rest.append(words[at])
            at += 1
    return rest, tuple(places)


def _place(words: Sequence[str], known: Collection[str]) -> str:
    """The area that words name, slips of a long name included; empty for none."""
    names, name = _place_names(), " ".join(words)
    is_code = len(name) < _FEWEST_LETTERS
    if len(words) == 1 and (name in MEANS or name in _IGNORED or (is_code and name in known)):
        return ""
    if name in names:
        return names[name]
    if len(words) > 1 or len(name) < _LONG or any(likeness(name, word) > 0 for word in known):
        return ""
    near = {area for spelling, area in names.items() if " " not in spelling and likeness(name, spelling) >= _SLIP}
    return near.pop() if len(near) == 1 else ""


@cache
def _place_names() -> Mapping[str, str]:
    """The words of a name, as `_words` leaves them → id of the country or region. Codes of two letters are no names."""
    named = {area.name: area.id for area in areas().values() if area.kind is not AreaKind.AGGREGATE}
    named |= {area.id: area.id for area in areas().values() if area.kind is AreaKind.COUNTRY}
    named |= {name: area for area, names in ENDONYMS.items() for name in names} | _SHORT_NAMES
    return {" ".join(_words(name)): area for name, area in named.items()}


@lru_cache(maxsize=1024)
def _vocabulary(fields: tuple[tuple[str, str], ...]) -> Mapping[str, float]:
    words: dict[str, float] = {}
    for field, text in fields:
        for word in _words(text):
            words[word] = max(words.get(word, 0.0), _WEIGHTS[field])
    return words


def _document(indicator: Indicator) -> Mapping[str, float]:
    """Each word an indicator may be found by → its weight."""
    modality = f"{MODALITIES.get(indicator.modality, '')} {ALSO_CALLED.get(indicator.modality, '')}"
    return _vocabulary(
        (
            ("title", f"{indicator.title} {indicator.short_title} {indicator.id}"),
            ("called", f"{' '.join(indicator.keywords)} {modality}"),
            ("topic", indicator.topic.value),
            ("text", indicator.definition),
        )
    )


def _best(word: str, document: Mapping[str, float], *, at_least: float = 0.0) -> tuple[float, str]:
    """(score, word of the document) of the best match that is at least so alike; (0, word) for none."""
    best = (0.0, word)
    for candidate, weight in document.items():
        alike = likeness(word, candidate)
        score = alike * weight
        if alike >= at_least and score > best[0]:
            best = (score, candidate)
    return best


@lru_cache(maxsize=65_536)
def likeness(asked: str, word: str) -> float:
    """How far a word asked may stand for a word written, from 0 to 1.

    >>> [round(likeness("mir", "mri"), 1), likeness("mamograph", "mammographs") > 0.5, likeness("cat", "population")]
    [0.7, True, 0.0]
    """
    if asked == word:
        return 1.0
    if len(asked) >= 2 and word.startswith(asked):
        return _BEGINS
    if len(asked) < 3 or abs(len(asked) - len(word)) > 3:
        return 0.0
    if sorted(asked) != sorted(word) and (len(asked) < 4 or (len(asked) == 4 and asked[0] != word[0])):
        return 0.0
    allowed = 1 if len(asked) < 7 else 2
    if (_letters(asked) & ~_letters(word)).bit_count() > allowed:
        return 0.0
    beginnings = (word[: len(asked) + 1], word[: len(asked)])
    slips = min(_distance(asked, word), *(_distance(asked, beginning) + 0.5 for beginning in beginnings))
    return max(0.0, 0.9 - 0.2 * slips) if slips <= allowed + 0.5 else 0.0


@lru_cache(maxsize=65_536)
def _letters(word: str) -> int:
    """A bit for each letter of a word: one that the other word lacks costs a slip at least, which is seen at once."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % 61)
    return mask


def _distance(left: str, right: str) -> int:
    """Letters to insert, delete, replace or swap with their neighbour to turn one word into the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _words(text: str) -> list[str]:
    """The words, small, without accents, and without the plural's s."""
    words = re.findall(r"\w+", fold(text))
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]


def _corrected(asked: list[str], read: list[str], *, certain: set[str]) -> str:
    return " ".join(read) if any(word not in certain for word in asked) else ""
