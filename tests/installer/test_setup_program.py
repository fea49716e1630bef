"""What Inno Setup's compiler is called with; a program that writes its words down stands in its place."""

import os
import re
from pathlib import Path

import pytest

from desktop.desktop_entry import APP_ID
from installer.environment import ROOT
from installer.frozen import Frozen
from installer.setup_program import COMPILER, build_setup


def test_every_value_that_the_script_asks_for_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shortcut in the menu and the running program have one id."""
    told = tmp_path / "told"
    compiler = tmp_path / COMPILER
    compiler.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{told}'\n", encoding="utf-8")
    compiler.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    build_setup(Frozen(tmp_path / "shotglass", 0, quickly=True), tmp_path)
    given = dict(word[2:].split("=", 1) for word in told.read_text().splitlines() if word.startswith("/D"))
    script = (ROOT / "installer" / "windows.iss").read_text(encoding="utf-8")
    assert given.keys() == set(re.findall(r"^#ifndef (\w+)", script, re.MULTILINE))
    assert given["AppUserModelID"] == APP_ID
