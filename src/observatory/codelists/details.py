"""Words for breakdowns that have no column of their own: programme or survey, inpatients, the days someone waited.

A detail is written as name=code pairs. Readers see words, here and nowhere else; and since "15-21 days" sorts before
"8-14 days" as text, the order of the codes is theirs as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True, slots=True)
class Breakdown:
    """One way in which figures are broken down."""

    label: str
    """What is chosen, as it stands before the choices."""
    whole: str
    """What the figures without this breakdown cover."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Code → words, in the order in which they are offered; a code that is not here speaks for itself."""
    before: str = ""
    """What stands before the words where they are read without the label."""


BREAKDOWNS: Mapping[str, Breakdown] = {
    "source": Breakdown(
        label="Source",
        whole="every source",
        words={"programme": "programme records", "survey": "survey answers"},
        before="from ",
    ),
    "patients": Breakdown(
        label="Patients", whole="all patients", words={"inpatients": "inpatients", "outpatients": "outpatients"}
    ),
    "reason": Breakdown(
        label="Reason",
        whole="all reasons",
        words={"waiting list": "from the waiting list", "planned": "planned", "unscheduled": "unscheduled"},
    ),
    "wait": Breakdown(label="Days waited", whole="all waits", before="waiting "),
    "residence": Breakdown(
        label="Residence",
        whole="urban and rural areas",
        words={"urban": "urban areas", "rural": "rural areas"},
        before="in ",
    ),
    "facility": Breakdown(label="Facility", whole="all facilities", before="facility "),
}
"""Name of a breakdown → what readers are told of it."""

_RANGE = re.compile(r"(\d+)-(\d+)")


def split_detail(detail: str) -> tuple[tuple[str, str], ...]:
    """The (name, code) pairs of a detail.

    >>> split_detail("facility=Spital|patients=inpatients")
    (('facility', 'Spital'), ('patients', 'inpatients'))
    """
    pairs = (part.partition("=") for part in detail.split("|") if part)
    return tuple((name, code) for name, _, code in pairs)


def detail_words(detail: str) -> str:
    """A detail as a clause that needs no label.

    >>> detail_words("wait=8-14 days"), detail_words("source=survey"), detail_words("device=fixed")
    ('waiting 8–14 days', 'from survey answers', 'device: fixed')
    """
    return ", ".join(_clause(name, code) for name, code in split_detail(detail))


def choice_words(detail: str) -> str:
    """A detail as one of several choices, beside their label.

    >>> choice_words("wait=365 days and over"), choice_words("reason=waiting list")
    ('365 days or more', 'from the waiting list')
    """
    return ", ".join(code_words(name, code) for name, code in split_detail(detail))


def code_words(name: str, code: str) -> str:
    """One code of a breakdown in words."""
    known = BREAKDOWNS.get(name)
    if known is not None and code in known.words:
        return known.words[code]
    return _RANGE.sub(r"\1–\2", code).replace("and over", "or more").replace("_", " ")


def detail_order(detail: str) -> tuple[tuple[object, ...], ...]:
    """A key that sorts details as readers expect: words in their order, days by their number, none first.

    >>> sorted(["wait=15-21 days", "", "wait=8-14 days"], key=detail_order)
    ['', 'wait=8-14 days', 'wait=15-21 days']
    """
    return tuple(_place(name, code) for name, code in split_detail(detail))


def _clause(name: str, code: str) -> str:
    known = BREAKDOWNS.get(name)
    return f"{known.before}{code_words(name, code)}" if known is not None else f"{name}: {code_words(name, code)}"


def _place(name: str, code: str) -> tuple[object, ...]:
    order = list(BREAKDOWNS[name].words) if name in BREAKDOWNS else []
    number = re.match(r"\d+", code)
    return name, order.index(code) if code in order else len(order), int(number[0]) if number else 0, code
