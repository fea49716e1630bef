"""The app in the hand of a test of languages: each line of standard input is a deed, each answer a line of JSON."""

import gc
import json
import sys

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QTabWidget

from desktop.app import App
from desktop.motion import still
from desktop.panel.panel import Panel
from desktop.preferences.window import PreferencesWindow
from desktop.tray import Tray
from tests.driven_app import main


def obey(app: App) -> None:
    """`page N` shows a page of the preferences, `language NAME` picks one there, `pause` rests the hotkeys."""
    verb, _, what = sys.stdin.readline().strip().partition(" ")
    match verb:
        case "page":
            tabs(app).setCurrentIndex(int(what))
            app.preferences.show_page()
        case "language":
            choice = app.preferences.findChild(QComboBox, "language")
            assert choice
            choice.setCurrentIndex(choice.findData(what))
        case "pause":
            app.tray._pause.trigger()
        case "history":
            app.history.open()
            app.history.window.close()
        case "open":
            app.history.open()
    QTimer.singleShot(100, lambda: settle(app))


def settle(app: App) -> None:
    """Tell once what is deleted had time to go, however slow it is."""
    QTimer.singleShot(100, lambda: tell(report(app)))


def tell(told: dict[str, object]) -> None:
    """Write an answer."""
    sys.stdout.write(f"{json.dumps(told)}\n")
    sys.stdout.flush()


def tabs(app: App) -> QTabWidget:
    """The pages of the preferences."""
    found = app.preferences.findChild(QTabWidget)
    assert found
    return found


def report(app: App) -> dict[str, object]:
    """What the app shows, and how many of each there are."""
    gc.collect()
    tops = QApplication.topLevelWidgets()
    trays = [part for part in gc.get_objects() if isinstance(part, Tray)]
    pages = tabs(app)
    return {
        "tray": [action.text() for action in app.tray.menu.actions() if action.text() and action.isVisible()],
        "tip": app.tray.icon.toolTip(),
        "docked": app.tray.icon.isVisible(),
        "paused": app.tray._pause.isChecked(),
        "preferences": app.preferences.windowTitle(),
        "page": pages.tabText(pages.currentIndex()),
        "shown": app.preferences.isVisible(),
        "history": app.history.window.windowTitle(),
        "title": app.titles["text"],
        "still": still(),
        "panel": id(app.panels._open[-1]) if app.panels.any_open else 0,
        "alive": {
            "panels": sum(isinstance(top, Panel) for top in tops),
            "windows": sum(isinstance(top, PreferencesWindow) for top in tops),
            "menus": sum(type(top) is QMenu and top.parent() is None for top in tops),
            "trays": len(trays),
            "icons": sum(shiboken6.isValid(tray.icon) for tray in trays),
        },
    }


if __name__ == "__main__":
    main(obey=obey)
