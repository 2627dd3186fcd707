"""One answer for one address: named, kept, given again, and replaced when a release replaces another."""

import gzip
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client, override_settings

from observatory.pipeline import build_release
from observatory.releases.reading import Release
from tests.small_release import (
    TODAY,
    build_small_release,
    make_records,
    make_snapshot,
    small_catalogue,
    small_snapshots,
)
from website.config.data import keeper

PAGE = "/indicators/mri-units-per-million/?areas=FIN"


def test_a_browser_that_has_the_page_is_told_so(site: Client) -> None:
    first = site.get(PAGE)
    again = site.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_page_is_rendered_once(site: Client) -> None:
    assert "rendered" in site.get(PAGE).headers["Server-Timing"]
    assert "kept" in site.get(PAGE).headers["Server-Timing"]


@override_settings(PUBLIC_ADDRESS="https://figures.example.org")
def test_a_site_that_knows_its_address_renders_a_page_once_by_whatever_name_it_is_asked(site: Client) -> None:
    first = site.get(PAGE, secure=True, headers={"host": "localhost"})
    again = site.get(PAGE, headers={"host": "127.0.0.1:8000"})

    assert "kept" in again.headers["Server-Timing"]
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_site_that_does_not_know_its_address_renders_a_page_for_each_name(site: Client) -> None:
    first = site.get("/", headers={"host": "localhost"})
    again = site.get("/", headers={"host": "127.0.0.1:8000"})

    assert b'href="http://localhost/"' in first.content
    assert b'href="http://127.0.0.1:8000/"' in again.content


def test_a_compressed_page_is_the_same_page_under_another_name(site: Client) -> None:
    plain = site.get(PAGE)
    packed = site.get(PAGE, headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_a_browser_that_refuses_gzip_by_its_weight_gets_the_page_as_it_is(site: Client) -> None:
    refused = site.get(PAGE, headers={"Accept-Encoding": "gzip;q=0, identity"})
    taken = site.get(PAGE, headers={"Accept-Encoding": "br;q=0.9, gzip;q=0.5"})

    assert "Content-Encoding" not in refused.headers
    assert refused.content.startswith(b"<!doctype html>")
    assert taken.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(taken.content) == refused.content


def test_a_page_and_its_chart_weigh_little(site: Client) -> None:
    for view in ("time", "ranking", "map", "table"):
        assert len(site.get(f"{PAGE}&view={view}", headers={"Accept-Encoding": "gzip"}).content) < 60_000


def _check_kept(page: bytes, release: Release) -> None:
    """Whether every file and every way back of a page stays with its release."""
    links = re.findall(rb'href="([^"]*(?:/provenance/|/observations)[^"]*)"', page)
    assert links
    assert not [link for link in links if f"release={release.manifest.id}".encode() not in link]


def test_a_new_release_takes_over_and_the_old_one_stays_citable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build_small_release(tmp_path)
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(tmp_path))
    site = Client()
    before = site.get(f"{PAGE}&view=table")

    later = make_records(
        [{"tech": "MRI", "geo": "FIN", "period": "2021", "value": 99.9}], dimensions=("tech", "setting", "geo")
    )
    snapshots = [*small_snapshots(), make_snapshot(later, "tech", seen_on=date(2023, 7, 1))]
    new = build_release(snapshots, catalogue=small_catalogue(), root=tmp_path, published_on=TODAY)
    keeper().settle()
    after = site.get(f"{PAGE}&view=table")

    assert new.id != old.manifest.id
    assert b"99.9" not in before.content
    assert b"99.9" in after.content
    assert before.headers["ETag"] != after.headers["ETag"]
    frozen = site.get(f"{PAGE}&view=table&release={old.manifest.id}")
    _check_kept(frozen.content, old)
    assert b"99.9" not in frozen.content
    assert b"not the current one" in frozen.content
    assert site.get(f"/updates/{new.id}/").content.count(b">added<") == 1
    assert (
        b"99.9" not in site.get(f"/embed/mri-units-per-million/?areas=FIN&view=table&release={old.manifest.id}").content
    )
    for address in ("/countries/FIN/?", "/compare/?a=FIN&b=DEU&", "/compare/?x=mri-units-per-million&y=population&"):
        there = site.get(f"{address}release={old.manifest.id}").content
        _check_kept(there, old)
        assert b"not the current one" in there
        assert b"99.9" not in there
        framed = site.get(f"/embed{address}release={old.manifest.id}").content
        assert b"99.9" not in framed
        assert f"release {old.manifest.id}".encode() in framed
    assert b"99.9" in site.get("/embed/countries/FIN/").content


def test_only_the_embedded_chart_may_be_framed(site: Client) -> None:
    page, embed = site.get(PAGE), site.get("/embed/mri-units-per-million/?areas=FIN")

    assert page.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    assert "frame-ancestors *" in embed.headers["Content-Security-Policy"]


def test_every_answer_carries_the_policies(site: Client) -> None:
    for address in (PAGE, "/nothing/", "/updates/feed.atom"):
        headers = site.get(address).headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=()" in headers["Permissions-Policy"]
        assert "app;dur=" in headers["Server-Timing"]


def test_readers_get_no_cookie(site: Client) -> None:
    for address in ("/", PAGE, "/about/", "/indicators/?q=mri"):
        assert not site.get(address).cookies


def test_pages_may_only_be_read(site: Client) -> None:
    assert site.post(PAGE).status_code == 405
    assert site.head(PAGE).status_code == 200


def test_a_release_that_is_taken_away_says_so(
    release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "releases"
    shutil.copytree(release.folder.parent, root, symlinks=True)
    (root / "current").unlink()
    monkeypatch.setenv("OBSERVATORY_RELEASES", str(root))

    assert Client().get(PAGE).status_code == 503
