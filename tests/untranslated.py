"""Finds what a window shows, or a sentence holds, that never went through `tr`."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QWidget,
)

OPEN, CLOSE = "⟦", "⟧"
OF_QT = ("Press shortcut", "Scroll Left", "Scroll Right")
"""Words that Qt translates by itself."""
_LETTERS = re.compile(r"[^\W\d_]{2}")
_TAGS = re.compile(r"<[^>]*>|&\w+;")


class Foreign(dict[str, str]):
    """A language that has a translation for every text: the text between marks."""

    def get(self, text: str, _default: object = None) -> str:
        """The text between marks; one that went through twice keeps one pair."""
        return text if OPEN in text else f"{OPEN}{text}{CLOSE}"


def untranslated(window: QWidget | QMenu, *but: str) -> list[str]:
    """What a window holds, shown or hidden, that has words and no marks; `but` names data to let pass."""
    found = {text for text in _texts(window) if OPEN not in text and _LETTERS.search(_TAGS.sub("", text))}
    return sorted(found - set(but))


def unmarked(sentence: str, *but: object) -> str:
    """What stands outside of all marks and has words; `but` names data to let pass. Nothing said is an error."""
    assert sentence, "nothing was said"
    depth, outside = 0, ""
    for letter in sentence:
        depth += (letter == OPEN) - (letter == CLOSE)
        outside += letter if depth == 0 and letter != CLOSE else " "
    for data in but:
        outside = outside.replace(str(data), " ")
    return " ".join(outside.split()) if _LETTERS.search(outside) else ""


def words_of(menu: QMenu) -> list[str]:
    """What a menu and those inside it show."""
    found = [text for action in menu.actions() for text in (action.text(), action.toolTip()) if text]
    return found + [text for inside in menu.findChildren(QMenu) for text in words_of(inside)]


def _texts(window: QWidget) -> Iterator[str]:
    for widget in [window, *window.findChildren(QWidget)]:
        yield from (widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
        yield from _own_texts(widget)
    for action in window.findChildren(QAction):
        yield from (action.text(), action.toolTip())


def _own_texts(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.placeholderText()
        case QGroupBox():
            yield widget.title()
        case QComboBox():
            yield from (widget.itemText(i) for i in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(i) for i in range(widget.count()))
        case QHeaderView() if widget.orientation() is Qt.Orientation.Horizontal and (model := widget.model()):
            sections = range(widget.count())
            yield from (str(model.headerData(i, Qt.Orientation.Horizontal) or "") for i in sections)
        case _:
            yield getattr(widget, "placeholderText", str)()
