"""What a page may load and do: its own origin, and the two inline texts whose fingerprints are known.

Style and the first lines of script stand in the page itself, so that a page is drawn after one answer from the server;
they are the same on every page, so their SHA-256 takes the place of `unsafe-inline`.
"""

import base64
import hashlib

from website.theme.inline import first_script, stylesheet

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
        "midi", "payment", "publickey-credentials-get", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
"""Features no page of ours uses, denied to whatever might get into one."""


def content_security_policy() -> dict[str, list[str]]:
    """The directives of every page; the embedded chart alone may be framed."""
    return {
        "default-src": ["'none'"],
        "script-src": ["'self'", _hash(first_script())],
        "style-src": ["'self'", _hash(stylesheet())],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }


def editors_policy() -> dict[str, list[str]]:
    """The directives of the editors' screens alone. Wagtail writes style and the start of date fields into its pages.

    A draft that is looked at there is answered under the readers' policy all the same.
    """
    return {
        **content_security_policy(),
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "font-src": ["'self'", "data:"],
        "frame-ancestors": ["'self'"],
    }


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
