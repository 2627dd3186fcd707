"""Numbers, periods and names of places as readers meet them, in charts, sentences and pages alike.

Thousands are set apart by a thin space that does not break, because a comma is a decimal mark to half of Europe.
A year is a name, not a number, and is never grouped.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from math import floor, log10

from observatory.codelists.areas import Area
from observatory.codelists.units import get_unit
from observatory.observations.period import PeriodKind, period_kind
from observatory.publishing.figures.figure import Point

THIN_SPACE = "\u202f"
"""Narrow no-break space: between thousands, and between a number and a per cent sign."""

_MINUS = "\u2212"
_WITH_ARTICLE = (
    "ARE BHS CAF COD COG COK COM CYM DOM FLK FRO GBR GMB IMN IOT MDV MHL MNP NLD PHL SLB SYC TCA UMI USA VGB VIR"
)
"""Countries that take "the" in a sentence."""
_PUBLISHERS_WITH_ARTICLE = ("OECD", "WHO", "IAEA", "World Bank", "Ministry", "BAG")
"""First words of the names of publishers that take "the" in a sentence."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ORDINALS = ("first", "second", "third", "fourth")


def number_text(value: float, *, unit: str) -> str:
    """A figure with the decimals of its unit; without the unit, but for the per cent sign.

    A number too small for those decimals gets as many as it needs for one digit: it is not zero.

    >>> number_text(5533793, unit="persons").replace(THIN_SPACE, " "), number_text(0.0312, unit="per_million")
    ('5 533 793', '0.03')
    >>> number_text(0.0, unit="per_million"), number_text(-2.25, unit="per_million")
    ('0', '−2.3')
    """
    text = decimal_text(value, decimals=get_unit(unit).decimals)
    return f"{text}{THIN_SPACE}%" if unit == "percent" else text


def decimal_text(value: float, *, decimals: int) -> str:
    """A number with this many decimals, thousands set apart, halves away from zero, and zero as "0".

    Published figures are decimal: 15.85 is not quite that in binary, and must still become 15.9.
    """
    if not value:
        return "0"
    size = abs(value) * (1 + 1e-12)
    if size >= 1e15:
        text = f"{size:.3g}"
    elif round(size, decimals) == 0:
        text = f"{size:.{min(12, -floor(log10(size)))}f}" if size >= 1e-12 else f"{size:.0e}"
    else:
        text = f"{size:,.{decimals}f}".replace(",", THIN_SPACE)
    return f"{_MINUS}{text}" if value < 0 else text


def quantity_text(value: float, *, unit: str) -> str:
    """A figure with its unit in words.

    >>> quantity_text(22.06, unit="per_million"), quantity_text(3.0, unit="number")
    ('22.1 per million inhabitants', '3')
    """
    name = get_unit(unit).name
    plain = unit in {"number", "percent", "category"}
    return number_text(value, unit=unit) if plain else f"{number_text(value, unit=unit)} {name}"


def points_text(difference: float) -> str:
    """A difference between two percentages, which is not a percentage of either.

    >>> points_text(-7.4), points_text(0.96)
    ('−7.4 percentage points', '+1.0 percentage points')
    """
    return f"{'+' if difference > 0 else ''}{decimal_text(difference, decimals=1)} percentage points"


def difference_text(difference: float, *, unit: str) -> str:
    """How far two figures are apart, without a sign: percentages by percentage points, others in their own unit.

    >>> difference_text(7.4, unit="percent"), difference_text(6.21, unit="per_million")
    ('7.4 percentage points', '6.2')
    """
    text = points_text(abs(difference)).removeprefix("+") if unit == "percent" else ""
    return text or number_text(abs(difference), unit=unit)


def precise_text(value: float, *, unit: str) -> str:
    """A figure with one decimal more than elsewhere, where figures are set against each other.

    >>> precise_text(22.06, unit="per_million"), precise_text(611, unit="number")
    ('22.06', '611')
    """
    decimals = get_unit(unit).decimals
    text = decimal_text(value, decimals=decimals + 1 if decimals else 0)
    return f"{text}{THIN_SPACE}%" if unit == "percent" else text


def told_apart(first: float, second: float, *, unit: str) -> tuple[str, str]:
    """Two figures that differ, with as many decimals as it takes to see it.

    >>> told_apart(14.21, 14.2, unit="per_million"), told_apart(14.0, 15.0, unit="per_million")
    (('14.21', '14.20'), ('14.0', '15.0'))
    """
    for decimals in range(get_unit(unit).decimals, 9):
        texts = (decimal_text(first, decimals=decimals), decimal_text(second, decimals=decimals))
        if texts[0] != texts[1]:
            break
    end = f"{THIN_SPACE}%" if unit == "percent" else ""
    return f"{texts[0]}{end}", f"{texts[1]}{end}"


def point_text(point: Point, *, unit: str) -> str:
    """What stands at a point: the figure with its unit, the answer, or the name of the absence."""
    if point.value is not None:
        return quantity_text(point.value, unit=unit)
    if point.category is not None:
        return point.category
    return absence_name(point).lower()


def absence_name(point: Point) -> str:
    """The name of a point's absence, such as "Not reported"; of a point without any, "No figure"."""
    return point.absence.value.replace("_", " ").capitalize() if point.absence else "No figure"


@lru_cache(maxsize=4096)
def period_text(period: str) -> str:
    """A reference period as a label.

    >>> [period_text(p) for p in ("2019", "2019-03", "2019-Q3", "2006/2008", "2019-12-31", "2019-S1", "2019-W07")]
    ['2019', 'March 2019', 'Q3 2019', '2006–2008', '31 December 2019', 'first half of 2019', 'week 7 of 2019']
    """
    year, tail = period[:4], period[5:]
    kind = period_kind(period)
    if kind is PeriodKind.DAY:
        day = date.fromisoformat(period)
        return f"{day.day} {_MONTHS[day.month - 1]} {year}"
    number = int(tail[1:] if tail[:1].isalpha() else tail or 0)
    return {
        PeriodKind.YEAR: year,
        PeriodKind.INTERVAL: f"{year}–{tail}",
        PeriodKind.MONTH: f"{_MONTHS[min(number, 12) - 1]} {year}",
        PeriodKind.QUARTER: f"{tail} {year}",
        PeriodKind.HALF_YEAR: f"{_ORDINALS[min(number, 4) - 1]} half of {year}",
        PeriodKind.WEEK: f"week {number} of {year}",
    }[kind]


def short_period_text(period: str) -> str:
    """A reference period as short as a label on a chart needs it.

    >>> short_period_text("2022-11"), short_period_text("2019-12-31"), short_period_text("2019")
    ('Nov 2022', '31 Dec 2019', '2019')
    """
    words = period_text(period)
    for name in _MONTHS:
        words = words.replace(name, name[:3])
    return words.replace("first half of", "H1").replace("second half of", "H2")


def when_text(period: str) -> str:
    """A reference period with its preposition, as a sentence needs it.

    >>> [when_text(p) for p in ("2019", "2019-Q3", "2019-12-31", "2019-S1")]
    ['in 2019', 'in the third quarter of 2019', 'at the end of 2019', 'in the first half of 2019']
    """
    kind = period_kind(period)
    if kind is PeriodKind.DAY:
        return f"at the end of {period[:4]}" if period.endswith("-12-31") else f"on {period_text(period)}"
    if kind is PeriodKind.QUARTER:
        return f"in the {_ORDINALS[int(period[-1]) - 1]} quarter of {period[:4]}"
    if kind is PeriodKind.HALF_YEAR:
        return f"in the {period_text(period)}"
    return f"in {period_text(period)}"


def place_text(area: Area) -> str:
    """The name of an area inside a sentence, with its article.

    >>> from observatory.codelists.areas import get_area
    >>> place_text(get_area("NLD")), place_text(get_area("FIN"))
    ('the Netherlands', 'Finland')
    """
    needs_article = area.id in _WITH_ARTICLE.split() or area.name.startswith(("European Union", "Euro area"))
    return f"the {area.name}" if needs_article else area.name


def publisher_text(name: str) -> str:
    """The short name of a publisher inside a sentence, with its article.

    >>> publisher_text("OECD"), publisher_text("Eurostat")
    ('the OECD', 'Eurostat')
    """
    return f"the {name}" if name.startswith(_PUBLISHERS_WITH_ARTICLE) else name


def ordinal_text(rank: int) -> str:
    """A rank as "1st", "2nd", "11th".

    >>> [ordinal_text(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']
    """
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"


def list_text(words: Sequence[str], *, last: str = "and") -> str:
    """Words joined as a sentence joins them, by "and", or by another word before the last.

    >>> list_text(["Finland"]), list_text(["Finland", "Norway"]), list_text(["Finland", "Norway", "Sweden"])
    ('Finland', 'Finland and Norway', 'Finland, Norway and Sweden')
    """
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def count_text(count: int, noun: str, *, plural: str = "") -> str:
    """A count with its noun in the right number.

    >>> count_text(1, "country", plural="countries"), count_text(29, "country", plural="countries")
    ('1 country', '29 countries')
    """
    number = f"{count:,}".replace(",", THIN_SPACE)
    return f"{number} {noun if count == 1 else plural or noun + 's'}"


def lower_first(text: str) -> str:
    """A title inside a sentence: its first letter small, unless the first word is an abbreviation or has one in it.

    >>> lower_first("Radiologists"), lower_first("MRI units"), lower_first("X-ray units")
    ('radiologists', 'MRI units', 'X-ray units')
    """
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    ordinary = first[1:].replace("-", "").islower() and len(first.partition("-")[0]) > 1
    return text[0].lower() + text[1:] if ordinary else text
