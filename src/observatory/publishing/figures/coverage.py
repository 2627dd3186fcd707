"""What a figure covers, in words, wherever that is not what its indicator usually covers.

"Spain had 925 CT scanners" is wrong by every scanner outside a hospital, and nobody sees it. So whatever sets a figure
apart — hospitals only, inpatients, survey answers, one sex or age, coverage that nobody states, a rate of ours — is
said wherever the figure is: in the sentence, in the title of the chart, its image and its text alternative, in rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from observatory.catalogue.model import Indicator
from observatory.codelists.breakdowns import (
    ALL_AGES,
    SECTOR_NAMES,
    SETTING_NAMES,
    SEX_NAMES,
    UNSTATED,
    Sector,
    Setting,
    Sex,
    age_words,
)
from observatory.codelists.details import detail_words
from observatory.publishing.figures.selection import Variant

COVERAGE_CHANGES = "coverage changes"
"""How the reason begins for which a line is cut where its figures begin to cover something else."""
DERIVED = "derived by the Observatory"
"""What is said of a figure that the Observatory computes."""

_PLAIN = {Setting.HOSPITAL: "hospitals only", Setting.AMBULATORY: "ambulatory care only", Setting.ALL: "all settings"}
_PATIENTS = {"patients=inpatients": "for inpatients", "patients=outpatients": "for outpatients"}
_INSIDE = {Setting.HOSPITAL: "in hospitals", Setting.AMBULATORY: "in ambulatory care"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Covers:
    """What a variant covers beside what is usual; empty where it is the usual."""

    setting: str = ""
    """The setting: "hospitals only", or "coverage not stated"."""
    inside: str = ""
    """The setting as it stands behind what is counted: "in hospitals"; empty where only `setting` can be said."""
    rest: tuple[str, ...] = ()
    """Breakdown, persons, and that a figure is ours."""
    read: tuple[str, ...] = ()
    """Those of `rest` that the indicator's reading says in its own words."""

    @property
    def words(self) -> str:
        """Everything, as a remark: "hospitals only, derived by the Observatory"."""
        return ", ".join(filter(None, (self.setting, *self.rest)))

    @property
    def remarks(self) -> str:
        """What has to stand between commas in a sentence, the rest being said by `inside` and by the reading."""
        setting = "" if self.inside.startswith("in ") else self.setting
        return ", ".join(filter(None, (setting, *(words for words in self.rest if words not in self.read))))

    def of_figure(self, sector: Sector) -> "Covers":
        """The same for one figure whose sector is stated, though that of others is not: it is said as it is."""
        if self.setting != UNSTATED or sector not in (Sector.PUBLIC, Sector.PRIVATE):
            return self
        return replace(self, setting=SECTOR_NAMES[sector])


USUAL = Covers()
"""Nothing to be said."""


def covers_of(variant: Variant, *, indicator: Indicator, sectors: Iterable[Sector] = ()) -> Covers:
    """What a variant covers beside what its indicator usually does. `sectors` are those of the figures shown.

    What the indicator's title says already is not said again.
    """
    setting = Setting(variant.setting)
    unstated = setting is Setting.NOT_STATED or Sector.NOT_STATED in sectors
    differs = setting is not indicator.usual_setting and not unstated
    persons = persons_words(variant.sex, variant.age)
    apart = (detail_words(variant.detail), persons, DERIVED if variant.method == "derived" else "")
    rest = tuple(words for words in apart if words and words.casefold() not in indicator.title.casefold())
    patients = _PATIENTS.get(variant.detail, "")
    inside = " ".join(filter(None, (_INSIDE.get(setting, "") if differs else "", patients)))
    said = f"{indicator.reading} {patients}".casefold()
    return Covers(
        setting=UNSTATED if unstated else _PLAIN[setting] if differs else "",
        inside=inside,
        rest=rest,
        read=tuple(words for words in rest if words.casefold() in said),
    )


def persons_words(sex: str, age: str) -> str:
    """Sex and age in words; empty for everyone.

    >>> persons_words("female", "50-69"), persons_words("all", "50+"), persons_words("male", "all")
    ('women aged 50–69', 'people aged 50 and over', 'men')
    """
    if age == ALL_AGES:
        return SEX_NAMES[Sex(sex)] if sex != Sex.ALL else ""
    return f"{SEX_NAMES[Sex(sex)] if sex != Sex.ALL else 'people'} {age_words(age)}"


def shared_words(told: Sequence[Covers]) -> str:
    """What all variants shown have to say; empty where they differ, and each has to say it of itself."""
    words = {covers.words for covers in told}
    return words.pop() if len(words) == 1 else ""


def setting_words(setting: Setting, sector: Sector) -> list[str]:
    """Setting and sector of an observation in words, where they are not everything.

    >>> setting_words(Setting.NOT_STATED, Sector.NOT_STATED), setting_words(Setting.NOT_STATED, Sector.PUBLIC)
    (['coverage not stated'], ['public sector only', 'setting not stated'])
    """
    if sector is Sector.NOT_STATED or (sector is Sector.ALL and setting is Setting.NOT_STATED):
        return [UNSTATED, *([SETTING_NAMES[setting]] if setting not in (Setting.NOT_STATED, Setting.ALL) else [])]
    narrower = [SECTOR_NAMES[sector]] if sector is not Sector.ALL else []
    return narrower + ([SETTING_NAMES[setting]] if setting is not Setting.ALL else [])
