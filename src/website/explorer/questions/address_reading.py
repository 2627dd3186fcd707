"""Reading an address of one indicator: what it says, what it cannot mean, and what may have been meant instead.

Whoever mistypes a country in a form keeps the page and is told beside the field. A picture or a file has no place for
such a note, so for those anything that is not understood is refused.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

from django.http import QueryDict

from observatory.codelists.areas import areas, groups, guess_area, suggest_areas
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.questions.addresses import NONE, VIEW_NAMES, Address, Notice, View
from website.explorer.questions.known_on import find_day

MOST_AREAS = 60
"""Areas one address may choose."""
YEARS = (1900, 2100)
"""Years that can be meant at all."""
_CODE = re.compile(r"[\w.+-]{1,64}", re.ASCII)
_DETAIL = re.compile(r"[^\x00-\x1f<>\"]{0,200}")
_CALLED = {
    "as_of": "day", "from": "first year", "to": "last year", "provider": "publisher", "group": "peer group",
    "map": "ground of the map", "rows": "choice of rows", "detail": "breakdown",
}  # fmt: skip
"""Parameter → what readers call what it says, where that is another word."""
_GROUNDS = ("europe", "world")
_ROWS = ("all",)


def read_address(indicator: str, query: QueryDict, *, forgiving: bool = False) -> Address:
    """What an address says. Raises BadAddress, with the nearest that can be meant, for what it cannot mean.

    Where `forgiving`, places nobody knows are left out and become notices of the address.
    """
    reader = _Reader(indicator, query)
    chosen = reader.areas()
    added = reader.added()
    if added:
        chosen = tuple(dict.fromkeys((*(chosen or ()), *added)))
    if reader.notices and not forgiving:
        notice = reader.notices[0]
        raise BadAddress("No such country or region", notice.problem, suggestions=notice.suggestions)
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
        ground=reader.one_of("map", _GROUNDS),
        rows=reader.one_of("rows", _ROWS),
        notices=tuple(reader.notices),
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
        self.notices: list[Notice] = []

    def areas(self) -> tuple[str, ...] | None:
        words = self._words("areas") + self._words("area")
        if words == [NONE]:
            return ()
        return self._known(words, "areas") or None

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
        day = find_day(text)
        if text and day is None:
            raise self._refused(name, text, [], status=400, expected="a day such as 2022-01-31")
        return day

    def one_of(self, name: str, values: Sequence[str]) -> str:
        text = self.code(name)
        if text and text not in values:
            raise self._refused(name, text, [(value, value) for value in values])
        return text

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
        return "" if text == NONE else text

    def _words(self, name: str) -> list[str]:
        return [word.strip() for text in self.query.getlist(name) for word in text.split(",") if word.strip()]

    def _known(self, words: Sequence[str], name: str) -> tuple[str, ...]:
        """Ids of the areas that words mean; the other words become notices."""
        if len(words) > MOST_AREAS:
            raise BadAddress(
                "Too many areas at once",
                f"The address chooses {len(words)} areas; one page shows up to {MOST_AREAS}.",
                status=400,
                suggestions=[Suggestion(label="The page as it opens", href=Address(indicator=self.indicator).href())],
            )
        found = []
        for word in words:
            area = guess_area(word)
            if area is None:
                self.notices.append(self._unknown_area(word, words, name))
            else:
                found.append(area.id)
        return tuple(dict.fromkeys(found))

    def _unknown_area(self, word: str, words: Sequence[str], name: str) -> Notice:
        others = [one for one in words if one != word]
        if word in groups():
            members = groups()[word]
            href = self._with({name: ",".join(others), "group": word, "view": View.RANKING.value})
            return Notice(
                name=name,
                typed=shorten(word),
                problem=f"{members.name} is a peer group, not one country.",
                suggestions=(Suggestion(label=f"The ranking among {members.name}", href=href),),
            )
        choices = [
            (areas()[code].name, ",".join(code if one == word else one for one in words))
            for code in suggest_areas(word)
        ]
        choices.append(("without it", ",".join(others)))
        return Notice(
            name=name,
            typed=shorten(word),
            problem=f"No country or region is called “{shorten(word)}”.",
            suggestions=self._suggestions(name, choices),
        )

    def _refused(
        self, name: str, text: str, choices: Sequence[tuple[str, str]], *, status: int = 404, expected: str = ""
    ) -> BadAddress:
        shown, called = shorten(text), _CALLED.get(name, name)
        problem = f"No {called} is called “{shown}”." if not expected else f"“{shown}” is not {expected}."
        return BadAddress(
            f"The {called} was not understood", problem, status=status, suggestions=self._suggestions(name, choices)
        )

    def _suggestions(self, name: str, choices: Sequence[tuple[str, str]]) -> tuple[Suggestion, ...]:
        """The same address with other values of one parameter, and the page as it opens."""
        near = [Suggestion(label=label, href=self._with({name: value})) for label, value in choices[:9]]
        return (*near, Suggestion(label="the page as it opens", href=Address(indicator=self.indicator).href()))

    def _with(self, changes: dict[str, str]) -> str:
        """The same address with some parameters replaced; empty ones left out."""
        parts = {name: ",".join(self.query.getlist(name)) for name in self.query if len(name) < 20} | changes
        kept = {name: value for name, value in parts.items() if value and len(value) < 500}
        query = urlencode(kept, safe=",", quote_via=quote)
        path = f"/indicators/{self.indicator}/"
        return f"{path}?{query}" if query else path
