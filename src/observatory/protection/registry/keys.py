"""Keys of a facility and of a registry: what hashes, what signs and what opens.

A facility has a secret for its hashes, which never leaves, and a key pair with which it signs. A registry has a key
pair with which bundles for it are closed and opened. Private keys are files that only their owner may read.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from observatory.errors import NotFound, RequestRefused, SourceChanged

BYTES = 32
SECRET, SIGNING, SIGNED_BY = "hashing.secret", "signing.private", "signing.public"
OPENING, CLOSED_FOR = "opening.private", "opening.public"
"""Names of the files that hold keys, in hexadecimal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityKeys:
    """What a facility needs to pack."""

    secret: bytes = field(repr=False)
    """With which identifiers are hashed."""
    signing: Ed25519PrivateKey = field(repr=False)
    """With which bundles are signed."""


def make_keys(folder: Path, *, for_whom: Literal["facility", "registry"]) -> list[Path]:
    """Write new keys of a facility or a registry into `folder` and return the files.

    Raises RequestRefused where there are keys already: a facility whose secret changes sends everything twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if for_whom == "facility":
        signing = Ed25519PrivateKey.generate()
        contents = {
            SECRET: os.urandom(BYTES),
            SIGNING: signing.private_bytes_raw(),
            SIGNED_BY: signing.public_key().public_bytes_raw(),
        }
    else:
        opening = X25519PrivateKey.generate()
        contents = {OPENING: opening.private_bytes_raw(), CLOSED_FOR: opening.public_key().public_bytes_raw()}
    present = [name for name in contents if (folder / name).exists()]
    if present:
        raise RequestRefused(
            "there are keys already",
            file=present[0],
            remedy="Keep them; with other keys the registry could not tell what it has already counted.",
        )
    return [_write(folder / name, content) for name, content in contents.items()]


def read_facility_keys(folder: Path) -> FacilityKeys:
    """The secret and the signing key in a folder. Raises NotFound or SourceChanged."""
    return FacilityKeys(
        secret=read_key(folder / SECRET), signing=Ed25519PrivateKey.from_private_bytes(read_key(folder / SIGNING))
    )


def read_opening_key(folder: Path) -> X25519PrivateKey:
    """The key with which a registry opens bundles. Raises NotFound or SourceChanged."""
    return X25519PrivateKey.from_private_bytes(read_key(folder / OPENING))


def public_closing_key(text: str) -> X25519PublicKey:
    """The registry's public key in hexadecimal. Raises SourceChanged."""
    return X25519PublicKey.from_public_bytes(_from_hex(text, file=CLOSED_FOR))


def public_signing_key(text: str) -> Ed25519PublicKey:
    """A facility's public key in hexadecimal. Raises SourceChanged."""
    return Ed25519PublicKey.from_public_bytes(_from_hex(text, file=SIGNED_BY))


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file. Raises NotFound or SourceChanged; no message holds any of it."""
    try:
        text = path.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise NotFound(
            "the key cannot be read",
            file=path.name,
            found=error.strerror or "",
            remedy="Make keys with `observatory dose keys`, or give the folder that holds them.",
        ) from error
    return _from_hex(text, file=path.name)


def _from_hex(text: str, *, file: str) -> bytes:
    try:
        content = bytes.fromhex(text.strip())
    except ValueError:
        content = b""
    if len(content) != BYTES:
        raise SourceChanged(
            "this is no key", file=file, expected="64 hexadecimal digits", remedy="Copy the whole file, and only it."
        )
    return content


def _write(path: Path, content: bytes) -> Path:
    mode = 0o644 if path.name in (SIGNED_BY, CLOSED_FOR) else 0o600
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(content.hex() + "\n")
    return path
