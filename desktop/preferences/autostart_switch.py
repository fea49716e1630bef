"""Whether the app starts with the desktop: what the system says, not the settings."""

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop.autostart.choose import choose_autostart
from desktop.errors import UserError
from desktop.language import tr


class AutostartSwitch(QWidget):
    """A switch, and below it why it could not be turned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._autostart = choose_autostart()
        self.box = QCheckBox(tr("Start with the desktop"))
        self.problem = QLabel(wordWrap=True)
        self.problem.setObjectName("problem")
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addWidget(self.problem)
        self.box.toggled.connect(self._turn)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the system anew."""
        self._look()
        super().showEvent(event)

    def _look(self) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(self._autostart.is_on())

    def _turn(self, on: bool) -> None:
        try:
            self._autostart.turn(on)
        except UserError as error:
            self.problem.setText(str(error))
            self._look()
        else:
            self.problem.clear()
        self.problem.setVisible(bool(self.problem.text()))
