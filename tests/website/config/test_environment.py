"""What an installation says in its environment, and what the site makes for itself."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from website.config.environment import database, is_on, mail, secret_key, words


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = secret_key(tmp_path / "var")

    assert len(first) > 50
    assert secret_key(tmp_path / "var") == first
    assert stat.S_IMODE((tmp_path / "var" / "secret-key").stat().st_mode) == 0o600


def test_a_key_that_is_given_is_not_written_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")

    assert secret_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_the_database_is_a_file_unless_another_is_named(tmp_path: Path) -> None:
    assert database("", default=tmp_path / "x.sqlite3")["NAME"] == str(tmp_path / "x.sqlite3")
    assert database("sqlite:////srv/site.sqlite3", default=tmp_path)["NAME"] == "/srv/site.sqlite3"


def test_postgresql_is_read_with_its_password_and_options(tmp_path: Path) -> None:
    found = database("postgresql://reader:p%40ss@db.example:5433/site?sslmode=require", default=tmp_path)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("reader", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "site")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_database_nobody_speaks_to_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="oracle"):
        database("oracle://db", default=tmp_path)


def test_words_and_yes_are_read_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example, b.example ,")
    monkeypatch.setenv("YES", "On")
    monkeypatch.setenv("NO", "0")

    assert words("HOSTS") == ["a.example", "b.example"]
    assert is_on("YES")
    assert not is_on("NO")
    assert not is_on("NOTHING_SAID")


def test_mail_is_printed_unless_a_server_is_named() -> None:
    assert mail("") == {"backend": "django.core.mail.backends.console.EmailBackend"}
    found = mail("smtp+starttls://desk:p%40ss@mail.example")
    assert (found["host"], found["port"], found["username"], found["password"]) == ("mail.example", 587, "desk", "p@ss")
    assert (found["use_tls"], found["use_ssl"]) == (True, False)
    assert (mail("smtps://mail.example")["port"], mail("smtp://127.0.0.1:2525")["port"]) == (465, 2525)


@pytest.mark.parametrize(
    "address", ["smtp://desk:secret@mail.example", "imap://mail.example", "smtp://", "mail.example"]
)
def test_a_mail_server_that_cannot_be_spoken_to_safely_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        mail(address)
    assert "secret" not in str(refused.value)
