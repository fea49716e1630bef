"""Shows an answer that is text, while it grows and after."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

PLACEHOLDER = "Drop a picture here, paste one (Ctrl+V) or open one (Ctrl+O)."


class TextView(QPlainTextEdit):
    """Read-only text that can be selected with mouse and keyboard; indented text is set in a fixed-width font."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self._fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)

    def show_text(self, text: str) -> None:
        """Show the whole answer so far; what stands already is not set again, so that a selection survives."""
        shown = self.toPlainText()
        if text == shown:
            return
        if not text.startswith(shown):
            self.setPlainText(text)
        else:
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(shown) :])
        self.setFont(self._fixed if _is_indented(text) else QFont())

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the panel, which copies everything where nothing is selected."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
            return False
        return super().event(event)

    def chosen_text(self) -> str:
        """The selection, or everything where nothing is selected."""
        selection = self.textCursor().selection().toPlainText()
        return selection or self.toPlainText()


def _is_indented(text: str) -> bool:
    return any(line[:1] in (" ", "\t") for line in text.splitlines())
