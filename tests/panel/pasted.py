"""What another program of the desktop pastes, by type."""

import subprocess
import tempfile

from pytestqt.qtbot import QtBot

from tests.xserver import XServer


def pasted(xserver: XServer, qtbot: QtBot, kind: str) -> bytes:
    """The clipboard in that MIME type; this process owns it and answers meanwhile."""
    command = ["xclip", "-out", "-selection", "clipboard", "-target", kind]
    with tempfile.TemporaryFile() as out:
        program = subprocess.Popen(command, env=xserver.environment, stdout=out, stderr=subprocess.DEVNULL)
        qtbot.waitUntil(lambda: program.poll() is not None)
        out.seek(0)
        return out.read()
