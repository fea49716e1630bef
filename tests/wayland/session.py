"""A Wayland desktop without a screen: sway, a session bus, and the portals that belong to it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.programs import Programs
from tests.wayland.pointer import Pointer
from tests.xserver import wait_until

HOTKEY = ("-M", "ctrl", "-M", "alt", "-k", "g")
_NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
_PORTALS = ("xdg-desktop-portal-wlr", "xdg-desktop-portal-gtk", "xdg-permission-store", "xdg-desktop-portal")
_HOLDER = "import sys; print('in', flush=True); sys.stdin.read()"


def lacking() -> str:
    """Why no such desktop can run on this machine, or ''. Root needs a user namespace: sway does not run as root."""
    if os.geteuid() != 0:
        return ""
    done = subprocess.run([*_NAMESPACE, "true"], capture_output=True, text=True, check=False)
    return (
        ""
        if done.returncode == 0
        else f"sway does not run as root, and there is no user namespace: {done.stderr.strip()}"
    )


class WaylandSession(Programs):
    """`outputs` are lines of sway's configuration, one a screen; use it in a `with` statement."""

    def __init__(self, *outputs: str, portals: bool = True, backdrop: Path | None = None) -> None:
        super().__init__()
        self.outputs = outputs or ("HEADLESS-1 resolution 1280x720 position 0,0",)
        self.portals = portals
        self.backdrop = backdrop
        self._prefix: list[str] = []

    def __enter__(self) -> "WaylandSession":
        gone = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM")
        self.environment = {name: value for name, value in os.environ.items() if name not in gone} | {
            "XDG_RUNTIME_DIR": str(self.folder),
            "XDG_CURRENT_DESKTOP": "sway",
            "XDG_SESSION_TYPE": "wayland",
            "WLR_BACKENDS": "headless",
            "WLR_HEADLESS_OUTPUTS": str(len(self.outputs)),
            "WLR_LIBINPUT_NO_DEVICES": "1",
            "WLR_RENDERER": "pixman",
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.folder / 'bus'}",
        }
        for name in ("CONFIG", "DATA", "STATE", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = str(self.folder / name.lower())
        if os.geteuid() == 0:
            self._enter_namespace()
        self.start("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={self.folder / 'bus'}")
        (self.folder / "sway.cfg").write_text(self._configuration())
        wait_until((self.folder / "bus").exists, "the session bus")
        # Without the switch a full-screen window goes past the picture that screenshots are made of.
        self.start("sway", "-Dnoscanout", "-c", str(self.folder / "sway.cfg"))
        wait_until((self.folder / "wayland-1").exists, "sway")
        self.environment["WAYLAND_DISPLAY"] = "wayland-1"
        wait_until(self._find_sway, "sway to answer")
        # A desktop whose last keyboard goes takes the keyboard from its windows, which then miss the next key.
        self.start("wtype", "-s", "3600000", "-k", "Shift_L")
        if self.portals:
            self._start_portals()
        return self

    def pointer(self) -> Pointer:
        """A mouse on this desktop."""
        places = [output["rect"] for output in json.loads(self.run("swaymsg", "-r", "-t", "get_outputs"))]
        left, top = min(place["x"] for place in places), min(place["y"] for place in places)
        right = max(place["x"] + place["width"] for place in places)
        bottom = max(place["y"] + place["height"] for place in places)
        return Pointer(self.folder / "wayland-1", (left, top, right, bottom))

    def run(self, *command: str, given: str = "", check: bool = True) -> str:
        """Run a program to its end; what it printed."""
        done = subprocess.run(
            [*self._prefix, *command],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=check,
            timeout=200,
        )
        return done.stdout

    def spawn(self, *command: str) -> "subprocess.Popen[str]":
        """Start a program with pipes, in this desktop."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [*self._prefix, *command], env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )

    @property
    def corner(self) -> tuple[int, int]:
        """A point out of the way, at the lower end of the first screen."""
        place = json.loads(self.run("swaymsg", "-r", "-t", "get_outputs"))[0]["rect"]
        return place["x"] + 5, place["y"] + place["height"] - 5

    def copy(self, text: str) -> None:
        """Copy something in another program."""
        quiet = subprocess.DEVNULL  # what stays to hold the text would keep pipes open
        command = [*self._prefix, "wl-copy", text]
        subprocess.run(command, env=self.environment, stdout=quiet, stderr=quiet, check=True, timeout=60)

    def press(self, *keys: str) -> None:
        """Press keys in the words of wtype."""
        self.run("wtype", *keys)

    def windows(self) -> list[dict[str, Any]]:
        """Every window as sway knows it."""
        found, rest = [], [json.loads(self.run("swaymsg", "-r", "-t", "get_tree"))]
        while rest:
            node = rest.pop()
            rest += node["nodes"] + node["floating_nodes"]
            if node.get("app_id") or node.get("window"):
                found.append(node)
        return found

    def titles(self) -> list[str]:
        """The titles of all windows."""
        return [str(window["name"]) for window in self.windows()]

    def in_front(self, title: str) -> bool:
        """Tell whether a window with this title has the keyboard and fills its place, so that it has the mouse, too."""
        found = [window for window in self.windows() if window["focused"] and window["name"] == title]
        return any(_size(window["geometry"]) == _size(window["rect"]) for window in found)

    def covered(self, title: str) -> bool:
        """Tell whether a window with this title fills each screen."""
        found = [window for window in self.windows() if window["name"] == title]
        whole = [window for window in found if _size(window["geometry"]) == _size(window["rect"])]
        return len(whole) == len(self.outputs)

    def clipboard(self) -> str:
        """What any other program would paste."""
        return self.run("wl-paste", "--no-newline", check=False)

    def _configuration(self) -> str:
        capture = f"{sys.executable} -m desktop capture"
        lines = [f"output {output}" for output in self.outputs]
        if self.backdrop:
            lines.append(f"output * bg {self.backdrop} tile")
        return "\n".join(
            [
                *lines,
                'for_window [app_id=".*"] border none',
                f"bindsym Ctrl+Alt+g exec {capture}",
                "xwayland disable",
                "",
            ]
        )

    def _enter_namespace(self) -> None:
        holder = subprocess.Popen(
            [*_NAMESPACE, sys.executable, "-c", _HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._processes.append(holder)
        assert holder.stdout
        assert holder.stdout.readline() == b"in\n"
        self._prefix = ["nsenter", "--user", "--preserve-credentials", "-t", str(holder.pid)]

    def start(self, *command: str) -> None:
        """Start a program that ends with this desktop; what it says goes to a file."""
        program = shutil.which(command[0], path=f"{os.environ['PATH']}:/usr/libexec:/usr/lib")
        assert program, f"{command[0]} is missing: run installer/test.py, which installs it"
        log = (self.folder / f"{Path(command[0]).name}-{len(self._processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [*self._prefix, program, *command[1:]], env=self.environment, stdout=log, stderr=log
            )
        self._processes.append(process)

    def _find_sway(self) -> bool:
        socket = next(self.folder.glob("sway-ipc.*.sock"), None)
        if socket is None:
            return False
        self.environment["SWAYSOCK"] = str(socket)
        return '"active": true' in self.run("swaymsg", "-r", "-t", "get_outputs", check=False)

    def _start_portals(self) -> None:
        self.run("dbus-update-activation-environment", "--all")
        self.start("pipewire")
        wait_until((self.folder / "pipewire-0").exists, "pipewire")
        self.start("wireplumber")
        for program in _PORTALS:
            self.start(program)
        wait_until(self._has_portals, "the portals")

    def _has_portals(self) -> bool:
        address = ("--dest", "org.freedesktop.portal.Desktop", "--object-path", "/org/freedesktop/portal/desktop")
        return "org.freedesktop.portal.Screenshot" in self.run(
            "gdbus", "introspect", "--session", *address, check=False
        )


def _size(place: dict[str, int]) -> tuple[int, int]:
    return place["width"], place["height"]
