"""One floating answer: the picture, its task, the text as it streams, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizeGrip, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.job import AnswerKind, Box, Job, Shot, State, Task, Update
from desktop.panel.actions import ask_for_pictures, ask_where_to_save, copy_text, save_text
from desktop.panel.header import Header
from desktop.panel.placement import place
from desktop.panel.sources import pictures_in
from desktop.panel.task_row import TaskRow
from desktop.panel.text_view import PLACEHOLDER, TextView
from desktop.reflow import one_paragraph

SIZE = (460, 330)
MODELS_LINK = "shotglass:models"
_WORDS = {State.QUEUED: "waiting", State.RUNNING: "reading", State.CANCELLED: "stopped", State.FAILED: "failed"}


@dataclass(frozen=True, slots=True)
class Manner:
    """How panels behave: the tasks they offer, whether a model is there for them, and what the user set."""

    tasks: Sequence[Task]
    has_model: bool
    auto_copy: bool = True


class Panel(QWidget):
    """Floats on top until it is closed. `asked` brings the Jobs started in it, `given` pictures dropped or pasted."""

    asked = Signal(Job)
    stopped = Signal(str)
    given = Signal(list)
    link_clicked = Signal(str)
    dismissed = Signal()

    def __init__(self, manner: Manner, parent: QWidget | None = None) -> None:
        flags = Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(parent, flags)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Shotglass")
        self.shot: Shot | None = None
        self.job: Job | None = None
        self.busy = False
        self._manner = manner
        self.header = Header(self)
        self.message = QLabel()
        self.message.setObjectName("message")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.RichText)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.message.hide()
        self.view = TextView(self)
        self.tasks = TaskRow(manner.tasks, manner.has_model, self)
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._show_state()
        self.resize(*SIZE)

    @property
    def pinned(self) -> bool:
        """True where the user wants it to stay when another picture is taken."""
        return self.header.pin.isChecked()

    @property
    def asking(self) -> bool:
        """True while one of its dialogs waits for the user."""
        return any(dialog.isVisible() for dialog in self.findChildren(QDialog))

    def clear(self, manner: Manner) -> None:
        """Be as new, to be used again."""
        self._manner = manner
        self.shot = self.job = None
        self.header.clear()
        self.tasks.mark("")
        self.view.show_text("")
        self.say("")
        self._show_state()

    def ask(self, shot: Shot, task_id: str) -> None:
        """Show the Shot and start a task on it."""
        self.shot = shot
        self.view.setPlaceholderText("")
        self.header.show_picture(shot)
        self._pick(task_id)

    def show_update(self, update: Update) -> None:
        """Show what the engine says about this panel's job."""
        if self.job is None or update.job_id != self.job.id:
            return
        self.busy = not update.state.final
        self.view.show_text(update.text)
        took = f" · {update.seconds:.2f} s" if update.state.final else ""
        words = f" · {_WORDS[update.state]}" if update.state in _WORDS else ""
        copied = ""
        if update.state is State.DONE and self._copies_itself(update.text):
            copy_text(update.text)
            copied = " · copied"
        self.header.status.setText(f"{update.engine}{took}{words}{copied}")
        self.say(update.error or update.note)
        self._show_state()

    def say(self, sentence: str, link: str = "") -> None:
        """Show a sentence above the text, with a link behind it; '' takes it away."""
        if not link and "`shotglass models" in sentence:
            link = f' <a href="{MODELS_LINK}">Show models</a>'
        self.message.setText(f"{_escape(sentence)}{link}")
        self.message.setVisible(bool(sentence))

    def welcome(self, sentence: str, link: str = "") -> None:
        """Be a panel without a picture, which says how to take one."""
        self.header.title.setText("Shotglass")
        self.view.setPlaceholderText(PLACEHOLDER)
        self.header.status.setText("local, private, on your own computer")
        self.say(sentence, link)

    def show_beside(self, region: Box | None, screens: Sequence[Box], pointer: tuple[int, int]) -> None:
        """Come up beside the region, with the keyboard."""
        self.ensurePolished()  # before it is shown it does not know yet how much room its own parts need
        size = self.size().expandedTo(self.minimumSizeHint())
        box = place((size.width(), size.height()), region, screens, pointer)
        self.setGeometry(box.left, box.top, box.width, box.height)
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()

    def save_to(self, path: Path) -> None:
        """Write the text to a file, and say so."""
        try:
            save_text(self.view.toPlainText(), path)
        except UserError as error:
            self.say(str(error))
        else:
            self.header.status.setText(f"Saved as {path.name}")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what still runs."""
        self.stop()
        self.dismissed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        if pictures_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        event.acceptProposedAction()
        self.given.emit(pictures_in(event.mimeData()))

    def paste(self) -> None:
        """Hand on the picture on the clipboard."""
        pictures = pictures_in(QGuiApplication.clipboard().mimeData())
        if pictures:
            self.given.emit(pictures)
        else:
            self.say("There is no picture on the clipboard; copy one and paste it here.")

    def stop(self) -> None:
        """End the running job; what it said so far stays."""
        if self.busy and self.job is not None:
            self.stopped.emit(self.job.id)

    def _build(self) -> None:
        self.stop_button = _button("Stop", "Stop reading (Esc)")
        self.copy_button = _button("Copy", "Copy the selection, or everything (Ctrl+C)")
        self.copy_button.setObjectName("primary")
        self.paragraph_button = _button("Copy as one paragraph", "Without line breaks (Ctrl+Shift+C)")
        self.save_button = _button("Save…", "Save as a text file (Ctrl+S)")
        buttons = QHBoxLayout()
        for button in (self.stop_button, self.copy_button, self.paragraph_button, self.save_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(QSizeGrip(self), 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.header)
        layout.addWidget(self.message)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.tasks)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.header.close_clicked.connect(self.close)
        self.tasks.picked.connect(self._pick)
        self.message.linkActivated.connect(self.link_clicked)
        self.stop_button.clicked.connect(self.stop)
        self.copy_button.clicked.connect(self.copy)
        self.paragraph_button.clicked.connect(self.copy_paragraph)
        self.save_button.clicked.connect(self._save)
        keys = {
            "Esc": self._escape,
            "Ctrl+W": self.close,
            "Ctrl+C": self.copy_button.click,  # a button that is disabled does nothing
            "Ctrl+Shift+C": self.paragraph_button.click,
            "Ctrl+S": self.save_button.click,
            "Ctrl+V": self.paste,
            "Ctrl+O": self._open,
        }
        for name, slot in keys.items():
            QShortcut(QKeySequence(name), self, slot)

    def copy(self) -> None:
        """Copy the selection, or everything."""
        copy_text(self.view.chosen_text())
        self.header.status.setText("Copied")

    def copy_paragraph(self) -> None:
        """Copy the selection, or everything, without its line breaks."""
        copy_text(one_paragraph(self.view.chosen_text()))
        self.header.status.setText("Copied as one paragraph")

    def _open(self) -> None:
        """Hand on the picture files that the user names."""
        ask_for_pictures(self, self.given.emit)

    def _save(self) -> None:
        ask_where_to_save(self, self.save_to)

    def _escape(self) -> None:
        """Stop first, then close."""
        if self.busy:
            self.stop()
        else:
            self.close()

    def _pick(self, task_id: str) -> None:
        """Ask the task of this panel's Shot."""
        task = next((task for task in self._manner.tasks if task.id == task_id), None)
        if self.shot is None or task is None:
            self.tasks.mark("")
            return
        self.stop()
        self.tasks.mark(task_id)
        self.header.title.setText(task.title)
        self.view.show_text("")
        self.job = Job(self.shot, task)
        self.busy = True
        self.asked.emit(self.job)

    def _copies_itself(self, text: str) -> bool:
        return bool(
            self._manner.auto_copy and text and self.job is not None and self.job.task.answer is AnswerKind.TEXT
        )

    def _show_state(self) -> None:
        """Offer what can be done now."""
        has_text = bool(self.view.toPlainText())
        self.stop_button.setVisible(self.busy)
        for button in (self.copy_button, self.paragraph_button, self.save_button):
            button.setEnabled(has_text)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    return button
