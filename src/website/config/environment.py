"""What differs between installations, read from the environment, with a default that is safe on one machine.

A secret key is made on the first start and kept in `var/`: nobody forgets to set one, and none is ever published.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def is_on(name: str, *, default: bool = False) -> bool:
    """Whether a variable says yes: 1, true, yes or on."""
    said = os.environ.get(name, "").strip().casefold()
    return said in {"1", "true", "yes", "on"} if said else default


def words(name: str, *, default: str = "") -> list[str]:
    """A variable's words, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret_key(folder: Path) -> str:
    """SECRET_KEY, else the key kept in `folder`, else a new one that is kept there, readable by its owner alone."""
    if said := os.environ.get("SECRET_KEY", ""):
        return said
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def database(address: str, *, default: Path) -> dict[str, object]:
    """Django's settings for DATABASE_URL: `sqlite:///path` or `postgresql://user:password@host:port/name?option=…`.

    Empty means the SQLite file `default`. Raises ImproperlyConfigured for another scheme.
    """
    if not address:
        return _sqlite(str(default))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(f"DATABASE_URL names {parts.scheme!r}; use sqlite:///path or postgresql://…")


def mail(address: str) -> dict[str, Any]:
    """How mail leaves, for OBSERVATORY_MAIL: `smtp://host:25`, `smtp+starttls://user:password@host:587`, `smtps://…`.

    The keys are the arguments of Django's `get_connection`. Empty means that letters are printed and nothing leaves.
    Raises ImproperlyConfigured for another scheme, and for a password that would travel in the open.
    """
    if not address:
        return {"backend": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or not parts.hostname:
        raise ImproperlyConfigured("OBSERVATORY_MAIL is one of smtp://host, smtp+starttls://host and smtps://host")
    if parts.username and parts.scheme == "smtp":
        raise ImproperlyConfigured("OBSERVATORY_MAIL would send its password in the open; use smtp+starttls or smtps")
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": parts.hostname,
        "port": parts.port or ports[parts.scheme],
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+starttls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": 30,
    }


def _sqlite(path: str) -> dict[str, object]:
    """One file, whose writers wait for each other from the start: a draft that saves itself meets its editor."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
