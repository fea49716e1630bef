"""The log file: what lands in it, how large it grows, and that it never stops the program."""

import logging
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs

_QT = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject, QTimer, qCritical, qWarning
from desktop import logs
logs.start_logging(Path(sys.argv[1]))
logs.catch_errors(Path(sys.argv[1]))
application = QCoreApplication([])
logs.watch_qt()
qWarning("100 % of a warning")
qCritical("something critical")
QTimer.singleShot(0, lambda: 1 / 0)
QTimer.singleShot(0, application.quit)
application.exec()
"""
_CRASH = """
import ctypes, sys
from pathlib import Path
from desktop import logs
logs.catch_errors(Path(sys.argv[1]))
ctypes.string_at(0)
"""
_UNCAUGHT = """
import sys
from pathlib import Path
from desktop import logs
logs.start_logging(Path(sys.argv[1]))
logs.catch_errors(Path(sys.argv[1]))
raise RuntimeError("nobody caught this")
"""


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """Logging and its hooks as the other tests need them."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, threading.excepthook
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], root.level, threading.excepthook = handlers, level, hook
    logging.captureWarnings(False)
    logging.raiseExceptions = True


def run(code: str, log: Path) -> subprocess.CompletedProcess[str]:
    """Run a small program that logs to a file."""
    return subprocess.run([sys.executable, "-c", code, log], capture_output=True, text=True, check=False, timeout=60)


def test_lines_say_when_where_and_how_bad(tmp_path: Path) -> None:
    """The folder is made; a line has its level, thread and module; warnings of Python come too."""
    path = tmp_path / "new" / "folder" / "shotglass.log"
    logs.start_logging(path)
    logging.getLogger("desktop.part").warning("said %s", "文字")
    logging.getLogger("desktop.part").debug("too fine")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    lines = path.read_text("utf-8")
    assert "WARNING MainThread desktop.part: said 文字" in lines
    assert "DeprecationWarning: old" in lines
    assert "too fine" not in lines


def test_the_log_rotates_and_stays_small(tmp_path: Path) -> None:
    """At most three files of a megabyte are kept, however much is said."""
    folder = tmp_path / "log"
    logs.start_logging(folder / "shotglass.log")
    for number in range(4500):
        logging.getLogger("desktop").info("%d %s", number, "x" * 1000)
    files = sorted(path.name for path in folder.iterdir())
    assert files == ["shotglass.log", "shotglass.log.1", "shotglass.log.2"]
    assert all(path.stat().st_size <= logs.MAX_BYTES for path in folder.iterdir())
    assert "4499 x" in (folder / "shotglass.log").read_text()


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors go to standard error instead, and no chatter: what a command says there is for the user."""
    (tmp_path / "file").write_bytes(b"")
    path = tmp_path / "file" / "shotglass.log"
    logs.start_logging(path)
    logging.getLogger("desktop").warning("chatter")
    logging.getLogger("desktop").error("still here")
    told = capsys.readouterr().err
    assert "still here" in told
    assert "chatter" not in told
    assert run(_UNCAUGHT, path).returncode == 1


def test_a_full_disk_prints_no_traceback() -> None:
    """A log that cannot be written is not worth a word on the terminal for every line."""
    code = _UNCAUGHT.replace('raise RuntimeError("nobody caught this")', "logs.log.warning('lost')")
    done = run(code, Path("/dev/full"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_an_uncaught_error_lands_in_the_log(tmp_path: Path) -> None:
    """The traceback of the main thread is kept, and the program fails."""
    path = tmp_path / "shotglass.log"
    assert run(_UNCAUGHT, path).returncode == 1
    assert "RuntimeError: nobody caught this" in path.read_text()
    assert "Traceback" in path.read_text()


def test_an_uncaught_error_of_a_thread_lands_in_the_log(tmp_path: Path) -> None:
    """Other threads are named with their tracebacks."""
    path = tmp_path / "shotglass.log"
    start = "worker = threading.Thread(target=lambda: 1 / 0, name='worker')\nworker.start()\nworker.join()"
    code = "import threading\n" + _UNCAUGHT.replace('raise RuntimeError("nobody caught this")', start)
    assert run(code, path).returncode == 0
    assert "uncaught in thread worker" in path.read_text()
    assert "ZeroDivisionError" in path.read_text()


def test_qt_speaks_into_the_log(tmp_path: Path) -> None:
    """Warnings of Qt and errors in its callbacks are kept with their level."""
    path = tmp_path / "shotglass.log"
    done = run(_QT, path)
    assert (done.returncode, done.stderr) == (0, "")
    text = path.read_text()
    assert "WARNING MainThread qt.default: 100 % of a warning" in text
    assert "ERROR   MainThread qt.default: something critical" in text
    assert "ZeroDivisionError" in text


def test_a_crash_of_native_code_leaves_its_stack(tmp_path: Path) -> None:
    """Where Python itself dies, the Python stack is kept beside the log."""
    assert run(_CRASH, tmp_path / "shotglass.log").returncode < 0
    assert "Segmentation fault" in (tmp_path / "shotglass.crash.log").read_text()
