"""The leave of macOS to see the screen, at the border of CoreGraphics."""

import sys
from ctypes import c_bool
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from desktop.capture import permission
from desktop.capture.capture import Capture
from desktop.capture.choose import choose_permission, system_settings
from desktop.capture.permission import MacPermission, check_permission, way_out
from desktop.errors import UserError
from desktop.permission import Permission
from tests.native_library import c_library


@pytest.mark.parametrize(
    ("allowed", "granted", "asked"), [(True, False, []), (False, True, ["request"]), (False, False, ["request"])]
)
def test_macos_is_asked_where_it_does_not_allow_it(allowed: bool, granted: bool, asked: list[str]) -> None:
    """The refusal is a sentence with a way to the page of the settings that changes it."""
    said: list[str] = []

    def request() -> bool:
        said.append("request")
        return granted

    core_graphics = c_library(
        {
            "CGPreflightScreenCaptureAccess": (c_bool, (), lambda: allowed),
            "CGRequestScreenCaptureAccess": (c_bool, (), request),
        }
    )
    if allowed or granted:
        check_permission(core_graphics)
    else:
        with pytest.raises(UserError, match="Screen Recording") as refused:
            check_permission(core_graphics)
        assert "x-apple.systempreferences:com.apple.preference.security?Privacy_ScreenCapture" in way_out(
            str(refused.value)
        )
    assert said == asked
    assert way_out("Something else.") == ""


def test_the_welcome_asks_macos_at_its_button(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the start of the app nor a look asks; a no comes with the way to the settings."""
    said: list[str] = []
    allowed = [False]

    def request() -> bool:
        said.append("request")
        return allowed[0]

    functions = {
        "CGPreflightScreenCaptureAccess": (c_bool, (), lambda: allowed[0]),
        "CGRequestScreenCaptureAccess": (c_bool, (), request),
    }
    opened = SimpleNamespace(CDLL=lambda path: c_library(functions) if path == permission.CORE_GRAPHICS else None)
    monkeypatch.setattr(permission, "ctypes", opened)
    monkeypatch.setattr(sys, "platform", "darwin")
    capture, chosen = Capture(), choose_permission(None)
    assert isinstance(chosen, MacPermission)
    told: list[Permission] = []
    chosen.told.connect(told.append)
    capture.warm_up()
    chosen.look()
    assert (told, said) == ([Permission()], [])
    chosen.ask()
    assert said == ["request"]
    assert permission.SETTINGS_PAGE in told[-1].trouble
    allowed[0] = True
    chosen.ask()
    assert (told[-1], said) == (Permission(allowed=True), ["request"])
    capture.close()
    monkeypatch.setattr(sys, "platform", "linux")
    assert choose_permission(None) is None


def test_a_capture_on_macos_asks_first(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with that sentence; the panel gets the link."""
    never = {"CGPreflightScreenCaptureAccess": (c_bool, (), bool), "CGRequestScreenCaptureAccess": (c_bool, (), bool)}
    opened = SimpleNamespace(CDLL=lambda path: c_library(never) if path == permission.CORE_GRAPHICS else None)
    monkeypatch.setattr(permission, "ctypes", opened)
    monkeypatch.setattr(sys, "platform", "darwin")
    capture = Capture()
    with qtbot.waitSignal(capture.failed) as failed:
        capture.begin("text")
    assert failed.args
    assert permission.SETTINGS_PAGE in system_settings(failed.args[0])
    capture.close()
    monkeypatch.setattr(sys, "platform", "linux")
    assert system_settings(failed.args[0]) == ""
