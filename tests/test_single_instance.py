"""One app a user: commands reach the one that runs, and crashes or garbage do not stop the next."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop import command as command_module
from desktop import paths, pipe
from desktop.command import Command, send, send_soon
from desktop.errors import UserError
from desktop.single_instance import SingleInstance
from tests.xserver import wait_until

_APP = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.single_instance import SingleInstance
application = QCoreApplication([])
instance = SingleInstance(Path(sys.argv[1]), lambda command: "")
instance.commanded.connect(lambda command: application.quit() if command.verb == "quit" else None)
print("yes" if instance.start() else "no", flush=True)
if instance._server.isListening():
    application.exec()
"""


@pytest.fixture
def path() -> Path:
    """The socket of the test's own user."""
    return paths.socket_file()


@pytest.fixture
def instance(qtbot: QtBot, path: Path) -> Iterator[SingleInstance]:
    """The app that runs; it does not take the task "nothing"."""
    instance = SingleInstance(path, lambda command: "No such task." if command.task == "nothing" else "")
    assert instance.start()
    yield instance
    instance.stop()


def start_app(path: Path) -> "subprocess.Popen[str]":
    """Another process that wants to be the one."""
    return subprocess.Popen([sys.executable, "-c", _APP, path], stdout=subprocess.PIPE, text=True)


def first_line(app: "subprocess.Popen[str]") -> str:
    """What the process says about its start."""
    assert app.stdout is not None
    return app.stdout.readline().strip()


def elsewhere(qtbot: QtBot, call: Callable[[], object]) -> object:
    """Call on another thread, as another process would, while this one answers; its result or its error."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(call())
        except Exception as error:  # noqa: BLE001 - handed to the test
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    qtbot.waitUntil(lambda: bool(results))
    thread.join()
    return results[0]


def talk(path: Path, data: bytes) -> bytes:
    """Say anything on the socket; the whole answer."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(60)
        connection.connect(str(path))
        connection.sendall(data)
        answer = b""
        while part := connection.recv(1000):
            answer += part
        return answer


def test_a_second_start_hands_its_command_over(instance: SingleInstance, qtbot: QtBot, path: Path) -> None:
    """Every value arrives, texts of any size and language too, and a second instance does not start."""
    command = Command("copy", "describe", last=True, delay_s=1.5, text="文字 😀\n" * 50_000)
    with qtbot.waitSignal(instance.commanded) as commanded:
        assert elsewhere(qtbot, lambda: send(command, path)) is True
    assert commanded.args == [command]
    assert not SingleInstance(path, lambda _command: "").start()
    assert elsewhere(qtbot, lambda: send(Command(), path)) is True


def test_a_refusal_comes_back(instance: SingleInstance, qtbot: QtBot, path: Path) -> None:
    """What the app does not take is told to the one who asked, and nothing is done."""
    with qtbot.assertNotEmitted(instance.commanded):
        error = elsewhere(qtbot, lambda: send(Command("capture", "nothing"), path))
    assert isinstance(error, UserError)
    assert str(error) == "No such task."


def test_nobody_there_is_known_quickly(path: Path) -> None:
    """Without an app there is no waiting, with and without an old socket."""
    start = time.monotonic()
    assert not send(Command(), path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    assert not send(Command(), path)
    assert not send_soon(Command(), path, timeout_s=0.05)
    assert time.monotonic() - start < command_module.TIMEOUT_S


def test_an_app_that_hangs_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that nobody answers ends in a sentence, not in waiting."""
    monkeypatch.setattr(command_module, "TIMEOUT_S", 0.1)
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as hung:
        hung.bind(str(path))
        hung.listen()
        with pytest.raises(UserError, match="is running but does not answer"):
            send(Command(), path)


def test_what_a_killed_app_left_is_taken_over(qtbot: QtBot, path: Path) -> None:
    """Socket and lock of a process that was killed do not lock the user out."""
    with start_app(path) as app:
        assert first_line(app) == "yes"
        app.send_signal(signal.SIGKILL)
    assert path.exists()
    assert path.with_suffix(".lock").exists()
    assert not send(Command(), path)
    heir = SingleInstance(path, lambda _command: "")
    assert heir.start()
    with qtbot.waitSignal(heir.commanded):
        assert elsewhere(qtbot, lambda: send(Command(), path)) is True
    heir.stop()


def test_of_several_at_once_exactly_one_wins(path: Path) -> None:
    """Processes that start together agree on one, and the winner can be told to quit."""
    apps = [start_app(path) for _ in range(4)]
    answers = [first_line(app) for app in apps]
    assert sorted(answers) == ["no", "no", "no", "yes"]
    assert send(Command("quit"), path)
    for app in apps:
        app.communicate(timeout=60)
    assert not path.exists()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xfe\x00\n",
        b"[1, 2]\n",
        b'{"verb": "open", "colour": "red"}\n',
        b'{"verb": 5}\n',
        b'{"verb": "capture", "delay_s": "long"}\n',
        b"[" * 100_000 + b"\n",
    ],
    ids=["blank", "HTTP", "bytes", "list", "unknown", "number", "no number", "deep"],
)
def test_garbage_is_refused(instance: SingleInstance, qtbot: QtBot, path: Path, garbage: bytes) -> None:
    """What is no command does nothing, gets an answer, and the next command is heard."""
    with qtbot.assertNotEmitted(instance.commanded):
        answer = elsewhere(qtbot, lambda: talk(path, garbage))
    assert answer == b"Shotglass did not understand that; are two versions installed?\n"
    assert elsewhere(qtbot, lambda: send(Command("ping"), path)) is True


def test_half_a_line_does_no_harm(instance: SingleInstance, qtbot: QtBot, path: Path) -> None:
    """Someone who says half a command, waits, or hangs up, holds nobody else up."""
    with socket.socket(socket.AF_UNIX) as slow, socket.socket(socket.AF_UNIX) as silent:
        slow.connect(str(path))
        slow.sendall(Command("open").encode()[:10])
        silent.connect(str(path))
        assert elsewhere(qtbot, lambda: send(Command("ping"), path)) is True
        with qtbot.waitSignal(instance.commanded) as commanded:
            slow.sendall(Command("open").encode()[10:])
        assert commanded.args == [Command("open")]
    assert elsewhere(qtbot, lambda: send(Command("ping"), path)) is True


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    """A file where the folder should be ends in a sentence."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="make that folder yours"):
        SingleInstance(tmp_path / "file" / "shotglass.sock", lambda _command: "").start()


def test_stop_lets_the_next_one_start(qtbot: QtBot, path: Path) -> None:
    """A clean end leaves no socket behind."""
    for _ in range(2):
        instance = SingleInstance(path, lambda _command: "")
        assert instance.start()
        instance.stop()
        assert not path.exists()
    wait_until(lambda: not os.path.lexists(path.with_suffix(".lock")), "the lock to go")


@given(st.builds(Command, st.text(), st.text(), st.booleans(), st.floats(allow_nan=False), st.text()))
def test_a_command_survives_its_line(command: Command) -> None:
    """Whatever is in a command, it is one line and comes back the same."""
    line = command.encode()
    assert line.count(b"\n") == 1
    assert Command.decode(line) == command


@pytest.mark.parametrize(
    "exchange",
    [("open", b"Shotglass runs in another session"), ("capture", b"Shotglass runs in another"), ("quit", b"ok\n")],
)
def test_a_start_in_another_session_of_windows_is_told(
    instance: SingleInstance, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch, exchange: tuple[str, bytes]
) -> None:
    """A window would open where nobody sees it; to quit needs none."""
    monkeypatch.setattr(pipe, "in_other_session", lambda handle: handle > 0)
    monkeypatch.setattr(sys, "platform", "win32")
    verb, answer = exchange
    told = elsewhere(qtbot, lambda: talk(path, Command(verb).encode()))
    assert isinstance(told, bytes)
    assert told.startswith(answer)
