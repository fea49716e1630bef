"""An environment that holds the base and PyInstaller alone, and the building that is done inside it."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import machine, pip
from installer.environment import ROOT

CONSTRAINTS = ROOT / "installer" / "constraints.txt"
"""The versions that are packed, so that the same source gives the same packages."""

TOOLS = ("cyclonedx-bom==7.5.0",)
"""What helps packing and must not be found while the program is frozen, which would take its packages along."""


def build(arguments: Sequence[str]) -> int:
    """Make the environment in the folder, then the packages in its folder `packages`; the exit code."""
    machine.accept_any_console()
    parser = argparse.ArgumentParser(prog="pack.py", description="Build what people install on this system.")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="such as deb or tar; all of this system if left out")
    parser.add_argument("--folder", type=Path, default=ROOT / "build", help="where everything is made (build)")
    parser.add_argument("--quickly", action="store_true", help="compress less: a tenth larger, in a fifth of the time")
    options = parser.parse_args(arguments)
    folder: Path = options.folder.resolve()
    try:
        python = prepare(folder)
    except pip.SetupError as error:
        print(error, file=sys.stderr)
        return 1
    command = [str(python), "-m", "installer.packages", str(folder), *options.kinds]
    command += ["--quickly"] if options.quickly else []
    return subprocess.run(command, cwd=ROOT, env=steady(os.environ), check=False).returncode


def prepare(folder: Path) -> Path:
    """The Python of the environment; that and the one of tools are made and filled where they are not.

    Raises SetupError.
    """
    log, say = folder / "pack.log", pip.Progress().say
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["PIP_CONSTRAINT"] = str(CONSTRAINTS)
    for name in ("environment", "tools"):
        if not python_of(folder / name).exists():
            say(f"making {folder / name}")
            pip.run_logged([sys.executable, "-m", "venv", str(folder / name)], ROOT, log, say)
    say("looking up the packages")
    pip.install_project(ROOT, python_of(folder / "environment"), {"pack"}, log, say)
    tools = [str(python_of(folder / "tools")), "-m", "pip", "install", "--disable-pip-version-check", *TOOLS]
    pip.run_logged(tools, ROOT, log, say)
    return python_of(folder / "environment")


def python_of(environment: Path) -> Path:
    """The Python of an environment."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def steady(environ: "os._Environ[str]") -> dict[str, str]:
    """The environment of a build that comes out the same each time: the time is that of the last commit."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        commit = str(int((ROOT / "CHANGELOG.md").stat().st_mtime))
    return {"SOURCE_DATE_EPOCH": commit, **environ, "PYTHONHASHSEED": "0"}
