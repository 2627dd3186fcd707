"""The catalogue is planted once, and planted again it corrects without erasing."""

from dataclasses import replace

from observatory.proceedings.records import Certainty
from website.affairs.actions.seeding import plant, seed_desk
from website.affairs.catalogue import desk as catalogue
from website.affairs.models import DossierRow, TimelineRow
from website.audit.models import Entry


def test_planting_again_adds_nothing(desk: None) -> None:
    before = TimelineRow.objects.count(), Entry.objects.count()

    seed_desk()
    assert (TimelineRow.objects.count(), Entry.objects.count()) == before


def test_a_corrected_date_supersedes_the_earlier_one_which_stays(ehds: DossierRow) -> None:
    dossier = catalogue().dossiers["ehds"]
    facts = [replace(one, falls_on="2027-06") if one.step == "applies" else one for one in dossier.facts]
    plant([replace(dossier, facts=facts)])

    old, new = ehds.timeline.filter(step="applies").order_by("id")
    assert (old.falls_on, old.superseded_by_id) == ("2027-03-26", new.pk)
    assert (new.falls_on, new.precision, new.is_standing) == ("2027-06", "month", True)


def test_a_fact_that_was_taken_out_is_marked_and_kept(ehds: DossierRow) -> None:
    dossier = catalogue().dossiers["ehds"]
    plant([replace(dossier, facts=[one for one in dossier.facts if one.step != "applies"])])

    row = ehds.timeline.get(step="applies")
    assert row.withdrawn_on == dossier.as_of
    assert not row.is_standing


def test_what_was_planned_and_happened_is_one_step_with_its_history(ehds: DossierRow) -> None:
    dossier = catalogue().dossiers["ehds"]
    facts = [replace(one, status=Certainty.PLANNED) if one.step == "applies" else one for one in dossier.facts]
    plant([replace(dossier, facts=facts)])

    assert [row.status for row in ehds.timeline.filter(step="applies").order_by("id")] == ["confirmed", "planned"]
