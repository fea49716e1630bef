"""What can be done with an answer: the clipboard and files."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.files import write_atomically
from desktop.picture import EXTENSIONS


def copy_text(text: str) -> None:
    """Put text on the clipboard; the app owns it, so it outlives the panel."""
    QGuiApplication.clipboard().setText(text)


def ask_where_to_save(parent: QWidget) -> Path | None:
    """The file that the user names for the text; None where the dialog was cancelled."""
    name, _filter = QFileDialog.getSaveFileName(parent, "Save text", "shotglass.txt", "Text (*.txt);;All files (*)")
    return Path(name) if name else None


def ask_for_pictures(parent: QWidget) -> list[Path]:
    """The picture files that the user names; none where the dialog was cancelled."""
    patterns = " ".join(f"*{extension}" for extension in EXTENSIONS)
    names, _filter = QFileDialog.getOpenFileNames(parent, "Open pictures", "", f"Pictures ({patterns});;All files (*)")
    return [Path(name) for name in names]


def save_text(text: str, path: Path) -> None:
    """Write the text as UTF-8; raises UserError with the cure."""
    write_atomically(path, f"{text}\n".encode())
