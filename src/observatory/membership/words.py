"""Applicants' own words for professions and roles, and the codes behind them.

People write "X-ray technician", "Radiologists", "médica radiologista". A table of words maps each to one code; words
are compared without case, accents, hyphens and a plural's last s, and never by likeness: a word nobody listed is an
error with the nearest words, because a near miss can cost someone a fee.
"""

import difflib
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from observatory.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Word:
    """One code and the words for it."""

    code: str
    """Code used in rule books."""
    name: str
    """As a sentence says it."""
    isco_08: str = ""
    """Unit group of the International Standard Classification of Occupations; empty where there is no single one."""
    implies: dict[str, bool | str] = field(default_factory=dict)
    """Question → the answer that the word gives as well."""
    words: list[str]
    """What people write."""


@dataclass(frozen=True, kw_only=True)
class Modifier:
    """Words before or after a profession that answer another question: retired, in training."""

    words: list[str]
    """What people write."""
    implies: dict[str, bool | str]
    """Question → answer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """The whole table. Compared by identity."""

    professions: list[Word]
    """Professions and occupations."""
    roles: list[Word]
    """Roles in an organisation."""
    modifiers: list[Modifier] = field(default_factory=list)
    """Words that go with a profession."""
    countries: dict[str, str] = field(default_factory=dict)
    """Name of a country that the list of areas does not hold → area id."""
    former_countries: dict[str, str] = field(default_factory=dict)
    """Country that is no more → the countries of today to name instead."""

    @cached_property
    def profession_names(self) -> dict[str, str]:
        """Code → name of each profession."""
        return {word.code: word.name for word in self.professions}

    @cached_property
    def role_names(self) -> dict[str, str]:
        """Code → name of each role."""
        return {word.code: word.name for word in self.roles}

    def get_profession(self, said: str) -> tuple[Word, dict[str, bool | str]]:
        """The profession someone means, and what else the words answer. Raises NotFound with the nearest words."""
        rest, implied = plain_words(said), dict[str, bool | str]()
        while True:
            word = _find(self._professions, rest)
            if word is not None:
                return word, {**implied, **word.implies}
            shorter = self._without_modifier(rest)
            if shorter is None:
                raise _unknown(said, place="profession", words=self._professions, known=self.professions)
            rest, answers = shorter
            implied = {**answers, **implied}

    def find_country(self, said: str) -> str | None:
        """Area id of a country by a name that the list of areas does not hold, or None."""
        return self._countries.get(plain_words(said))

    def get_role(self, said: str) -> Word:
        """The role someone means. Raises NotFound with the nearest words."""
        word = _find(self._roles, plain_words(said))
        if word is None:
            raise _unknown(said, place="organisation_role", words=self._roles, known=self.roles)
        return word

    def _without_modifier(self, plain: str) -> tuple[str, dict[str, bool | str]] | None:
        for modifier, text in self._modifiers:
            rest = plain.removeprefix(f"{text} ").removesuffix(f" {text}")
            if rest != plain:
                return rest, modifier.implies
        return None

    @cached_property
    def _professions(self) -> dict[str, Word]:
        return {plain_words(text): word for word in self.professions for text in (word.code, word.name, *word.words)}

    @cached_property
    def _roles(self) -> dict[str, Word]:
        return {plain_words(text): word for word in self.roles for text in (word.code, word.name, *word.words)}

    @cached_property
    def _countries(self) -> dict[str, str]:
        return {plain_words(name): area for name, area in self.countries.items()}

    @cached_property
    def _modifiers(self) -> list[tuple[Modifier, str]]:
        return [(modifier, plain_words(text)) for modifier in self.modifiers for text in modifier.words]


@lru_cache(maxsize=8192)
def plain_words(text: str) -> str:
    """`text` without case, accents, hyphens, points and doubled spaces, for comparing.

    >>> plain_words("  X-Ray   TECHNICIAN."), plain_words("Médico_radiologista")
    ('x ray technician', 'medico radiologista')
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (" " if not character.isalnum() else character for character in decomposed if not _is_accent(character))
    return " ".join("".join(kept).split())


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) != 0


def _find(words: dict[str, Word], plain: str) -> Word | None:
    return words.get(plain) or words.get(plain.removesuffix("s"))


def _unknown(said: str, *, place: str, words: dict[str, Word], known: list[Word]) -> NotFound:
    near = difflib.get_close_matches(plain_words(said), words, n=6, cutoff=0.6)
    suggestions = tuple(dict.fromkeys(words[text].code for text in near))[:3]
    problem = f"nobody listed the word {said[:80]!r}"
    if suggestions:
        return NotFound(problem, place=place, suggestions=suggestions)
    return NotFound(problem, place=place, remedy=f"Write one of {', '.join(word.code for word in known)}.")
