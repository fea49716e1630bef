"""The line in which the user asks about the picture in words."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from desktop.language import tr, tr_later
from desktop.panel.keys import leave

WAIT = tr_later("Wait for the answer, or stop it with Esc; then press Enter.")


class QuestionBox(QLineEdit):
    """`sent` brings the question when Enter is pressed; while `held` it stays in the box."""

    sent = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question")
        self.held = False
        self.invite(False)
        self.setAccessibleName(tr("Question about this picture"))
        self.setToolTip(tr("Enter sends the question"))
        self.returnPressed.connect(self._send)

    def invite(self, edits: bool) -> None:
        """Say whether a question is taken or a change to the answer."""
        self.setPlaceholderText(tr("Say what to change, or ask…") if edits else tr("Ask about this picture…"))

    def event(self, event: QEvent) -> bool:
        """Leave to the panel what the box has no use for: copying without a selection, pasting a picture."""
        return not leave(event, self._is_for_panel) and super().event(event)

    def _is_for_panel(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            return not self.hasSelectedText()
        mime = QGuiApplication.clipboard().mimeData()
        return event.matches(QKeySequence.StandardKey.Paste) and (mime.hasUrls() or not mime.hasText())

    def _send(self) -> None:
        question = self.text().strip()
        if self.held:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), tr(WAIT), self)
        elif question:
            self.clear()
            self.sent.emit(question)
