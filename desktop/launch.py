"""Starts this program again in the background."""

import os
import subprocess

from desktop import paths
from desktop.autostart.api import own_command
from desktop.command import Command, send, send_soon
from desktop.display import check_display
from desktop.errors import UserError
from desktop.language import tr

START_TIMEOUT_S = 20.0
_WINDOWS_DETACHED = 0x00000208  # DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP


def start_self(*arguments: str) -> subprocess.Popen[bytes]:
    """Start this program with arguments so that it outlives this process; pipes lead to its input and output.

    Raises OSError.
    """
    return subprocess.Popen(
        [*own_command(), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=_WINDOWS_DETACHED if os.name == "nt" else 0,
    )


def command_running_app(command: Command) -> None:
    """Hand a command to the running app, starting it where needed; raises UserError."""
    if send(command, paths.socket_file()):
        return
    check_display()
    try:
        app = start_self()
    except OSError as error:
        program = own_command()[0]
        raise UserError(
            tr("Shotglass could not be started ({program}: {reason}).", program=program, reason=error.strerror)
        ) from error
    if not send_soon(command, paths.socket_file(), START_TIMEOUT_S, lambda: app.poll() is None):
        raise UserError(tr("Shotglass did not start; {log} says why.", log=paths.log_file()))
