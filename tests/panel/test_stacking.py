"""What stands above what, as the window manager was told."""

from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.panel.panels import Panels
from tests.panel.opened import Open
from tests.patient_bot import wait_exposed
from tests.xserver import XServer


def is_above_all(server: XServer, window: QWidget) -> bool:
    """Whether the window manager keeps a window above all others."""
    return "_NET_WM_STATE_ABOVE" in server.run("xprop", "-id", str(int(window.winId())), "_NET_WM_STATE")


def test_a_panel_gives_way_to_our_own_windows(panels: Panels, qtbot: QtBot, xserver: XServer) -> None:
    """As long as one of them or its menu has the keyboard; clicks would go to the panel over them."""
    panel = Open(panels, qtbot).with_keyboard().panel
    qtbot.waitUntil(lambda: is_above_all(xserver, panel))
    preferences = QComboBox()
    preferences.addItem("a choice")
    qtbot.addWidget(preferences)
    preferences.show()
    wait_exposed(preferences)
    preferences.activateWindow()
    qtbot.waitUntil(lambda: not is_above_all(xserver, panel))
    panel.activateWindow()
    qtbot.waitUntil(lambda: is_above_all(xserver, panel))
    preferences.activateWindow()
    qtbot.waitUntil(lambda: not is_above_all(xserver, panel))
    preferences.showPopup()
    qtbot.waitUntil(preferences.view().isVisible)
    assert not is_above_all(xserver, panel)
    preferences.hidePopup()
    preferences.close()
    qtbot.waitUntil(lambda: is_above_all(xserver, panel))
