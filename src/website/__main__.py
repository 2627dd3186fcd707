"""`python -m website`: prepare what the site needs, and serve it.

python -m website prepare              the database and the static files, new or brought up to date
python -m website serve [--port 8000]  prepare, then answer on 127.0.0.1 until interrupted
"""

import argparse
import os
from collections.abc import Sequence

THREADS = 4
"""Requests that one process works on at once: a workbook takes a second to write, and nobody should wait for it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m website", description="Prepare and serve the website.")
    parser.add_argument("act", choices=("prepare", "serve"))
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--workers", type=int, default=1, help="processes that answer")
    said = parser.parse_args(arguments)
    prepare()
    if said.act == "serve":
        serve(host=said.host, port=said.port, workers=said.workers)


def prepare() -> None:
    """Bring the database to its present form, and give static files names that say their content."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.config.settings")
    import django  # noqa: PLC0415  Settings must be named before Django is loaded.
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    from website.config.collecting import collect_if_changed  # noqa: PLC0415  Settings are read from here on.

    call_command("migrate", verbosity=0, interactive=False)
    collect_if_changed()


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer requests until interrupted."""
    from granian import Granian  # noqa: PLC0415  Only a site that is served needs a server.
    from granian.constants import Interfaces  # noqa: PLC0415

    Granian(
        "website.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=256,
        websockets=False,
        respawn_failed_workers=True,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
