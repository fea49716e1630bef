"""The log: one rotating file, the uncaught errors of every thread, and Qt's own messages."""

import faulthandler
import logging
import logging.handlers
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

log = logging.getLogger(__name__)

MAX_BYTES = 1_000_000
X_SERVER_GONE = "The X11 connection broke"
_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"


def start_logging(path: Path, level: str = "INFO") -> None:
    """Log to a file of at most 1 MB (two older ones are kept); where that cannot be written, errors go to stderr."""
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # a full disk must not print a traceback for every line


def catch_errors(path: Path) -> None:
    """Log what nobody caught, in any thread; crashes of native code go to a file beside the log at `path`."""
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda args: log.error(
        "uncaught in thread %s",
        args.thread.name if args.thread else "?",
        exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback),
    )
    sys.unraisablehook = lambda args: log.error("unraisable in %r", args.object, exc_info=args.exc_value)
    try:
        faulthandler.enable(path.with_suffix(".crash.log").open("ab"))
    except OSError:
        if sys.stderr is not None:  # as in a program of Windows without a console
            faulthandler.enable()


def watch_qt() -> threading.Event:
    """Send Qt's messages to the log, and say in one sentence on stderr when the X server has gone.

    The event is set from then on; Qt ends its loop by itself.
    """
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    levels = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
        QtMsgType.QtCriticalMsg: logging.ERROR,
        QtMsgType.QtFatalMsg: logging.CRITICAL,
    }

    display_lost = threading.Event()

    def handle(kind: "QtMsgType", context: "QMessageLogContext", message: str) -> None:
        logging.getLogger(f"qt.{context.category or 'default'}").log(levels[kind], message)
        if X_SERVER_GONE in message and not display_lost.is_set():
            display_lost.set()
            sentence = "The display server has gone, so Shotglass had to stop; start it again once the desktop is back."
            log.error(sentence)
            os.write(2, f"{sentence}\n".encode())
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libX11 may add two lines of its own

    qInstallMessageHandler(handle)
    return display_lost


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("uncaught", exc_info=(kind, error, trace))
