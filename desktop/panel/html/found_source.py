"""The source of a page with the line to find words in it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.panel.html.find_bar import FindBar
from desktop.panel.html.source import Source


class FoundSource(QWidget):
    """`text` is the source, `finder` the line below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Source()
        self.finder = FindBar(self.text)
        self.setFocusProxy(self.text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        layout.addWidget(self.finder)
