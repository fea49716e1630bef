"""A qtbot whose limits only guard against a test that hangs: a busy computer is slow, not wrong."""

from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits for a minute where nothing else is said."""

    def waitUntil(  # noqa: N802 - its name in the base class
        self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS
    ) -> None:
        """Process events until the callback is true."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(  # noqa: N802 - its name in the base class
        self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any
    ) -> SignalBlocker:
        """Process events until the signal comes."""
        return super().waitSignal(signal, timeout=timeout, **more)


def wait_exposed(widget: QWidget) -> None:
    """Process events until a window stands on the screen; the bot's own `waitExposed` waits in a `with` alone."""
    assert QTest.qWaitForWindowExposed(widget, PATIENCE_MS)
