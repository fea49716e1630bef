"""`shotglass bench history`: searching, opening, writing and killing a history of made conversations."""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop import paths
from desktop.bench.history.kills import kill_writers
from desktop.bench.history.made import Made
from desktop.bench.history.opening import show
from desktop.bench.report import Figure, percentile
from desktop.display import check_display
from desktop.history.database import open_to_write
from desktop.history.reader import Reader
from desktop.history.search import Query
from desktop.history.store import Store
from desktop.history.writer import Listener, Writer
from desktop.job import Job
from desktop.panel.conversation import Conversation
from desktop.picture import read_picture

BATCH = 500
SEARCHES, WRITES = 400, 50
NOW = datetime.now().astimezone()


def measure(rows: int, kills: int) -> list[Figure]:
    """Fill a history with so many entries, use it, then kill so many writers of another. Raises UserError."""
    check_display()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.sqlite"
        figures = [*_fill(path, rows), *_open(path), *_search(path, rows), *show(path), *_write(path)]
        figures += _kill(Path(folder) / "killed.sqlite", kills) if kills else []
    return figures


def _fill(path: Path, rows: int) -> Iterator[Figure]:
    """Entries of the last year, many a transaction: the file is what is measured here, not the disk."""
    made, store = Made(), Store(open_to_write(path))
    for start in range(0, rows, BATCH):
        with store.transaction():
            for number in range(start, min(start + BATCH, rows)):
                store.keep(made.talk(number), NOW - timedelta(days=365) * (1 - number / rows))
    store.favour(range(1, rows, 200), True)
    store.db.close()
    yield Figure("size of the file", "MB", path.stat().st_size / 1e6, samples=rows)


def _open(path: Path) -> Iterator[Figure]:
    start = time.perf_counter()
    open_to_write(path).close()
    yield Figure("opening with its check, beside the app's start", "ms", (time.perf_counter() - start) * 1000)


def _search(path: Path, rows: int) -> Iterator[Figure]:
    reader, made, chance = Reader(path), Made(), random.Random(3)  # noqa: S311 - no secret
    reader.reopen()
    kinds: dict[str, Callable[[], Query]] = {
        "1 or 2 letters": lambda: Query(_piece(made, rows, chance, 1, 2)),
        "3 letters and more": lambda: Query(_piece(made, rows, chance, 3, 12)),
        "two pieces": lambda: Query(f"{_piece(made, rows, chance, 2, 5)} {_piece(made, rows, chance, 3, 9)}"),
        "a piece and filters": lambda: replace(_filtered(made, chance), words=_piece(made, rows, chance, 2, 8)),
        "filters": lambda: _filtered(made, chance),
    }
    times = {name: [_timed(reader, kind()) for _ in range(SEARCHES // len(kinds))] for name, kind in kinds.items()}
    every = [ms for each in times.values() for ms in each]
    reader.close()
    yield Figure("search, p50", "ms", percentile(every, 50), samples=len(every))
    yield Figure("search, p95", "ms", percentile(every, 95), 50, samples=len(every))
    yield Figure("search, longest", "ms", max(every), samples=len(every))
    for name, each in times.items():
        yield Figure(f"search for {name}, p95", "ms", percentile(each, 95), samples=len(each))


def _piece(made: Made, rows: int, chance: random.Random, shortest: int, longest: int) -> str:
    """A piece of any entry's text, from anywhere within its words."""
    text = made.text(chance.randrange(rows))
    start = chance.randrange(max(len(text) - longest, 1))
    return text[start : start + chance.randint(shortest, longest)].strip() or "a"


def _filtered(made: Made, chance: random.Random) -> Query:
    since = NOW - timedelta(days=chance.randint(1, 400))
    kinds = (
        Query(task=chance.choice(made.tasks).id),
        Query(favourites=True),
        Query(since=since, until=since + timedelta(days=chance.randint(1, 60))),
    )
    return chance.choice(kinds)


def _timed(reader: Reader, query: Query) -> float:
    """Milliseconds of the first page."""
    start = time.perf_counter()
    reader.page(query)
    return (time.perf_counter() - start) * 1000


def _write(path: Path) -> Iterator[Figure]:
    """From an answer that is final until it is durable, with the sample picture."""
    durable = threading.Event()
    writer = Writer(path, Listener(kept=lambda _key: durable.set()))
    thread = threading.Thread(target=writer.run)
    thread.start()
    made, shot = Made(), read_picture(paths.resources() / "samples" / "orders.png")
    times = []
    for number in range(WRITES + 1):
        talk = made.talk(number)
        job = Job(replace(shot, source=f"picture {number}"), talk.task)
        start = time.perf_counter()
        writer.keep(Conversation(job, replace(talk.latest, job_id=job.id)))
        durable.wait()
        durable.clear()
        times.append((time.perf_counter() - start) * 1000)
    writer.close()
    thread.join()
    later = times[1:]  # the first one waits for the check
    yield Figure("answer to durable, 1000x600 pixels, p50", "ms", percentile(later, 50), samples=len(later))
    yield Figure("answer to durable, p95", "ms", percentile(later, 95), samples=len(later))


def _kill(path: Path, kills: int) -> Iterator[Figure]:
    losses = kill_writers(path, kills)
    yield Figure("durable entries lost by kills", "", losses.lost, 0, samples=losses.durable, digits=0)
    yield Figure("files damaged by kills", "", losses.damaged, 0, samples=losses.kills, digits=0)
