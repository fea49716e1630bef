"""The entry in the desktop's menu: written, valid, started from, deleted."""

import shlex
import subprocess
from collections.abc import Sequence
from configparser import ConfigParser
from pathlib import Path

import pytest

from desktop import desktop_entry
from desktop.finding import Finding
from desktop.wayland_findings import look_at_entry
from tests.command_line import one_sentence, shotglass


def test_installed_started_from_and_removed() -> None:
    """The entry has the name that windows and portals carry, its command starts this program, and nothing stays."""
    done = shotglass("install-desktop-entry")
    assert (done.returncode, done.stderr) == (0, "")
    file, icon = desktop_entry.entry_file(), desktop_entry.icon_file()
    assert done.stdout == f"Installed {file}.\n"
    assert (file.name, icon.read_bytes()[:4]) == ("org.shotglass.Shotglass.desktop", b"<svg")
    entry = ConfigParser(interpolation=None)
    entry.read(file)
    assert entry["Desktop Entry"]["Icon"] == icon.stem
    assert Path(entry["Desktop Entry"]["TryExec"]).is_file(), "desktops leave the entry alone once that is gone"
    command = shlex.split(entry["Desktop Action capture"]["Exec"])
    assert command[-1] == "capture"
    said = subprocess.run([*command[:-1], "--version"], capture_output=True, text=True, check=True).stdout
    assert said.startswith("shotglass ")
    assert shotglass("install-desktop-entry").returncode == 0
    assert shotglass("install-desktop-entry", "--remove").stdout == "Deleted.\n"
    assert not file.exists()
    assert not icon.exists()
    assert shotglass("install-desktop-entry", "--remove").stdout == "There was none.\n"


@pytest.mark.parametrize("arguments", [(), ("--remove",)], ids=["install", "remove"])
def test_the_entry_of_earlier_versions_goes(arguments: Sequence[str]) -> None:
    earlier = desktop_entry.entry_file().with_name("shotglass.desktop")
    earlier.parent.mkdir(parents=True)
    earlier.write_bytes(b"[Desktop Entry]\n")
    assert shotglass("install-desktop-entry", *arguments).stdout != "There was none.\n"
    assert not earlier.exists()
    assert desktop_entry.entry_file().exists() is not bool(arguments)


def test_a_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = shotglass("install-desktop-entry", extra={"XDG_DATA_HOME": str(tmp_path / "file")})
    assert done.returncode == 1
    assert one_sentence(done.stderr)


def test_an_entry_that_outlived_its_program_is_told() -> None:
    """By the doctor on Wayland, where the desktop then knows nobody whom it could allow anything."""
    install = "run `shotglass install-desktop-entry`"
    found = look_at_entry()
    assert (found.state, found.cure) == ("note", install)
    file = desktop_entry.install()
    assert look_at_entry() == Finding("desktop entry", "ok", str(file))
    program = desktop_entry.entry_program(file.read_bytes())
    file.write_text(file.read_text().replace(f"TryExec={program}", "TryExec=/gone/shotglass"))
    found = look_at_entry()
    assert (found.state, found.cure) == ("note", install)
    assert found.detail == "an entry starts /gone/shotglass, which is gone"


def test_the_entry_of_a_package_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deb installs it for every user; one's own comes first."""
    shared = desktop_entry.entry_file(tmp_path / "share")
    shared.parent.mkdir(parents=True)
    shared.write_bytes(desktop_entry.entry(["true"]))
    monkeypatch.setenv("XDG_DATA_DIRS", f"{tmp_path / 'local'}:{tmp_path / 'share'}")
    assert look_at_entry() == Finding("desktop entry", "ok", str(shared))
    own = desktop_entry.install()
    assert look_at_entry() == Finding("desktop entry", "ok", str(own))


def test_odd_paths_are_quoted() -> None:
    """First for the string with its escapes, then for the command line inside it."""
    lines = desktop_entry.start_lines(['/opt/my "$HOME" 100%\\/shotglass', "-v"]).splitlines()
    assert lines[0] == r'TryExec=/opt/my "$HOME" 100%\\/shotglass'
    assert lines[1] == r'Exec="/opt/my \\"\\$HOME\\" 100%%\\\\/shotglass" "-v"'
