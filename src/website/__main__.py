"""`python -m website`: prepare what the site needs, and serve it.

python -m website prepare              the database and the static files, new or brought up to date
python -m website serve [--port 8000]  prepare, then answer on 127.0.0.1 until interrupted
python -m website furnish              prepare, then furnish a demo of the affairs desk, with an account a role
python -m website demo [--port 8000]   prepare, then serve and furnish side by side
python -m website sweep FOLDER         prepare, then put recorded answers into the queue of the affairs desk
python -m website ask [SOURCE …]       prepare, ask the sources over the network, put what they answer into the queue
python -m website digest               prepare, then send the digests that are due by mail
"""

import argparse
import os
import resource
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from observatory.errors import ObservatoryError
from website.config.warming import LATER, WARM

if TYPE_CHECKING:
    from website.affairs.models import Run

THREADS = 12
"""Requests that one process works on at once: more than may read what people send or make what is dear, together."""
CONNECTIONS = 4096
"""Connections that one process holds; most of them are idle and cost next to nothing."""
IDLE_MS = 5_000
"""Milliseconds within which the next head of a request has to be here, before the connection is closed."""
LONGEST_HEAD = 64 * 1024
"""Bytes of the longest head of a request."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and do what it says."""
    parser = argparse.ArgumentParser(prog="python -m website", description="Prepare and serve the website.")
    parser.add_argument("act", choices=("prepare", "serve", "furnish", "demo", "sweep", "ask", "digest"))
    parser.add_argument("what", nargs="*", help="for sweep, the folder of recorded answers; for ask, sources, or all")
    parser.add_argument("--dry-run", action="store_true", help="for ask: print the addresses and ask none of them")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    parser.add_argument("--workers", type=int, default=1, help="processes that answer")
    said = parser.parse_args(arguments)
    if said.act == "demo":
        os.environ.setdefault("OBSERVATORY_ADMIN", "on")  # Else nobody could log in with what is printed.
    prepare()
    if said.act == "demo":
        os.environ.setdefault(WARM, LATER)
        # In a process of its own: the server forks, and what has computed figures has threads that a fork breaks.
        subprocess.Popen([sys.executable, "-m", "website", "furnish"])
    if said.act == "furnish":
        furnish()
    if said.act in {"serve", "demo"}:
        serve(host=said.host, port=said.port, workers=said.workers)
    elif said.act == "sweep":
        if len(said.what) != 1:
            parser.error("sweep needs the folder of recorded answers")
        sweep(Path(said.what[0]))
    elif said.act == "ask":
        ask(said.what, dry_run=said.dry_run)
    elif said.act == "digest":
        send_digests()


def prepare() -> None:
    """Bring the database to its present form, and give static files names that say their content."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.config.settings")
    import django  # noqa: PLC0415  Settings must be named before Django is loaded.

    django.setup()
    from website.config.collecting import collect_if_changed  # noqa: PLC0415  Settings are read from here on.
    from website.config.migrating import bring_up_to_date  # noqa: PLC0415

    bring_up_to_date()
    collect_if_changed()


def furnish() -> None:
    """Furnish the affairs desk for a demo, and say who may log in with which password until the next start."""
    from website.affairs.clock import now  # noqa: PLC0415  Models exist from here on.
    from website.affairs.demo.furnishing import furnish as furnish_desk  # noqa: PLC0415
    from website.config.settings import VAR  # noqa: PLC0415

    try:
        passwords = furnish_desk(VAR / "demo-answers", at=now())
    except ObservatoryError as error:
        sys.stdout.write(f"The affairs desk is not furnished: {error.message}\n")
        return
    sys.stdout.write("The affairs desk is at /affairs/. Its items are synthetic. Log in until the next start as\n")
    for name, password in passwords.items():
        sys.stdout.write(f"  {name:20} {password}\n")
    sys.stdout.flush()


def sweep(folder: Path) -> None:
    """Put recorded answers into the queue and say what each source brought; a gap ends with status 1."""
    from website.affairs.actions.sweeping import sweep as sweep_folder  # noqa: PLC0415  Models exist from here on.
    from website.affairs.clock import now  # noqa: PLC0415

    try:
        runs = sweep_folder(folder, at=now())
    except ObservatoryError as error:
        sys.exit(error.message)
    sys.exit(_told(runs))


def ask(sources: Sequence[str], *, dry_run: bool) -> None:
    """Ask the sources over the network and say what each brought; a gap ends with status 1."""
    from observatory.cli.harvest import print_summary  # noqa: PLC0415  Only this act asks anybody.
    from website.affairs import asking  # noqa: PLC0415  Models exist from here on.
    from website.affairs.clock import now  # noqa: PLC0415
    from website.config.settings import VAR  # noqa: PLC0415

    folder = Path(os.environ.get("OBSERVATORY_AFFAIRS_ARCHIVE") or VAR / "affairs-archive")
    try:
        if dry_run:
            sys.exit(asking.show_addresses(folder, sources=sources, at=now()))
        attempts, runs = asking.ask(
            folder,
            sources=sources,
            at=now(),
            contact=os.environ.get("OBSERVATORY_CONTACT", ""),
            proxy=os.environ.get("OBSERVATORY_PROXY", ""),
        )
    except ObservatoryError as error:
        sys.exit(error.message)
    print_summary(attempts)
    sys.exit(_told(runs))


def send_digests() -> None:
    """Send the digests that are due and say how many left; one that the mail server did not take ends with status 1."""
    from observatory.archive.writing import locked  # noqa: PLC0415  Only this act is kept from running twice at once.
    from website.affairs.clock import now  # noqa: PLC0415  Models exist from here on.
    from website.affairs.mail import MailNotSet, send_all  # noqa: PLC0415
    from website.config.settings import VAR  # noqa: PLC0415

    try:
        with locked(VAR / "digest.lock", or_else="another round of digests is under way"):
            outcome = send_all(at=now())
    except ObservatoryError as error:
        sys.exit(error.message)
    except MailNotSet as error:
        sys.exit(str(error))
    told = f"{outcome.sent} sent, {outcome.waiting} waiting, {outcome.unreachable} without an address"
    sys.stdout.write(f"{told}{f'; {outcome.stopped}' if outcome.stopped else ''}\n")
    sys.stdout.flush()
    sys.exit(1 if outcome.waiting or outcome.stopped else 0)


def _told(runs: "Sequence[Run]") -> int:
    """Say what each source brought; returns 1 where one fell short."""
    for run in runs:
        told = f"{run.source}: {run.parsed} read, {run.new} new, {run.changed} changed, {run.gone} gone"
        sys.stdout.write(f"{told}{f'; GAP: {run.gap}' if run.gap else ''}\n")
    sys.stdout.flush()
    return int(any(run.gap for run in runs))


def serve(*, host: str, port: int, workers: int) -> None:
    """Answer requests until interrupted. Ends with a message where the port is taken."""
    from granian import Granian  # noqa: PLC0415  Only a site that is served needs a server.
    from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
    from granian.http import HTTP1Settings  # noqa: PLC0415

    from website.config.parent import PARENT  # noqa: PLC0415

    if problem := _taken(host, port):
        raise SystemExit(problem)
    _allow_connections()
    os.environ[PARENT] = str(os.getpid())
    Granian(
        "website.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=IDLE_MS, max_buffer_size=LONGEST_HEAD),
        workers=workers,
        blocking_threads=THREADS,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        websockets=False,
        respawn_failed_workers=True,
        log_enabled=False,
    ).serve()


def _taken(host: str, port: int) -> str:
    """Why a port cannot be listened on; empty where it can. Two servers would share it without a word."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return (
            f"Port {port} of {host} cannot be listened on: {error.strerror}. Stop what listens, or name another --port."
        )
    return ""


def _allow_connections() -> None:
    """Let the processes that answer hold as many connections as the system allows them at most."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * CONNECTIONS if most == resource.RLIM_INFINITY else min(most, 2 * CONNECTIONS)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


if __name__ == "__main__":
    main()
