"""A page of the preferences that is made when somebody first looks at it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_Page = TypeVar("_Page", bound=QWidget)


class Later(QWidget, Generic[_Page]):
    """Costs nothing until it is shown, or its `page` is asked for."""

    def __init__(self, make: Callable[[], _Page]) -> None:
        super().__init__()
        self._make = make
        self.made: _Page | None = None

    @property
    def page(self) -> _Page:
        """The page, made now where it was not."""
        if self.made is None:
            self.made = self._make()
            layout = QVBoxLayout(self)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(self.made)
        return self.made

    def showEvent(self, event: QShowEvent) -> None:
        """Be there in time."""
        self.page.show()
        super().showEvent(event)
