"""The rule book of relevance, `catalogue/affairs/relevance.yaml`, as frozen values; the docstrings are its manual.

No descriptor of EuroVoc says radiology or medical imaging, pending files often carry no descriptor yet, and nuclear
safety and food irradiation share words with us. So the evidence is of several kinds, each with points that a person
can read, dispute and change.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from observatory.affairs.phrases import compile_phrases
from observatory.catalogue.reading import read_yaml
from observatory.errors import SourceChanged
from observatory.proceedings.references import parse_reference, spread

MANUAL = "See the field docstrings in observatory/affairs/rule_book.py."


class Ledger(StrEnum):
    """Where points are entered."""

    CORE = "core"
    """Evidence that an item is ours; it counts for watching too."""
    WATCH = "watch"
    """Evidence that an item is worth watching."""
    AGAINST = "against"
    """Evidence that it is not; it is taken off both."""


@dataclass(frozen=True, kw_only=True)
class WatchedAct:
    """A file we follow: an item that cites one of its numbers has to do with it."""

    name: str
    """What we call it."""
    ledger: Ledger
    """Whether an item that cites it is ours or worth watching."""
    numbers: list[str]
    """Its acts, procedures and documents, in any spelling."""


@dataclass(frozen=True, kw_only=True)
class TopicRule:
    """What a topic, a lead committee or a department says of an item."""

    names: list[str]
    """Codes and names, as sources give them."""
    core: float
    """Points for core."""
    watch: float
    """Points for watching."""


@dataclass(frozen=True, kw_only=True)
class DescriptorRule:
    """What EuroVoc descriptors say of an item."""

    ledger: Ledger
    """Where the points go."""
    points: float
    """For each descriptor."""
    descriptors: dict[int, str]
    """Number → name."""


@dataclass(frozen=True, kw_only=True)
class Signal:
    """Phrases in context. A signal counts once, however many of its phrases stand in a text."""

    id: str
    """Names it in reasons."""
    ledger: Ledger
    """Where the points go."""
    points: float
    """For a phrase in the title."""
    phrases: list[str]
    """What is looked for at the beginnings of words, whatever the accents; * stands for any ending."""
    needs: list[str] = field(default_factory=list)
    """One of these must stand in the same text."""
    unless: list[str] = field(default_factory=list)
    """None of these may stand in the same text."""

    def find(self, text: str) -> str:
        """The phrase found in a folded text, whose context agrees; else an empty string."""
        match = self._patterns[0].search(text)
        if match is None or (self.needs and not self._patterns[1].search(text)):
            return ""
        return "" if self.unless and self._patterns[2].search(text) else match[0]

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
        return compile_phrases(self.phrases), compile_phrases(self.needs), compile_phrases(self.unless)


@dataclass(frozen=True, kw_only=True)
class RuleBook:
    """All evidence that counts, and from where on."""

    dated: date
    """The day on which a person last went through it."""
    core_from: float
    """Points of the core ledger from which an item is core."""
    watch_from: float
    """Points of the watch ledger from which it is worth watching."""
    summary_share: float
    """What a phrase or a citation in a summary is worth of one in a title."""
    acts: list[WatchedAct]
    """Files we follow."""
    act_points: dict[Ledger, float]
    """What citing one of them is worth."""
    topics: list[TopicRule]
    """Topics, committees, departments, subjects."""
    eurovoc: list[DescriptorRule]
    """Descriptors."""
    signals: list[Signal]
    """Phrases."""

    @cached_property
    def acts_by_number(self) -> dict[str, WatchedAct]:
        """Canonical number → the file it belongs to. Raises ValueError for a number nobody can read."""
        return {value: act for act in self.acts for text in act.numbers for value in spread([parse_reference(text)])}

    @cached_property
    def topics_by_name(self) -> dict[str, TopicRule]:
        """Folded name → its rule."""
        return {name.casefold(): rule for rule in self.topics for name in rule.names}

    @cached_property
    def descriptors_by_name(self) -> dict[str, tuple[DescriptorRule, str]]:
        """Number, and folded name → the rule and the name."""
        found = {}
        for rule in self.eurovoc:
            for number, name in rule.descriptors.items():
                found[str(number)] = found[name.casefold()] = (rule, name)
        return found


def read_rule_book(path: Path) -> RuleBook:
    """The rule book in `path`. Raises SourceChanged for what does not fit its classes, or a number nobody can read."""
    book = read_yaml(path, RuleBook, manual=MANUAL)
    try:
        book.acts_by_number  # noqa: B018 (read once, so that a slip is found here)
    except ValueError as error:
        raise SourceChanged(
            "a watched act has a number nobody can read", file=str(path), found=str(error), remedy=MANUAL
        ) from error
    ids = [signal.id for signal in book.signals]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise SourceChanged("a signal stands twice", file=str(path), found=", ".join(sorted(twice)), remedy=MANUAL)
    return book
