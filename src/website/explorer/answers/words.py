"""Names of things as headings and lists say them."""

from datetime import date

from observatory.catalogue.model import ListingKind, Topic

TOPIC_NAMES: dict[Topic, str] = {
    Topic.EQUIPMENT: "Equipment",
    Topic.EXAMINATIONS: "Examinations",
    Topic.WORKFORCE: "Workforce",
    Topic.SCREENING: "Screening",
    Topic.WAITING: "Waiting",
    Topic.POPULATION: "Population",
}
TOPIC_TEXTS: dict[Topic, str] = {
    Topic.EQUIPMENT: "Scanners and other machines: how many there are, for how many people.",
    Topic.EXAMINATIONS: "How often they are used, by setting, by inhabitant and by machine.",
    Topic.WORKFORCE: "Radiologists and radiographers.",
    Topic.SCREENING: "Breast screening: whether there is a programme, and whom it reaches.",
    Topic.WAITING: "How many wait for a test, and for how long.",
    Topic.POPULATION: "The number of people behind every rate.",
}
LISTING_NAMES: dict[ListingKind, str] = {
    ListingKind.DATABASE: "Databases",
    ListingKind.REPORT: "Reports",
    ListingKind.ARTICLE: "Articles",
    ListingKind.LEGISLATION: "Legislation",
    ListingKind.TABLE: "Tables",
    ListingKind.LINK: "Links",
}

METHOD_NAMES = {"published": "as published", "derived": "derived by the Observatory"}
"""How a figure came about."""

CERTAINTY_TEXTS = {
    "verified": "Read in the source itself",
    "secondary": "Known from a secondary page",
    "stated by the society": "As stated by the society",
}


def day_words(day: date) -> str:
    """A day as readers write it.

    >>> day_words(date(2026, 11, 4))
    '4 November 2026'
    """
    return f"{day.day} {day:%B} {day.year}"
