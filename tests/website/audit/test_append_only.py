"""An entry is added and read. Nothing changes or deletes one: not a save, not a query, not the database itself."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from website.audit.models import Entry
from website.audit.recording import list_entries, record


@pytest.fixture
def entry(database: None) -> Entry:
    user, _ = User.objects.get_or_create(username="who-acts")
    return record("test.done", user, by=user, number=1)


def test_an_entry_says_who_did_what_to_what(entry: Entry) -> None:
    assert (entry.actor_name, entry.act, entry.details) == ("who-acts", "test.done", {"number": 1})
    assert entry.subject.startswith("auth.user:")
    assert list_entries(User.objects.get(username="who-acts"))[0] == entry


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET act = 'nothing'", "DELETE FROM audit_entry"], ids=["change", "delete"]
)
def test_the_database_refuses(entry: Entry, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get(pk=entry.pk).act == "test.done"


def test_a_query_and_an_object_cannot_delete(entry: Entry) -> None:
    with pytest.raises(PermissionError):
        entry.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()


def test_an_act_that_fails_leaves_no_entry(database: None) -> None:
    user, _ = User.objects.get_or_create(username="who-acts")
    before = Entry.objects.count()

    with transaction.atomic():
        record("test.failed", user, by=user)
        transaction.set_rollback(True)
    assert Entry.objects.count() == before
