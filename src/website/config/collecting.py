"""Static files under names that say their content, made again only when one of them has changed.

The editors' screens bring four hundred files; reading, naming and packing them all takes a second at every start.
"""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Collect static files, unless those there are were made of the same; tells whether it did."""
    mark = Path(settings.STATIC_ROOT) / ".collected"
    present = fingerprint()
    if mark.exists() and mark.read_text(encoding="ascii") == present:
        return False
    mark.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(present, encoding="ascii")
    return True


def fingerprint() -> str:
    """What every static file is called, how long it is and when it was written, as one short text."""
    digest = hashlib.blake2b(django.__version__.encode(), digest_size=16)
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
