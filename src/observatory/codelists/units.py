"""Units of measure, and which of them turn into which by a known factor.

Eurostat counts per 100 000 inhabitants what OECD counts per million: reading one as the other is the classic
error of this field, so a conversion exists only where it is written down here.
"""

from dataclasses import dataclass

from observatory.errors import NotFound


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit of measure as readers see it."""

    id: str
    """Code used in files and addresses."""
    name: str
    """In words, for axes and tables."""
    short: str
    """As short as a chart label needs."""
    decimals: int
    """Decimal places shown in charts and sentences; tables show what was published, files keep every digit."""
    absolute: bool = False
    """Whether figures grow with the size of the place. A rank among such says who is large, so none is given."""


UNITS: dict[str, Unit] = {
    unit.id: unit
    for unit in (
        Unit(id="number", name="number", short="", decimals=0, absolute=True),
        Unit(id="persons", name="persons", short="", decimals=0, absolute=True),
        Unit(id="patients", name="patients", short="", decimals=0, absolute=True),
        Unit(id="examinations", name="examinations", short="", decimals=0, absolute=True),
        Unit(id="per_million", name="per million inhabitants", short="per million", decimals=1),
        Unit(id="per_100_000", name="per 100 000 inhabitants", short="per 100 000", decimals=2),
        Unit(id="per_1000", name="per 1 000 inhabitants", short="per 1 000", decimals=1),
        Unit(
            id="per_million_women_50_69",
            name="per million women aged 50–69",
            short="per million women 50–69",
            decimals=1,
        ),
        Unit(id="per_device", name="examinations per device", short="per device", decimals=0),
        Unit(id="percent", name="per cent", short="%", decimals=1),
        Unit(id="category", name="answer", short="", decimals=0),
    )
}

FACTORS: dict[tuple[str, str], float] = {
    ("per_100_000", "per_million"): 10.0,
    ("per_1000", "per_million"): 1000.0,
}
"""(from, to) → factor. A pair that is not here is refused."""


def get_unit(unit_id: str) -> Unit:
    """The unit with this code. Raises NotFound."""
    if unit_id not in UNITS:
        raise NotFound(f"no unit is called {unit_id!r}", remedy=f"Use one of {', '.join(UNITS)}.")
    return UNITS[unit_id]
