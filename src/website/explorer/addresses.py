"""Reading an address of one indicator, and writing the addresses of everything beside it.

Whatever a reader sees is in the address: countries, years, view, publisher, breakdown, vintage. So every view can be
linked, and each control on a page is a link or a form that changes one part of the address and keeps the rest.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from urllib.parse import quote, urlencode

from django.http import QueryDict

from observatory.codelists.areas import areas, find_area, groups, suggest_areas
from website.explorer.failures import BadAddress, Suggestion, shorten

MOST_AREAS = 60
"""Areas one address may choose."""
YEARS = (1900, 2100)
"""Years that can be meant at all."""
_CODE = re.compile(r"[\w.+-]{1,64}", re.ASCII)
_DETAIL = re.compile(r"[\w.=|+ -]{0,160}", re.ASCII)
_NONE = "none"


class View(StrEnum):
    """Ways of seeing one figure."""

    TIME = "time"
    RANKING = "ranking"
    MAP = "map"
    TABLE = "table"


VIEW_NAMES = {View.TIME: "Over time", View.RANKING: "Ranking", View.MAP: "Map", View.TABLE: "Table"}


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


def read_address(indicator: str, query: QueryDict) -> Address:
    """What an address says. Raises BadAddress, with the nearest that can be meant, for what it cannot mean."""
    reader = _Reader(indicator, query)
    chosen = reader.areas()
    added = reader.added()
    if added:
        chosen = tuple(dict.fromkeys((*(chosen or ()), *added)))
    address = Address(
        indicator=indicator,
        areas=chosen,
        from_year=reader.year("from"),
        to_year=reader.year("to"),
        view=reader.view(),
        year=reader.year("year"),
        providers=reader.codes("provider"),
        method=reader.code("method"),
        setting=reader.code("setting"),
        sex=reader.code("sex"),
        age=reader.code("age"),
        detail=reader.detail(),
        group=reader.group(),
        as_of=reader.day("as_of"),
        release=reader.code("release"),
    )
    if address.from_year and address.to_year and address.from_year > address.to_year:
        swapped = replace(address, from_year=address.to_year, to_year=address.from_year)
        raise BadAddress(
            "The years are the wrong way round",
            f"The address asks for years from {address.from_year} to {address.to_year}.",
            status=400,
            suggestions=[Suggestion(label=f"{swapped.from_year} to {swapped.to_year}", href=swapped.href())],
        )
    return address


class _Reader:
    """Reads one parameter at a time."""

    def __init__(self, indicator: str, query: QueryDict) -> None:
        self.indicator = indicator
        self.query = query

    def areas(self) -> tuple[str, ...] | None:
        words = self._words("areas") + self._words("area")
        if not words:
            return None
        if words == [_NONE]:
            return ()
        return self._known(words, "areas")

    def added(self) -> tuple[str, ...]:
        """The country a reader typed into the form, by any of its names."""
        text = self.query.get("add", "").strip()
        return self._known([text], "add") if text else ()

    def group(self) -> str:
        code = self.code("group")
        if code and code not in groups():
            raise self._refused("group", code, [(one.name, one.id) for one in groups().values()])
        return code

    def view(self) -> View | None:
        text = self.code("view")
        if text and text not in list(View):
            raise self._refused("view", text, [(VIEW_NAMES[view], view.value) for view in View])
        return View(text) if text else None

    def year(self, name: str) -> int | None:
        text = self.query.get(name, "").strip()
        if not text:
            return None
        if re.fullmatch(r"[0-9]{4}", text, re.ASCII) and YEARS[0] <= int(text) <= YEARS[1]:
            return int(text)
        raise self._refused(name, text, [], status=400, expected=f"a year between {YEARS[0]} and {YEARS[1]}")

    def day(self, name: str) -> date | None:
        text = self.query.get(name, "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self._refused(name, text, [], status=400, expected="a day such as 2022-01-31") from None

    def code(self, name: str) -> str:
        text = self.query.get(name, "").strip()
        if text and not _CODE.fullmatch(text):
            raise self._refused(name, text, [], status=400, expected="a code")
        return text

    def codes(self, name: str) -> tuple[str, ...]:
        words = self._words(name)
        for word in words:
            if not _CODE.fullmatch(word):
                raise self._refused(name, word, [], status=400, expected="codes separated by commas")
        return tuple(dict.fromkeys(words))[:8]

    def detail(self) -> str | None:
        if "detail" not in self.query:
            return None
        text = self.query.get("detail", "").strip()
        if not _DETAIL.fullmatch(text):
            raise self._refused("detail", text, [], status=400, expected="a breakdown such as source=PRG")
        return "" if text == _NONE else text

    def _words(self, name: str) -> list[str]:
        return [word.strip() for text in self.query.getlist(name) for word in text.split(",") if word.strip()]

    def _known(self, words: Sequence[str], name: str) -> tuple[str, ...]:
        if len(words) > MOST_AREAS:
            raise BadAddress(
                "Too many areas at once",
                f"The address chooses {len(words)} areas; one page shows up to {MOST_AREAS}.",
                status=400,
                suggestions=[Suggestion(label="The page as it opens", href=Address(indicator=self.indicator).href())],
            )
        found = []
        for word in words:
            area = find_area(word)
            if area is None:
                raise self._unknown_area(word, words, name)
            found.append(area.id)
        return tuple(dict.fromkeys(found))

    def _unknown_area(self, word: str, words: Sequence[str], name: str) -> BadAddress:
        if word in groups():
            members = groups()[word]
            others = [one for one in words if one != word]
            label = f"The ranking among {members.name}"
            href = self._with({name: ",".join(others), "group": word, "view": View.RANKING.value})
            return BadAddress("That is a group, not a country", f"{members.name} is a peer group.", status=404,
                              suggestions=[Suggestion(label=label, href=href)])  # fmt: skip
        choices = [
            (areas()[code].name, ",".join(code if one == word else one for one in words))
            for code in suggest_areas(word)
        ]
        choices.append(("without it", ",".join(one for one in words if one != word)))
        return self._refused(name, word, choices, title="No such country or region", what="country or region")

    def _refused(
        self,
        name: str,
        text: str,
        choices: Sequence[tuple[str, str]],
        *,
        status: int = 404,
        expected: str = "",
        title: str = "",
        what: str = "",
    ) -> BadAddress:
        shown = shorten(text)
        problem = f"No {what or name} is called “{shown}”." if not expected else f"“{shown}” is not {expected}."
        suggestions = [Suggestion(label=label, href=self._with({name: value})) for label, value in choices[:9]]
        suggestions.append(Suggestion(label="The page as it opens", href=Address(indicator=self.indicator).href()))
        return BadAddress(title or f"The {name} was not understood", problem, status=status, suggestions=suggestions)

    def _with(self, changes: dict[str, str]) -> str:
        """The same address with some parameters replaced; empty ones left out."""
        parts = {name: ",".join(self.query.getlist(name)) for name in self.query if len(name) < 20} | changes
        kept = {name: value for name, value in parts.items() if value and len(value) < 500}
        query = urlencode(kept, safe=",", quote_via=quote)
        path = f"/indicators/{self.indicator}/"
        return f"{path}?{query}" if query else path


_NAMES = {
    "areas": "areas", "from_year": "from", "to_year": "to", "view": "view", "year": "year", "group": "group",
    "providers": "provider", "method": "method", "setting": "setting", "sex": "sex", "age": "age", "detail": "detail",
    "as_of": "as_of", "release": "release",
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
        said[_NAMES[field.name]] = text or _NONE
    ordered = {name: said[name] for name in _NAMES.values() if name in said}
    return urlencode(ordered, safe=",", quote_via=quote)
