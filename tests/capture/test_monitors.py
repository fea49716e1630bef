"""Two monitors with scales of their own: what is dragged over is what is taken, on each of them."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.capture.capture import SCREENS_CHANGED
from desktop.job import Box
from tests.capture.backdrop import expected_rgb, hang_backdrop
from tests.xserver import XServer

MONITORS = (
    ("LEFT", "1920/500x1080/290+0+0", "screen"),
    ("RIGHT", "1920/250x1080/145+1920+0", "none"),
)


class Program:
    """The capture program on two monitors; boxes are in pixels of the root window."""

    def __init__(self, server: XServer, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._server = server
        self._process = process
        self._target = folder / "shot.rgb"

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> tuple[list[Any], bytes]:
        """Capture with a drag between two points; what the program said, and the pixels."""
        self.begin()
        self._do("mousemove", *map(str, start))
        self._do("mousedown", "1")
        self._do("mousemove", str((start[0] + end[0]) // 2), str((start[1] + end[1]) // 2))
        self._do("mousemove", *map(str, end))
        self._do("mouseup", "1")
        return self.hear(), self._target.read_bytes()

    def press(self, at: tuple[int, int], key: str) -> list[Any]:
        """Capture with a key while the mouse is at a point."""
        self._do("mousemove", *map(str, at))
        self.begin()
        self._do("key", key)
        return self.hear()

    def begin(self) -> None:
        """Show the overlays."""
        self._tell(str(self._target))
        assert self.hear() == ["shown"]

    def hear(self) -> list[Any]:
        assert self._process.stdout
        words = json.loads(self._process.stdout.readline())
        assert isinstance(words, list)
        return words

    def _tell(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _do(self, *step: str) -> None:
        self._server.run("xdotool", *step)
        time.sleep(0.03)


@contextmanager
def program(server: XServer, factors: str, folder: Path) -> Iterator[Program]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.capture.capture_program"],
        env=server.environment | {"QT_SCREEN_SCALE_FACTORS": factors},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        running = Program(server, process, folder)
        assert running.hear() == ["ready"]
        yield running
        assert process.stdin
        process.stdin.close()
        process.wait(60)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[XServer]:
    with XServer("3840x2160") as server:
        for monitor in MONITORS:
            server.run("xrandr", "--setmonitor", *monitor)
        hang_backdrop(server, tmp_path_factory.mktemp("wide"))
        yield server


def test_a_drag_on_each_screen_takes_its_own_pixels(wide: XServer, tmp_path: Path) -> None:
    with program(wide, "LEFT=1;RIGHT=2", tmp_path) as running:
        heard, rgb = running.drag((100, 100), (401, 251))
        assert heard == ["taken", 301, 151, 1.0, [100, 100, 401, 251]]
        assert rgb == expected_rgb(Box(100, 100, 401, 251))
        heard, rgb = running.drag((2420, 540), (2020, 140))
        assert heard == ["taken", 400, 400, 2.0, [1970, 70, 2170, 270]]
        assert rgb == expected_rgb(Box(2020, 140, 2420, 540))


def test_a_drag_over_the_border_ends_at_the_border(wide: XServer, tmp_path: Path) -> None:
    with program(wide, "LEFT=1;RIGHT=2", tmp_path) as running:
        heard, rgb = running.drag((1800, 100), (2100, 300))
        assert heard == ["taken", 120, 200, 1.0, [1800, 100, 1920, 300]]
        assert rgb == expected_rgb(Box(1800, 100, 1920, 300))
        heard, rgb = running.drag((2000, 100), (1800, 300))
        assert heard == ["taken", 80, 200, 2.0, [1920, 50, 1960, 150]]
        assert rgb == expected_rgb(Box(1920, 100, 2000, 300))


def test_odd_scales_take_the_source_pixels(wide: XServer, tmp_path: Path) -> None:
    with program(wide, "LEFT=1.25;RIGHT=1.5", tmp_path) as running:
        heard, rgb = running.drag((125, 125), (375, 250))
        assert heard == ["taken", 250, 125, 1.25, [100, 100, 300, 200]]
        assert rgb == expected_rgb(Box(125, 125, 375, 250))
        heard, rgb = running.drag((2070, 150), (2220, 300))
        assert heard == ["taken", 150, 150, 1.5, [2020, 100, 2120, 200]]
        assert rgb == expected_rgb(Box(2070, 150, 2220, 300))
        heard = running.press((3000, 500), "space")
        assert heard == ["taken", 1920, 1080, 1.5, [1920, 0, 3200, 720]]


def test_esc_cancels_wherever_the_mouse_is(wide: XServer, tmp_path: Path) -> None:
    with program(wide, "LEFT=1;RIGHT=2", tmp_path) as running:
        assert running.press((3000, 500), "Escape") == ["cancelled"]
        assert running.press((300, 500), "Escape") == ["cancelled"]


def test_a_new_screen_ends_the_capture_and_the_next_one_knows_it(wide: XServer, tmp_path: Path) -> None:
    with program(wide, "LEFT=1;RIGHT=2;BELOW=1", tmp_path) as running:
        running.begin()
        wide.run("xrandr", "--setmonitor", "BELOW", "1000/250x1000/145+0+1100", "none")
        assert running.hear() == ["failed", SCREENS_CHANGED]
        heard, rgb = running.drag((10, 1200), (110, 1300))
        assert heard == ["taken", 100, 100, 1.0, [10, 1200, 110, 1300]]
        assert rgb == expected_rgb(Box(10, 1200, 110, 1300))
        wide.run("xrandr", "--delmonitor", "BELOW")
