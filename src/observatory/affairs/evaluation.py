"""How well the rule book judges titles whose class is known, by cross-validation; what is fitted is fitted in folds.

Three figures are told apart. *As written*: the rule book with its own thresholds. *Thresholds fitted*: each fold is
judged with the thresholds that did best on the others. *Proven rules only*: besides, a rule counts in a fold only if it
also found something in the others, so that no phrase is credited for the one title it may have been written for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from observatory.affairs.relevance import Item, Verdict, classify, judge
from observatory.affairs.rule_book import RuleBook

CLASSES = (0, 1, 2)
_CORE_FROM = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0)
_WATCH_FROM = (0.75, 1.0, 1.25, 1.5, 2.0, 2.5)


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """An item whose class a person has said."""

    item: Item
    """What is judged."""
    relevance: int
    """2, 1 or 0."""


@dataclass(frozen=True, kw_only=True)
class Confusion:
    """How often a class was judged as which; repeats of the cross-validation are added up."""

    counts: tuple[tuple[int, int, int], ...]
    """counts[said][judged]."""

    def recall(self, *classes: int) -> float:
        """Of the items in `classes`, the share judged to be in one of them."""
        there = sum(sum(self.counts[said]) for said in classes)
        found = sum(self.counts[said][judged] for said in classes for judged in classes)
        return found / there if there else 1.0

    def precision(self, *classes: int) -> float:
        """Of the items judged to be in `classes`, the share that is in one of them."""
        judged_so = sum(self.counts[said][judged] for said in CLASSES for judged in classes)
        found = sum(self.counts[said][judged] for said in classes for judged in classes)
        return found / judged_so if judged_so else 1.0

    @property
    def false_per_true(self) -> float:
        """False items for each true one, among those judged ours or worth watching."""
        precision = self.precision(1, 2)
        return (1 - precision) / precision if precision else float("inf")


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The three figures."""

    as_written: Confusion
    """The rule book as it is."""
    thresholds_fitted: Confusion
    """Thresholds from the other folds."""
    proven_only: Confusion
    """Thresholds and rules from the other folds."""


def evaluate(labelled: Sequence[Labelled], book: RuleBook, *, folds: int = 5, repeats: int = 10) -> Evaluation:
    """Judge every item in each repeat by what the other folds taught. Folds hold each class in equal share."""
    written = [(one.relevance, judge(one.item, book).relevance) for one in labelled]
    fitted: list[tuple[int, int]] = []
    proven: list[tuple[int, int]] = []
    for repeat in range(repeats):
        for held in _folds(labelled, folds=folds, seed=repeat):
            training = [one for at, one in enumerate(labelled) if at not in held]
            testing = [labelled[at] for at in sorted(held)]
            fitted += _judged(testing, fit_thresholds(training, book))
            rules = frozenset(reason.rule for one in training for reason in judge(one.item, book).reasons)
            proven += _judged(testing, fit_thresholds(training, book, only=rules), only=rules)
    return Evaluation(
        as_written=_confusion(written), thresholds_fitted=_confusion(fitted), proven_only=_confusion(proven)
    )


def fit_thresholds(training: Sequence[Labelled], book: RuleBook, *, only: frozenset[str] | None = None) -> RuleBook:
    """`book` with the thresholds that judge `training` best, by the mean recall of the classes; its own in a tie."""
    verdicts = [(one.relevance, judge(one.item, book, only=only)) for one in training]
    own = (book.core_from, book.watch_from)
    choices = [own, *((core, watch) for core in _CORE_FROM for watch in _WATCH_FROM if watch <= core)]
    best = max(choices, key=lambda choice: (_mean_recall(verdicts, *choice), choice == own))
    return replace(book, core_from=best[0], watch_from=best[1])


def _mean_recall(verdicts: Sequence[tuple[int, Verdict]], core_from: float, watch_from: float) -> float:
    pairs = [
        (said, classify(verdict.core, verdict.watch, core_from=core_from, watch_from=watch_from))
        for said, verdict in verdicts
    ]
    confusion = _confusion(pairs)
    return sum(confusion.recall(one) for one in CLASSES) / len(CLASSES)


def _judged(
    testing: Sequence[Labelled], book: RuleBook, *, only: frozenset[str] | None = None
) -> list[tuple[int, int]]:
    return [(one.relevance, judge(one.item, book, only=only).relevance) for one in testing]


def _confusion(pairs: Sequence[tuple[int, int]]) -> Confusion:
    rows = [[0, 0, 0] for _ in CLASSES]
    for said, judged in pairs:
        rows[said][judged] += 1
    return Confusion(counts=tuple((row[0], row[1], row[2]) for row in rows))


def _folds(labelled: Sequence[Labelled], *, folds: int, seed: int) -> list[set[int]]:
    """Indices of each fold; every class is dealt out like cards."""
    dealt: list[set[int]] = [set() for _ in range(folds)]
    dealer = Random(seed)  # noqa: S311 (nothing here is secret)
    at_fold = 0
    for relevance in CLASSES:
        of_class = [at for at, one in enumerate(labelled) if one.relevance == relevance]
        dealer.shuffle(of_class)
        for at in of_class:
            dealt[at_fold % folds].add(at)
            at_fold += 1
    return dealt
