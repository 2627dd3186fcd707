"""Finding an indicator by what people call it, with the typing errors they make.

A Greek radiologist looks for "mamograph", a hurried one for "MIR", a French one for "IRM". A word matches when it is
the same, begins the same, or is one slip of a finger away; every word of the question must match something.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from observatory.catalogue.model import Indicator, Topic

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

_ALSO_CALLED = {
    "CT": "ct scan scanner cat tac tdm tomodensitometry computertomographie",
    "MR": "mri mr nmr irm rmn mrt kernspin scanner",
    "PET": "pet petct pet-ct tep scanner",
    "NM": "gamma camera spect scintigraphy nuclear",
    "MG": "mammogram mammograph breast",
    "RT": "radiation therapy linac linear accelerator cobalt oncology",
    "US": "sonography echography",
    "XA": "angiogram catheter",
    "BMD": "dxa dexa osteoporosis",
    "RF": "barium",
}
_WEIGHTS = {"title": 1.0, "called": 0.8, "topic": 0.6, "text": 0.35}
_CLOSE_ENOUGH = 0.55
"""Part of the best score below which an indicator is not shown."""
_IGNORED = frozenset(["a", "an", "and", "by", "for", "how", "in", "is", "many", "of", "on", "per", "the", "to", "with"])


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


def search_indicators(indicators: Iterable[Indicator], question: str) -> Found:
    """The indicators that fit a question, best first; all of them, by title, where nothing is asked.

    >>> search_indicators([], "mri").hits
    ()
    """
    asked = _words(question)[:12]
    everything = sorted(indicators, key=lambda one: one.title)
    if not asked:
        return Found(hits=tuple(Hit(indicator=one, score=0.0) for one in everything), corrected="")
    hits, readings = [], []
    for indicator in everything:
        found = [_best(word, _document(indicator)) for word in asked]
        if all(score > 0 for score, _ in found):
            hits.append(Hit(indicator=indicator, score=sum(score for score, _ in found) / len(found)))
            readings.append([word for _, word in found])
    best = max(range(len(hits)), key=lambda number: hits[number].score, default=None)
    corrected = "" if best is None else _corrected(asked, readings[best])
    fitting = [hit for hit in hits if hit.score >= _CLOSE_ENOUGH * max(one.score for one in hits)]
    return Found(hits=tuple(sorted(fitting, key=_order)), corrected=corrected)


def _order(hit: Hit) -> tuple[float, int]:
    return (-round(hit.score, 2), list(Topic).index(hit.indicator.topic))


def nearest(text: str, names: Sequence[str], *, limit: int = 3) -> tuple[str, ...]:
    """The names most like a misspelt one, best first, compared word by word.

    >>> nearest("mri-unit-per-milion", ["population", "mri-units-per-million", "ct-scanners"])
    ('mri-units-per-million',)
    """
    asked = _words(text)[:12]
    scored = []
    for name in names:
        document = dict.fromkeys(_words(name), 1.0)
        total = sum(_best(word, document)[0] for word in asked)
        scored.append((total / max(len(asked), len(document), 1), name))
    return tuple(name for score, name in sorted(scored, key=lambda pair: -pair[0]) if score >= 0.3)[:limit]


@lru_cache(maxsize=1024)
def _vocabulary(fields: tuple[tuple[str, str], ...]) -> Mapping[str, float]:
    words: dict[str, float] = {}
    for field, text in fields:
        for word in _words(text):
            words[word] = max(words.get(word, 0.0), _WEIGHTS[field])
    return words


def _document(indicator: Indicator) -> Mapping[str, float]:
    """Each word an indicator may be found by → its weight."""
    modality = f"{MODALITIES.get(indicator.modality, '')} {_ALSO_CALLED.get(indicator.modality, '')}"
    return _vocabulary(
        (
            ("title", f"{indicator.title} {indicator.short_title} {indicator.id}"),
            ("called", f"{' '.join(indicator.keywords)} {modality}"),
            ("topic", indicator.topic.value),
            ("text", indicator.definition),
        )
    )


def _best(word: str, document: Mapping[str, float]) -> tuple[float, str]:
    """(score, word of the document) of the best match; (0, word) for none."""
    best = (0.0, word)
    for candidate, weight in document.items():
        score = likeness(word, candidate) * weight
        if score > best[0]:
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
        return 0.9
    if len(asked) < 3 or abs(len(asked) - len(word)) > 3:
        return 0.0
    if sorted(asked) != sorted(word) and (len(asked) < 4 or (len(asked) == 4 and asked[0] != word[0])):
        return 0.0
    allowed = 1 if len(asked) < 7 else 2
    beginnings = (word[: len(asked) + 1], word[: len(asked)])
    slips = min(_distance(asked, word), *(_distance(asked, beginning) + 0.5 for beginning in beginnings))
    return max(0.0, 0.9 - 0.2 * slips) if slips <= allowed + 0.5 else 0.0


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
    """The words that count, small, without accents, and without the plural's s."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _IGNORED]
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]


def _corrected(asked: list[str], read: list[str]) -> str:
    taken = [
        word if word.startswith(ask) or ask.startswith(word) else "" for ask, word in zip(asked, read, strict=True)
    ]
    return "" if all(taken) else " ".join(read)
