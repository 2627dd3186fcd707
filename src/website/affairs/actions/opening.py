"""Opening: a dossier that the catalogue does not have. It begins without a date and without a claim."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify

from observatory.affairs.dossier import DossierKind, DossierStatus
from website.affairs.access import Reader, require
from website.affairs.actions.refusing import Refused
from website.affairs.models import DossierRow
from website.affairs.models.dossiers import Origin
from website.affairs.roles import May
from website.audit.recording import record


@transaction.atomic
def open_dossier(
    *, by: Reader, on: date, short_title: str, title: str, summary: str, topics: str, visibility: str
) -> DossierRow:
    """A new dossier. Raises Refused where one has the same short title, PermissionDenied."""
    user = require(by, May.TRIAGE)
    slug = slugify(short_title)[:80]
    if not slug:
        raise Refused("The short title needs letters.", field="short_title")
    if DossierRow.objects.filter(slug=slug).exists():
        raise Refused("There is a dossier of this name already.", field="short_title")
    row = DossierRow.objects.create(
        slug=slug,
        title=title.rstrip("."),
        short_title=short_title,
        kind=DossierKind.NON_LEGISLATIVE.value,
        status=DossierStatus.WATCH.value,
        summary=summary,
        topics=[topic.strip() for topic in topics.split(",") if topic.strip()],
        visibility=visibility,
        origin=Origin.DESK,
        as_of=on,
    )
    record("affairs.dossier.opened", row, by=user, visibility=visibility)
    return row
