"""The line in which a word is looked for in the source of a page."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QToolButton, QWidget

from desktop.language import tr
from desktop.panel.keys import claim_escape

Flag = QTextDocument.FindFlag


class FindBar(QWidget):
    """Hidden until it is asked for; Enter and Shift+Enter go on and back, Esc closes it."""

    def __init__(self, text: QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.words = _Words(self)
        self.found = QLabel()
        self.found.setObjectName("status")
        back, on = self._button("↑", tr("The one before (Shift+Enter)")), self._button("↓", tr("The next one (Enter)"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words, 1)
        for part in (self.found, back, on):
            layout.addWidget(part)
        self.words.textChanged.connect(lambda _words: self._look_anew())
        self.words.returnPressed.connect(self.go_on)
        self.words.back_pressed.connect(self.go_back)
        self.words.left.connect(self.close_bar)
        back.clicked.connect(self.go_back)
        on.clicked.connect(self.go_on)
        self.hide()

    def ask(self) -> None:
        """Come up with what is selected in the text."""
        selected = self._text.textCursor().selectedText()
        self.show()
        if selected and "\u2029" not in selected:
            self.words.setText(selected)
        self.words.selectAll()
        self.words.setFocus()

    def close_bar(self) -> None:
        """Go away, back to the text."""
        self.hide()
        self._text.setFocus()

    def go_on(self) -> None:
        """Select the next place, from the top again after the last."""
        self._look()

    def go_back(self) -> None:
        """Select the place before."""
        self._look(Flag.FindBackward)

    def _look_anew(self) -> None:
        """Look from the start of the selection, so that a word that is typed on stays where it is."""
        cursor = self._text.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self._text.setTextCursor(cursor)
        self._look()

    def _look(self, flags: Flag = Flag(0)) -> None:  # noqa: B008 - a flag is a value
        words = self.words.text()
        if words and not self._text.find(words, flags):
            cursor = self._text.textCursor()
            ends = QTextCursor.MoveOperation
            cursor.movePosition(ends.End if flags & Flag.FindBackward else ends.Start)
            before = self._text.textCursor()
            self._text.setTextCursor(cursor)
            if not self._text.find(words, flags):
                self._text.setTextCursor(before)
        count = self._text.toPlainText().lower().count(words.lower()) if words else 0
        self.found.setText(tr("{count} found", count=count) if words else "")

    def _button(self, sign: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(sign)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        return button


class _Words(QLineEdit):
    """Keeps the keys for itself that would act on the panel."""

    back_pressed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.setPlaceholderText(tr("Find in the source"))
        self.setAccessibleName(tr("Find in the source"))

    def event(self, event: QEvent) -> bool:
        """Claim Esc before the panel's shortcut gets it."""
        return claim_escape(event, self.left.emit) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back by Shift+Enter."""
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if back and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.back_pressed.emit()
            return
        super().keyPressEvent(event)
