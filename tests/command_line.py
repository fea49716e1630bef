"""`shotglass …` as its own process."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

SAMPLE = Path(__file__).parent.parent / "resources" / "samples" / "orders.png"


def shotglass(
    *arguments: str | Path,
    stdin: bytes = b"",
    without: tuple[str, ...] = (),
    extra: Mapping[str, str] | None = None,
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end in this environment, `without` some variables and with `extra` ones."""
    kept = {name: value for name, value in os.environ.items() if name not in without}
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *arguments],
        input=stdin,
        env=kept | dict(extra or {}),
        capture_output=True,
        check=False,
        timeout=200,
    )
    return subprocess.CompletedProcess(arguments, done.returncode, done.stdout.decode(), done.stderr.decode())


def one_sentence(text: str) -> bool:
    """Tell whether text is what standard error should hold after a failure: one line, one sentence."""
    return text.count("\n") == 1 and text.endswith(".\n") and "Traceback" not in text


def make_picture(path: Path) -> Path:
    """A white picture at a path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 32), "white").save(path, "PNG")
    return path
