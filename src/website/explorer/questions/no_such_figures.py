"""Why no figure of an indicator answers an address, in the names readers know, with what there is instead."""

from collections.abc import Sequence

from observatory.catalogue.model import Indicator
from observatory.codelists.breakdowns import SETTING_NAMES, SEX_NAMES
from observatory.codelists.publishers import short_name
from observatory.publishing.figures.selection import Variant
from website.explorer.answers.failures import BadAddress, Suggestion, shorten
from website.explorer.answers.words import METHOD_NAMES
from website.explorer.questions.addresses import Address

PART_NAMES = {"method": "method", "setting": "setting", "sex": "sex", "age": "age", "detail": "breakdown"}
"""What readers call the parts of a variant."""
_VALUE_NAMES = {
    "method": METHOD_NAMES,
    "setting": {one.value: name for one, name in SETTING_NAMES.items()},
    "sex": {one.value: name for one, name in SEX_NAMES.items()},
}
_PLAIN = {"method": "", "setting": "", "sex": "", "age": "", "detail": None}
_MOST = 6


def no_such_figures(variants: Sequence[Variant], indicator: Indicator, address: Address) -> BadAddress:
    """The refusal of an address that asks `indicator` for a publisher or a breakdown which none of `variants` has."""
    known = tuple(dict.fromkeys(variant.provider for variant in variants))
    publishers = [
        Suggestion(label=f"Figures of {short_name(one)}", href=address.href(providers=(one,), **_PLAIN))
        for one in known
    ]
    unknown = [one for one in address.providers if one not in known]
    if unknown:
        problem = f"No publisher of “{indicator.title}” is called “{shorten(unknown[0])}”."
        return BadAddress("There are no such figures", problem, suggestions=publishers)
    theirs = [one for one in variants if not address.providers or one.provider in address.providers]
    who = " and ".join(short_name(one) for one in address.providers) or "No publisher"
    for name, words in PART_NAMES.items():
        value, there = getattr(address, name), list(dict.fromkeys(getattr(one, name) for one in theirs))
        if value and value not in there:
            problem = f"{_who_has(who)} figures of “{indicator.title}” with the {words} “{shorten(value)}”."
            others = [_instead(address, name, one) for one in there[:_MOST] if one]
            return BadAddress("There are no such figures", problem, suggestions=[*others, *publishers])
    asked = ", ".join(words for name, words in PART_NAMES.items() if getattr(address, name))
    problem = f"{_who_has(who)} figures of “{indicator.title}” with this combination of {asked or 'breakdowns'}."
    return BadAddress("There are no such figures", problem, suggestions=publishers)


def _who_has(who: str) -> str:
    return f"{who} has" if who == "No publisher" else f"{who} has no"


def _instead(address: Address, name: str, value: str) -> Suggestion:
    words = _VALUE_NAMES.get(name, {}).get(value) or value.replace("=", ": ").replace("|", ", ").replace("_", " ")
    return Suggestion(label=f"{PART_NAMES[name].capitalize()}: {words}", href=address.href(**{name: value}))
