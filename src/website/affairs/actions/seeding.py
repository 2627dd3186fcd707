"""Planting: the roles and the catalogue's dossiers come into the database, and come again after each change of either.

A fact that the catalogue corrects is not overwritten: the new row supersedes the old one, and one that was taken out is
marked withdrawn. What officers and sweeps have added stays untouched.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest

from django.db import connection, transaction

from observatory.affairs.dossier import Dossier, Fact
from observatory.affairs.timeline import first_day, last_day, precision_of
from observatory.errors import ObservatoryError
from website.affairs.catalogue import desk
from website.affairs.models import DossierRow, NumberRow, TimelineRow
from website.affairs.models.dossiers import Origin
from website.affairs.numbers import untyped
from website.affairs.roles import write_groups
from website.audit.recording import record


def seed_desk(**_: object) -> None:
    """Write the groups of all roles, and plant what the catalogue holds; one that cannot be read plants nothing.

    `observatory affairs` and the tests say what is wrong with it; a site that does not start says it to nobody.
    """
    if DossierRow._meta.db_table not in connection.introspection.table_names():
        return
    write_groups()
    try:
        found = desk()
    except ObservatoryError:
        return
    plant(found.dossiers.values())


@transaction.atomic
def plant(dossiers: Iterable[Dossier]) -> None:
    """Bring each dossier of the catalogue up to date, and record those that changed."""
    for dossier in dossiers:
        row, is_new = _dossier(dossier)
        changed = _numbers(row, dossier) + _facts(row, dossier)
        if is_new or changed:
            record("affairs.dossier.planted", row, by=None, is_new=is_new, rows=changed)


def _dossier(dossier: Dossier) -> tuple[DossierRow, bool]:
    described = {
        "title": dossier.title,
        "short_title": dossier.short_title,
        "kind": dossier.kind.value,
        "status": dossier.status.value,
        "summary": dossier.summary,
        "topics": dossier.topics,
        "committees": dossier.committees,
        "indicators": dossier.indicators,
        "as_of": dossier.as_of,
    }
    row, is_new = DossierRow.objects.get_or_create(slug=dossier.id, defaults={**described, "origin": Origin.CATALOGUE})
    if not is_new and any(getattr(row, name) != value for name, value in described.items()):
        DossierRow.objects.filter(pk=row.pk).update(**described)
        row.refresh_from_db()
    return row, is_new


def _numbers(row: DossierRow, dossier: Dossier) -> int:
    known = set(row.numbers.values_list("value", flat=True))
    new = [
        NumberRow(
            dossier=row,
            value=number.value,
            untyped=untyped(number.value),
            evidence=number.evidence.value,
            source=number.source,
            note=number.note,
            as_of=dossier.as_of,
        )
        for number in dossier.numbers
        if number.value not in known
    ]
    NumberRow.objects.bulk_create(new)
    return len(new)


def _facts(row: DossierRow, dossier: Dossier) -> int:
    """Rows for facts that are new; what they replace is marked."""
    standing: dict[tuple[str, str], list[TimelineRow]] = {}
    for one in row.timeline.filter(origin=Origin.CATALOGUE, superseded_by=None, withdrawn_on=None):
        standing.setdefault((one.key, one.source), []).append(one)
    said: dict[tuple[str, str], list[Fact]] = {}
    for one_said in dossier.facts:
        said.setdefault((one_said.step, one_said.source), []).append(one_said)
    changed = 0
    for names in standing.keys() | said.keys():
        for old, fact in _pairs(standing.get(names, []), said.get(names, []), as_of=dossier.as_of):
            new = _row(row, fact, as_of=dossier.as_of) if fact else None
            if new:
                new.save()
            if old:
                marks = {"superseded_by": new} if new else {"withdrawn_on": dossier.as_of}
                TimelineRow.objects.filter(pk=old.pk).update(**marks)
            changed += 1
    return changed


def _pairs(
    rows: list[TimelineRow], facts: list[Fact], *, as_of: date
) -> Iterator[tuple[TimelineRow | None, Fact | None]]:
    """What of one step, by one source, is no longer said, beside what is newly said; what stays is seen once more."""
    unsaid = list(rows)
    new = []
    for fact in facts:
        same = next((one for one in unsaid if (one.falls_on, one.status) == (fact.falls_on, fact.status.value)), None)
        if same is None:
            new.append(fact)
            continue
        unsaid.remove(same)
        if (same.as_of, same.note, same.evidence) != (as_of, fact.note, fact.evidence.value):
            TimelineRow.objects.filter(pk=same.pk).update(as_of=as_of, note=fact.note, evidence=fact.evidence.value)
    yield from zip_longest(unsaid, new)


def _row(row: DossierRow, fact: Fact, *, as_of: date) -> TimelineRow:
    return TimelineRow(
        dossier=row,
        key=fact.step,
        step=fact.step,
        falls_on=fact.falls_on,
        precision=precision_of(fact.falls_on).value,
        first_day=first_day(fact.falls_on),
        last_day=last_day(fact.falls_on),
        status=fact.status.value,
        evidence=fact.evidence.value,
        source=fact.source,
        note=fact.note,
        origin=Origin.CATALOGUE,
        known_on=as_of,
        as_of=as_of,
    )
