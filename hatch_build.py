"""Compiles the readers' innermost loop while the package is installed, where a C compiler is; see decision 0017.

Without a compiler the package is whole all the same: its readers take longer and find the same.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = Path("src/observatory/formats/text/scan.c")
OPTIONS = ("-O3", "-shared", "-fPIC", "-std=c99")


class CompileScan(BuildHookInterface):
    """The hook that hatchling calls before it packs, or links, the package."""

    def initialize(
        self,
        version: str,  # noqa: ARG002  hatchling's signature
        build_data: dict[str, Any],
    ) -> None:
        """Compile `scan.c` to `scan.compiled` beside it; `version` is "standard" or "editable"."""
        source = Path(self.root) / SOURCE
        library = source.with_suffix(".compiled")
        compiler = shutil.which(os.environ.get("CC", "cc"))
        unfinished = library.with_suffix(".unfinished")
        command = [str(compiler), *OPTIONS, "-o", str(unfinished), str(source), "-lm"]
        if compiler is None or subprocess.run(command, check=False).returncode:  # noqa: S603
            self.app.display_warning("No C compiler: large files will be read more slowly, and as exactly.")
            library.unlink(missing_ok=True)
            return
        unfinished.replace(library)
        build_data["artifacts"].append(str(SOURCE.with_suffix(".compiled")))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
