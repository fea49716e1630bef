"""`shotglass bench remote`: the made pictures through OpenAI-compatible servers, few and many at once."""

import asyncio
import platform
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from desktop import __version__, paths
from desktop.bench.level import Crowd, Kind, Level
from desktop.bench.pictures.series import DRAWERS, MadePicture, bench_tasks, made_pictures
from desktop.bench.record import Record
from desktop.bench.report import Figure, median_of
from desktop.engine.remote.address import read_addresses
from desktop.engine.remote.reply import Reply
from desktop.engine.remote.servers import Servers
from desktop.engine.smart_resize import FACTOR
from desktop.errors import UserError
from desktop.job import Job, Task
from desktop.settings import Settings, SettingsFile

HOW = (
    "Medians over all answers. Every picture was asked about once at each number of requests together, tasks mixed, "
    "with a corner changed each time, so that a server cannot know it from before; one answer of each task came first "
    "and is not counted. Times are those of this computer and the network between. Reduced pictures are those that "
    "were sent smaller than they are."
)


@dataclass(frozen=True, slots=True)
class Load:
    """So many pictures of each task, for answers of at most so many tokens, at each number together."""

    together: tuple[int, ...]
    pictures: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one picture; seconds from the asking, to the first word and to the end."""

    task_id: str
    first_s: float
    whole_s: float
    tokens: int
    reduced: bool
    error: Exception | None

    @property
    def each_s(self) -> float:
        """Seconds from token to token, at the mean; 0 where the server tells of one or none."""
        return (self.whole_s - self.first_s) / (self.tokens - 1) if self.tokens > 1 else 0.0


def read_counts(text: str) -> tuple[int, ...]:
    """Numbers between commas. Raises UserError."""
    try:
        counts = tuple(int(part) for part in text.split(","))
    except ValueError:
        counts = ()
    if not counts or min(counts) < 1:
        raise UserError(f"{text} is no list of numbers; write for example 1,3,6.")
    return counts


def measure(addresses: Sequence[str] | None, model: str | None, load: Load) -> Record:
    """All of it; what is not given is as the preferences say. Raises UserError where no server answers."""
    saved, _problems = SettingsFile(paths.settings_file()).load()
    given = {"servers": tuple(addresses) if addresses else None, "server_model": model}
    settings = saved.model_copy(update={name: value for name, value in given.items() if value is not None})
    places = read_addresses(settings.servers)
    servers = Servers.of(places, settings)
    levels, kinds = asyncio.run(_measure(servers, settings, load))
    machine = {
        "model": servers.model,
        "device": ", ".join(place.host for place in places),
        "answers": f"at most {load.tokens} tokens",
        "asked from": f"{platform.system()} {platform.release()}",
        "Shotglass": __version__,
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
    return Record("remote", machine, {}, tuple(levels), tuple(kinds), HOW)


async def _measure(servers: Servers, settings: Settings, load: Load) -> tuple[list[Level], list[Kind]]:
    await servers.look()
    tasks = {id_: replace(settings.adjust(task), max_tokens=load.tokens) for id_, task in bench_tasks().items()}
    columns = [list(made_pictures(task_id, load.pictures)) for task_id in DRAWERS]
    mixed = [picture for row in zip(*columns, strict=True) for picture in row]
    levels, kinds = list[Level](), list[Kind]()
    try:
        await _ask_all(servers, [_job(picture, tasks, 0) for picture in mixed[: len(DRAWERS)]], 1)
        for number, together in enumerate(load.together, 1):
            jobs = [_job(picture, tasks, number) for picture in mixed]
            start = time.perf_counter()
            seen = await _ask_all(servers, jobs, together)
            levels.append(_level(seen, together, time.perf_counter() - start))
            kinds += [_kind(seen, task_id, together) for task_id in DRAWERS]
    finally:
        await servers.close()
    return levels, kinds


def _job(picture: MadePicture, tasks: dict[str, Task], number: int) -> Job:
    """With a short line in the corner, of a grey that only this round has."""
    line = bytes([number * 40 % 256]) * (3 * FACTOR)
    shot = picture.shot
    return Job(replace(shot, rgb=line + shot.rgb[len(line) :]), tasks[picture.task_id])


async def _ask_all(servers: Servers, jobs: Sequence[Job], together: int) -> list[Seen]:
    """Each as soon as one of the places is free."""
    places = asyncio.Semaphore(together)

    async def ask(job: Job) -> Seen:
        async with places:
            return await _ask(servers, job)

    return await asyncio.gather(*map(ask, jobs))


async def _ask(servers: Servers, job: Job) -> Seen:
    reply = Reply(threading.Condition())
    await servers.answer(job, reply)
    whole_s = time.monotonic() - reply.begun
    picture, usage = reply.picture, reply.usage
    return Seen(
        job.task.id,
        reply.first - reply.begun if reply.first else whole_s,
        whole_s,
        usage.completion_tokens if usage else 0,
        picture is not None and picture.is_less_than(job.shot),
        reply.error,
    )


def _level(seen: Sequence[Seen], together: int, seconds: float) -> Level:
    done = [one for one in seen if not one.error]
    crowd = Crowd(
        size=None,
        together=together,
        samples=len(done),
        rate=len(done) / seconds,
        first_s=median_of(one.first_s for one in done),
        each_s=median_of(one.each_s for one in done if one.tokens > 1),
        whole_s=median_of(one.whole_s for one in done),
        peak=0,
        errors=_errors(seen),
        fallbacks=(),
        reduced=sum(one.reduced for one in done),
        shortages=None,
    )
    name = f"pictures a second, {together} together"
    return Level(crowd, Figure(name, "1/s", crowd.rate, samples=len(done), more_is_better=True, digits=2))


def _kind(seen: Sequence[Seen], task_id: str, together: int) -> Kind:
    mine = [one for one in seen if one.task_id == task_id]
    done = [one for one in mine if not one.error]
    return Kind(
        task_id,
        together,
        len(mine),
        None,
        median_of(one.first_s for one in done),
        median_of(one.whole_s for one in done),
        statistics.mean(one.tokens for one in done) if done else 0.0,
        _errors(mine),
    )


def _errors(seen: Sequence[Seen]) -> tuple[str, ...]:
    return tuple(str(one.error) or type(one.error).__name__ for one in seen if one.error)
