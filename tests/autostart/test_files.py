"""Entries that start the program with the desktop: what stands in them, made and taken away."""

import plistlib
import shlex
import subprocess
import sys
from collections.abc import Callable
from configparser import ConfigParser
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.autostart import api
from desktop.autostart.choose import choose_autostart
from desktop.autostart.files import EntryFile, agent_program, desktop_entry, launch_agent
from desktop.desktop_entry import entry_program
from desktop.errors import UserError
from desktop.preferences.autostart_switch import AutostartSwitch


def test_the_entry_comes_and_goes(tmp_path: Path) -> None:
    """On Linux it is a file below the user's configuration."""
    autostart = choose_autostart()
    assert isinstance(autostart, EntryFile)
    assert autostart.path.parts[-2:] == ("autostart", "shotglass.desktop")
    assert autostart.path.is_relative_to(tmp_path)
    assert not autostart.is_on()
    autostart.turn(True)
    assert autostart.is_on()
    autostart.path.write_bytes(autostart.path.read_bytes() + b"Hidden=true\n")
    assert not autostart.is_on(), "the desktop's own settings switch it off so"
    autostart.turn(True)
    assert autostart.is_on()
    autostart.turn(False)
    autostart.turn(False)
    assert not autostart.path.exists()


def test_the_entry_starts_this_program() -> None:
    """Its command works from its folder."""
    entry = ConfigParser(interpolation=None)
    entry.read_string(desktop_entry().decode())
    section = entry["Desktop Entry"]
    assert section["Type"] == "Application"
    assert section["TryExec"] == sys.executable, "desktops leave it alone once that is gone"
    done = subprocess.run(
        [*shlex.split(section["Exec"]), "--version"], cwd=section["Path"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("shotglass ")


@pytest.mark.parametrize("kind", [(desktop_entry, entry_program), (launch_agent, agent_program)])
def test_an_entry_that_outlived_its_program_is_off(
    kind: tuple[Callable[[], bytes], Callable[[bytes], str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says which program that was; where the user switches it on it starts this one."""
    program = tmp_path / "a \\b" / "shotglass"
    program.parent.mkdir()
    program.write_bytes(b"#!/bin/sh\n")
    program.chmod(0o755)
    autostart = EntryFile(tmp_path / "entry", *kind)
    assert (autostart.is_on(), autostart.lost) == (False, "")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(program))
        autostart.turn(True)
    assert (autostart.is_on(), autostart.lost) == (True, "")
    program.unlink()
    assert (autostart.is_on(), autostart.lost) == (False, str(program))
    autostart.turn(True)
    assert (autostart.is_on(), autostart.lost) == (True, "")
    autostart.path.write_bytes(b"<plist")
    assert autostart.lost == ""


def test_odd_places_are_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the Desktop Entry Specification asks: the escapes of a string, then those of an argument; %% for a percent."""
    monkeypatch.setattr(sys, "executable", '/opt/a b/100%/$x`y"z\\w/python')
    (line,) = (line for line in desktop_entry().decode().splitlines() if line.startswith("Exec="))
    assert line == 'Exec="/opt/a b/100%%/\\\\$x\\\\`y\\\\"z\\\\\\\\w/python" "-m" "desktop"'


def test_the_launch_agent_is_a_property_list() -> None:
    agent = plistlib.loads(launch_agent())
    assert agent["ProgramArguments"] == api.own_command()
    assert agent["Label"] == "org.shotglass.Shotglass", "what macOS lists it by"
    assert agent["RunAtLoad"] is True


def test_the_switch_shows_the_system(qtbot: QtBot) -> None:
    """It follows what was done elsewhere, and says what does not work."""
    switch = AutostartSwitch()
    qtbot.addWidget(switch)
    switch.show()
    assert not switch.box.isChecked()
    switch.box.click()
    assert choose_autostart().is_on()
    switch.hide()
    choose_autostart().turn(False)
    switch.show()
    assert not switch.box.isChecked()
    entry = choose_autostart()
    assert isinstance(entry, EntryFile)
    entry.path.parent.rmdir()
    entry.path.parent.write_bytes(b"")
    switch.box.click()
    assert "part of that path is a file" in switch.problem.text()
    assert switch.problem.isVisible()
    assert not switch.box.isChecked()


def test_what_cannot_be_deleted_is_told(tmp_path: Path) -> None:
    (tmp_path / "entry").mkdir()
    with pytest.raises(UserError, match="could not be deleted"):
        EntryFile(tmp_path / "entry", desktop_entry, entry_program).turn(False)
