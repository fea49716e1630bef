"""The dialog that asks for a folder."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_for_folder(parent: QWidget, title: str, take: Callable[[str], object], start: str = "") -> None:
    """Let the user choose a folder; nothing follows where they cancel. It blocks its window alone.

    Of a path that is typed fast Qt's own dialog may name folders above it, too, in front of it.
    """
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: take(names[-1]))
    dialog.open()
