"""The examinations for which levels are set and to which facilities map the names of their protocols."""

from dataclasses import dataclass
from functools import cache

from observatory.errors import NotFound
from observatory.protection.reference import read_reference


@dataclass(frozen=True, kw_only=True, slots=True)
class ExaminationKind:
    """One kind of examination."""

    id: str
    """Code used in files and addresses."""
    title: str
    """In words."""
    modality: str
    """CT, DX, RF, MG or NM."""
    region: str
    """Region of the k factor used for it; empty where none is meant for it."""


@cache
def examination_kinds() -> dict[str, ExaminationKind]:
    """Every kind by its code."""
    return {one.id: one for one in read_reference("examinations", list[ExaminationKind])}


def get_examination_kind(kind_id: str) -> ExaminationKind:
    """The kind with this code. Raises NotFound."""
    if kind_id not in examination_kinds():
        near = [other for other in examination_kinds() if other.split("-")[0] == kind_id.split("-", maxsplit=1)[0]]
        raise NotFound(f"no kind of examination is called {kind_id!r}", suggestions=near[:3])
    return examination_kinds()[kind_id]
