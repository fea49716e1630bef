"""Writing files so that a crash or a full disk never leaves half of one behind."""

import errno
import os
import tempfile
from pathlib import Path

from desktop.errors import UserError
from desktop.language import tr, tr_later

_CURES = {
    errno.ENOSPC: tr_later("the disk is full; free some space or choose another folder"),
    errno.EDQUOT: tr_later("your disk quota is used up; free some space or choose another folder"),
    errno.EACCES: tr_later("you may not write there; change its permissions or choose another folder"),
    errno.EPERM: tr_later("you may not write there; change its permissions or choose another folder"),
    errno.EROFS: tr_later("that disk is read-only; choose another folder"),
    errno.EFBIG: tr_later("the file would be larger than is allowed here; choose another folder"),
    errno.ENOTDIR: tr_later("part of that path is a file; choose another folder"),
    errno.EEXIST: tr_later("part of that path is a file; choose another folder"),
    errno.EISDIR: tr_later("that is a folder; give a file name"),
    errno.ENAMETOOLONG: tr_later("the name is too long; choose a shorter one"),
}


def write_atomically(path: Path, data: bytes, private: bool = False) -> None:
    """Put `data` at `path` whole or not at all, making its folder; raises UserError with the cure.

    A link stays and its target is replaced; a device or a pipe is written to as it is. A `private` file can be read by
    nobody else.
    """
    try:
        path = Path(os.path.realpath(path))
        if path.exists() and not (path.is_file() or path.is_dir()):
            path.write_bytes(data)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o600 if private else _mode(path))
            os.replace(temporary, path)  # noqa: PTH105 - atomic on every system
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        cure = tr(_CURES[error.errno]) if error.errno in _CURES else error.strerror or str(error)
        raise UserError(tr("Could not save {path}: {cure}.", path=path, cure=cure)) from error


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or the usual ones."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
