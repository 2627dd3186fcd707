"""Static files under names that say their content, once they were collected; under their own names until then.

A name with a fingerprint may be kept by a browser for ever. Tests and a first look need no collected files.
"""

from typing import Any

from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage, which also works before anything was collected."""

    def create_compressor(self, **said: Any) -> Compressor:
        """Gzip alone: what Brotli saves of our one script is not worth twenty seconds of every first start."""
        return Compressor(**said, use_brotli=False)

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002  The signature is Django's.
        """The address of a static file."""
        if not self.hashed_files:
            return f"{settings.STATIC_URL}{name}"
        return str(super().url(name, force))

    def hashed_name(self, name: str, content: object = None, filename: str | None = None) -> str:
        """A name with its fingerprint; the pictures that Wagtail's style names but its absent part brings keep theirs.

        Editors upload no pictures here, so Wagtail's images are not installed; its one style sheet names two of them.
        """
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            if name.startswith("wagtailimages/"):
                return name
            raise
