"""Why an answer is empty. Nothing found looks just like nothing there, and a typing slip like a gap in the statistics.

So an empty answer says what is held, and which single restriction keeps everything away.
"""

from collections.abc import Callable
from dataclasses import replace

from observatory.publishing.figures.selection import Selection, select_observations
from observatory.publishing.figures.wording import list_text
from observatory.releases.reading import Release

_LOOSER: dict[str, Callable[[Selection], Selection]] = {
    "in other areas": lambda one: replace(one, areas=()),
    "of other years": lambda one: replace(one, from_year=None, to_year=None),
    "from other providers": lambda one: replace(one, providers=()),
    "by another method": lambda one: replace(one, method=""),
    "of other settings": lambda one: replace(one, setting=""),
    "of other sectors": lambda one: replace(one, sector=""),
    "of another sex": lambda one: replace(one, sex=""),
    "of other ages": lambda one: replace(one, age=""),
    "with another further breakdown": lambda one: replace(one, detail=None),
    "as known today": lambda one: replace(one, as_of=None),
}


def explain_emptiness(release: Release, selection: Selection, *, total: int) -> str:
    """Why nothing is in an answer to a selection of `total` observations, in one to three sentences."""
    if total:
        return f"The selection has {total} observations, fewer than were to be left out at the beginning."
    held = release.manifest.indicators.get(selection.indicator)
    if held is None:
        return "The release holds no observation of this indicator."
    day = f" as known on {selection.as_of.isoformat()}" if selection.as_of else ""
    return (
        f"The release holds no observation for this selection{day}. Of this indicator it holds figures of "
        f"{held.areas} areas, {held.first_year} to {held.last_year}, from {', '.join(held.providers)}."
        f"{_loosened(release, selection)}"
    )


def _loosened(release: Release, selection: Selection) -> str:
    """How many observations there are without one of several restrictions, for each that keeps some away."""
    told = []
    for words, loosen in _LOOSER.items():
        looser = loosen(selection)
        if looser in (selection, Selection(indicator=selection.indicator)):
            continue
        if count := select_observations(release, looser).height:
            told.append(f"{count} {words}")
    return f" With one restriction less there are {list_text(told)}." if told else ""
