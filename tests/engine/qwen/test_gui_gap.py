"""The GUI thread stays free while the engine loads and answers beside it."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.bench.report import percentile

JOBS, TOKENS = 8, 2000  # so many that the import of torch is less than one tick in a hundred, with room
PROGRAM = f"""
import json, sys, threading, time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from desktop import paths
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.tasks import read_tasks
from desktop.engine_thread import EngineThread
from desktop.job import Job, Shot

application = QCoreApplication([])
ticks, finals = [], []
timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
thread = EngineThread(QwenEngine(Path(sys.argv[1])))

def tick():
    engine = next(one for one in threading.enumerate() if one.name == "engine")
    ticks.append((time.perf_counter(), time.clock_gettime(time.pthread_getcpuclockid(engine.ident))))

def keep(update):
    if update.state.final:
        finals.append(update.state)
    if len(finals) == {JOBS}:
        application.quit()

thread.updated.connect(keep)
task = replace(read_tasks([paths.resources() / "tasks"])[0][0], max_tokens={TOKENS})
thread.reported.connect(lambda status: timer.isActive() or timer.start())
timer.timeout.connect(tick)
thread.start()
for seed in range({JOBS}):
    thread.submit(Job(Shot(640, 360, bytes([seed, 90, 200]) * (640 * 360)), task))
application.exec()
timer.stop()
thread.stop(60_000)
print(json.dumps({{"finals": finals, "ticks": ticks}}))
"""


def gap_ms(checkpoint: Path) -> float:
    """The gap between ticks that 99 of 100 stay below, in a process of its own.

    Of each gap counts no more than the engine's thread had the processor in it: what the engine holds up, and not what
    else runs on the computer.
    """
    command = [sys.executable, "-c", PROGRAM, str(checkpoint)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["finals"] == ["done"] * JOBS
    gaps = [1000 * min(now - then, used - before) for (then, before), (now, used) in pairwise(said["ticks"])]
    assert len(gaps) > 100
    return percentile(gaps, 99)


@pytest.mark.timeout(800)
def test_the_longest_gaps_between_ticks(checkpoint: Path) -> None:
    """99 of 100 gaps of a 5 ms timer are at most 33 ms in one of three runs, from the start of torch to the end."""
    assert any(gap_ms(checkpoint) <= 33 for _ in range(3))
