"""The database brought to its present form; an empty one in half the time.

Django renders every model it knows of again for each change of one, and Wagtail's history has hundreds of changes. So
on an empty database that history is walked alone, before the rooms' models are known.
"""

from django.core.management import call_command
from django.db import connection


def bring_up_to_date() -> None:
    """Apply what was not applied yet."""
    if not connection.introspection.table_names():
        call_command("migrate", "pages", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0, interactive=False)
