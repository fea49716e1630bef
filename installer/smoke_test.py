"""Tries what ships on a real X server: `python3 installer/smoke_test.py PROGRAM [--pictures FOLDER]`.

PROGRAM is the frozen program, unpacked or installed. Around it are an empty home and an empty PATH: no Python, no
environment, no settings.
"""

import argparse
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.xserver import XServer, wait_until  # noqa: E402 - found by the line above

TEXT = "The quick brown fox\njumps over the lazy dog\nPack 42 boxes on Friday"
PAGE = (200, 150, 460, 160)
"""Where the text stands on the screen: x, y, width, height."""
WELCOME, PANEL, OVERLAY = "^Welcome to Shotglass$", "^Shotglass$", "^Shotglass capture$"
RUNNING = "Shotglass is running already; its last panel is open now.\n"
ENDS_S = 3.0
SIGKILL = 9  # which Python does not know on Windows


class Trial:
    """The program on an X server, in an empty home."""

    def __init__(self, program: Path, server: XServer, home: Path, pictures: Path | None) -> None:
        self.program = program
        self.server = server
        self.home = home
        self.pictures = pictures
        self.log = home / ".local/state/shotglass/log/shotglass.log"
        (home / "runtime").mkdir(mode=0o700)
        (home / "path").mkdir()
        self.environment = {
            "HOME": str(home),
            "PATH": str(home / "path"),
            "XDG_RUNTIME_DIR": str(home / "runtime"),
            "XDG_SESSION_TYPE": "x11",
            "DISPLAY": server.display,
            "LANG": "C.UTF-8",
        }
        self.app: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the program with arguments until it ends."""
        return subprocess.run(
            [self.program, *arguments], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def start(self) -> dict[str, float]:
        """Start the tray app; the seconds until its icon stands in the tray and its welcome on the screen."""
        pipe = subprocess.PIPE
        begun = time.monotonic()
        self.app = subprocess.Popen([self.program], env=self.environment, stdout=pipe, stderr=pipe, text=True)
        times: dict[str, float] = {}
        signs = {"tray": self.in_tray, "welcome": lambda: self.windows(WELCOME)}
        wait_until(lambda: self._look_for(signs, times, begun), "the icon in the tray and the welcome", 30)
        return times

    def _look_for(self, signs: Mapping[str, Callable[[], object]], times: dict[str, float], begun: float) -> bool:
        for name, there in signs.items():
            if name not in times and there():
                times[name] = time.monotonic() - begun
        return len(times) == len(signs)

    def in_tray(self) -> bool:
        """Tell whether an icon of the program stands in the tray."""
        return re.search(r'"shotglass".*\b(22|24|32)x\d+\+', self.server.run("xwininfo", "-root", "-tree")) is not None

    def windows(self, title: str) -> list[str]:
        """The visible windows with a title."""
        return self.server.run("xdotool", "search", "--onlyvisible", "--name", title).split()

    def press(self, keys: str) -> None:
        """Press keys as "ctrl+alt+g"."""
        self.server.run("xdotool", "key", keys)

    def dismiss(self, title: str) -> None:
        """Press Escape until no window of the title is left: one that is just seen may not have the keyboard yet."""

        def gone() -> bool:
            self.press("Escape")
            return not self.windows(title)

        wait_until(gone, f"the window {title} to go")

    def clipboard(self) -> str:
        """What any other program would paste."""
        return self.server.run("xclip", "-out", "-selection", "clipboard")

    def processes(self) -> list[int]:
        """The processes that run the program in this home, whichever of them started it."""
        program, home = self.program.resolve(), f"HOME={self.home}\0".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended, or is another user's
                if (folder / "exe").readlink() == program and home in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
        return found

    def look(self, name: str) -> None:
        """Keep a picture of the desktop where pictures are wanted."""
        if self.pictures:
            time.sleep(0.5)
            self.server.run("import", "-window", "root", str(self.pictures / f"{name}.png"))

    def stop(self) -> None:
        """End the app however it is."""
        for pid in self.processes():
            os.kill(pid, SIGKILL)
        if self.app is not None:
            self.app.communicate()


def draw_page(trial: Trial) -> Path:
    """Show the text on the desktop's background; the picture of it."""
    x, y, width, height = PAGE
    page, screen = trial.home / "page.png", trial.home / "screen.png"
    font = ["-font", "Liberation-Sans", "-pointsize", "22", "-fill", "black"]
    text = [*font, "-gravity", "northwest", "-annotate", "+16+16", TEXT]
    trial.server.run("convert", "-size", f"{width}x{height}", "xc:white", *text, str(page))
    place = ["-geometry", f"+{x}+{y}", "-composite"]
    trial.server.run("convert", "-size", trial.server.screen, "xc:gray60", str(page), *place, str(screen))
    trial.server.run("display", "-window", "root", str(screen))
    return page


def check_commands(trial: Trial, page: Path) -> None:
    """The version, the doctor, and reading a file without a desktop."""
    known = re.search(r'__version__ = "(.+)"', (ROOT / "desktop/__init__.py").read_text(encoding="utf-8"))
    said = trial.command("--version")
    assert known, "desktop/__init__.py names no version"
    assert (said.returncode, said.stdout) == (0, f"shotglass {known[1]}\n"), said
    findings = trial.command("doctor", "--json")
    bad = [finding for finding in json.loads(findings.stdout) if finding["state"] == "bad"]
    assert (findings.returncode, bad) == (0, []), findings.stderr or bad
    read = trial.command("text", str(page))
    assert (read.returncode, read.stdout.strip()) == (0, TEXT), read


def check_children(trial: Trial) -> None:
    """The programs that it starts do not load its libraries: the doctor's nvidia-smi tells its environment."""
    spy, told = trial.home / "path" / "nvidia-smi", trial.home / "told"
    spy.write_text(f"#!/bin/sh\n/usr/bin/env >{told}\nexit 1\n")
    spy.chmod(0o755)
    trial.command("doctor")
    spy.unlink()
    assert not re.search("LD_LIBRARY_PATH|_PYI_", told.read_text()), told.read_text()


def check_main_job(trial: Trial) -> None:
    """Hotkey, drag, and the clipboard holds the text."""
    trial.press("ctrl+alt+g")
    wait_until(lambda: trial.windows(OVERLAY), "the overlay")
    x, y, width, height = PAGE
    start, end = map(str, (x, y)), map(str, (x + width, y + height))
    trial.server.run("xdotool", "mousemove", *start, "mousedown", "1", "mousemove", *end, "mouseup", "1")
    wait_until(lambda: trial.clipboard() == TEXT, "the text on the clipboard", 20)
    assert trial.windows(PANEL), "no panel beside the region"
    trial.look("panel")


def check_second_start(trial: Trial) -> None:
    """It opens the last panel and ends."""
    trial.dismiss(PANEL)
    second = trial.command()
    assert (second.returncode, second.stdout) == (0, RUNNING), second
    wait_until(lambda: trial.windows(PANEL), "the last panel")


def check_alone(trial: Trial) -> None:
    """The app has no file of any other Python in its memory."""
    assert trial.app is not None
    folder = trial.program.resolve().parent
    maps = Path(f"/proc/{trial.app.pid}/maps").read_text(encoding="utf-8")
    files = {line.split(maxsplit=5)[5] for line in maps.splitlines() if line.count("/")}
    foreign = [f for f in files if not Path(f).is_relative_to(folder) and re.search("python|site-packages|PySide", f)]
    assert foreign == [], f"loaded from elsewhere: {foreign}"


def check_end(trial: Trial) -> None:
    """Asked to end it does so at once, without a word, and nothing went wrong meanwhile."""
    assert trial.app is not None
    begun = time.monotonic()
    trial.app.terminate()
    out, err = trial.app.communicate(timeout=20)
    assert (trial.app.returncode, out, err) == (0, "", ""), (trial.app.returncode, out, err)
    assert time.monotonic() - begun < ENDS_S, "it took too long to end"
    log = trial.log.read_text(encoding="utf-8")
    wrong = [line for line in log.splitlines() if re.search(" (ERROR|CRITICAL) |Traceback", line)]
    assert wrong == [], wrong


def check_capture_command(trial: Trial) -> None:
    """It starts the app where none runs, and lets it capture."""
    assert trial.processes() == [], "a process stayed behind"
    done = trial.command("capture")
    assert (done.returncode, done.stderr) == (0, ""), done
    wait_until(lambda: trial.windows(OVERLAY), "the overlay of the command")
    trial.dismiss(OVERLAY)
    (pid,) = trial.processes()
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not trial.processes(), "the app to end")


def smoke_test(program: Path, pictures: Path | None = None) -> dict[str, float]:
    """Try everything; what was measured. Raises AssertionError with what went wrong."""
    with XServer() as server, tempfile.TemporaryDirectory() as home:
        trial = Trial(program, server, Path(home), pictures)
        try:
            page = draw_page(trial)
            check_commands(trial, page)
            check_children(trial)
            times = trial.start()
            trial.look("welcome")
            trial.dismiss(WELCOME)
            check_main_job(trial)
            check_second_start(trial)
            check_alone(trial)
            check_end(trial)
            check_capture_command(trial)
        finally:
            trial.stop()
    return times


def main() -> int:
    """Try the program that is named; 1 with a sentence where something is wrong."""
    parser = argparse.ArgumentParser(description="Try the frozen program on a real X server.")
    parser.add_argument("program", type=Path)
    parser.add_argument("--pictures", type=Path, help="keep pictures of the screen in this folder")
    options = parser.parse_args()
    try:
        times = smoke_test(options.program.absolute(), options.pictures)
    except AssertionError as error:
        print(f"Failed: {error}", file=sys.stderr)
        return 1
    print(json.dumps({name: round(seconds, 2) for name, seconds in times.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
