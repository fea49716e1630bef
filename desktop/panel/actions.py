"""What can be done with an answer: the clipboard and files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.files import write_atomically
from desktop.picture import EXTENSIONS


def copy_text(text: str) -> None:
    """Put text on the clipboard; the app owns it, so it outlives the panel."""
    QGuiApplication.clipboard().setText(text)


def ask_where_to_save(parent: QWidget, then: Callable[[Path], None]) -> None:
    """Let the user name a file for the text; nothing follows where they cancel."""
    dialog = QFileDialog(parent, "Save text", "", "Text (*.txt);;All files (*)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile("shotglass.txt")
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    _open(dialog)


def ask_for_pictures(parent: QWidget, then: Callable[[list[Path]], None]) -> None:
    """Let the user choose picture files; nothing follows where they cancel."""
    patterns = " ".join(f"*{extension}" for extension in EXTENSIONS)
    dialog = QFileDialog(parent, "Open pictures", "", f"Pictures ({patterns});;All files (*)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    _open(dialog)


def _open(dialog: QFileDialog) -> None:
    """Block the panel alone: a dialog that blocks every window would leave an overlay deaf to the mouse."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def save_text(text: str, path: Path) -> None:
    """Write the text as UTF-8; raises UserError with the cure."""
    write_atomically(path, f"{text}\n".encode())
