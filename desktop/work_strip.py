"""A strip that asks for a ModelWork, shows how far it is, and says how it ended; for panels and preferences."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.language import tr, tr_later
from desktop.model_work import ModelWork, Stage

_WAY_OUT = {
    Stage.OFFERED: tr_later("Not now"),
    Stage.RUNNING: tr_later("Stop"),
    Stage.ENDED: tr_later("Not now"),
    Stage.DONE: tr_later("Close"),
}


class WorkStrip(QFrame):
    """`agreed` brings the work that the user wants done, `halted` that what runs shall stop.

    It shows itself when it was expected, or when a download begins anywhere.
    """

    agreed = Signal(ModelWork)
    halted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._work = ModelWork()
        self._expected = False
        self.title, self.words = QLabel(), QLabel()
        self.title.setObjectName("title")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.agree, self.leave = QPushButton(), QPushButton()
        self.agree.setObjectName("primary")
        self.agree.clicked.connect(lambda: self.agreed.emit(self._work))
        self.leave.clicked.connect(self._leave)
        buttons = QHBoxLayout()
        buttons.addStretch()
        for button in (self.leave, self.agree):
            button.setAutoDefault(True)  # Enter presses it where it has the keyboard, as Space does
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        for part in (self.title, self.words, self.bar):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.hide()

    def expect(self) -> None:
        """Show the next work, whatever its stage."""
        self._expected = True

    def dismiss(self) -> None:
        """Go away until the next work is expected or begins."""
        self._expected = False
        self.hide()

    def show_work(self, work: ModelWork) -> None:
        """Show a work as it stands."""
        self._work = work
        self._expected |= work.running and work.verb == "download"
        if not self._expected or work.stage is Stage.IDLE:
            return
        self.title.setText(work.title)
        self.words.setText(work.words)
        self.bar.setValue(round(work.share * self.bar.maximum()))
        self.bar.setVisible(work.running)
        self.agree.setText(work.agree)
        self.agree.setVisible(bool(work.agree))
        self.leave.setText(tr(_WAY_OUT[work.stage]))
        self.show()
        self._make_room()
        if work.stage is Stage.OFFERED:
            (self.leave if work.verb == "remove" else self.agree).setFocus()

    def _make_room(self) -> None:
        """Let the window grow until all words fit, upwards where its screen ends below."""
        window = self.window()
        layout = window.layout()
        height = max(window.height(), layout.totalMinimumHeightForWidth(window.width()) if layout else 0)
        window.resize(window.width(), height)
        beyond = window.y() + height - 1 - self.screen().availableGeometry().bottom()
        if window.isVisible() and beyond > 0:
            window.move(window.x(), window.y() - beyond)

    def _leave(self) -> None:
        if self._work.running:
            self.halted.emit()
        else:
            self.dismiss()
