"""The border between models on the disk and Qt: a thread that downloads, verifies and removes them."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QThread, Signal

from desktop import paths
from desktop.engine.api import Progress
from desktop.engine.qwen import weights
from desktop.engine.qwen.weights import Preset, find_preset
from desktop.errors import UserError, words_for
from desktop.language import tr, tr_later
from desktop.model_work import ModelWork, Stage, Verb
from desktop.runtime.runtime import RUNTIME, Runtime, find_runtime
from desktop.settings import Settings

log = logging.getLogger(__name__)

_AGAIN: dict[Verb, str] = {
    "download": tr_later("Go on"),
    "verify": tr_later("Check again"),
    "remove": tr_later("Try again"),
}


class ModelThread(QThread):
    """Does one ModelWork at a time; every method may be called from the GUI thread and returns at once.

    `changed` brings the work as it stands, on the GUI thread.
    """

    changed = Signal(ModelWork)
    _said = Signal(ModelWork)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work = ModelWork()
        self._latest = self.work
        self._settings = Settings()
        self._halted = threading.Event()
        self._said.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def begin(self, work: ModelWork, settings: Settings) -> None:
        """Start a work that the user agreed to; does nothing while another one runs."""
        if self.work.running:
            return
        self.wait()  # the one before has said its last word and is about to end
        self._halted.clear()
        self._settings = settings
        self._latest = replace(work, stage=Stage.RUNNING, words="", share=0.0, agree="")
        self._tell(self._latest)
        self.start()

    def halt(self) -> None:
        """Stop what runs; a download keeps what came."""
        self._halted.set()

    def stop(self, timeout_ms: int = 800) -> bool:
        """Stop what runs and wait; False where it did not end in time."""
        self.halt()
        stopped = self.wait(timeout_ms)
        if not stopped:
            log.warning("%s did not stop within %d ms", self._latest.title, timeout_ms)
        return stopped

    def run(self) -> None:
        """Do the work (called by Qt on the new thread)."""
        threading.current_thread().name = "models"
        self._said.emit(self._outcome())

    def _outcome(self) -> ModelWork:
        """Do the work; how it ended."""
        model = self._latest.model
        wanted = find_runtime() if model == RUNTIME else find_preset(model)
        try:
            if wanted is None:
                words = tr_later("There is no model called {model}; the preferences list them.")
                raise UserError(tr(words, model=self._latest.model))
            words = _ACTIONS[self._latest.verb](wanted, self._settings, self._progress, self._halted)
            return replace(self._latest, stage=Stage.DONE, words=words, share=1.0)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong is said, and the app goes on
            words = words_for(error)
        return replace(self._latest, stage=Stage.ENDED, words=words, agree=tr(_AGAIN[self._latest.verb]))

    def _progress(self, share: float, words: str) -> None:
        said = words.rpartition(": ")[2]  # without the file's name, which says nothing to people
        self._latest = replace(self._latest, share=share, words=said)
        self._said.emit(self._latest)

    def _tell(self, work: ModelWork) -> None:
        self.work = work
        self.changed.emit(work)


_Action = Callable[[Preset | Runtime, Settings, Progress, threading.Event], str]


def _download(wanted: Preset | Runtime, settings: Settings, progress: Progress, halted: threading.Event) -> str:
    from desktop.model_fetch import fetch

    fetch(wanted, settings, progress, halted)
    return tr("It is on this disk, whole and checked.")


def _verify(wanted: Preset | Runtime, _settings: Settings, progress: Progress, halted: threading.Event) -> str:
    flaws = weights.verify(wanted.folder(paths.models()), progress, halted)
    if halted.is_set():
        raise UserError(tr("The check was stopped."))
    if flaws:
        words = tr_later("{count} of its files are not as they came; download it again, the others are kept.")
        raise UserError(tr(words, count=len(flaws)))
    return tr("It is whole: every byte is as it came.")


def _remove(wanted: Preset | Runtime, _settings: Settings, _progress: Progress, _halted: threading.Event) -> str:
    from desktop.model_fetch import remove

    remove(wanted)
    return tr("It is removed; its room on the disk is free again.")


_ACTIONS: dict[Verb, _Action] = {"download": _download, "verify": _verify, "remove": _remove}
