"""The affairs desk: how well the rule book judges titles a person has judged, and how long five thousand items take.

The titles are real and not kept here; where they are not, only the times are told. `python -m bench.affairs` prints
this part alone.
"""

import csv
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from observatory.affairs.evaluation import Confusion, Labelled, evaluate
from observatory.affairs.relevance import Item, judge
from observatory.affairs.rule_book import RuleBook, read_rule_book
from observatory.observations.payload import Payload
from observatory.providers import get_proceedings_reader

PROJECT = Path(__file__).resolve().parents[1]
TITLES = PROJECT.parent / "shared" / "specimens" / "affairs" / "labelled_titles.csv"
ITEMS = 5_000


def report() -> str:
    """Both tables, in Markdown."""
    book = read_rule_book(PROJECT / "catalogue" / "affairs" / "relevance.yaml")
    return "\n\n".join([_sweep(book), _judgement(book)])


def _sweep(book: RuleBook) -> str:
    rows = [
        {
            "id": float(number),
            "shortTitle": f"Initiative {number} on medical devices, artificial intelligence and fisheries policy",
            "topics": [{"code": "HEALTH"}],
            "currentStatuses": [{"receivingFeedbackStatus": "OPEN", "feedbackEndDate": "2026/12/01 23:59:59"}],
            "initiativeTranslations": [{"field": "SUMMARY", "language": "EN", "value": "<p>Rules on health.</p>" * 20}],
        }
        for number in range(1, ITEMS + 1)
    ]
    pages = [json.dumps({"content": rows[at : at + 100]}).encode() for at in range(0, ITEMS, 100)]
    read = get_proceedings_reader("have-your-say")
    start = time.perf_counter()
    records = [record for page in pages for record in read(Payload(name="page", content=page)).records]
    read_in = time.perf_counter() - start
    for record in records:
        judge(Item(title=record.title, summary=record.summary, topics=record.topics), book)
    judged_in = time.perf_counter() - start - read_in
    return (
        f"{len(records)} made-up consultations on {len(pages)} pages: read in {read_in:.2f} s, judged with reasons in "
        f"{judged_in:.2f} s, without the database."
    )


def _judgement(book: RuleBook) -> str:
    if not TITLES.is_file():
        return "The titles that a person has judged are not here, so precision and recall were not measured."
    lines = [
        "Cross-validation, five folds, ten times; what each line means stands in `observatory.affairs.evaluation`.",
        "| input | rules | recall 2 | precision 2 | recall 1 | precision 1 | recall 1+2 | false for each true |",
        "|---|---|---|---|---|---|---|---|",
    ]
    sizes: Counter[int] = Counter()
    for name, fields in (("titles alone", 0), ("with topics", 1), ("with topics and own number", 2)):
        labelled = list(_labelled(fields))
        sizes = Counter(one.relevance for one in labelled)
        found = evaluate(labelled, book)
        lines += [
            _line(name, "as written", found.as_written),
            _line(name, "thresholds fitted in folds", found.thresholds_fitted),
            _line(name, "and only rules proven in the other folds", found.proven_only),
        ]
    told = ", ".join(f"{sizes[one]} of class {one}" for one in (2, 1, 0))
    note = (
        f"{sum(sizes.values())} titles: {told}. The rule book was written by people who had seen these titles, so the "
        "first two lines of each input flatter it; the third, which credits no rule that found nothing elsewhere, is "
        "the sober one."
    )
    return "\n".join([lines[0], "", *lines[1:], "", note])


def _labelled(fields: int) -> Iterator[Labelled]:
    for row in csv.DictReader(TITLES.read_text(encoding="utf-8").splitlines()):
        topics = tuple(re.split(r"[,+] ?", row["feed_topic"])) if fields else ()
        item = Item(title=row["title"], topics=topics, references=(row["id"],) if fields > 1 else ())
        yield Labelled(item=item, relevance=int(row["label"]))


def _line(name: str, rules: str, found: Confusion) -> str:
    figures = [found.recall(2), found.precision(2), found.recall(1), found.precision(1), found.recall(1, 2)]
    return f"| {name} | {rules} | {' | '.join(f'{one:.2f}' for one in figures)} | {found.false_per_true:.2f} |"


if __name__ == "__main__":
    print(report())
