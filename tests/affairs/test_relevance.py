"""Relevance: a sum of reasons, each told; what shares words with us and is not us; and figures on real titles."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatory.affairs.evaluation import Confusion, Labelled, evaluate, fit_thresholds
from observatory.affairs.phrases import compile_phrases, fold
from observatory.affairs.relevance import Item, judge
from observatory.affairs.rule_book import Ledger, read_rule_book
from observatory.errors import SourceChanged
from tests.specimens import PROJECT, real_specimen

PATH = PROJECT / "catalogue" / "affairs" / "relevance.yaml"
BOOK = read_rule_book(PATH)


def verdict(title="", summary="", references=(), topics=()):
    return judge(Item(title=title, summary=summary, references=tuple(references), topics=tuple(topics)), BOOK)


@pytest.mark.parametrize(
    "title",
    [
        "Referral guidelines: justification of medical exposures",
        "Securing the supply of medical radioisotopes",
        "Screening for lung cancer: an update",
        "Medical devices: common specifications",
        "Electronic health records: an exchange format",
        "Cybersecurity of hospitals",
        "Guidelines on high-risk AI systems",
        "Electromagnetic fields: exposure of workers in MRI units",
        "Dispositifs médicaux : simplification",
        "Strahlenschutz in der Medizin",
        "Datos sanitarios: espacio europeo",
        "Ευρωπαϊκό σχέδιο για τον καρκίνο",
    ],
)
def test_what_is_ours_is_core_also_in_other_languages(title):
    assert verdict(title).relevance == 2


@pytest.mark.parametrize(
    "title",
    [
        "Cardiovascular diseases: a strategy",
        "Critical medicines: security of supply",
        "Data altruism: rules on labels under the Data Governance Act",
        "Horizon Europe: interim evaluation",
        "Occupational safety: a new framework",
        "European life sciences strategy",
    ],
)
def test_what_lies_beside_us_is_watched(title):
    assert verdict(title).relevance == 1


@pytest.mark.parametrize(
    "title",
    [
        "Irradiated food: approved facilities",
        "Nuclear safety: decommissioning of a power plant",
        "Shipments of radioactive waste",
        "Plant health and soil health",
        "Mental health of seafarers",
        "Artificial intelligence in banking",
        "Security scanners: X-ray equipment at airports",
        "Screening of foreign direct investments",
        "Speed limitation devices",
        "Discharge 2024: European Medicines Agency",
        "",
    ],
)
def test_what_only_shares_words_with_us_is_not_ours(title):
    assert verdict(title).relevance == 0


def test_every_verdict_tells_its_reasons_and_what_spoke_against():
    found = verdict("Artificial intelligence in the financial sector", topics=["DIGITAL"])
    assert [str(reason) for reason in found.reasons] == [
        "against, ai-elsewhere: “artificial intelligence” in the title (-3)",
        "ai: “artificial intelligence” in the title (+1.5)",
        "topic DIGITAL (+0.25)",
    ]


@pytest.mark.parametrize(
    "number", ["32017R0745", "02017R0745-20250110", "2012/0266(COD)", "2012_266", "eli/reg/2017/745/oj"]
)
def test_a_watched_act_counts_in_every_spelling(number):
    found = verdict("A title that says nothing", references=[number])
    assert found.relevance == 2
    assert found.reasons[0].says.startswith("cites Medical Devices Regulation")


def test_an_act_named_in_words_counts_and_once():
    found = verdict("Amending Regulation (EU) 2017/745", references=["32017R0745", "Regulation (EU) 2017/745"])
    assert (found.relevance, found.core) == (2, 3.0)


def test_a_procedure_counts_also_when_its_type_has_changed():
    assert verdict("x", references=["2025/0404(NLE)"]).relevance == 2


def test_a_summary_counts_for_less_than_a_title():
    in_title, in_summary = verdict("Radiology"), verdict("x", summary="Radiology")
    assert (in_title.relevance, in_summary.relevance) == (2, 1)
    assert verdict("x", summary="Radiology and medical devices").relevance == 2


def test_a_context_descriptor_needs_a_second_signal():
    assert verdict("x", topics=["http://eurovoc.europa.eu/3030"]).relevance == 0
    assert verdict("x", topics=["3030", "personal data"]).relevance == 1
    assert verdict("x", topics=["radiation protection", "HEALTH"]).relevance == 2
    assert verdict("x", topics=["2884", "nuclear safety"]).relevance == 0


def test_a_health_topic_or_a_committee_alone_is_not_enough():
    assert verdict("x", topics=["HEALTH"]).relevance == verdict("x", topics=["SANT"]).relevance == 0


def test_a_topic_told_by_code_and_by_name_counts_once():
    assert verdict("x", topics=["HEALTH", "Public health"]).watch == 0.5


@given(st.text(), st.text(), st.lists(st.text()), st.lists(st.text()))
def test_anything_can_be_judged_and_the_points_add_up(title, summary, references, topics):
    found = verdict(title, summary, references, topics)
    assert found.core == pytest.approx(sum(reason.core for reason in found.reasons))
    assert found.relevance in {0, 1, 2}


def test_accents_quotes_and_dashes_do_not_matter():
    pattern = compile_phrases(["patients' right*", "x-ray*"])
    assert pattern.search(fold("Patients’ Rights"))
    assert pattern.search(fold("X–rays"))
    assert not pattern.search(fold("outpatients' rights"))
    assert not compile_phrases([]).search("anything")


def test_a_title_of_a_million_characters_is_judged_in_reasonable_time():
    assert verdict("health data and " * 60_000).relevance == 2


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("dated:", "dates:", "does not fit"),
        ("    ledger: watch\n", "    ledger: sometimes\n", "does not fit"),
        ("  - id: radon\n", "  - id: radon\n    weight: 3\n", "nobody reads"),
        ("SWD(2021)14", "SWD 14", "number nobody can read"),
        ("id: radon", "id: imaging", "signal stands twice"),
    ],
)
def test_a_slip_in_the_rule_book_is_refused(tmp_path, old, new, problem):
    text = PATH.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "book.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceChanged, match=problem):
        read_rule_book(tmp_path / "book.yaml")


def test_no_rule_repeats_a_whole_title():
    """Phrases are words of the field: none is longer than five words."""
    phrases = [phrase for signal in BOOK.signals for phrase in (*signal.phrases, *signal.needs, *signal.unless)]
    assert [phrase for phrase in phrases if len(phrase.split()) > 5] == []


def test_thresholds_are_fitted_on_what_they_are_given():
    items = [Labelled(item=Item(title="x", topics=("SANT",)), relevance=1), Labelled(item=Item(title="y"), relevance=0)]
    assert fit_thresholds(items, BOOK).watch_from == 0.75
    assert fit_thresholds(items[1:], BOOK).watch_from == BOOK.watch_from


def test_precision_and_recall_are_counted_by_class():
    confusion = Confusion(counts=((8, 2, 0), (1, 3, 0), (0, 1, 5)))
    assert confusion.recall(2) == pytest.approx(5 / 6)
    assert confusion.recall(1, 2) == pytest.approx(9 / 10)
    assert confusion.precision(1, 2) == pytest.approx(9 / 11)
    assert confusion.false_per_true == pytest.approx(2 / 9)


def labelled(path: Path, *, whole: bool):
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        topics = tuple(re.split(r"[,+] ?", row["feed_topic"])) if whole else ()
        item = Item(title=row["title"], topics=topics, references=(row["id"],) if whole else ())
        yield Labelled(item=item, relevance=int(row["label"]))


@pytest.mark.specimens
@pytest.mark.parametrize("whole", [False, True], ids=["titles alone", "whole record"])
def test_real_titles_are_judged_as_a_person_judged_them(whole):
    found = evaluate(list(labelled(real_specimen("affairs/labelled_titles.csv"), whole=whole)), BOOK, repeats=2)
    assert found.thresholds_fitted.recall(2) >= 0.95
    assert found.thresholds_fitted.recall(1, 2) >= 0.85
    assert found.thresholds_fitted.false_per_true <= 1
    # A rule that found nothing in the other folds counts for nothing: what remains is the vocabulary that titles share.
    assert found.proven_only.recall(2) >= 0.8
    assert found.proven_only.recall(1, 2) >= 0.85
    assert found.proven_only.false_per_true <= 1


def test_ledgers_have_points_for_acts():
    assert set(BOOK.act_points) == {Ledger.CORE, Ledger.WATCH}
