"""What can be done with the selected entries, by menu and by key."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop.errors import UserError
from desktop.history.reader import Reader
from desktop.history.writer import Writer
from desktop.history_window.entries import ENTRY
from desktop.history_window.entry_list import EntryList
from desktop.history_window.exporting import Exporting
from desktop.history_window.notice import Notice
from desktop.history_window.preview import Preview
from desktop.job import Shot, Task
from desktop.language import tr


class Deeds(QObject):
    """`reopened` brings the Conversations of an entry, `asked` a Shot and the id of another task to run on it."""

    reopened = Signal(list)
    asked = Signal(Shot, str)

    def __init__(self, reader: Reader, writer: Writer, entries: EntryList, notice: Notice, window: QWidget) -> None:
        super().__init__(window)
        self._reader = reader
        self._writer = writer
        self._list = entries
        self._notice = notice
        self._others = QMenu(tr("Another task"), window)

    def set_tasks(self, tasks: Sequence[Task]) -> None:
        """Offer these tasks for the picture of an entry."""
        self._others.clear()
        for task in tasks:
            title = tr(task.title).replace("&", "&&")
            self._others.addAction(title).triggered.connect(lambda _checked, task_id=task.id: self.ask(task_id))

    def make_menu(self, preview: Preview, exporting: Exporting, window: QWidget) -> QMenu:
        """All deeds; those with a key of letters work in the whole window, the others in the list."""
        menu = QMenu(window)
        self._add(menu, window, tr("Open"), "Return", self.open)
        menu.addMenu(self._others)
        menu.addSeparator()
        self._add(menu, window, tr("Copy"), "Ctrl+C", lambda: self.copy(preview.text.selected_text()))
        self._add(menu, window, tr("Copy picture"), "Ctrl+Shift+C", self.copy_picture)
        self._add(menu, window, tr("Favourite"), "Ctrl+D", self.favour)
        self._add(menu, window, tr("Export…"), "Ctrl+E", lambda: exporting.ask(self._list.selected))
        menu.addSeparator()
        self._add(menu, window, tr("Delete"), "Del", self.remove)
        return menu

    def open(self) -> None:
        """Bring the entry back with its conversation."""
        self._with_current(lambda entry: self.reopened.emit(self._reader.conversations(entry)))

    def ask(self, task_id: str) -> None:
        """Run another task on the entry's picture."""
        self._with_current(lambda entry: self.asked.emit(self._reader.shot(entry), task_id))

    def copy(self, marked: str) -> None:
        """Copy what is marked, else what the selected entries came to."""
        said = map(self._reader.outcome, self._list.selected)
        if text := marked or "\n\n".join(filter(None, said)):
            QGuiApplication.clipboard().setText(text)
            self._notice.say(tr("Copied."))

    def copy_picture(self) -> None:
        """Copy the entry's picture."""
        self._with_current(self._copy_picture)

    def favour(self) -> None:
        """Make the selected entries favourites; where all are, they are no longer."""
        rows = {index.row() for index in self._list.selectedIndexes()}
        entries = [self._list.entries.index(row).data(ENTRY) for row in rows]
        wanted = not all(entry is None or entry.favourite for entry in entries)
        self._writer.favour(self._list.selected, wanted)

    def star(self, row: int) -> None:
        """Turn the star of one entry."""
        entry = self._list.entries.index(row).data(ENTRY)
        if entry is not None:
            self._writer.favour([entry.id], not entry.favourite)

    def remove(self) -> None:
        """Take the selected entries out of the history, with some seconds to bring them back."""
        entries = self._list.selected
        if entries:
            self._notice.end()  # the entries before these are gone now
            self._writer.hide(entries)
            count = f"{len(entries):,}"
            words = tr("1 entry was deleted.") if count == "1" else tr("{count} entries were deleted.", count=count)
            undo, purge = lambda: self._writer.unhide(entries), self._writer.purge
            self._notice.say(words, tr("Undo"), undo, purge)

    def _with_current(self, deed: Callable[[int], None]) -> None:
        entry = self._list.current
        if entry is None:
            return
        try:
            deed(entry)
        except UserError as error:
            self._notice.say(str(error))

    def _copy_picture(self, entry: int) -> None:
        shot = self._reader.shot(entry)
        image = QImage(shot.rgb, shot.width, shot.height, shot.width * 3, QImage.Format.Format_RGB888)
        QGuiApplication.clipboard().setImage(image.copy())  # with its own bytes
        self._notice.say(tr("The picture was copied."))

    def _add(self, menu: QMenu, window: QWidget, words: str, keys: str, slot: Callable[[], None]) -> None:
        action = QAction(words, window)
        everywhere = keys.startswith("Ctrl")
        action.setShortcuts([QKeySequence(keys)] + [QKeySequence("Enter")] * (keys == "Return"))
        widget, widgets = Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(widgets if everywhere else widget)
        action.triggered.connect(lambda _checked: slot())
        menu.addAction(action)
        (window if everywhere else self._list).addAction(action)
