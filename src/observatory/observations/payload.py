"""A payload: bytes as a provider sent them, and what to call them in messages."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Payload:
    """The input of every reader."""

    name: str
    """Name for messages: a file name or a dataset id."""
    content: bytes
    """The bytes as received, never altered."""
