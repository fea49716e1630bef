"""A line that says whether the system allows something, with the button that has it ask the user."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.language import tr
from desktop.permission import Permission


class PermissionLine(QWidget):
    """Hidden until there is a Permission to show; `asked` comes with each press."""

    asked = Signal()

    def __init__(self, what: str, wish: str, parent: QWidget | None = None) -> None:
        """`what` is called allowed or not, `wish` stands on the button."""
        super().__init__(parent)
        self._what = what
        self.words, self.button = QLabel(wordWrap=True, openExternalLinks=True), QPushButton(wish)
        self.button.clicked.connect(self.asked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.hide()

    def show_permission(self, permission: Permission | None) -> None:
        """Show how it stands; None where nobody has to be asked."""
        self.setVisible(permission is not None)
        if permission:
            state = tr("allowed") if permission.allowed else permission.trouble or tr("not allowed yet")
            self.words.setText(tr("{what}: {state}", what=self._what, state=state))
            self.button.setVisible(not permission.allowed)
            self.updateGeometry()  # of the words the window's layout hears only later
