"""Exporting entries: where to, how far it is, where it went."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.file_dialog import open_dialog
from desktop.history_window.export_thread import ExportThread
from desktop.history_window.notice import Notice
from desktop.language import tr, tr_later

_ZIP, _FOLDER = tr_later("Zip archive (*.zip)"), tr_later("Folder (*)")


class Exporting(QObject):
    """One export at a time, told in the notice of the window."""

    def __init__(self, history: Path, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self._history = history
        self._notice = notice
        self._window = parent
        self._thread: ExportThread | None = None

    def ask(self, entries: Sequence[int]) -> None:
        """Let the user name a .zip or a folder; nothing follows where they cancel."""
        if not entries or self._thread is not None:
            return
        dialog = QFileDialog(self._window, tr("Export"), "", f"{tr(_ZIP)};;{tr(_FOLDER)}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"shotglass-history-{datetime.now():%Y-%m-%d}.zip")
        dialog.fileSelected.connect(
            lambda name: self.begin(entries, _named(Path(name), dialog.selectedNameFilter() == tr(_ZIP)))
        )
        open_dialog(dialog)

    def begin(self, entries: Sequence[int], to: Path) -> None:
        """Export to a .zip or a new folder, by its name."""
        self._thread = thread = ExportThread(self._history, entries, to, self)
        thread.advanced.connect(lambda done: self._tell(done, len(entries)))
        thread.ended.connect(lambda problem: self._end(problem, to))
        self._tell(0, len(entries))
        thread.start()

    def halt(self) -> None:
        """Stop what runs, and wait for it."""
        if self._thread is not None:
            self._thread.halt()
            self._thread.wait()

    def _tell(self, done: int, count: int) -> None:
        if self._thread is not None:
            words = tr("Exporting {done} of {count}…", done=f"{done:,}", count=f"{count:,}")
            self._notice.say(words, tr("Stop"), slot=self._thread.halt, stays=True)

    def _end(self, problem: str, to: Path) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._thread.deleteLater()
            self._thread = None
        if problem:
            self._notice.say(problem)
        else:
            show = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(to.parent)))
            self._notice.say(tr("Exported to {file}.", file=to), tr("Show"), slot=show)


def _named(path: Path, archive: bool) -> Path:
    """The path with the ending that the user picked."""
    if archive:
        return path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip")
    return path.with_suffix("") if path.suffix.lower() == ".zip" else path
