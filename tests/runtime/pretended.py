"""A program that takes itself for the packaged one: it finds no torch, and its resources hold a list of wheels."""

import os
import subprocess
import sys
from pathlib import Path

from desktop.runtime.wheels import list_file
from tests.runtime.index_server import IndexServer

ROOT = Path(__file__).resolve().parent.parent.parent
_START = """
import sys
from importlib.machinery import PathFinder

sys.frozen, sys._MEIPASS = True, sys.argv.pop(1)

class Packaged(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name in ("torch", "functorch"):
            path = [folder for folder in sys.path if "site-packages" not in folder]
        return super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Packaged
"""
_COMMAND = "from desktop.__main__ import main; main()"


class Pretended:
    """Made inside a folder; `server` is where the list's wheels are."""

    def __init__(self, folder: Path, server: IndexServer) -> None:
        self._inside = folder / "inside"
        (self._inside / "resources").mkdir(parents=True)
        for path in (ROOT / "resources").iterdir():
            if path.name != "runtime":
                (self._inside / "resources" / path.name).symlink_to(path)
        server.write_list(self._inside / "resources" / "runtime" / list_file().name)

    def run(self, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run lines of Python to their end."""
        return subprocess.run(
            [sys.executable, "-c", _START + program, str(self._inside), *arguments],
            env=os.environ | {"NO_PROXY": "127.0.0.1"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the command line."""
        return self.run(_COMMAND, *arguments)
