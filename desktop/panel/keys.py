"""The keys of a panel: its shortcuts are made from these, and the sheet of keys shows them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.language import tr, tr_later


class Key(NamedTuple):
    """What is done, as `tr` takes it, and the keys for it as Qt writes them, any of which does it."""

    words: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """The first of its keys, as this system writes it."""
        return native(self.keys[0])

    @property
    def tip(self) -> str:
        """What is done and its first key."""
        return tip(tr(self.words), self)

    def pressed(self, event: QKeyEvent) -> bool:
        """Tell whether an event is one of the keys, whatever the sign needs of Shift and of the keypad."""
        return any(QKeySequence(one) == QKeySequence(event.key()) for one in self.keys)


ESCAPE = Key(tr_later("Stop the answer, or close the panel"), ("Esc",))
CLOSE = Key(tr_later("Close the panel"), ("Ctrl+W",))
COPY = Key(tr_later("Copy the selection, or the newest answer"), ("Ctrl+C",))
PARAGRAPH = Key(tr_later("Copy without line breaks"), ("Ctrl+Shift+C",))
SAVE = Key(tr_later("Save everything in a file"), ("Ctrl+S",))
PASTE = Key(tr_later("Paste a picture"), ("Ctrl+V",))
OPEN = Key(tr_later("Open a picture"), ("Ctrl+O",))
HISTORY = Key(tr_later("Show the history"), ("Ctrl+H",))
AGAIN = Key(tr_later("Regenerate the answer"), ("Ctrl+R",))
CLEAR = Key(tr_later("Clear the conversation"), ("Ctrl+L",))
DETAILS = Key(tr_later("How this answer came about"), ("Ctrl+I",))
PIN = Key(tr_later("Keep this panel open"), ("Ctrl+P",))
SHEET = Key(tr_later("Show all keys"), ("?", "F1"))
PANEL = (ESCAPE, CLOSE, COPY, PARAGRAPH, SAVE, PASTE, OPEN, HISTORY, AGAIN, CLEAR, DETAILS, PIN, SHEET)

MOVE_BORDER = Key(tr_later("Move it"), ("Left", "Right", "Up", "Down"))
BORDER_ENDS = Key(tr_later("As far as it goes"), ("Home", "End"))
BORDER = (MOVE_BORDER, BORDER_ENDS)

JOIN = Key(tr_later("Join lines into paragraphs"), ("Ctrl+J",))
ON_PICTURE = Key(tr_later("Select on the picture"), ("Ctrl+T",))
LARGER = Key(tr_later("Enlarge the picture"), ("+", "="))
SMALLER = Key(tr_later("Make the picture smaller"), ("-",))
FITTED = Key(tr_later("Fit the picture"), ("0",))
PICTURE = (LARGER, SMALLER, FITTED)
ALL_WORDS = Key(tr_later("Select all"), ("Ctrl+A",))
EXTEND = Key(tr_later("Select word by word"), ("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"))
CHIP_MENU = Key(tr_later("Menu of a label or a link"), ("Shift+F10",))
READING = (JOIN, ON_PICTURE, *PICTURE, ALL_WORDS, EXTEND, CHIP_MENU)
BOXES = (*PICTURE, CHIP_MENU)

EDIT = Key(tr_later("Edit the cell"), ("F2",))
NEW_LINE = Key(tr_later("New line in the cell"), ("Alt+Return",))
UNDO = Key(tr_later("Undo"), ("Ctrl+Z",))
REDO = Key(tr_later("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"))
EMPTY = Key(tr_later("Clear cells"), ("Del",))
CELL_MENU = Key(tr_later("Add and remove rows and columns"), ("Shift+F10",))
GRID = (EDIT, NEW_LINE, UNDO, REDO, EMPTY, CELL_MENU)

FIND = Key(tr_later("Find in the source"), ("Ctrl+F",))
TAKE_BACK = Key(tr_later("Take the change back"), ("Ctrl+Z",))
MAKE_AGAIN = Key(tr_later("Make the change again"), ("Ctrl+Shift+Z",))
PICK_NEXT = Key(tr_later("Pick the next part of the page"), ("Ctrl+.",))
PICK_BEFORE = Key(tr_later("Pick the part before"), ("Ctrl+,",))
PAGE = (FIND, TAKE_BACK, MAKE_AGAIN, PICK_NEXT, PICK_BEFORE)


def native(keys: str) -> str:
    """Keys as this system writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def written(event: QKeyEvent) -> str:
    """The keys of an event as Qt writes them, whichever part of the keyboard they are on."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return QKeySequence(QKeyCombination(plain, Qt.Key(event.key()))).toString()


def leave(event: QEvent, is_for_panel: Callable[[QKeyEvent], bool]) -> bool:
    """Leave an event to the panel if it is a key that is for it; whether it was."""
    if isinstance(event, QKeyEvent) and is_for_panel(event):
        event.ignore()
        return True
    return False


def leave_copy(event: QEvent) -> bool:
    """Leave an event to the panel if it is that of copying; whether it was."""
    return leave(event, lambda key: key.matches(QKeySequence.StandardKey.Copy))


def claim_escape(event: QEvent, act: Callable[[], object]) -> bool:
    """Take an event before the panel's shortcut gets it if it is that of Esc; whether it was."""
    if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
        return False
    if event.type() is QEvent.Type.KeyPress:
        act()
    event.accept()
    return True


def tip(words: str, key: Key) -> str:
    """Words about a button, and the key that presses it."""
    return tr("{words} ({keys})", words=words, keys=key.name)


def bind(widget: QWidget, deeds: Mapping[Key, Callable[[], object]]) -> None:
    """Do each deed when one of its keys is pressed in the widget's window."""
    for key, act in deeds.items():
        for one in key.keys:
            QShortcut(QKeySequence(one), widget, act)
