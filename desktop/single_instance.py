"""One app a user: the first start listens, a second one hands its command over and ends."""

import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.command import Command
from desktop.errors import UserError
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

ELSEWHERE = tr_later("Shotglass runs in another session of yours, where you do not see it: quit it there first.")


class SingleInstance(QObject):
    """Holds the lock and the socket at `path`; `commanded` brings what other starts ask for.

    `accepts` names why a command cannot be taken, or ''. The lock tells who is alive, so a socket left behind by a
    crash is taken over.
    """

    commanded = Signal(Command)

    def __init__(self, path: Path, accepts: Callable[[Command], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._accepts = accepts
        self._lock = QLockFile(str(path.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def start(self) -> bool:
        """Become the one that runs; False where another one does. Raises UserError where neither can be."""
        with suppress(OSError):  # the lock will say so
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                return False
            folder = self._path.parent
            raise UserError(
                tr("Shotglass cannot write to {folder}; make that folder yours and start again.", folder=folder)
            )
        address = self._address()
        QLocalServer.removeServer(address)
        if not self._server.listen(address):
            reason = self._server.errorString()
            raise UserError(tr("Shotglass cannot listen at {address}: {reason}.", address=address, reason=reason))
        return True

    def stop(self) -> None:
        """Let another start take over."""
        self._server.close()
        self._lock.unlock()

    def _welcome(self) -> None:
        while connection := self._server.nextPendingConnection():
            connection.readyRead.connect(lambda c=connection: self._read(c))
            connection.disconnected.connect(connection.deleteLater)

    def _read(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            return
        try:
            command = Command.decode(bytes(connection.readLine().data()))
            refusal = self._accepts(command) or self._unseen(command, connection)
        except ValueError as error:
            log.warning("not a command: %s", error)
            command, refusal = Command(), tr("Shotglass did not understand that; are two versions installed?")
        connection.write(f"{refusal or 'ok'}\n".encode())
        connection.flush()
        connection.disconnectFromServer()
        if not refusal:
            self.commanded.emit(command)

    def _address(self) -> str:
        if sys.platform == "win32":
            from desktop.pipe import pipe_name

            return pipe_name(self._path)
        return str(self._path)

    def _unseen(self, command: Command, connection: QLocalSocket) -> str:
        """Why a command that opens a window is of no use, or ''."""
        if sys.platform == "win32" and command.verb in ("open", "capture"):
            from desktop.pipe import in_other_session

            return tr(ELSEWHERE) if in_other_session(int(connection.socketDescriptor())) else ""
        return ""
