"""`python -m website`: prepare what the site needs, and serve it.

python -m website prepare              the database and the static files, new or brought up to date
python -m website serve [--port 8000]  prepare, then answer on 127.0.0.1 until interrupted
"""

import argparse
import os
import resource
import socket
from collections.abc import Sequence

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
