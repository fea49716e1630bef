"""Runs pip with its whole output in a log file and a few calm lines on the screen."""

import os
import re
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import Path

LARGE_MB = 10

STEPS: Sequence[tuple[re.Pattern[str], str]] = (
    (re.compile(r"\s*(?:Downloading|Using cached) ([\w.]+?)-\d.*\((\d+(?:\.\d+)?) MB\)"), "fetching {0} ({1} MB)"),
    (re.compile(r"Installing collected packages: (.*)"), "unpacking {count} packages"),
    (re.compile(r"WARNING: Retrying \((.*)"), "the package index does not answer; trying again"),
)
"""Lines of pip that are worth a line on the screen."""

CAUSES: Sequence[tuple[re.Pattern[str], str]] = (
    (
        re.compile("No space left on device|There is not enough space"),
        "The disk is full. Make room and run this again.",
    ),
    (
        re.compile("NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Max retries"),
        "The packages could not be fetched: the package index cannot be reached. Check the network (and the proxy, if "
        "there is one) and run this again.",
    ),
)
"""What pip says on well-known failures, and what to do about them."""

DEFAULTS = {"PIP_RETRIES": "2"}
"""Enough for a network that hiccups, few enough to say soon that there is none; also for the build's own pip."""

ENVIRONMENT = {"PYTHONIOENCODING": "utf-8", "PIP_USER": "0"}
LEFT_OUT = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX")
"""Settings that would send the packages elsewhere are left out of the environment or turned off."""


class SetupError(Exception):
    """One sentence that says why the set-up cannot go on; `unpacked` tells whether packages may be half there."""

    def __init__(self, sentence: str, unpacked: bool = False) -> None:
        super().__init__(sentence)
        self.unpacked = unpacked


class Progress:
    """Prints what is going on, each line with the seconds since the start."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def say(self, what: str) -> None:
        """Print a line."""
        print(f"{time.monotonic() - self._started:5.0f} s  {what}", flush=True)


def step_of(line: str) -> str:
    """What to show for a line of pip's output, or ''."""
    for pattern, words in STEPS:
        if found := pattern.match(line):
            name, *size = found.groups()
            if size and float(size[0]) < LARGE_MB:
                return ""
            return words.format(name, *size, count=name.count(",") + 1)
    return ""


def explain(output: Iterable[str], log: Path) -> str:
    """The sentence for pip's failed output; the end of the output itself where the cause is not a known one."""
    lines = list(output)
    for pattern, sentence in CAUSES:
        if any(pattern.search(line) for line in lines):
            return f"{sentence} The whole story is in {log}."
    return "\n".join([*lines[-15:], f"The packages could not be installed; the whole story is in {log}."])


def run_logged(command: Sequence[str], root: Path, log: Path, show: Callable[[str], None]) -> None:
    """Run a command that installs, in the folder `root`; raise SetupError where it fails."""
    unpacked, shown, last = False, "", deque[str](maxlen=200)
    with (
        log.open("a", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            cwd=root,
            env=DEFAULTS | {k: v for k, v in os.environ.items() if k not in LEFT_OUT} | ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            file.write(line)
            last.append(line.rstrip())
            unpacked = unpacked or line.startswith("Installing collected packages")
            if (step := step_of(line)) not in ("", shown):
                shown = step
                show(step)
    if process.returncode != 0:
        raise SetupError(explain(last, log), unpacked)


def install_project(
    root: Path, python: Path, extras: Set[str], log: Path, show: Callable[[str], None], *, indexes: Sequence[str] = ()
) -> None:
    """Install the project in `root`, editable, into the environment of that Python; `indexes` come beside pip's own."""
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--no-warn-script-location"]
    # Python compiles what is imported on its first import; compiling everything takes longer than installing it.
    options += ["--no-compile", "--editable", f".[{','.join(sorted(extras))}]" if extras else "."]
    options += [f"--extra-index-url={index}" for index in indexes]
    run_logged([str(python), "-m", "pip", "install", *options], root, log, show)
