"""What a version of a page changed in the one before, line by line."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontDatabase, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.language import tr, tr_later
from desktop.panel.keys import leave_copy
from desktop.webpage.versions import Versions

# Seen on light and on dark.
_GROUNDS = {"+": QColor(46, 160, 67, 60), "-": QColor(248, 81, 73, 60), "@": QColor(125, 135, 148, 45)}
FIRST = tr_later("This is the first version; nothing was changed yet.")


class Changes(QPlainTextEdit):
    """Added lines on green, removed ones on red."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(self.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setAccessibleName(tr("Changes"))
        self._shown = Versions()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+C to the panel, which copies the whole page where nothing is selected."""
        return not leave_copy(event) and super().event(event)

    def selected_text(self) -> str:
        """The selection, or ''."""
        return self.textCursor().selection().toPlainText()

    def show_versions(self, versions: Versions) -> None:
        """Show what the version that is looked at changed."""
        if versions == self._shown and self.toPlainText():
            return
        self._shown = versions
        self.clear()
        if not versions.can_undo:
            self.setPlainText(tr(FIRST) if versions.page else "")
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for line in versions.changes():
            chosen = QTextCharFormat()
            if line[:1] in _GROUNDS:
                chosen.setBackground(_GROUNDS[line[:1]])
            cursor.insertText(f"{line}\n", chosen)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)
