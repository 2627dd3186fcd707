"""Short names of publishers, for the ends of lines and the heads of columns.

"Organisation for Economic Co-operation and Development" does not fit beside a line; its readers say OECD.
"""

from collections.abc import Mapping

SHORT_NAMES: Mapping[str, str] = {
    "ch_bag": "BAG, Switzerland",
    "es_ine": "INE, Spain",
    "es_mscbs": "Ministry of Health, Spain",
    "eurostat": "Eurostat",
    "iaea": "IAEA",
    "nhse": "NHS England",
    "oecd": "OECD",
    "phs": "Public Health Scotland",
    "who": "WHO",
    "world_bank": "World Bank",
}
"""Publisher id → what readers call it."""

NATIONAL: Mapping[str, str] = {
    "ch_bag": "CHE",
    "es_ine": "ESP",
    "es_mscbs": "ESP",
    "nhse": "GBR",
    "phs": "GBR",
}
"""Publisher id → the one country it answers for. Every other publisher collects from many countries."""


def short_name(publisher: str, *, otherwise: str = "") -> str:
    """What readers call a publisher; of one without a short name, `otherwise`, else its id.

    >>> short_name("oecd"), short_name("new", otherwise="A New Publisher")
    ('OECD', 'A New Publisher')
    """
    return SHORT_NAMES.get(publisher, otherwise or publisher)
