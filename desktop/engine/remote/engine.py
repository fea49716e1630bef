"""Answers through OpenAI-compatible servers (vLLM, SGLang, llama.cpp, Ollama): the way past one machine."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from desktop.engine.api import Capabilities, EngineError, Progress
from desktop.engine.remote.address import read_addresses
from desktop.engine.remote.answer import Answer
from desktop.engine.remote.background import Background
from desktop.engine.remote.patience import PATIENCE, Patience
from desktop.engine.remote.reply import Reply
from desktop.engine.remote.servers import Servers
from desktop.job import Job, Shot, State, Update
from desktop.language import tr, tr_later
from desktop.settings import Settings

NOT_LOADED = tr_later("The server is not connected; choose the engine again in the preferences.")
STEP_S = 0.05


@dataclass(slots=True, weakref_slot=True, eq=False)
class _Running:
    reply: Reply
    work: "Future[None] | None" = None
    cancelled: bool = False


class RemoteEngine:
    """Sends pictures to the servers of the settings, each to the least busy one."""

    def __init__(self, settings: Settings, patience: Patience = PATIENCE) -> None:
        """Raises EngineError where no address is entered, or one that is none."""
        self._addresses = read_addresses(settings.servers)
        places = ", ".join(address.place for address in self._addresses if address.place)
        self.capabilities = Capabilities("remote", "", True, settings.server_jobs, place=places)
        self._name(tr("Server"))
        self._settings = settings
        self._patience = patience
        self._background: Background | None = None
        self._servers: Servers | None = None
        # A job holds its own, so that one whose first step is never asked for leaves nothing behind.
        self._running: WeakValueDictionary[str, _Running] = WeakValueDictionary()
        self._news = threading.Condition()

    def load(self, progress: Progress) -> None:
        """Ask the servers for their models; nothing else is sent. Raises EngineError where none can be used."""
        if self._servers is not None:
            return
        progress(0.0, tr("Asking the server"))
        servers = Servers.of(self._addresses, self._settings, self._patience)
        self._background = Background()
        try:
            self._servers = self._background.begin(_connect(servers)).result()
        except BaseException:
            self.close()
            raise
        self._name(self._servers.model.rpartition("/")[2])
        progress(1.0, tr("Ready"))

    def prepare(self, _shot: Shot) -> Iterator[None]:
        """Nothing: a picture leaves this computer only once something is asked about it."""
        return iter(())

    def submit(self, job: Job) -> Iterator[Update]:
        """Send the picture and answer as the words come. Raises EngineError."""
        if self._servers is None or self._background is None:
            raise EngineError(tr(NOT_LOADED))
        running = _Running(Reply(self._news))
        with self._news:
            self._running[job.id] = running
        return self._answer(job, running, self._background, self._servers)

    def cancel(self, job_id: str) -> None:
        """Close the connection of a job at once."""
        with self._news:
            if running := self._running.get(job_id):
                running.cancelled = True
                if running.work:
                    running.work.cancel()
                self._news.notify_all()

    def close(self) -> None:
        """Close every connection."""
        background, servers = self._background, self._servers
        self._background = self._servers = None
        if background is not None:
            background.close(servers.close() if servers else None)

    def _name(self, name: str) -> None:
        """Be called so; where there is a place it is told beside the title."""
        hosts = ", ".join(address.host for address in self._addresses)
        title = name if self.capabilities.place else tr("{model} at {host}", model=name, host=hosts)
        self.capabilities = replace(self.capabilities, title=title)

    def _answer(self, job: Job, running: _Running, background: Background, servers: Servers) -> Iterator[Update]:
        answer = Answer(job, running.reply)
        with self._news:
            if not running.cancelled:
                running.work = background.begin(servers.answer(job, running.reply))
        try:
            while not answer.ended:
                self._wait()
                if running.cancelled:
                    yield answer.update(State.CANCELLED)
                    return
                answer.show()
                yield answer.update(State.RUNNING)
            if answer.error:
                raise answer.error
            yield answer.update(State.DONE)
        finally:
            if running.work:
                running.work.cancel()

    def _wait(self) -> None:
        """Wait a moment for news of any answer, so that no answer waits for another one's."""
        with self._news:
            self._news.wait_for(
                lambda: any(running.reply.fresh or running.cancelled for running in self._running.values()), STEP_S
            )


async def _connect(servers: Servers) -> Servers:
    try:
        await servers.look()
    except BaseException:
        await servers.close()
        raise
    return servers
