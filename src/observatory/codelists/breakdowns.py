"""What a figure covers besides place and time: provider setting, sector, sex and age.

Settings follow the System of Health Accounts (HP.1 hospitals, HP.3 ambulatory care). Sectors exist because WHO
writes "Only public sector data" into a comment: that is coverage, and it decides whether two countries compare.
"""

from enum import StrEnum


class Setting(StrEnum):
    """Where the thing counted stands or happens."""

    ALL = "all"
    HOSPITAL = "hospital"
    AMBULATORY = "ambulatory"
    NOT_STATED = "not_stated"


class Sector(StrEnum):
    """Whose equipment, staff or examinations are counted."""

    ALL = "all"
    PUBLIC = "public"
    PRIVATE = "private"
    NOT_STATED = "not_stated"


class Sex(StrEnum):
    """Sex of the persons counted; `all` where the figure is not about persons of one sex."""

    ALL = "all"
    FEMALE = "female"
    MALE = "male"


SETTING_NAMES: dict[Setting, str] = {
    Setting.ALL: "all settings",
    Setting.HOSPITAL: "hospitals only (HP.1)",
    Setting.AMBULATORY: "ambulatory care only (HP.3)",
    Setting.NOT_STATED: "setting not stated",
}

SECTOR_NAMES: dict[Sector, str] = {
    Sector.ALL: "all sectors",
    Sector.PUBLIC: "public sector only",
    Sector.PRIVATE: "private sector only",
    Sector.NOT_STATED: "sector not stated",
}

SEX_NAMES: dict[Sex, str] = {Sex.ALL: "both sexes", Sex.FEMALE: "women", Sex.MALE: "men"}

ALL_AGES = "all"
"""The code of "every age" in the age column; other ages are written "50-69", "0-29" or "50+"."""

UNSTATED = "coverage not stated"
"""What is said of a figure whose publisher names no setting or no sector."""


def age_words(age: str) -> str:
    """An age as it stands behind whoever has it.

    >>> age_words("50-69"), age_words("50+"), age_words("0-29")
    ('aged 50–69', 'aged 50 and over', 'aged under 30')
    """
    low, _, high = age.partition("-")
    if high and not int(low):
        return f"aged under {int(high) + 1}"
    return f"aged {age.removesuffix('+')} and over" if age.endswith("+") else f"aged {low}–{high}"
