"""From the names a facility gives its protocols to kinds of examinations, and the work list of names nobody mapped.

"Thorax^01_LUNGE_LowDose (Adult)" is written by whoever installed the scanner and changes with every update. The names
are free text and stay in the facility; the mapping is a table of its own, which a person makes and keeps.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from observatory.errors import SourceChanged
from observatory.protection.examinations import examination_kinds

HEADER = ["name", "examination"]

WORDS = {
    "ct-pulmonary-angiography": ("ctpa", "pulmonary angio", "lungenembolie", "embol"),
    "ct-coronary-angiography": ("coronary", "koronar", "cardiac", "herz", "ccta"),
    "ct-chest-high-resolution": ("hrct", "high resolution"),
    "ct-colonography": ("colono", "kolono"),
    "ct-urography": ("uro",),
    "ct-kidneys-ureters-bladder": ("kub", "stone", "stein", "kidney"),
    "ct-sinuses": ("sinus", "nnh"),
    "ct-cervical-spine": ("c-spine", "cervical", "hws"),
    "ct-lumbar-spine": ("l-spine", "lumbar", "lws"),
    "ct-trunk": ("tap", "cap", "thorax abdomen", "chest abdomen pelvis"),
    "ct-abdomen-pelvis": ("abdomen pelvis", "abd pel", "becken"),
    "ct-chest": ("chest", "thorax", "lung", "torace", "torax"),
    "ct-abdomen": ("abdom", "bauch", "addome"),
    "ct-head": ("head", "brain", "schädel", "kopf", "kranio", "crane", "crâne", "cranio", "testa", "hode"),
}
"""Kind of examination → parts of names that suggest it, the more telling first. A suggestion, never a mapping."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProtocolMap:
    """A facility's own table from names to kinds of examinations."""

    kinds: Mapping[str, str] = field(repr=False)
    """Plain name → kind of examination."""

    def find_kind(self, names: Iterable[str]) -> str:
        """The kind of the first of `names` that is mapped, or an empty string."""
        return next((self.kinds[plain] for name in names if (plain := plain_name(name)) in self.kinds), "")


def plain_name(name: str) -> str:
    """A name without what differs between two spellings of it.

    >>> plain_name("Thorax^TAP  (Adult)") == plain_name("thorax^tap (adult)")
    True
    """
    return " ".join(re.sub(r"[\s^_]+", " ", name.casefold()).split())


def read_map(content: bytes, *, file: str) -> ProtocolMap:
    """The mapping in a CSV file with the columns name and examination; a row without an examination is still open.

    Raises SourceChanged for another header, an unknown examination or a name that is mapped twice. Messages give the
    line and never the name.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"))))
    if not rows or rows[0][:2] != HEADER:
        raise SourceChanged(
            "the mapping has other columns",
            file=file,
            place="line 1",
            expected=", ".join(HEADER),
            remedy="Rename them.",
        )
    kinds: dict[str, str] = {}
    for line, row in enumerate(rows[1:], start=2):
        if len(row) < 2 or not row[1].strip():
            continue
        plain, kind = plain_name(row[0]), row[1].strip()
        if kind not in examination_kinds():
            raise SourceChanged(
                "no kind of examination is called so",
                file=file,
                place=f"line {line}",
                expected="one of the codes of observatory.protection.examinations",
                remedy="Correct the code.",
            )
        if kinds.get(plain, kind) != kind:
            raise SourceChanged(
                "a name is mapped to two kinds of examinations", file=file, place=f"line {line}", remedy="Keep one."
            )
        kinds[plain] = kind
    return ProtocolMap(kinds=kinds)


def suggest_kind(name: str) -> str:
    """The kind of examination that a name seems to mean, for a person to confirm; empty where it seems to mean none.

    >>> suggest_kind("Schädel nativ"), suggest_kind("Protokoll 7")
    ('ct-head', '')
    """
    plain = plain_name(name)
    return next((kind for kind, parts in WORDS.items() if any(part in plain for part in parts)), "")


def work_list(names: Iterable[str]) -> bytes:
    """A CSV of names still to be mapped, the commonest first, each with a suggestion. It stays in the facility."""
    counted = Counter(name for name in names if name)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["name", "examination", "suggestion", "examinations"])
    writer.writerows([name, "", suggest_kind(name), number] for name, number in counted.most_common())
    return table.getvalue().encode("utf-8")
