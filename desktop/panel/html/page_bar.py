"""The row of buttons above a page: how it is shown, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop.language import tr
from desktop.panel.keys import Key
from desktop.theme import draw_icon


class PageBar(QWidget):
    """`turned` brings the number of the way of showing that was picked."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways = QButtonGroup(self)
        self._ways.idClicked.connect(self.turned)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch()
        self._menu = QMenu(self)
        more = self.add_tool("more", tr("More that can be done with the page"))
        more.setMenu(self._menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setObjectName("more")

    def add_way(self, number: int, words: str, tip: str) -> QToolButton:
        """A way of showing, at the left."""
        button = QToolButton(self)
        button.setText(words)
        button.setToolTip(tip)
        button.setCheckable(True)
        self._ways.addButton(button, number)
        self._row.insertWidget(len(self._ways.buttons()) - 1, button)
        return button

    def add_tool(self, icon: str, tip: str) -> QToolButton:
        """A button with an icon, at the right."""
        button = QToolButton(self)
        button.setIcon(draw_icon(icon))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        last = self._row.count()
        self._row.insertWidget(last if self._row.count() == len(self._ways.buttons()) + 1 else last - 1, button)
        return button

    def add_action(self, words: str, act: Callable[[], object], key: Key | None = None) -> QAction:
        """An entry of the menu; a key is only named, whoever listens to it is elsewhere."""
        action = self._menu.addAction(f"{words}\t{key.name}" if key else words)
        action.triggered.connect(lambda _checked: act())
        return action

    def way(self, number: int) -> QAbstractButton:
        """The button of a way of showing."""
        return self._ways.button(number)

    def turn_to(self, number: int) -> None:
        """Mark a way of showing."""
        self._ways.button(number).setChecked(True)
        self.setFocusProxy(self._ways.button(number))
