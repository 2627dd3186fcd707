"""A command loads itself and none of the others."""

import subprocess
import sys

import pytest

from observatory.cli import COMMANDS

ASK = """
import sys
from observatory.cli import make_app
make_app(sys.argv[1])
print(*sorted(name for name in sys.modules if name.startswith("observatory.cli.")))
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_does_not_wait_for_the_others(command: str) -> None:
    done = subprocess.run([sys.executable, "-c", ASK, command], capture_output=True, text=True, check=True)
    loaded = {name.rpartition(".")[2] for name in done.stdout.split()}

    assert command in loaded
    assert not loaded & set(COMMANDS) - {command}


def test_a_word_that_is_no_command_is_answered_with_all_of_them() -> None:
    program = [sys.executable, "-c", "from observatory.cli import main; main()", "frobnicate"]
    done = subprocess.run(program, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "No such command" in done.stderr
