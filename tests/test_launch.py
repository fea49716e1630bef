"""The program that starts itself in the background."""

import subprocess
import sys

import pytest

from desktop import paths
from tests.command_line import one_sentence

FEW_FILES = 'ulimit -n 10; exec "$0" -m desktop capture'
"""Enough for a command, but not for the pipes to another process."""


@pytest.mark.usefixtures("xserver")
def test_a_start_that_the_system_refuses_is_told() -> None:
    done = subprocess.run(
        ["bash", "-c", FEW_FILES, sys.executable], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert f"{sys.executable}: Too many open files" in done.stderr
    assert "Traceback" not in paths.log_file().read_text()
