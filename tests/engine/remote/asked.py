"""Engines that ask loopback servers soon and often, and what comes of one job."""

from dataclasses import replace

from desktop.engine.api import Progress
from desktop.engine.remote.engine import RemoteEngine
from desktop.engine.remote.patience import Patience
from desktop.job import AnswerKind, Job, Task, Update
from desktop.settings import Settings
from tests.engine.qwen.checkpoints import random_shot
from tests.engine.remote.openai_server import OpenAIServer
from tests.engine.sessions import RunningSession

SOON = Patience(connect_s=60.0, first_s=60.0, silence_s=60.0, pause_s=0.01, longest_s=2.0)
SILENCE_S = 0.4
HASTY = replace(SOON, silence_s=SILENCE_S)
"""For servers that say nothing more; on a busy computer good ones may be silent for as long."""

DESCRIBE = Task("describe", "Describe", "Describe this picture.", AnswerKind.MARKDOWN, max_tokens=64)
DETECT = Task("detect", "Detect", "Detect it.", AnswerKind.BOXES)
SHOT = random_shot(300, 200)
NO_PROGRESS: Progress = lambda _share, _words: None  # noqa: E731


def engine_for(*servers: OpenAIServer, patience: Patience = SOON, **more: object) -> RemoteEngine:
    """An engine for these servers, not loaded yet."""
    values: dict[str, object] = {"servers": tuple(server.address for server in servers), **more}
    return RemoteEngine(Settings.model_validate(values), patience)


def ask(session: RunningSession, job: Job | None = None) -> Update:
    """The final Update of a job, DESCRIBE where none is given."""
    job = job or Job(SHOT, DESCRIBE)
    session.session.submit(job)
    return session.finish(job.id)
