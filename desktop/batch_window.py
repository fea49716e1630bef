"""The window that reads many pictures: which, what is asked of them, how far it is, what failed."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from desktop.batch.pdf import PDF
from desktop.batch.run import Order, Progress, Stage
from desktop.file_dialog import ask_for_files, ask_for_folder
from desktop.job import Task
from desktop.language import tr, tr_later
from desktop.panel.manner import Manner
from desktop.panel.options import Options
from desktop.picture import EXTENSIONS

NOTHING = tr_later("Drop pictures, PDFs or folders here, or choose them.")
_ENDED = {
    Stage.RUNNING: tr_later("{tally}. What you capture meanwhile is answered first."),
    Stage.DONE: tr_later("Done: {tally}."),
    Stage.ENDED: tr_later("Stopped: {tally}. Start goes on from here."),
}
_SOURCES = (tr_later("Files…"), tr_later("Folder…"), tr_later("Choose…"))


class BatchWindow(QWidget):
    """`agreed` brings what the user wants done, `halted` that it shall stop."""

    agreed = Signal(Order)
    halted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("batch")
        self.setWindowTitle(tr("Read many pictures"))
        self.setAcceptDrops(True)
        self._paths: list[Path] = []
        self._manner = Manner((), has_model=False)
        self._chosen: dict[str, str] = {}
        self._running = False
        self.what = QLabel(tr(NOTHING), wordWrap=True)
        self.task, self.options, self.folder = QComboBox(), Options(), QLineEdit()
        self.again = QCheckBox(tr("Also those that are answered there already"))
        self.bar, self.words = QProgressBar(textVisible=False, maximum=1000), QLabel(wordWrap=True)
        self.failures = QPlainTextEdit(readOnly=True)
        self.start, self.stop = QPushButton(tr("Start")), QPushButton(tr("Stop"))
        self.open_folder, self._close = QPushButton(tr("Open folder")), QPushButton(tr("Close"))
        self._sources, self._orders = QWidget(), QWidget()
        self.what.setObjectName("title")
        self.start.setObjectName("primary")
        self.task.setItemDelegate(QStyledItemDelegate(self))  # that of a styled box shows no selection
        self._build()
        self._connect()
        self.resize(560, 0)

    def offer(self, paths: Sequence[Path], manner: Manner) -> None:
        """Ask whether and how to read these files and folders."""
        self._manner = manner
        tasks = [task for task in manner.tasks if not task.needs_question]
        picked = self.task.currentData()
        self.task.clear()
        for task in tasks:
            if manner.has_model or not task.needs_model:
                self.task.addItem(tr(task.title), task.id)
        self.task.setCurrentIndex(max(self.task.findData(picked), 0))
        if paths:
            self._take(paths)
        self._show_state()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is, or how it ended."""
        tally = progress.tally
        self._running = progress.stage is Stage.RUNNING
        self.bar.setValue(round(tally.share * self.bar.maximum()))
        self.words.setText(progress.trouble or tr(_ENDED[progress.stage], tally=tally.words))
        said = self.failures.toPlainText().splitlines() if tally.failures else []
        for failure in tally.failures[len(said) :]:  # what is selected there stays
            self.failures.appendPlainText(failure)
        self._show_state()

    def come_up(self) -> None:
        """Show it in front."""
        self.show()
        self.raise_()
        self.activateWindow()

    def ask_for_files(self) -> None:
        """Let the user choose pictures."""
        patterns = " ".join(f"*{extension}" for extension in (*EXTENSIONS, PDF))
        fitting = tr("Pictures and PDFs ({patterns})", patterns=patterns)
        ask_for_files(self, tr("Pictures to read"), [fitting], self._take)

    def ask_for_folder(self) -> None:
        """Let the user choose a folder of pictures."""
        ask_for_folder(self, tr("Folder of pictures to read"), lambda name: self._take([Path(name)]))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders while none are read."""
        if not self._running and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        event.acceptProposedAction()
        self._take([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _build(self) -> None:
        files, folder, choose = (QPushButton(tr(words)) for words in _SOURCES)
        files.clicked.connect(self.ask_for_files)
        folder.clicked.connect(self.ask_for_folder)
        choose.clicked.connect(self._ask_where_to)
        asked = _row(self.task, self.options)
        asked.addStretch()
        form = QFormLayout(self._orders)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(tr("Task"), asked)
        form.addRow(tr("Answers go to"), _row(self.folder, choose))
        form.addRow("", self.again)
        sources = _row(self.what, files, folder)
        sources.setStretchFactor(self.what, 1)
        self._sources.setLayout(sources)
        sources.setContentsMargins(0, 0, 0, 0)
        buttons = _row(self.open_folder)
        buttons.addStretch()
        for button in (self._close, self.stop, self.start):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for part in (self._sources, self._orders, self.bar, self.words, self.failures):
            layout.addWidget(part)
        layout.addLayout(buttons)
        self.failures.setAccessibleName(tr("What could not be read"))
        self.failures.setMaximumHeight(120)

    def _connect(self) -> None:
        self.task.currentIndexChanged.connect(self._show_options)
        self.options.changed.connect(self._choose)
        self.folder.textChanged.connect(lambda _text: self._show_state())
        self.start.clicked.connect(self._start)
        self.stop.clicked.connect(self.halted)
        self._close.clicked.connect(self.close)
        self.open_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target().absolute())))
        )
        QShortcut(QKeySequence("Esc"), self, self.close)

    def _take(self, paths: Sequence[Path]) -> None:
        """Offer these files and folders."""
        self._paths = list(paths)
        first = self._paths[0]
        self.what.setText(_in_words(self._paths))
        beside = tr("{name} answers", name=first.name) if first.is_dir() else tr("answers")
        self.folder.setText(str(first.parent / beside))
        self.words.clear()
        self.bar.setValue(0)
        self.failures.clear()
        self._show_state()
        self.start.setFocus()

    def _task(self) -> Task | None:
        return self._manner.task(self.task.currentData() or "")

    def _target(self) -> Path:
        return Path(self.folder.text().strip()).expanduser()

    def _show_options(self) -> None:
        task = self._task()
        self._chosen = self._manner.chosen(task) if task else {}
        self.options.offer(task.options if task else {}, self._chosen)

    def _choose(self, chosen: dict[str, str]) -> None:
        self._chosen = chosen

    def _start(self) -> None:
        task = self._task()
        if task is None:
            return
        self.failures.clear()
        self.words.setText(tr("Looking for pictures…"))
        self._running = True
        self._show_state()
        paths = [str(path) for path in self._paths]
        self.agreed.emit(Order(paths, task, self._target(), self._chosen, self.again.isChecked()))

    def _ask_where_to(self) -> None:
        ask_for_folder(self, tr("Folder for the answers"), self.folder.setText)

    def _show_state(self) -> None:
        """Offer what can be done now."""
        for part in (self._sources, self._orders):
            part.setEnabled(not self._running)
        self.start.setVisible(not self._running)
        self.start.setEnabled(bool(self._paths and self.folder.text().strip() and self.task.count()))
        self.stop.setVisible(self._running)
        self.bar.setVisible(self._running)
        self.words.setVisible(bool(self.words.text()))
        self.failures.setVisible(bool(self.failures.toPlainText()))
        self.open_folder.setEnabled(bool(self.folder.text().strip()) and self._target().is_dir())
        layout = self.layout()
        needed = layout.totalMinimumHeightForWidth(self.width()) if layout else 0
        self.resize(self.width(), max(self.height(), needed))


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part)
    return row


def _in_words(paths: Sequence[Path]) -> str:
    if len(paths) > 1:
        return tr("{name} and {count} more", name=paths[0].name, count=len(paths) - 1)
    return tr("All pictures in {folder}", folder=paths[0].name) if paths[0].is_dir() else paths[0].name
