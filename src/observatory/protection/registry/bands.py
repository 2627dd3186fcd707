"""Ages and weights as the bands in which they may leave a facility, and in which levels are set.

Children are told apart as reference levels do it: the head by age, the body by weight. An age of 97 names a person in
a small town, so the last band is open.
"""

AGES = ((0, 1), (1, 5), (5, 10), (10, 15), (15, 18), (18, 25), *((low, low + 5) for low in range(25, 85, 5)))
"""Lower and upper bound in years; the upper is the lower of the next."""
OLDEST = 85
WEIGHTS = ((0, 5), (5, 15), (15, 30), (30, 50), (50, 80))
"""Bounds in kilograms."""
HEAVIEST = 80
LONGEST_LIFE, GREATEST_WEIGHT = 130, 400
ADULT_FROM = 18
UNKNOWN = ""


def age_band(years: float | None) -> str:
    """The band of an age, such as "5-10" or "85+"; empty for an unknown or impossible one.

    >>> age_band(0.5), age_band(61.6), age_band(97), age_band(None)
    ('0-1', '60-65', '85+', '')
    """
    if years is None or not 0 <= years <= LONGEST_LIFE:
        return UNKNOWN
    return _band(years, AGES, f"{OLDEST}+")


def weight_band(kilograms: float | None) -> str:
    """The band of a weight, such as "15-30" or "80+"; empty for an unknown or impossible one."""
    if kilograms is None or not 0 < kilograms <= GREATEST_WEIGHT:
        return UNKNOWN
    return _band(kilograms, WEIGHTS, f"{HEAVIEST}+")


def all_age_bands() -> frozenset[str]:
    """Every age band there can be."""
    return frozenset({UNKNOWN, f"{OLDEST}+", *(f"{low}-{high}" for low, high in AGES)})


def all_weight_bands() -> frozenset[str]:
    """Every weight band there can be."""
    return frozenset({UNKNOWN, f"{HEAVIEST}+", *(f"{low}-{high}" for low, high in WEIGHTS)})


def group_of(*, age: str, weight: str, by_weight: bool) -> str:
    """The group for which levels are set: "adult", "age 5-10" or "weight 15-30"; empty where it cannot be told.

    A child whose band is unknown belongs to no group, and is not taken for an adult.
    """
    if not age:
        return ""
    if age == f"{OLDEST}+" or int(age.split("-", maxsplit=1)[0]) >= ADULT_FROM:
        return "adult"
    if not by_weight:
        return f"age {age}"
    return f"weight {weight}" if weight else ""


def _band(value: float, bounds: tuple[tuple[int, int], ...], last: str) -> str:
    return next((f"{low}-{high}" for low, high in bounds if low <= value < high), last)
