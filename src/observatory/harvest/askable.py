"""What can be asked for: a dataset of the catalogue, or anything else that a module of ours knows how to ask.

Statistics come in datasets, proceedings in lists and single files. The harvest minds neither: it needs a name to keep
answers under, whose module writes the questions, and the words those questions are made of.
"""

from collections.abc import Mapping
from typing import Protocol


class Askable(Protocol):
    """One thing to ask for."""

    @property
    def id(self) -> str:
        """Names it in the archive, for ever."""

    @property
    def provider(self) -> str:
        """Whose module asks and reads."""

    @property
    def licence(self) -> str:
        """Id of the licence of what comes."""

    @property
    def harvest(self) -> Mapping[str, object]:
        """What is asked for, in the words of that module."""
