"""The entry in the registry of Windows, at the border: the functions of winreg as Python documents them."""

import sys
from pathlib import Path
from types import TracebackType

import pytest

from desktop.autostart import api
from desktop.autostart.choose import choose_autostart
from desktop.autostart.registry import RunKey
from desktop.errors import UserError

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
SWITCHES = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
ON, OFF = bytes.fromhex("02 00 00 00 00 00 00 00 00 00 00 00"), bytes.fromhex("03 00 00 00 5c 4f 7d 5d 11 9e d8 01")


class Key:
    """An opened key."""

    def __init__(self, values: dict[str, object]) -> None:
        self.values = values

    def __enter__(self) -> "Key":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.values = {}


class Registry:
    """The part of the current user, as the module `winreg` shows it."""

    HKEY_CURRENT_USER, REG_SZ = 0x80000001, 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, object]] = {RUN: {"Other": "other.exe"}}
        self.locked = False

    def OpenKey(self, root: int, path: str) -> Key:  # noqa: N802 - as winreg has it
        assert root == self.HKEY_CURRENT_USER
        if path not in self.keys:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return Key(self.keys[path])

    def CreateKey(self, root: int, path: str) -> Key:  # noqa: N802 - as winreg has it
        if self.locked:
            raise PermissionError(13, "Access is denied")
        self.keys.setdefault(path, {})
        return self.OpenKey(root, path)

    def QueryValueEx(self, key: Key, name: str) -> tuple[object, int]:  # noqa: N802 - as winreg has it
        if name not in key.values:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return key.values[name], self.REG_SZ

    def SetValueEx(self, key: Key, name: str, _reserved: int, kind: int, value: str) -> None:  # noqa: N802
        assert kind == self.REG_SZ
        key.values[name] = value

    def DeleteValue(self, key: Key, name: str) -> None:  # noqa: N802 - as winreg has it
        if name not in key.values:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        del key.values[name]


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    registry = Registry()
    monkeypatch.setitem(sys.modules, "winreg", registry)
    return registry


@pytest.fixture
def entry(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> RunKey:
    """What is chosen on Windows."""
    monkeypatch.setattr(sys, "platform", "win32")
    entry = choose_autostart()
    assert isinstance(entry, RunKey)
    return entry


def test_the_value_comes_and_goes(entry: RunKey, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\Python\python.exe")
    assert not entry.is_on()
    entry.turn(True)
    assert entry.is_on()
    assert registry.keys[RUN]["Shotglass"] == r'"C:\Program Files\Python\python.exe" -m desktop'
    entry.turn(False)
    entry.turn(False)
    assert registry.keys[RUN] == {"Other": "other.exe"}


def test_what_the_task_manager_says_counts(entry: RunKey, registry: Registry) -> None:
    """It switches an entry off and leaves it; switching it on here is meant."""
    entry.turn(True)
    registry.keys[SWITCHES] = {"Shotglass": ON}
    assert entry.is_on()
    registry.keys[SWITCHES]["Shotglass"] = OFF
    assert not entry.is_on()
    entry.turn(False)
    assert "Shotglass" not in registry.keys[RUN]
    entry.turn(True)
    assert entry.is_on()
    assert registry.keys[SWITCHES] == {}


def test_a_locked_registry_is_told(entry: RunKey, registry: Registry) -> None:
    registry.locked = True
    with pytest.raises(UserError, match="Access is denied"):
        entry.turn(True)


@pytest.mark.parametrize(
    ("program", "there", "started"),
    [
        ("python.exe", "pythonw.exe", "pythonw.exe"),
        ("shotglass.exe", "shotglassw.exe", "shotglassw.exe"),
        ("pythonw.exe", "pythonw.exe", "pythonw.exe"),
        ("python.exe", "python3.exe", "python.exe"),
    ],
)
def test_no_console_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, there: str, started: str
) -> None:
    """The twin of a program that opens none is started where it is there."""
    (tmp_path / there).touch()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(tmp_path / program))
    assert api.own_command() == [str(tmp_path / started), "-m", "desktop"]
