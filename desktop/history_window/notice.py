"""A sentence at the bottom of a window for some seconds, with one thing that can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

SHOWN_MS = 8000


def _nothing() -> None:
    """The end of a notice that nobody waits for."""


class Notice(QFrame):
    """One at a time: another one, or the time, ends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._words = QLabel(wordWrap=True)
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.end)
        self._slot: Callable[[], object] = _nothing
        self._at_end: Callable[[], None] = _nothing
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.button)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now, or ''."""
        return "" if self.isHidden() else self._words.text()

    def say(
        self,
        words: str,
        button: str = "",
        slot: Callable[[], object] = _nothing,
        at_end: Callable[[], None] = _nothing,
        stays: bool = False,
    ) -> None:
        """Show words; `slot` follows the button, `at_end` follows where it was not pressed in time."""
        self.end()
        self._slot, self._at_end = slot, at_end
        self._words.setText(words)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        if not stays:
            self._timer.start()

    def end(self) -> None:
        """Go away; the time to press the button is over."""
        at_end = self._at_end
        self._forget()
        at_end()

    def _act(self) -> None:
        slot = self._slot
        self._forget()
        slot()

    def _forget(self) -> None:
        self._timer.stop()
        self._slot = self._at_end = _nothing
        self.hide()
