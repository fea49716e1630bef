"""Kills processes that write a history, at random moments, and looks whether anything is lost."""

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.bench.history.made import Made
from desktop.errors import UserError
from desktop.history.reader import Reader
from desktop.history.search import Query

MOST, LONGEST_S = 30, 0.1


@dataclass(frozen=True, slots=True)
class Losses:
    """What was killed, how many entries were said to be durable, how many of them are not there, damaged files."""

    kills: int = 0
    durable: int = 0
    lost: int = 0
    damaged: int = 0


def kill_writers(path: Path, kills: int, seed: int = 0) -> Losses:
    """Let one process after the other write to the file at `path` and kill each; raises UserError where none writes."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    made, losses, first = Made(), Losses(), 1
    for _kill in range(kills):
        said = _write_and_die(path, first, chance.randint(0, MOST), chance.uniform(0, LONGEST_S))
        lost = sum(not _is_there(path, made, number) for number in said)
        losses = Losses(
            losses.kills + 1, losses.durable + len(said), losses.lost + lost, losses.damaged + (not _is_sound(path))
        )
        first = max([first, *said]) + 2  # one more may have been written without being said
    return losses


def _write_and_die(path: Path, first: int, count: int, after_s: float) -> list[int]:
    """Let a process write so many entries and kill it a moment later; the numbers that it said are durable."""
    command = [sys.executable, "-m", "desktop.bench.history.writer", str(path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdout.readline() != "ready\n":
            raise UserError("The process that writes the history did not start.")
        said = [process.stdout.readline() for _entry in range(count)]
        time.sleep(after_s)
        process.kill()
        return [int(line) for line in (*said, *process.stdout) if line.endswith("\n")]


def _is_there(path: Path, made: Made, number: int) -> bool:
    """Tell whether an entry is whole: found by its word, with its picture and all that was said."""
    reader = Reader(path)
    reader.reopen()
    try:
        (found,) = reader.page(Query(made.word(number)))
        talk, wanted = reader.conversation(found), made.talk(number)
    except (ValueError, UserError):
        return False
    finally:
        reader.close()
    job, latest = replace(talk.job, id=""), replace(talk.latest, job_id="")
    same = (job, latest) == (replace(wanted.job, id=""), replace(wanted.latest, job_id=""))
    return same and talk.exchanges == wanted.exchanges


def _is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as db:
        return bool(db.execute("PRAGMA integrity_check").fetchone() == ("ok",))
