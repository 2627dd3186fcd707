"""A site that is served before it is warm answers the same, and nothing that it worked out meanwhile is left over."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from observatory.releases.reading import CURRENT, Release
from tests.small_release import build_small_release
from website.config.warming import LATER, WARM

START = """
import json, os, sys, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "website.config.settings"
import django
django.setup()
from website.config import wsgi

def get(path):
    said = {}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "localhost",
               "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http",
               "wsgi.input": sys.stdin.buffer}
    body = b"".join(wsgi.application(environ, lambda status, headers, *_: said.update(status=status)))
    return said["status"], len(body)

warming = [one for one in threading.enumerate() if one.name == "warming"]
first = [get("/")[0], *get("/api/v1/indicators")]
for one in warming:
    one.join()
server = wsgi._api._server
print(json.dumps({"warming": len(warming), "first": first, "then": [get("/")[0], *get("/api/v1/indicators")],
                  "left": server._ahead is not None and server._held is not None}))
"""


def run(*command: str, releases: Path, var: Path, warm: str = "") -> str:
    environment = os.environ | {
        "OBSERVATORY_RELEASES": str(releases),
        "OBSERVATORY_VAR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}",
        WARM: warm,
    }
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def var(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the site has been prepared."""
    folder = tmp_path_factory.mktemp("var")
    run("-m", "website", "prepare", releases=release.folder.parent, var=folder)
    return folder


def begin(releases: Path, var: Path, *, warm: str) -> dict[str, Any]:
    """What a process tells that starts, answers, waits until it is warm and answers again."""
    told: dict[str, Any] = json.loads(run("-c", START, releases=releases, var=var, warm=warm).splitlines()[-1])
    return told


@pytest.mark.parametrize(("warm", "threads"), [(LATER, 1), ("", 0)])
def test_a_site_answers_the_same_before_and_after_it_is_warm(
    release: Release, var: Path, warm: str, threads: int
) -> None:
    told = begin(release.folder.parent, var, warm=warm)

    assert told["warming"] == threads
    assert told["first"] == told["then"]
    assert told["first"][:2] == ["200 OK", "200 OK"]
    assert told["left"] is False


def test_a_damaged_release_is_not_served_cold_either(var: Path, tmp_path: Path) -> None:
    build_small_release(tmp_path / "releases")
    table = (tmp_path / "releases" / CURRENT).resolve() / "observations" / "mri-units-per-million.parquet"
    os.truncate(table, 60)

    told = begin(tmp_path / "releases", var, warm=LATER)
    assert told["warming"] == 0
    assert told["first"][0] == "503 Service Unavailable"
