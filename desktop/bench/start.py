"""A fresh process that loads a checkpoint and answers once: how long people wait after a start."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.bench.effort import Size
from desktop.errors import UserError
from desktop.settings import Settings

TIMEOUT_S = 900


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds that loading took, and from the start of the process to the first token of an answer."""

    load_s: float
    first_s: float


def measure_start(folder: Path, settings: Settings, size: Size) -> Start:
    """Start a process on a checkpoint. Raises UserError with what it said where it failed."""
    command = [sys.executable, "-m", "desktop.bench.start", str(folder), settings.model_dump_json(), *map(str, size)]
    begun = time.time()
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise UserError(f"A fresh start on {folder} failed ({said[-1]}).")
    told = json.loads(done.stdout)
    return Start(told["load_s"], told["first_at"] - begun)


def drop_from_memory(folder: Path) -> bool:
    """Let the system forget what it holds of the weights' files; False where it cannot be told to."""
    if sys.platform != "linux":
        return False
    for path in folder.glob("*.safetensors"):
        with path.open("rb") as file:
            os.fsync(file.fileno())  # only what is on the disk can be forgotten
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return True


def _answer_once(folder: Path, settings: Settings, size: Size) -> None:
    """Load, ask, and print when the first token was there."""
    from desktop.bench.random_model import made_shot
    from desktop.bench.rig import Question, Rig
    from desktop.engine.qwen.model import QwenModel

    start = time.perf_counter()
    rig = Rig(QwenModel.load(folder, lambda _share, _words: None, settings))
    load_s = time.perf_counter() - start
    rig.ask(Question(made_shot(*size), rig.tasks["text"], 1))
    sys.stdout.write(json.dumps({"load_s": load_s, "first_at": time.time()}))


if __name__ == "__main__":
    _answer_once(Path(sys.argv[1]), Settings.model_validate_json(sys.argv[2]), (int(sys.argv[3]), int(sys.argv[4])))
