"""The border between the engine side and Qt: a thread that runs a session, and signals that reach the GUI thread."""

import logging
import threading

from PySide6.QtCore import QObject, Qt, QThread, Signal

from desktop.engine.api import Capabilities, Engine, Status
from desktop.engine.session import Session
from desktop.job import Job, Shot, Update

log = logging.getLogger(__name__)


class EngineThread(QThread):
    """Runs a session; every method may be called from the GUI thread and returns at once."""

    updated = Signal(Update)
    reported = Signal(Status)
    _said = Signal(Update)

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = Session(engine, self._said.emit, self.reported.emit)
        # Also what the GUI thread itself causes is queued, or its CANCELLED would overtake Updates on their way.
        self._said.connect(self.updated, Qt.ConnectionType.QueuedConnection)

    @property
    def capabilities(self) -> Capabilities:
        """What the engine is now."""
        return self._session.capabilities

    def run(self) -> None:
        """Be the session's loop (called by Qt on the new thread)."""
        threading.current_thread().name = "engine"
        self._session.run()

    def submit(self, job: Job) -> None:
        """Queue a job."""
        self._session.submit(job)

    def prepare(self, shot: Shot) -> None:
        """Let a model start on a picture whose task is not known yet."""
        self._session.prepare(shot)

    def forget(self, shot: Shot) -> None:
        """Let go of a picture, where that is the one being prepared."""
        self._session.forget(shot)

    def cancel(self, job_id: str) -> None:
        """End a job."""
        self._session.cancel(job_id)

    def switch(self, engine: Engine) -> None:
        """Let another engine take over once what runs has ended."""
        self._session.switch(engine)

    def free(self) -> None:
        """End every job and give back what the engine holds until the next one."""
        self._session.free()

    def free_after(self, idle_s: float) -> None:
        """Free a model once it had no work for so many seconds; 0 keeps it."""
        self._session.free_after(idle_s)

    def stop(self, timeout_ms: int = 800) -> bool:
        """End the session and wait; False where the engine did not stop in time."""
        self._session.close()
        stopped = self.wait(timeout_ms)
        if not stopped:
            log.warning("the engine did not stop within %d ms", timeout_ms)
        return stopped
