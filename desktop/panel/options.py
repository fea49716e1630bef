"""What can be chosen of a task: one box an option, with what is offered and room for any other text."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.language import tr

WIDEST = 170


class Options(QWidget):
    """`changed` brings every choice of the task, name -> text, when one was picked or typed and entered.

    What is offered is shown in the user's language, and chosen in that of the task.
    """

    changed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Mapping[str, tuple[str, ...]] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._chosen: dict[str, str] = {}
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def offer(self, options: Mapping[str, tuple[str, ...]], chosen: Mapping[str, str]) -> None:
        """Show a box for each option, set to what was chosen of it."""
        self._chosen = dict(chosen)
        if options == self._offered:
            for name, box in self._boxes.items():
                _set(box, chosen[name])
            return
        for box in self._boxes.values():
            box.hide()
            box.deleteLater()
        self._offered = options
        self._boxes = {name: self._box(name, offered) for name, offered in options.items()}
        self.setVisible(bool(options))

    def _box(self, name: str, offered: tuple[str, ...]) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        edit = QLineEdit(box)
        box.setLineEdit(edit)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setMaximumWidth(WIDEST)
        for text in offered:
            box.addItem(tr(text), text)
        title = tr(name.capitalize())
        _set(box, self._chosen[name])
        box.setAccessibleName(title)
        edit.setAccessibleName(title)
        box.view().setAccessibleName(title)
        box.setToolTip(tr("{option}: pick one, or type another and press Enter", option=title))
        box.activated.connect(lambda _index: self._choose(name))
        edit.returnPressed.connect(lambda: self._choose(name))
        self._layout.addWidget(box)
        return box

    def _choose(self, name: str) -> None:
        box = self._boxes[name]
        typed = box.currentText().strip()
        known = box.findText(typed)
        chosen = {**self._chosen, name: box.itemData(known) if known >= 0 else typed}
        if chosen[name] and chosen != self._chosen:
            self._chosen = chosen
            self.changed.emit(chosen)


def _set(box: QComboBox, text: str) -> None:
    """Let a text stand in the box, offered or not."""
    index = box.findData(text)
    box.setCurrentIndex(index)
    box.setEditText(text if index < 0 else box.itemText(index))
