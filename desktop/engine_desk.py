"""The engines in the app: the one that answers, and what makes another one take over."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.engine.api import Engine
from desktop.engine.choose import choose_engine, engine_of_this_computer, fitting_presets
from desktop.engine.remote.examine import Looked
from desktop.engine_thread import EngineThread
from desktop.errors import UserError
from desktop.model_offer import offer_best
from desktop.model_thread import ModelThread
from desktop.model_work import ModelWork, Stage
from desktop.runtime.runtime import RUNTIME
from desktop.server_thread import ServerThread
from desktop.settings import Settings

SETTLED_MS = 500


class EngineDesk(QObject):
    """`said` brings why another engine could not take over, `chosen` the Settings that ask for one that can.

    Its threads are one for the engine, one for models on this disk and one that asks servers how they are.
    """

    said = Signal(str)
    chosen = Signal(Settings)

    def __init__(self, first: Engine, settings: Callable[[], Settings], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine, self.models, self.servers = EngineThread(first), ModelThread(), ServerThread()
        self._settings = settings
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(self.use_best)
        self.models.changed.connect(self._use_model)
        self.servers.answered.connect(self._use_server)

    def stop(self) -> bool:
        """End every thread; False where one did not end in time."""
        ended = [part.stop() for part in (self.engine, self.models, self.servers)]
        return all(ended)

    def use_best(self) -> None:
        """Answer with the engine that the settings and this disk ask for; the present one stays where that fails."""
        self._settled.stop()
        try:
            self.engine.switch(choose_engine(self._settings()))
        except UserError as error:
            self.said.emit(str(error))

    def use_best_soon(self) -> None:
        """The same once the settings rest: a number that is being typed is many changes."""
        self._settled.start()

    def use_this_computer(self) -> None:
        """Answer here from now on."""
        settings = self._settings()
        self.chosen.emit(settings.model_copy(update={"engine": engine_of_this_computer(settings)}))
        self.use_best()

    def begin_work(self, work: ModelWork) -> None:
        """Do with a model what the user agreed to."""
        self.models.begin(work, self._settings())

    def offer_work(self) -> ModelWork:
        """What is being done with a model, else the download of the best one."""
        return self.models.work if self.models.work.running else offer_best(self._settings())

    def _use_model(self, work: ModelWork) -> None:
        """Let a model that came answer, where none did."""
        if (work.verb, work.stage) != ("download", Stage.DONE) or self.engine.capabilities.model:
            return
        if work.model == RUNTIME:
            self.use_best()
            return
        fits = work.model in (preset.id for preset in fitting_presets())
        self.chosen.emit(self._settings().model_copy(update={"engine": "auto", "model": "" if fits else work.model}))
        self.use_best()

    def _use_server(self, looked: list[Looked]) -> None:
        """Let a server that answers now take over, where another engine had to stand in."""
        if self.engine.capabilities.lack and any(not one.trouble for one in looked):
            self.use_best()
