"""The app as a user runs it: its own process, an empty home, a real X server, and a window with known text."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from desktop.settings import Settings, SettingsFile
from tests.xserver import XServer, wait_until

TEXT = "The quick brown fox\njumps over the lazy dog\nPack 42 boxes on Friday"
PAGE = (200, 150, 420, 130)
"""Where the window with the text stands: x, y, width, height."""
WINDOW = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
page = QLabel(sys.argv[1])
page.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus)
page.setStyleSheet("background: white; color: black; font: 18px 'Liberation Sans'; padding: 12px")
page.setGeometry(*map(int, sys.argv[2:]))
page.setWindowTitle("page")
page.show()
application.exec()
"""


class AppProcess:
    """`shotglass` on an X server; `stdout` and `stderr` are what it had said when it ended."""

    def __init__(self, server: XServer, settings: Settings | None = None) -> None:
        self.server = server
        self._runtime = tempfile.TemporaryDirectory()
        self.home = Path(self._runtime.name)
        names = ("CONFIG", "DATA", "STATE", "CACHE")
        folders = {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in names}
        self.environment = server.environment | folders | {"XDG_RUNTIME_DIR": self._runtime.name}
        self.log = self.home / "state" / "shotglass" / "log" / "shotglass.log"
        self.settings = self.home / "config" / "shotglass" / "settings.json"
        if settings is not None:
            SettingsFile(self.settings).save(settings)
        self.program = ["-m", "desktop"]
        self.process: subprocess.Popen[str] | None = None
        self._pages: list[subprocess.Popen[bytes]] = []
        self.stdout = self.stderr = ""

    def __enter__(self) -> "AppProcess":
        if self.server.display:
            self.fill_clipboard("nothing yet")  # the tests' own process may own it and not answer
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_anyway()
        for page in self._pages:
            page.kill()
            page.wait()
        code = self.process.returncode if self.process else 0
        self._runtime.cleanup()
        assert code not in (-signal.SIGSEGV, -signal.SIGABRT), "the app crashed"

    def start(self) -> None:
        """Start the app and wait until its engine is ready and its icon stands in the tray."""
        self.process = self.spawn()
        wait_until(lambda: self.logged(" is ready") and self.logged("desktop.app: started"), "the app to start")

    def logged(self, words: str) -> bool:
        """Tell whether the log holds these words."""
        return self.log.exists() and words in self.log.read_text()

    def spawn(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `shotglass` with arguments."""
        pipe = subprocess.PIPE
        command = [sys.executable, *self.program, *arguments]
        return subprocess.Popen(command, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `shotglass` with arguments until it ends."""
        command = [sys.executable, "-m", "desktop", *arguments]
        nothing = subprocess.DEVNULL
        return subprocess.run(
            command, env=self.environment, stdin=nothing, capture_output=True, text=True, timeout=60, check=False
        )

    def change(self, *settings: Settings) -> None:
        """Set the preferences of an app whose `program` is `tests.driven_app`, several times in a row."""
        self.say("\n".join(each.model_dump_json() for each in settings))

    def follow(self, link: str) -> None:
        """Click a link in a panel of an app whose `program` is `tests.driven_app`."""
        self.say(link)

    def click(self, words: str) -> None:
        """Click the button with that text, once it can be, in an app whose `program` is `tests.driven_app`."""
        places = [(0, 0)]

        def stands() -> bool:
            places.append(self.place_of(words))
            return places[-2] == places[-1] != (0, 0)  # a panel may still grow

        wait_until(stands, f"the button {words}")
        self.server.run("xdotool", "mousemove", *map(str, places[-1]), "click", "1")

    def place_of(self, words: str) -> tuple[int, int]:
        """Where that button or label is, (0, 0) where it cannot be clicked."""
        self.say(f"where {words}")
        assert self.process is not None
        assert self.process.stdout is not None
        x, y = self.process.stdout.readline().split()
        return int(x), int(y)

    def shows(self, words: str) -> bool:
        """Tell whether that button or label can be seen now."""
        return self.place_of(words) != (0, 0)

    def say(self, line: str) -> None:
        """Write a line to the app's standard input."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def quit(self, timeout_s: float = 60) -> int:
        """Ask the app to end as the desktop would; its exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.wait(timeout_s)

    def wait(self, timeout_s: float = 60) -> int:
        """Wait until the app has ended; its exit code."""
        assert self.process is not None
        self.stdout, self.stderr = self.process.communicate(timeout=timeout_s)
        return self.process.returncode

    def stop_anyway(self) -> None:
        """End the app, also one that a command started by itself."""
        from desktop.command import Command, send

        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.communicate()
        socket = self.home / "shotglass" / "shotglass.sock"
        if socket.exists() and send(Command("quit"), socket):
            wait_until(lambda: not socket.exists(), "the app to quit")

    # The desktop

    def show_page(self, text: str = TEXT) -> subprocess.Popen[bytes]:
        """Show a window with black text on white."""
        command = [sys.executable, "-c", WINDOW, text, *map(str, PAGE)]
        window = subprocess.Popen(command, env=self.environment)
        self._pages.append(window)
        wait_until(lambda: self.windows("^page$"), "the page")
        return window

    def windows(self, name: str = "^Shotglass$") -> list[str]:
        """The ids of the visible windows with a title."""
        return self.server.run("xdotool", "search", "--onlyvisible", "--name", name).split()

    def overlays(self) -> list[str]:
        """The ids of the overlays that are up."""
        return self.windows("^Shotglass capture$")

    def panel_up(self) -> bool:
        """Tell whether a panel can be seen."""
        return bool(self.windows())

    def press(self, *keys: str) -> None:
        """Press keys as "ctrl+alt+g"."""
        self.server.run("xdotool", "key", *keys)

    def type(self, text: str) -> None:
        """Type text into whatever has the keyboard."""
        self.server.run("xdotool", "type", text)

    def begin_by_hotkey(self) -> None:
        """Press the hotkey and wait for the overlay."""
        self.press("ctrl+alt+g")
        self.wait_for_overlay()

    def wait_for_overlay(self) -> None:
        """Wait until an overlay is up and hears the keys."""
        wait_until(self.overlays, "the overlay")
        wait_until(self.server.keyboard_is_held, "the overlay to take the keyboard")

    def wait_for_panel(self, title: str = "Shotglass") -> None:
        """Wait until a panel, or a window with another title, hears the keys."""
        named = ("xdotool", "getactivewindow", "getwindowname")
        wait_until(lambda: self.server.run(*named) == f"{title}\n", f"the keyboard in {title}")

    def close_panel(self) -> None:
        """Press Esc in the panel, which is done with its answer."""
        self.wait_for_panel()
        self.press("Escape")
        wait_until(lambda: not self.panel_up(), "the panel to close")

    def drag_over_page(self) -> None:
        """Drag over the window with the text."""
        x, y, width, height = PAGE
        self.drag((x, y), (x + width, y + height))

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the left button."""
        moves = ["mousemove", *map(str, start), "mousedown", "1", "mousemove", *map(str, end), "mouseup", "1"]
        self.server.run("xdotool", *moves)

    def clipboard(self) -> str:
        """What any other program would paste."""
        return self.server.run("xclip", "-out", "-selection", "clipboard")

    def clipping(self) -> dict[str, bytes]:
        """Everything that is on the clipboard, by MIME type; what names a set of characters beside it is left out."""
        offered = self.server.run("xclip", "-out", "-selection", "clipboard", "-target", "TARGETS").split()
        kinds = [kind for kind in offered if "/" in kind and ";charset" not in kind]
        return {kind: self._paste(kind) for kind in kinds}

    def _paste(self, kind: str) -> bytes:
        command = ["xclip", "-out", "-selection", "clipboard", "-target", kind]
        return subprocess.run(command, env=self.environment, capture_output=True, check=True, timeout=60).stdout

    def fill_clipboard(self, text: str) -> None:
        """Copy something in another program."""
        self.server.copy(text)

    def look(self, name: str) -> None:
        """Keep a picture of the desktop where SHOTGLASS_SHOTS names a folder."""
        if folder := os.environ.get("SHOTGLASS_SHOTS"):
            self.server.run("import", "-window", "root", str(Path(folder) / f"{name}.png"))
