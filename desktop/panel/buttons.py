"""The buttons under an answer, and the corner that resizes the panel."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizeGrip, QToolButton, QWidget

from desktop.language import tr
from desktop.panel import keys
from desktop.panel.keys import tip


class Buttons(QWidget):
    """Stop, copy, copy as one paragraph, save; behind a last one what is needed seldom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.stop = self._add(tr("Stop"), tip(tr("Stop reading"), keys.ESCAPE))
        self.copy = self._add(tr("Copy"), keys.COPY.tip)
        self.copy.setObjectName("primary")
        self.paragraph = self._add(tr("Copy as one paragraph"), keys.PARAGRAPH.tip)
        self.save = self._add(tr("Save…"), keys.SAVE.tip)
        self.again = self._action(keys.AGAIN)
        self.clear = self._action(keys.CLEAR)
        self.sheet = self._action(keys.SHEET)
        self.more = self._menu(self.again, self.clear, self.sheet)
        self._layout.addStretch()
        self._layout.addWidget(QSizeGrip(self), 0, Qt.AlignmentFlag.AlignBottom)

    def show_state(self, busy: bool, asked: bool, has_text: bool) -> None:
        """Offer what can be done now."""
        self.stop.setVisible(busy)
        self.paragraph.setVisible(not busy)  # else the row would be wider than the panel
        for part in (self.again, self.clear):
            part.setEnabled(asked)
        for button in (self.copy, self.paragraph, self.save):
            button.setEnabled(has_text)

    def _add(self, words: str, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(True)  # Enter presses it where it has the keyboard, as Space does
        button.setToolTip(tip)
        self._layout.addWidget(button)
        return button

    def _action(self, key: keys.Key) -> QAction:
        action = QAction(tr(key.words), self)
        action.setShortcuts([QKeySequence(one) for one in key.keys])
        return action

    def _menu(self, *actions: QAction) -> QToolButton:
        menu, button = QMenu(self), QToolButton(self)
        menu.addActions(list(actions))
        button.setText("⋯")
        button.setToolTip(tr("More"))
        button.setAccessibleName(tr("More"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        self._layout.addWidget(button)
        return button
