"""Where shortcuts cannot be registered: refuses each with the way round."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from desktop.hotkey.api import SystemShortcuts


class AbsentHotkeys(QObject):
    """Registers nothing and says so once for every task."""

    pressed = Signal(str)
    settled = Signal(SystemShortcuts)

    def __init__(self, reason: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reason = reason

    def bind(self, shortcuts: Mapping[str, str]) -> dict[str, str]:
        """Refuse every shortcut."""
        return {task_id: self._reason for task_id, text in shortcuts.items() if text}

    def configure(self) -> None:
        """Nothing to open: no desktop holds these shortcuts."""

    def stop(self) -> None:
        """Nothing to give back."""
