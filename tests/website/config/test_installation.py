"""The site as it is installed: prepared in one command, strict behind TLS, with static files that never go stale."""

import json
import os
import subprocess
import sys
from pathlib import Path

from observatory.releases.reading import Release

ASK = "import django; django.setup(); from django.test import Client; reader = Client(SERVER_NAME='127.0.0.1'); "
PROJECT = Path(__file__).resolve().parents[3]


def run(code: list[str], var: Path, release: Release, **said: str) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "DATABASE_URL")}
    environment |= {
        "OBSERVATORY_VAR": str(var),
        "OBSERVATORY_RELEASES": str(release.folder.parent),
        "PYTHONPATH": str(PROJECT / "src"),
        "DJANGO_SETTINGS_MODULE": "website.config.settings",
        **said,
    }
    done = subprocess.run(
        [sys.executable, *code], env=environment, capture_output=True, text=True, check=False, cwd=PROJECT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_command_prepares_database_and_static_files(tmp_path: Path, release: Release) -> None:
    run(["-m", "website", "prepare"], tmp_path, release)

    assert (tmp_path / "website.sqlite3").exists()
    named = json.loads((tmp_path / "static" / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    assert named["theme/observatory.js"].startswith("theme/observatory.")
    assert (tmp_path / "static" / f"{named['theme/observatory.js']}.gz").exists()
    page = run(
        ["-c", f"{ASK}print(reader.get('/about/').content.decode())"],
        tmp_path,
        release,
    )
    assert named["theme/observatory.js"] in page


def test_static_files_are_collected_again_only_when_one_has_changed(tmp_path: Path, release: Release) -> None:
    run(["-m", "website", "prepare"], tmp_path, release)
    named = tmp_path / "static" / "staticfiles.json"
    first = named.stat().st_mtime_ns

    run(["-m", "website", "prepare"], tmp_path, release)
    assert named.stat().st_mtime_ns == first

    (tmp_path / "static" / ".collected").write_text("of something else", encoding="ascii")
    run(["-m", "website", "prepare"], tmp_path, release)
    assert named.stat().st_mtime_ns > first


def test_behind_tls_the_site_is_strict(tmp_path: Path, release: Release) -> None:
    told = run(
        ["-c", f"{ASK}print(reader.get('/about/', secure=True).headers['Strict-Transport-Security'])"],
        tmp_path,
        release,
        TLS="on",
    )

    assert told.strip() == "max-age=31536000; includeSubDomains"
    assert run(["-c", f"{ASK}print(reader.get('/about/').status_code)"], tmp_path, release, TLS="on").strip() == "301"


def test_the_public_address_stands_in_links_and_citations(tmp_path: Path, release: Release) -> None:
    page = run(
        ["-c", f"{ASK}print(reader.get('/indicators/mri-units-per-million/').content.decode())"],
        tmp_path,
        release,
        OBSERVATORY_ADDRESS="https://observatory.example.org/",
    )

    assert '<link rel="canonical" href="https://observatory.example.org/indicators/mri-units-per-million/">' in page
    assert "http://127.0.0.1" not in page


def test_behind_tls_cookies_are_bound_to_the_host_and_gone_with_the_browser(tmp_path: Path, release: Release) -> None:
    run(["-m", "website", "prepare"], tmp_path, release)

    told = run(
        ["-c", f"{ASK}print(reader.get('/report/', secure=True).cookies.output())"],
        tmp_path,
        release,
        TLS="on",
    )

    assert told.startswith("Set-Cookie: __Host-csrftoken=")
    assert "Secure" in told
    assert "Path=/" in told
    assert not {"expires", "Max-Age", "Domain"} & {part.partition("=")[0].strip() for part in told.split(";")}


def test_behind_tls_the_api_is_as_strict_as_the_pages(tmp_path: Path, release: Release) -> None:
    code = (
        "from website.config.wsgi import application; from django.test import RequestFactory\n"
        "for secure in (False, True):\n"
        "    asked = RequestFactory(SERVER_NAME='127.0.0.1').get('/api/v1/areas', secure=secure).environ\n"
        "    application(asked, lambda status, headers, *_: print(status, dict(headers).get('Location', ''),"
        " dict(headers)['Strict-Transport-Security']))\n"
    )

    told = run(["-c", code], tmp_path, release, TLS="on", ALLOWED_HOSTS="127.0.0.1").splitlines()

    assert told[0].startswith("308 Permanent Redirect https://127.0.0.1")
    assert told[1].startswith("200 OK  max-age=31536000; includeSubDomains")


def test_a_release_is_let_go_though_a_circle_leads_to_it(tmp_path: Path, release: Release) -> None:
    code = (
        "import gc, weakref\n"
        "from website.config import wsgi\n"
        "from observatory.releases.reading import Release\n"
        "old, new = Release(wsgi._keeper.current().folder), wsgi._keeper.current()\n"
        "circle = [old]; circle.append(circle); known = weakref.ref(old)\n"
        "gc.freeze(); del old, circle\n"
        "wsgi._keep_for_long(new)\n"
        "print('held' if known() else 'let go', gc.get_freeze_count() > 0)\n"
    )

    assert run(["-c", code], tmp_path, release).splitlines()[-1] == "let go True"
