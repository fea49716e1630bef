"""`shotglass bench ui`: from hotkey to text on this display, with real keys and a real pointer."""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Any

import psutil

from desktop.bench.report import Figure, percentile
from desktop.bench.robot import Robot
from desktop.display import check_display
from desktop.errors import UserError
from desktop.settings import Settings, SettingsFile

HOTKEY = ("Ctrl+Alt+Shift+F12", ("Control_L", "Alt_L", "Shift_L", "F12"))
REGION = ((300, 60), (820, 330))
SETTLED = 20
TIMEOUT_S = 30.0


class BenchApp:
    """The app in a process and a home of its own; `wait_for` brings what it tells."""

    def __init__(self, engine: str, home: Path) -> None:
        settings = Settings(engine=engine, hotkeys={"text": HOTKEY[0]}, theme="light")
        SettingsFile(home / "config" / "shotglass" / "settings.json").save(settings)
        names = ("CONFIG", "DATA", "STATE", "CACHE")
        folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in names} | {"XDG_RUNTIME_DIR": str(home)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "desktop.bench.ui_app"], env=os.environ | folders, stdout=subprocess.PIPE, text=True
        )
        self._told: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "BenchApp":
        self._reader.start()
        self.wait_for("engine")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(5)
        self._reader.join()

    def wait_for(self, what: str) -> dict[str, Any]:
        """The next thing of that name that the app tells; what comes before it is passed over."""
        while True:
            try:
                told = self._told.get(timeout=TIMEOUT_S)
            except queue.Empty:
                raise UserError(
                    f"The app did not reach “{what}” within {TIMEOUT_S:.0f} s; is the screen locked?"
                ) from None
            if told["what"] == what:
                return told

    def memory_mb(self) -> float:
        """Resident memory in units of 10^6 bytes."""
        return float(psutil.Process(self._process.pid).memory_info().rss) / 1e6

    def cpu_percent(self, seconds: float) -> float:
        """The share of one core that the app uses while nobody asks for anything."""
        process = psutil.Process(self._process.pid)
        before = process.cpu_times()
        time.sleep(seconds)
        after = process.cpu_times()
        return 100 * (after.user + after.system - before.user - before.system) / seconds

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._told.put(json.loads(line))


def measure(captures: int, idle_s: float) -> list[Figure]:
    """Run the app without and with the embedded engine, and capture again and again. Raises UserError."""
    check_display()
    with tempfile.TemporaryDirectory() as home:
        with BenchApp("fake", Path(home)) as app:
            time.sleep(1)
            bare_mb = app.memory_mb()
        with BenchApp("ocr", Path(home)) as app:
            time.sleep(2)
            loaded_mb, idle = app.memory_mb(), app.cpu_percent(idle_s)
            times, grown_mb = _capture(app, captures)
    return [
        *_latencies(times),
        Figure("idle CPU, share of one core", "%", idle, 0.0),
        Figure("memory without an engine", "MB", bare_mb, 150),
        Figure("memory with the embedded engine", "MB", loaded_mb),
        Figure(f"memory growth after the first {SETTLED} captures", "MB", grown_mb, 5, max(captures - SETTLED, 0)),
    ]


def _capture(app: BenchApp, captures: int) -> tuple[dict[str, list[float]], float]:
    """Capture by hotkey and drag; what was timed, in ms, and by how many MB the app grew."""
    times: dict[str, list[float]] = defaultdict(list)
    robot = Robot()
    settled = app.memory_mb()
    for number in range(captures):
        if number == SETTLED:
            settled = app.memory_mb()
        pressed = robot.press(*HOTKEY[1])
        times["overlay"].append((app.wait_for("overlay")["at"] - pressed) * 1000)
        released = robot.drag(*REGION)
        times["panel"].append((app.wait_for("panel")["at"] - released) * 1000)
        answer = app.wait_for("answer")
        if not answer["length"]:
            raise UserError("The app read no text from the page of the benchmark; does another window cover it?")
        times["text"].append((answer["at"] - released) * 1000)
        times["gaps"] += answer["gaps_ms"]
        robot.press("Escape")
        time.sleep(0.2)
    robot.close()
    return times, app.memory_mb() - settled


def _latencies(times: dict[str, list[float]]) -> list[Figure]:
    overlay, panel, text, gaps = times["overlay"], times["panel"], times["text"], times["gaps"]
    return [
        Figure("hotkey to overlay, first", "ms", overlay[0], 120),
        Figure("hotkey to overlay, p50", "ms", percentile(overlay, 50), 30, len(overlay)),
        Figure("hotkey to overlay, p95", "ms", percentile(overlay, 95), 60, len(overlay)),
        Figure("release to panel, p50", "ms", percentile(panel, 50), None, len(panel)),
        Figure("release to panel, p95", "ms", percentile(panel, 95), 100, len(panel)),
        Figure("release to full text, p50", "ms", percentile(text, 50), None, len(text)),
        Figure("release to full text, p95", "ms", percentile(text, 95), None, len(text)),
        Figure("gap between 5 ms timer ticks while reading, p99", "ms", percentile(gaps, 99), 33, len(gaps)),
        Figure("gap between 5 ms timer ticks while reading, longest", "ms", max(gaps), None, len(gaps)),
    ]
