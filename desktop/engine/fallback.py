"""The model, and the embedded OCR in its place where it cannot be loaded."""

import logging
from collections.abc import Iterator
from dataclasses import replace

from desktop.engine.api import Capabilities, Engine, Progress
from desktop.errors import words_for
from desktop.job import Job, Shot, Update
from desktop.language import in_a_row, tr, tr_later

log = logging.getLogger(__name__)

MEANWHILE = tr_later("Until then {spare} answers; Load the model (tray menu) tries again.")
_NAMES = {"ocr": tr_later("the embedded OCR")}


class FallbackEngine:
    """Is the model until that fails to load, and from then on the spare engine until it is closed."""

    def __init__(self, model: Engine, spare: Engine) -> None:
        self._model = model
        self._spare = spare
        self._engine = model
        self._lack = ""

    @property
    def capabilities(self) -> Capabilities:
        """What the engine is that answers now; `lack` says why that is not the model."""
        now = self._engine.capabilities
        if not self._lack:
            return now
        spare = now.lack or tr(MEANWHILE, spare=tr(_NAMES[now.name]) if now.name in _NAMES else now.title)
        return replace(now, lack=in_a_row(self._lack, spare))

    def load(self, progress: Progress) -> None:
        """Load the model, or the spare engine where that fails. Raises EngineError where both do."""
        if self._engine is self._model and (reason := self._try_model(progress)):
            self._engine, self._lack = self._spare, reason
        if self._engine is self._spare:
            self._spare.load(progress)

    def prepare(self, shot: Shot) -> Iterator[None]:
        """Start on a picture by the engine that is loaded."""
        return self._engine.prepare(shot)

    def submit(self, job: Job) -> Iterator[Update]:
        """Answer a job by the engine that is loaded."""
        return self._engine.submit(job)

    def cancel(self, job_id: str) -> None:
        """End the running step of that job soon."""
        self._engine.cancel(job_id)

    def close(self) -> None:
        """Give everything back; the next load tries the model again."""
        self._engine.close()
        self._engine, self._lack = self._model, ""

    def _try_model(self, progress: Progress) -> str:
        """Load the model; why that failed, or ''."""
        try:
            self._model.load(progress)
        except Exception as error:  # noqa: BLE001 - whatever keeps the model away, text can still be read
            log.warning("%s cannot be loaded", self._model.capabilities.title)
            reason = words_for(error)
        else:
            return ""
        self._model.close()
        return reason
