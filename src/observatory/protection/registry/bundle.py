"""A bundle: records of one facility, closed for one registry and signed, so that a bit changed on the way is noticed.

The head is readable, for whoever has to sort bundles; everything else opens only with the registry's key. The signature
covers head and body. What a bundle is called follows from its content, so the same bundle sent twice is the same.
"""

import hashlib
import os
import zlib
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from observatory.errors import SourceChanged
from observatory.protection.registry.leaving import DoseRecord, Leaving

MAGIC = b"observatory dose bundle 1\n"
SIGNATURE, NONCE, LONGEST_HEAD = 64, 12, 4096
MOST_BYTES = 256_000_000
"""Of the records of one bundle, unpacked."""


class Head(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The readable part of a bundle."""

    facility: str
    """Id of the facility in the registry."""
    ephemeral: str
    """Public key made for this bundle, in hexadecimal."""
    nonce: str
    """Number used once, in hexadecimal."""
    body: str
    """SHA-256 of the closed body."""


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a bundle holds once it is open."""

    facility: str
    """Id of the facility, as in the head."""
    records: list[DoseRecord]
    """Examinations."""
    phantom_tests: int
    """Examinations of phantoms that stayed in the facility."""
    unmapped: dict[str, int]
    """Modality → examinations that stayed because their protocol is not mapped."""
    unidentified: int
    """Examinations that stayed because they have no identifier."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A bundle that was verified and opened."""

    id: str
    """SHA-256 of the content: the same records make the same id."""
    content: Content
    """What it holds."""


def leaving_bytes(leaving: Leaving, *, facility: str) -> bytes:
    """What leaves, byte by byte, before it is closed: JSON."""
    return msgspec.json.encode(
        Content(
            facility=facility,
            records=sorted(leaving.records, key=lambda record: record.key),
            phantom_tests=leaving.phantom_tests,
            unmapped=leaving.unmapped,
            unidentified=leaving.unidentified,
        )
    )


def close_bundle(plain: bytes, *, facility: str, signing: Ed25519PrivateKey, closing: X25519PublicKey) -> bytes:
    """The bundle of `plain`: closed for the holder of `closing`, signed with `signing`."""
    ephemeral = X25519PrivateKey.generate()
    nonce = os.urandom(NONCE)
    public = ephemeral.public_key().public_bytes_raw()
    cipher = _cipher(ephemeral.exchange(closing), public=public, closing=closing)
    body = cipher.encrypt(nonce, zlib.compress(plain, 6), MAGIC + facility.encode())
    head = Head(facility=facility, ephemeral=public.hex(), nonce=nonce.hex(), body=hashlib.sha256(body).hexdigest())
    signed = MAGIC + msgspec.json.encode(head) + b"\n" + body
    return signed + signing.sign(signed)


def read_head(bundle: bytes, *, file: str) -> Head:
    """The readable part. Raises SourceChanged for what is no bundle."""
    end = bundle.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEAD)
    if not bundle.startswith(MAGIC) or end < 0 or len(bundle) < end + SIGNATURE:
        raise SourceChanged("the file is no bundle", file=file, remedy="Give the file that `dose pack` wrote.")
    try:
        return msgspec.json.decode(bundle[len(MAGIC) : end], type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise SourceChanged(
            "the head of the bundle does not fit", file=file, remedy="Ask the facility to pack again."
        ) from error


def open_bundle(bundle: bytes, *, file: str, signed_by: Ed25519PublicKey, opening: X25519PrivateKey) -> Opened:
    """The content of a bundle signed by the holder of `signed_by` and closed for us.

    Raises SourceChanged where the signature is not theirs, a bit is not as it was signed, the bundle is closed for
    another registry, or the content does not fit the schema.
    """
    head = read_head(bundle, file=file)
    signed, signature = bundle[:-SIGNATURE], bundle[-SIGNATURE:]
    try:
        signed_by.verify(signature, signed)
    except InvalidSignature as error:
        raise SourceChanged(
            "the bundle was altered on the way, or signed by another than the facility it names",
            file=file,
            remedy="Ask the facility to send it again, and to compare its public key with the one registered.",
        ) from error
    body = signed[signed.index(b"\n", len(MAGIC)) + 1 :]
    plain = _unpacked(_decrypted(head, body, opening=opening, file=file), file=file)
    try:
        content = msgspec.json.decode(plain, type=Content)
    except msgspec.DecodeError as error:
        raise SourceChanged(
            "the content does not fit the schema", file=file, remedy="Bring both sides to one version."
        ) from error
    if content.facility != head.facility:
        raise SourceChanged(
            "head and content name different facilities", file=file, remedy="Ask the facility to pack again."
        )
    return Opened(id=hashlib.sha256(plain).hexdigest(), content=content)


def _decrypted(head: Head, body: bytes, *, opening: X25519PrivateKey, file: str) -> bytes:
    try:
        public = X25519PublicKey.from_public_bytes(bytes.fromhex(head.ephemeral))
        cipher = _cipher(opening.exchange(public), public=public.public_bytes_raw(), closing=opening.public_key())
        return cipher.decrypt(bytes.fromhex(head.nonce), body, MAGIC + head.facility.encode())
    except (InvalidTag, ValueError) as error:
        raise SourceChanged(
            "the bundle is closed for another registry",
            file=file,
            remedy="Ask the facility to pack with this registry's public key.",
        ) from error


def _unpacked(packed: bytes, *, file: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        plain = unpacking.decompress(packed, MOST_BYTES + 1)
    except zlib.error as error:
        raise SourceChanged("the content is not packed as promised", file=file, remedy="Pack again.") from error
    if len(plain) > MOST_BYTES or not unpacking.eof:
        raise SourceChanged(
            "the content is larger than a bundle may be",
            file=file,
            expected=f"at most {MOST_BYTES // 1_000_000} MB",
            remedy="Send shorter periods.",
        )
    return plain


def _cipher(shared: bytes, *, public: bytes, closing: X25519PublicKey) -> ChaCha20Poly1305:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=MAGIC + public + closing.public_bytes_raw())
    return ChaCha20Poly1305(derived.derive(shared))
