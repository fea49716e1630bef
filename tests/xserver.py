"""A real X server with a window manager and a tray host, for tests and for trying the app by hand."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from types import TracebackType
from typing import TYPE_CHECKING

# The smoke test of the packages uses this module, too, by a Python that has no package of the tests.
if TYPE_CHECKING:
    from Xlib.display import Display

SCREEN = "1920x1080"


def wait_until(happened: Callable[[], object], what: str, timeout_s: float = 60) -> None:
    """Poll until `happened()` is true; AssertionError naming `what` after the time-out, for tests that hang."""
    end = time.monotonic() + timeout_s
    while not happened():
        assert time.monotonic() < end, f"waited {timeout_s} s in vain for {what}"
        time.sleep(0.02)


class XServer:
    """Xvfb on a free display, with openbox and trayer unless `bare`; use it in a `with` statement."""

    def __init__(self, screen: str = SCREEN, bare: bool = False) -> None:
        self.screen = screen
        self.bare = bare
        self.display = ""
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program on this display."""
        kept = {k: v for k, v in os.environ.items() if k not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        return kept | {"DISPLAY": self.display, "XDG_SESSION_TYPE": "x11"}

    def __enter__(self) -> "XServer":
        read_end, write_end = os.pipe()
        self._start(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{self.screen}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(write_end,),
        )
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            self.display = f":{answer.readline().strip()}"
        assert self.display != ":", "Xvfb did not start"
        if not self.bare:
            self._start(["openbox", "--sm-disable"])
            self._start(["trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request", "--height", "32"])
            wait_until(lambda: "0x" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "the window manager")
            wait_until(lambda: "panel" in self.run("wmctrl", "-lx").lower() or self._tray_there(), "the tray host")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def kill(self) -> None:
        """Let the X server die as in a crash."""
        self._processes[0].kill()
        self._processes[0].wait()

    def run(self, *command: str, timeout_s: float = 60) -> str:
        """Run an X program on this display; its standard output."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=timeout_s, check=False
        )
        return done.stdout

    def copy(self, text: str) -> None:
        """Copy something in another program; xclip goes to the background before the text is on the clipboard."""
        from Xlib.display import Display

        command = ["xclip", "-in", "-selection", "clipboard"]
        with closing(Display(self.display)) as display:
            clipboard = display.get_atom("CLIPBOARD")
            owners = [0, _owner(display, clipboard)]
            subprocess.run(
                command, input=text.encode(), env=self.environment, check=True, stdout=subprocess.DEVNULL, timeout=60
            )
            wait_until(lambda: _owner(display, clipboard) not in owners, "the copied text")

    def keyboard_is_held(self) -> bool:
        """Tell whether a program has taken the keyboard for itself, as an overlay does a moment after it is seen."""
        from Xlib import X
        from Xlib.display import Display

        with closing(Display(self.display)) as display:
            asked = display.screen().root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
            if asked == X.GrabSuccess:
                display.ungrab_keyboard(X.CurrentTime)
                display.sync()
            return bool(asked == X.AlreadyGrabbed)

    def _tray_there(self) -> bool:
        return "trayer" in self.run("xwininfo", "-root", "-tree")

    def _start(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        assert shutil.which(command[0]), f"{command[0]} is missing: run installer/test.py, which installs it"
        self._processes.append(
            subprocess.Popen(
                command,
                env=self.environment,
                pass_fds=pass_fds,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )


def _owner(display: "Display", selection: int) -> int:
    """The id of the window that owns a selection, 0 where none does."""
    return int(getattr(display.get_selection_owner(selection), "id", 0))
