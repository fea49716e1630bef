"""The leave of macOS to see the screen, at the border of CoreGraphics."""

from ctypes import c_bool

import pytest

from desktop.capture.permission import check_permission, way_out
from desktop.errors import UserError
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
