"""Numbers of procedures: one normaliser for the spellings of four systems.

Parliament prints 2025/0404(COD) and addresses it as 2025-0404, the Publications Office files it under 2025_404, its
notices say 2018/0172/COD, and committee agendas pack it between tabs. A procedure may change its type, from NLE to
COD, and stays the same procedure: two numbers name one procedure when year, number and part agree.
"""

import re
from dataclasses import dataclass

_LABEL = re.compile(r"(?<![\d/])(\d{4})/(\d{3,4})([A-Z]?)\s*(?:\(\s*([A-Z]{2,4})\s*\)|/([A-Z]{2,4}))(?![A-Za-z0-9])")
_BARE = re.compile(r"(?:.*[/#:])?(\d{4})[-_/](\d{1,4})([A-Z]?)")
_FIRST_YEAR = 1975
"""No procedure is older: the conciliation procedure began in that year."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class ProcedureNumber:
    """The number of one procedure, and its spellings."""

    year: int
    """The year in which it was opened."""
    number: int
    """Its number in that year."""
    part: str = ""
    """A letter, where a procedure was split or accompanies another: A, B, M."""
    type: str = ""
    """COD, NLE, INI …; empty where the spelling leaves it out."""

    def __str__(self) -> str:
        """As it is printed: 2025/0404(COD)."""
        return f"{self.year}/{self.number:04}{self.part}" + (f"({self.type})" if self.type else "")

    @property
    def parliament_id(self) -> str:
        """As the Parliament's open data address it: 2025-0404."""
        return f"{self.year}-{self.number:04}{self.part}"

    @property
    def cellar_id(self) -> str:
        """As the Publications Office files it: 2025_404, neither padded nor typed."""
        return f"{self.year}_{self.number}{self.part}"

    def is_same_procedure(self, other: "ProcedureNumber") -> bool:
        """Whether both name one procedure, whatever its type is or has become."""
        return (self.year, self.number, self.part) == (other.year, other.number, other.part)


def parse_procedure(text: str) -> ProcedureNumber:
    """The one procedure that `text` names, in any spelling. Raises ValueError for none, or for more than one.

    >>> str(parse_procedure("2025_404")), parse_procedure("2025/0404(COD)").cellar_id
    ('2025/0404', '2025_404')
    """
    found = set(list_procedures(text))
    if not found and (match := _BARE.fullmatch(text.strip())):
        year, number, part = match.groups()
        found = {ProcedureNumber(year=int(year), number=int(number), part=part)}
    if len(found) != 1 or not all(_is_possible(one) for one in found):
        problem = "names several procedures" if len(found) > 1 else "names no procedure"
        raise ValueError(f"{text.strip()[:80]!r} {problem}")
    return found.pop()


def list_procedures(text: str) -> list[ProcedureNumber]:
    """Every procedure that `text` names with its type, in order, each once."""
    numbers = (
        ProcedureNumber(year=int(year), number=int(number), part=part, type=bracketed or slashed)
        for year, number, part, bracketed, slashed in _LABEL.findall(text)
    )
    # 2013/59/EU is the number of a directive.
    return list(dict.fromkeys(one for one in numbers if _is_possible(one) and one.type not in {"EU", "EC", "EEC"}))


def _is_possible(number: ProcedureNumber) -> bool:
    return _FIRST_YEAR <= number.year < 2100 and number.number > 0
