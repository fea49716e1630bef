"""The border between servers and Qt: keeps a key and asks the servers of the preferences how they are."""

import logging
import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread, Signal

from desktop.engine.remote.address import read_address
from desktop.engine.remote.examine import Looked, look_at_servers
from desktop.engine.remote.keys import keep_key
from desktop.errors import words_for
from desktop.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerQuestion:
    """What is to be done: keep `key` for every server unless it is None, then look at them."""

    settings: Settings
    key: str | None = None


class ServerThread(QThread):
    """`answered` brings a list of Looked on the GUI thread; what is asked meanwhile is left out."""

    answered = Signal(list)
    _said = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._question = ServerQuestion(Settings())
        self._said.connect(self.answered)

    def begin(self, question: ServerQuestion) -> None:
        """Ask; does nothing while the one before is not answered."""
        if not self.isRunning():
            self._question = question
            self.start()

    def stop(self, timeout_ms: int = 800) -> bool:
        """Wait for what runs; False where it did not end in time."""
        return self.wait(timeout_ms)

    def run(self) -> None:
        """Do it (called by Qt on the new thread)."""
        threading.current_thread().name = "servers"
        settings, key = self._question.settings, self._question.key
        try:
            if key is not None:
                for text in settings.servers:
                    keep_key(settings.server_key, read_address(text), key)
            looked = list(look_at_servers(settings))
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is said, and the app goes on
            looked = [Looked("", trouble=words_for(error))]
        self._said.emit(looked)
