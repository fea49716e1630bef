"""What can be done with an answer: the clipboard and files."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.file_dialog import ask_for_files, open_dialog
from desktop.language import tr, tr_later
from desktop.panel.view import Clipping, Format
from desktop.picture import EXTENSIONS

EVERY_FILE = tr_later("All files")


def copy_text(text: str) -> None:
    """Put text on the clipboard; the app owns it, so it outlives the panel."""
    QGuiApplication.clipboard().setText(text)


def copy(clipping: Clipping) -> None:
    """Put an answer on the clipboard in all its forms."""
    data = QMimeData()
    data.setText(clipping.text)
    for kind, content in clipping.others.items():
        data.setData(kind, content)
    QGuiApplication.clipboard().setMimeData(data)


def ask_where_to_save(parent: QWidget, formats: Sequence[Format], then: Callable[[Path, Format], None]) -> None:
    """Let the user name a file and its format; nothing follows where they cancel.

    Picking a format changes the name's end. A name that ends as another format does is of that one.
    """
    filters = {f"{tr(one.title)} (*{one.suffix})": one for one in formats}
    dialog = QFileDialog(parent, tr("Save"), "", ";;".join([*filters, f"{tr(EVERY_FILE)} (*)"]))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(f"shotglass{formats[0].suffix}")

    def finish(name: str) -> None:
        picked = filters.get(dialog.selectedNameFilter(), formats[0])
        then(Path(name), next((one for one in (picked, *formats) if name.lower().endswith(one.suffix)), picked))

    def rename(chosen: str) -> None:
        if chosen in filters and (names := dialog.selectedFiles()):
            dialog.selectFile(str(Path(names[0]).with_suffix(filters[chosen].suffix)))

    dialog.filterSelected.connect(rename)
    dialog.fileSelected.connect(finish)
    open_dialog(dialog)


def ask_for_pictures(parent: QWidget, then: Callable[[list[Path]], None]) -> None:
    """Let the user choose picture files; nothing follows where they cancel."""
    patterns = " ".join(f"*{extension}" for extension in EXTENSIONS)
    pictures, every = tr("Pictures"), tr(EVERY_FILE)
    ask_for_files(parent, tr("Open pictures"), [f"{pictures} ({patterns})", f"{every} (*)"], then)
