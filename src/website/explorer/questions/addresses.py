"""The address of one indicator's page, and writing the addresses of everything beside it.

Whatever a reader sees is in the address: countries, years, view, publisher, breakdown, vintage. So every view can be
linked, and each control on a page is a link or a form that changes one part of the address and keeps the rest.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from urllib.parse import quote, urlencode

from website.explorer.answers.failures import Suggestion

NONE = "none"
"""What an address says for "none at all", where saying nothing would mean "whatever is usual"."""


class View(StrEnum):
    """Ways of seeing one figure."""

    TIME = "time"
    RANKING = "ranking"
    MAP = "map"
    TABLE = "table"


VIEW_NAMES = {View.TIME: "Over time", View.RANKING: "Ranking", View.MAP: "Map", View.TABLE: "Table"}


ANSWER_NAMES = {View.TIME: "Answers over time", View.RANKING: "Answers"}
"""What two of the views are called where an indicator has answers instead of numbers."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What a reader wrote that could not be meant, for the place beside its field; the page is shown all the same."""

    name: str
    """Name of the parameter."""
    typed: str
    """What was written."""
    problem: str
    """What is wrong with it, in a sentence."""
    suggestions: tuple[Suggestion, ...] = ()
    """What may have been meant."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """What an address says; None and empty where it says nothing."""

    indicator: str
    """Id of the indicator."""
    areas: tuple[str, ...] | None = None
    """Area ids chosen; empty where the reader chose none at all."""
    from_year: int | None = None
    """First year."""
    to_year: int | None = None
    """Last year."""
    view: View | None = None
    """Which view."""
    year: int | None = None
    """The year of rankings and maps."""
    providers: tuple[str, ...] = ()
    """Publisher ids."""
    method: str = ""
    """published or derived."""
    setting: str = ""
    """Provider setting."""
    sex: str = ""
    """Sex."""
    age: str = ""
    """Age."""
    detail: str | None = None
    """Further breakdown."""
    group: str = ""
    """Peer group of rankings, maps and gaps."""
    as_of: date | None = None
    """The day whose knowledge is asked for."""
    release: str = ""
    """The release asked for; empty for the current one."""
    ground: str = ""
    """What a map shows: europe or world; empty for the one that is usual."""
    rows: str = ""
    """"all" for every row of a ranking; empty for the first and the last ones."""
    notices: tuple[Notice, ...] = ()
    """What was written and could not be meant; never written back."""

    @property
    def query(self) -> str:
        """The part after the question mark, in one canonical order."""
        return _query(self)

    def href(self, **changes: object) -> str:
        """The address of the indicator's page with some parts changed."""
        return self.below("", **changes)

    def below(self, path: str, **changes: object) -> str:
        """An address below the indicator's page, such as its image."""
        return self.at(f"/indicators/{self.indicator}/{path}", **changes)

    def at(self, path: str, **changes: object) -> str:
        """Another page asked the same question, with some parts changed."""
        changed = replace(self, **changes)  # type: ignore[arg-type]
        query = _query(changed)
        return f"{path}?{query}" if query else path


_NAMES = {
    "areas": "areas", "from_year": "from", "to_year": "to", "view": "view", "year": "year", "group": "group",
    "providers": "provider", "method": "method", "setting": "setting", "sex": "sex", "age": "age", "detail": "detail",
    "as_of": "as_of", "release": "release", "ground": "map", "rows": "rows",
}  # fmt: skip


def _query(address: Address) -> str:
    said = {}
    for field in fields(address):
        value = getattr(address, field.name)
        if field.name not in _NAMES or (value in (None, "", ()) and field.name not in ("areas", "detail")):
            continue
        if value is None:
            continue
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        said[_NAMES[field.name]] = text or NONE
    ordered = {name: said[name] for name in _NAMES.values() if name in said}
    return urlencode(ordered, safe=",", quote_via=quote)
