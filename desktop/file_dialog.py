"""The dialogs that ask for files and folders; nothing follows where the user cancels."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.language import tr


def ask_for_files(parent: QWidget, title: str, filters: Sequence[str], take: Callable[[list[Path]], object]) -> None:
    """Let the user choose files that one of the filters lets by."""
    dialog = QFileDialog(parent, title, "", ";;".join(filters))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: take([Path(name) for name in names]))
    open_dialog(dialog)


def ask_for_folder(parent: QWidget, title: str, take: Callable[[str], object], start: str = "") -> None:
    """Let the user choose a folder.

    Of a path that is typed fast Qt's own dialog may name folders above it, too, in front of it.
    """
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.filesSelected.connect(lambda names: take(names[-1]))
    open_dialog(dialog)


def open_dialog(dialog: QFileDialog) -> None:
    """Block its window alone: a dialog that blocks every window would leave an overlay deaf to the mouse.

    Qt's own dialog, which some systems show, knows two of its words in English alone.
    """
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, tr("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, tr("File type:"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
