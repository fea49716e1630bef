"""What can be done with the answer of a panel by button and by key, and how pictures come to it."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.files import write_atomically
from desktop.language import tr
from desktop.panel.actions import ask_for_pictures, ask_where_to_save, copy, copy_text
from desktop.panel.sources import pictures_in
from desktop.panel.view import Format
from desktop.panel.views import Views
from desktop.reflow import one_paragraph


class Deeds(QObject):
    """`reported` brings a few words on what was done, `refused` a sentence on what could not be.

    `given` brings pictures that were pasted or opened.
    """

    reported = Signal(str)
    refused = Signal(str)
    given = Signal(list)

    def __init__(self, views: Views, window: QWidget) -> None:
        super().__init__(window)
        self._views = views
        self._window = window

    def copy(self) -> None:
        """Copy the selection, or the newest answer."""
        copy(self._views.clipping())
        self.reported.emit(tr("Copied"))

    def copy_paragraph(self) -> None:
        """Copy the selection, or the newest answer, without its line breaks."""
        copy_text(one_paragraph(self._views.clipping().text))
        self.reported.emit(tr("Copied as one paragraph"))

    def save(self) -> None:
        """Write the answer to a file that the user names."""
        ask_where_to_save(self._window, self._views.current.formats(), self.save_to)

    def save_to(self, path: Path, file_format: Format) -> None:
        """Write the answer to a file, and say so."""
        try:
            write_atomically(path, file_format.content())
        except UserError as error:
            self.refused.emit(str(error))
        else:
            self.reported.emit(tr("Saved as {name}", name=path.name))

    def paste(self) -> None:
        """Hand on the picture on the clipboard."""
        pictures = pictures_in(QGuiApplication.clipboard().mimeData())
        if pictures:
            self.given.emit(pictures)
        else:
            self.refused.emit(tr("There is no picture on the clipboard; copy one and paste it here."))

    def open(self) -> None:
        """Hand on the picture files that the user names."""
        ask_for_pictures(self._window, self.given.emit)
