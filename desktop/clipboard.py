"""The clipboard of a command that ends: on X11 and Wayland its text must be held by a process that stays."""

import logging
import subprocess
import sys

from desktop import paths
from desktop.command import Command, send
from desktop.display import check_display, on_wayland
from desktop.errors import UserError
from desktop.language import tr, tr_later
from desktop.launch import start_self

log = logging.getLogger(__name__)

COPY_S = 10
UNREACHABLE = tr_later("The clipboard could not be reached; copy the printed text instead.")
NEEDS_WL_COPY = tr_later(
    "On Wayland wl-copy keeps a text on the clipboard: install wl-clipboard, or copy the printed text."
)
_READY = b"ready\n"


def keep_on_clipboard(text: str) -> None:
    """Put text on the clipboard so that it stays: in the running app, else in a process that holds it."""
    if on_wayland() and _copy_by_program(text):
        return
    if send(Command("copy", text=text), paths.socket_file()):
        return
    if on_wayland():
        raise UserError(tr(NEEDS_WL_COPY))
    check_display()
    try:
        ready = _hand_over(text)
    except OSError as error:
        raise UserError(tr(UNREACHABLE)) from error
    if not ready:
        raise UserError(tr(UNREACHABLE))


def _copy_by_program(text: str) -> bool:
    """Let wl-copy hold the text: on Wayland a program without a window in front can only so; False where it cannot."""
    try:
        done = subprocess.run(
            ["wl-copy", "--type", "text/plain;charset=utf-8"],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=COPY_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.info("wl-copy does not work here: %s", error)
        return False
    return done.returncode == 0


def _hand_over(text: str) -> bool:
    """Start the process that holds the text; False where it could not take the clipboard."""
    holder = start_self("hold-clipboard")
    if holder.stdin is None or holder.stdout is None:
        return False
    with holder.stdin as to_holder:
        to_holder.write(text.encode())
    with holder.stdout as from_holder:
        return from_holder.readline() == _READY


def hold(text: str) -> None:
    """Own the clipboard until another program takes it."""
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    clipboard = application.clipboard()
    clipboard.setText(text)
    clipboard.dataChanged.connect(lambda: None if clipboard.ownsClipboard() else application.quit())
    sys.stdout.buffer.write(_READY)
    sys.stdout.flush()
    application.exec()
