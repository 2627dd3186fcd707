"""Relevance: whether an item is ours (2), worth watching (1) or neither (0), and every reason for it.

Nothing is learnt and nothing is hidden: the verdict is a sum of points, each with the evidence it was given for. What
scores low is told as well, with what spoke against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatory.affairs.phrases import fold
from observatory.affairs.rule_book import Ledger, RuleBook
from observatory.proceedings.references import list_references, parse_reference, spread


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What is judged."""

    title: str
    """Its title, in any language."""
    summary: str = ""
    """Plain text."""
    references: tuple[str, ...] = ()
    """Numbers it carries or cites, in any spelling."""
    topics: tuple[str, ...] = ()
    """Topics, committees, departments, EuroVoc descriptors: codes or names."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """One piece of evidence."""

    rule: str
    """The rule it comes from, such as signal:imaging."""
    says: str
    """What was found, in words."""
    core: float
    """Points for core; negative for evidence against."""
    watch: float
    """Points for watching."""

    def __str__(self) -> str:
        """As a person reads it: the words and the points that count."""
        return f"{self.says} ({self.core or self.watch:+g}{' core' if self.core > 0 else ''})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The class of an item and why."""

    relevance: int
    """2 ours, 1 worth watching, 0 neither."""
    core: float
    """Sum of the core ledger."""
    watch: float
    """Sum of the watch ledger."""
    reasons: tuple[Reason, ...]
    """Every piece of evidence, the strongest first."""


def judge(item: Item, book: RuleBook, *, only: frozenset[str] | None = None) -> Verdict:
    """The verdict on `item` by `book`; with `only`, by the rules of these names alone."""
    reasons = [reason for reason in _reasons(item, book) if only is None or reason.rule in only]
    core = sum(reason.core for reason in reasons)
    watch = sum(reason.watch for reason in reasons)
    return Verdict(
        relevance=classify(core, watch, core_from=book.core_from, watch_from=book.watch_from),
        core=round(core, 3),
        watch=round(watch, 3),
        reasons=tuple(sorted(reasons, key=lambda reason: (-abs(reason.core or reason.watch), reason.says))),
    )


def classify(core: float, watch: float, *, core_from: float, watch_from: float) -> int:
    """2, 1 or 0, by the sums of the ledgers. What is core is worth watching."""
    # Sums of shares such as 0.6 × 3.0 fall short of a threshold by less than this.
    grain = 1e-6
    if core >= core_from - grain:
        return 2
    return 1 if watch >= watch_from - grain else 0


def _reasons(item: Item, book: RuleBook) -> Iterator[Reason]:
    title, summary = fold(item.title), fold(item.summary)
    yield from _cited(item, book)
    yield from _topics(item.topics, book)
    for signal in book.signals:
        # Context is judged within each text: what a summary adds does not unsay a title.
        for text, where, share in ((title, "title", 1.0), (summary, "summary", book.summary_share)):
            if text and (phrase := signal.find(text)):
                says = f"{signal.id}: “{phrase}” in the {where}"
                yield _reason(f"signal:{signal.id}", says, signal.ledger, signal.points * share)
                break


def _cited(item: Item, book: RuleBook) -> Iterator[Reason]:
    """Each watched file once: by the item's numbers and title in full, else by its summary in part."""
    full = spread(list_references(item.title)) | {value for text in item.references for value in _numbers(text)}
    texts = ((full, "cites", 1.0), (spread(list_references(item.summary)), "its summary cites", book.summary_share))
    seen: set[str] = set()
    for values, words, share in texts:
        for value in sorted(values):
            act = book.acts_by_number.get(value)
            if act is not None and act.name not in seen:
                seen.add(act.name)
                yield _reason(f"act:{act.name}", f"{words} {act.name}, {value}", act.ledger,
                              book.act_points[act.ledger] * share)  # fmt: skip


def _numbers(text: str) -> set[str]:
    """What a reference may be looked up by: the one number it is, and those that stand in it."""
    try:
        own = spread([parse_reference(text)])
    except ValueError:
        own = set()
    return own | spread(list_references(text))


def _topics(topics: Sequence[str], book: RuleBook) -> Iterator[Reason]:
    """Each rule once, whichever of its names came."""
    seen: set[str] = set()
    for topic in topics:
        name = topic.strip().rpartition("/")[2].casefold()
        rule = book.topics_by_name.get(name)
        descriptor, label = book.descriptors_by_name.get(name, (None, ""))
        # "Public health" is a topic of the portal before it is a descriptor.
        key = rule.names[0] if rule else label
        if not key or key in seen:
            continue
        seen.add(key)
        if rule:
            yield Reason(rule=f"topic:{key}", says=f"topic {topic.strip()}", core=rule.core, watch=rule.watch)
        elif descriptor:
            says = f"EuroVoc descriptor {label}"
            yield _reason(f"eurovoc:{label}", says, descriptor.ledger, descriptor.points)


def _reason(rule: str, says: str, ledger: Ledger, points: float) -> Reason:
    if ledger is Ledger.AGAINST:
        return Reason(rule=rule, says=f"against, {says}", core=-points, watch=-points)
    return Reason(rule=rule, says=says, core=points if ledger is Ledger.CORE else 0.0, watch=points)
