"""The sheet of keys: everything that can be done in a panel by key."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.panel.keys import SHEET, Key, native

Chapter = tuple[str, Sequence[Key]]
"""A title and the keys under it."""


class KeySheet(QDialog):
    """Two columns, the panel's own keys on the left; the keys that open it close it, too."""

    def __init__(self, left: Iterable[Chapter], right: Iterable[Chapter], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keys"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(28)
        for chapters in (left, right):
            column = QVBoxLayout()
            column.setSpacing(10)
            for title, listed in chapters:
                if listed:
                    column.addLayout(_chapter(title, listed))
            column.addStretch()
            layout.addLayout(column)
        for keys in SHEET.keys:
            QShortcut(QKeySequence(keys), self, self.close)


def _chapter(title: str, listed: Sequence[Key]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    heading = QLabel(title)
    heading.setObjectName("title")
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, key in enumerate(listed, 1):
        keys = QLabel(_names(key))
        keys.setObjectName("key")
        grid.addWidget(QLabel(tr(key.words)), row, 0)
        grid.addWidget(keys, row, 1, Qt.AlignmentFlag.AlignRight)
    return grid


def _names(key: Key) -> str:
    """All keys for it, what they are held with once where that is the same."""
    first, *others = (native(one) for one in key.keys)
    held = first.rpartition("+")[0]
    if held and all(one.rpartition("+")[0] == held for one in others):
        others = [one.removeprefix(f"{held}+") for one in others]
    return "  ".join([first, *others])
