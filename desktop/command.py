"""What a second start asks of the running app, and the way there; needs no Qt, so that it is quick."""

import json
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.language import tr, tr_later

TIMEOUT_S = 10.0  # an app that is just starting on a busy computer needs seconds


@dataclass(frozen=True, slots=True)
class Command:
    """`verb` is "open", "capture", "copy", "quit" or "ping"; the other values belong to "capture" and "copy".

    `activation_token` lets a window of the app come to the front on Wayland.
    """

    verb: str = "open"
    task: str = "text"
    last: bool = False
    delay_s: float = 0.0
    text: str = ""
    activation_token: str = ""

    def encode(self) -> bytes:
        """One line of JSON."""
        return f"{json.dumps(asdict(self))}\n".encode()

    @classmethod
    def decode(cls, line: bytes) -> "Command":
        """The command in a line of JSON; raises ValueError."""
        try:
            command = cls(**json.loads(line))
        except (TypeError, RecursionError) as error:
            raise ValueError(str(error)) from error
        for name, value in asdict(cls()).items():
            if not isinstance(getattr(command, name), type(value)):
                raise ValueError(f"{name} is no {type(value).__name__}")
        return command


def send(command: Command, path: Path) -> bool:
    """Hand a command to the app that listens at `path`; False where none does. Raises UserError with its refusal."""
    try:
        answer = _exchange(command.encode(), path)
    except (FileNotFoundError, ConnectionRefusedError):
        return False
    except OSError as error:
        words = tr_later("Shotglass is running but does not answer ({reason}); quit it and start it again.")
        raise UserError(tr(words, reason=error)) from error
    if answer != "ok":
        raise UserError(answer or tr("Shotglass is running but did not take the command; quit it and start it again."))
    return True


def send_soon(command: Command, path: Path, timeout_s: float, starting: Callable[[], bool] = lambda: True) -> bool:
    """Hand a command to an app that is just starting; False once it is no longer `starting` or takes too long."""
    end = time.monotonic() + timeout_s
    while not send(command, path):
        if time.monotonic() > end or not starting():
            return False
        time.sleep(0.02)
    return True


def _exchange(line: bytes, path: Path) -> str:
    if sys.platform == "win32":
        from desktop.pipe import PIPES, exchange, pipe_name

        return exchange(line, f"{PIPES}{pipe_name(path)}", TIMEOUT_S).decode().strip()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(TIMEOUT_S)
        connection.connect(str(path))
        connection.sendall(line)
        with connection.makefile("rb") as answers:
            return answers.readline().decode().strip()
