"""What people write is kept in PostgreSQL as well as in SQLite: a real server, begun here and ended here."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from observatory.releases.reading import Release

PROJECT = Path(__file__).resolve().parents[3]
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
REPORT = """
import django; django.setup()
from django.test import Client
from website.explorer.models import Report
reader = Client(SERVER_NAME="127.0.0.1")
told = reader.post("/report/", {"place": "/indicators/population/", "message": "Ünklar – 数", "contact": ""})
print(told.status_code, Report.objects.get().message)
from django.contrib.auth.models import User
User.objects.create_superuser("curator")
reader.force_login(User.objects.get())
print(reader.get("/admin/explorer/report/").status_code)
"""
NEWS = """
import django; django.setup()
from datetime import date, timedelta
from django.test import Client
from website.pages.models import NewsIndexPage, NewsPage
page = NewsPage(title="Ünklar – 数", slug="old", summary="Dose.", date=date.today() - timedelta(days=500))
NewsIndexPage.objects.get().add_child(instance=page)
page.save_revision().publish()
page.slug = "new"
page.save_revision().publish()
reader = Client(SERVER_NAME="127.0.0.1")
print(reader.get("/news/old/").headers["Location"])
for words in ("dose", "nothing", "%27%22%28%26%7C"):
    print(reader.get(f"/news/archive/?q={words}").content.decode().count("/news/new/"))
"""


def find_program(name: str) -> str:
    """One of PostgreSQL's programs; where it is not installed the test is skipped, and says so."""
    found = shutil.which(name) or next((str(folder / name) for folder in PROGRAMS if (folder / name).exists()), None)
    if found is None:
        pytest.skip("LOUD: PostgreSQL is not installed, so it was not tried (apt-get install postgresql)")
    return found


def server_user() -> str | None:
    """Who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("LOUD: PostgreSQL does not run as root, and there is no user postgres; it was not tried")


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    """A PostgreSQL of our own on loopback with one empty database."""
    initdb, server, user = find_program("initdb"), find_program("postgres"), server_user()
    home = Path(tempfile.mkdtemp(prefix="observatory-postgres-"))
    password = secrets.token_urlsafe(12) + "@:/"
    (home / "password").write_text(password, encoding="utf-8")
    if user:
        for path in (home, home / "password"):
            shutil.chown(path, user, user)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    asked = [
        initdb,
        "-D",
        str(home / "data"),
        "-U",
        "observatory",
        "-A",
        "scram-sha-256",
        f"--pwfile={home / 'password'}",
    ]
    subprocess.run(asked, check=True, capture_output=True, user=user, group=user, cwd=home)
    command = [
        server,
        "-D",
        str(home / "data"),
        "-p",
        str(port),
        "-k",
        "",
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "fsync=off",
    ]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, user=user, group=user, cwd=home)
    try:
        create_database(port, password)
        yield f"postgresql://observatory:{password.replace('@:/', '%40%3A%2F')}@127.0.0.1:{port}/readers"
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home)


def create_database(port: int, password: str) -> None:
    """Wait until the server answers, then make the database."""
    for _ in range(150):
        try:
            with psycopg.connect(
                host="127.0.0.1", port=port, user="observatory", password=password, dbname="postgres", autocommit=True
            ) as connection:
                connection.execute("CREATE DATABASE readers")
                return
        except psycopg.OperationalError:
            time.sleep(0.2)
    pytest.fail("the PostgreSQL that was begun here did not answer within 30 s")


def run(code: list[str], database_url: str, var: Path, release: Release) -> str:
    """Run Python as an installation with this database would."""
    environment = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    environment |= {
        "DATABASE_URL": database_url,
        "OBSERVATORY_VAR": str(var),
        "OBSERVATORY_RELEASES": str(release.folder.parent),
        "PYTHONPATH": str(PROJECT / "src"),
        "OBSERVATORY_ADMIN": "on",
        "DJANGO_SETTINGS_MODULE": "website.config.settings",
    }
    done = subprocess.run(
        [sys.executable, *code], env=environment, capture_output=True, text=True, check=False, cwd=PROJECT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_report_is_kept_in_postgresql_and_read_by_a_curator(
    database_url: str, tmp_path: Path, release: Release
) -> None:
    run(["-m", "website", "prepare"], database_url, tmp_path, release)
    run(["-m", "website", "prepare"], database_url, tmp_path, release)

    told = run(["-c", REPORT], database_url, tmp_path, release)

    assert told.split("\n")[:2] == ["302 Ünklar – 数", "200"]
    assert not list(tmp_path.glob("*.sqlite3"))
    with psycopg.connect(database_url) as connection:
        assert connection.execute("select count(*) from explorer_report").fetchone() == (1,)


def test_the_archive_of_news_is_searched_in_postgresql_and_old_addresses_lead_on(
    database_url: str, tmp_path: Path, release: Release
) -> None:
    run(["-m", "website", "prepare"], database_url, tmp_path, release)

    assert run(["-c", NEWS], database_url, tmp_path, release).split() == ["/news/new/", "1", "0", "0"]
