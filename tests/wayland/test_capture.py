"""Screens with scales of their own on a real Wayland desktop: what is dragged over is what is taken."""

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest

from desktop.job import Box
from tests.capture.backdrop import expected_rgb, save_tile
from tests.command_line import make_picture
from tests.wayland.pointer import Pointer
from tests.wayland.session import WaylandSession
from tests.xserver import wait_until

Point = tuple[int, int]


class Program:
    """The capture program on a Wayland desktop."""

    def __init__(self, session: WaylandSession, pointer: Pointer) -> None:
        self._session = session
        self._pointer = pointer
        self._target = session.folder / "shot.rgb"
        self._process = session.spawn(sys.executable, "-m", "tests.capture.capture_program")
        self._said: Queue[str] = Queue()
        self._ear = Thread(target=self._listen)
        self._ear.start()

    def drag(self, start: Point, end: Point) -> tuple[list[Any], bytes]:
        """Capture with a drag; what the program said, and the pixels.

        On busy cores the compositor may give the mouse to a window only after it is shown: one drags again then.
        """
        self.begin()
        for wait_s in (20, 20, 20):
            self._pointer.drag(start, end)
            try:
                return self.hear(wait_s), self._target.read_bytes()
            except Empty:
                continue
        raise AssertionError("the program did not hear the mouse")

    def begin(self) -> None:
        """Show the overlays."""
        assert self._process.stdin
        self._process.stdin.write(f"{self._target}\n")
        self._process.stdin.flush()
        assert self.hear() == ["shown"]
        wait_until(lambda: self._session.covered("Shotglass capture"), "the overlays")

    def hear(self, wait_s: float = 60) -> list[Any]:
        """The next thing that it says; raises Empty where it says nothing."""
        words = json.loads(self._said.get(timeout=wait_s))
        assert isinstance(words, list)
        return words

    def end(self) -> None:
        """Let it end, or end it."""
        with self._process:
            self._process.kill()
            self._ear.join()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._said.put(line)


@contextmanager
def program(session: WaylandSession) -> Iterator[Program]:
    with session.pointer() as pointer:
        pointer.move(*session.corner)
        running = Program(session, pointer)
        try:
            assert running.hear() == ["ready"]
            yield running
        finally:
            running.end()


def test_mixed_scales_and_negative_origins_take_the_source_pixels(tmp_path: Path) -> None:
    left = "HEADLESS-1 resolution 1600x900 position -800,0 scale 2"
    right = "HEADLESS-2 resolution 1280x720 position 0,0"
    with WaylandSession(left, right, backdrop=save_tile(tmp_path)) as session, program(session) as running:
        heard, rgb = running.drag((-700, 50), (-500, 150))
        assert heard == ["taken", 400, 200, 2.0, [-700, 50, -500, 150]]
        assert rgb == expected_rgb(Box(200, 100, 600, 300))
        heard, rgb = running.drag((101, 100), (402, 251))
        assert heard == ["taken", 301, 151, 1.0, [101, 100, 402, 251]]
        assert rgb == expected_rgb(Box(101, 100, 402, 251))


@pytest.mark.parametrize("portals", [True, False], ids=["portal", "grim"])
def test_one_scale_takes_the_source_pixels(tmp_path: Path, portals: bool) -> None:
    outputs = (
        "HEADLESS-1 resolution 1280x720 position 0,0 scale 2",
        "HEADLESS-2 resolution 800x600 position 640,60 scale 2",
    )
    with (
        WaylandSession(*outputs, backdrop=save_tile(tmp_path), portals=portals) as session,
        program(session) as running,
    ):
        heard, rgb = running.drag((100, 50), (250, 125))
        assert heard == ["taken", 300, 150, 2.0, [100, 50, 250, 125]]
        assert rgb == expected_rgb(Box(200, 100, 500, 250))
        heard, rgb = running.drag((840, 260), (740, 160))
        assert heard == ["taken", 200, 200, 2.0, [740, 160, 840, 260]]
        assert rgb == expected_rgb(Box(200, 200, 400, 400))


@pytest.mark.parametrize(
    ("program", "said", "asked"),
    [
        ("foreign_program", "64 x 32", {"Screenshot": 0}),
        ("permission_program", "True", {"BindShortcuts": 2, "Screenshot": 0}),
    ],
)
def test_the_window_that_asks_is_named_to_the_desktop(
    tmp_path: Path, program: str, said: str, asked: dict[str, int]
) -> None:
    """The portal is told the handle under which the compositor knows the window in front, at its place in each call."""
    with WaylandSession(portals=False) as session:
        portal = session.spawn(sys.executable, "-m", "tests.portal.newer")
        assert portal.stdin
        assert portal.stdout
        assert json.loads(portal.stdout.readline()) == ["ready"]
        portal.stdin.write(json.dumps({"picture": str(make_picture(tmp_path / "area.png"))}) + "\n")
        portal.stdin.flush()
        assert session.run(sys.executable, "-m", f"tests.wayland.{program}") == said
        heard, _nothing = portal.communicate()
        calls = [words for words in map(json.loads, heard.splitlines()) if words[0] in asked]
        assert [words[0] for words in calls] == list(asked)
        for name, *arguments in calls:
            assert re.fullmatch("wayland:[0-9a-f-]{16,}", arguments[asked[name]])
