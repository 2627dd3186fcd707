"""Joint statements: what the society said together with others, from the desk and from the catalogue, and, for those
inside, what is in work.
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse

from observatory.affairs.dossier import Evidence
from observatory.affairs.statements import JointStatement
from observatory.affairs.timeline import first_day
from website.affairs.access import Reader, visible_dossiers, visible_statements
from website.affairs.catalogue import desk
from website.affairs.models import DossierRow, Statement
from website.affairs.models.positions import VersionState
from website.affairs.pages import page, render
from website.affairs.seating import body_name
from website.affairs.wording import EVIDENCE_WORDS, date_words, day_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One joint statement, in words."""

    title: str
    """As it is called."""
    href: str
    """Its page here; empty for one that the catalogue tells of."""
    partners: tuple[str, ...]
    """With whom."""
    network: str
    """The thematic network; empty where there was none."""
    platform: str
    """Name of the body under which it was written; empty where there was none."""
    when: str
    """The day on which it was issued, as exactly as it is known."""
    order: date
    """By which statements are ordered: those without a date come last."""
    document: str
    """Where it stands; empty where that is not known."""
    dossiers: tuple[DossierRow, ...]
    """The dossiers that it bears on, of which the reader may know."""
    evidence: str
    """How it is known; empty for one of the desk's own."""
    is_verified: bool
    """Whether it was read in the source itself."""
    source: str
    """Who says so, and what else is said."""
    as_of: date | None
    """The day on which that was known; none for one of the desk's own."""


@page()
def statements(request: HttpRequest, reader: Reader) -> HttpResponse:
    """What was said together with others, the latest first."""
    dossiers = {row.slug: row for row in visible_dossiers(reader)}
    rows = list(visible_statements(reader).prefetch_related("position__versions"))
    published = [row for row in rows if _was_published(row)]
    found = [_kept(row) for row in published]
    found += [_told(one, dossiers=dossiers) for one in desk().statements.values()]
    return render(
        request,
        "affairs/statements.html",
        reader,
        statements=sorted(found, key=lambda one: (one.order, one.title), reverse=True),
        in_work=[(row, row.position.versions.all()[0]) for row in rows if row not in published],
    )


def _was_published(row: Statement) -> bool:
    states = {version.state for version in row.position.versions.all()}
    return bool(states & {VersionState.PUBLISHED, VersionState.SUPERSEDED})


def _kept(row: Statement) -> Said:
    return Said(
        title=row.position.title,
        href=row.position.href,
        partners=tuple(row.partners),
        network=row.network,
        platform=body_name(row.platform) if row.platform else "",
        when=day_words(row.issued_on) if row.issued_on else "no date given",
        order=row.issued_on or date.min,
        document=row.document,
        dossiers=(row.position.dossier,),
        evidence="",
        is_verified=False,
        source="",
        as_of=None,
    )


def _told(one: JointStatement, *, dossiers: dict[str, DossierRow]) -> Said:
    return Said(
        title=one.title,
        href="",
        partners=tuple(one.partners),
        network=one.network,
        platform=body_name(one.platform) if one.platform else "",
        when=date_words(one.issued_on) if one.issued_on else "date not known",
        order=first_day(one.issued_on) if one.issued_on else date.min,
        document=one.address,
        dossiers=tuple(dossiers[slug] for slug in one.dossiers if slug in dossiers),
        evidence=EVIDENCE_WORDS[one.evidence],
        is_verified=one.evidence is Evidence.VERIFIED,
        source=f"{one.note} {one.source or 'No source noted'}.".strip(),
        as_of=one.as_of,
    )
