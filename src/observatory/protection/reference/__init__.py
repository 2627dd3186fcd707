"""Numbers of others that this room computes with, as data beside the code: each with where it was read.

A number that was not read in the text of its source is not here. Where one is missing stands what it is to be verified
against, and nothing is computed in its place.
"""

from pathlib import Path
from typing import TypeVar

from observatory.catalogue.reading import read_yaml

Value = TypeVar("Value")

HERE = Path(__file__).parent


def read_reference(name: str, kind: type[Value]) -> Value:
    """The content of `name`.yaml as a value of class `kind`. Raises SourceChanged where the file does not fit it."""
    return read_yaml(HERE / f"{name}.yaml", kind, manual="See the field docstrings in observatory/protection.")
