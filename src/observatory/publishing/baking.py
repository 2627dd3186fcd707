"""Answers that are the same for everyone, written once when a release is built instead of a thousand times a day."""

from collections.abc import Mapping

import orjson

from observatory.catalogue.model import Catalogue
from observatory.releases.writing import ReleaseWriter


def bake(writer: ReleaseWriter, *, catalogue: Catalogue, failures: Mapping[str, str]) -> None:
    """Write the answers of a release: which files were left out and why, and which datasets are refused."""
    refused = {dataset.id: dataset.refused for dataset in catalogue.datasets.values() if dataset.refused}
    answer = {"left_out": dict(sorted(failures.items())), "refused": refused}
    writer.add_file("answers/status.json", orjson.dumps(answer, option=orjson.OPT_INDENT_2))
