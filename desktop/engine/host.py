"""The engine in use: loaded, freed, exchanged for another, and how it stands."""

import logging
from collections.abc import Callable
from dataclasses import replace

from desktop.engine.api import Capabilities, Engine, Phase, Status
from desktop.errors import words_for
from desktop.memory import give_back

log = logging.getLogger(__name__)


class Host:
    """Holds one engine for the session's thread; `report` gets the engine's Status wherever it changes."""

    def __init__(self, engine: Engine, report: Callable[[Status], None]) -> None:
        self.engine = engine
        self.loaded = False
        self._trouble = ""
        self._report_out = report
        self._status: Status | None = None

    @property
    def capabilities(self) -> Capabilities:
        """What the engine is now."""
        return self.engine.capabilities

    def load(self) -> str:
        """Load the engine unless it is loaded; the sentence to show where that failed, else ''."""
        if self.loaded:
            return ""
        self.report(Phase.LOADING)
        self._trouble = self.guard("load", lambda: self.engine.load(self._progress))
        self.loaded = not self._trouble
        if self._trouble:
            self.report(Phase.FAILED, self._trouble)
        return self._trouble

    def unload(self) -> None:
        """Give back what the engine holds."""
        self.guard("close", self.engine.close)
        self.loaded, self._trouble = False, ""
        give_back()

    def exchange(self, engine: Engine) -> None:
        """Put another engine, which is not loaded yet, in the place of this one."""
        self.unload()
        self.engine = engine

    def rest(self) -> None:
        """Report how the engine stands while it has nothing to do."""
        if self.loaded:
            self.report(Phase.READY)
        else:
            self.report(Phase.FAILED if self._trouble else Phase.UNLOADED, self._trouble)

    def report(self, phase: Phase, note: str = "", share: float = 0.0) -> None:
        """Hand the engine's state out where it changed."""
        now = self.capabilities
        status = Status(phase, now.title, note or now.lack, round(share, 2), now.model, now.place, now.attention)
        if status == self._status:
            return
        if self._status is None or replace(self._status, share=status.share) != status:
            log.info("%s is %s %s", status.engine, phase, status.note)
        self._status = status
        self._report_out(status)

    def guard(self, what: str, call: Callable[[], object]) -> str:
        """Call the engine; the sentence to show where it failed, else ''."""
        try:
            call()
        except Exception as error:  # noqa: BLE001 - an engine's bug must not end the session
            log.warning("%s failed", what)
            return words_for(error)
        return ""

    def _progress(self, share: float, note: str) -> None:
        self.report(Phase.LOADING, note, share)
