"""Brings the GPU runtime onto this disk: downloaded, checked, unpacked, then there at once and whole."""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from zipfile import BadZipFile

from desktop.download.disk import check_space, writing_to
from desktop.download.download import MARGIN_BYTES, Download, DownloadStopped
from desktop.download.folder_lock import FolderLock
from desktop.download.meter import Meter
from desktop.download.transfer import Patience
from desktop.engine.api import EngineError, Progress
from desktop.language import tr
from desktop.runtime.index import Indexes
from desktop.runtime.runtime import Runtime
from desktop.runtime.unpacking import unpack

_UNPACKED = "unpacked"


def bring(
    runtime: Runtime,
    models: Path,
    sources: Sequence[Indexes],
    progress: Progress,
    stop: Event | None = None,
    *,
    patience: Patience | None = None,
) -> None:
    """Go on where an earlier call ended, until Python can import from it.

    For a thread without an asyncio loop, and for minutes. Setting `stop` from any thread ends it with DownloadStopped.
    Raises EngineError for a full disk, for another one at work, and where no source could give it.
    """
    stop = stop or Event()

    def tell(share: float, words: str) -> None:
        if share < 1:  # what is downloaded is not there yet
            progress(0.9 * share, tr("{words} (GPU runtime)", words=words))

    with FolderLock(runtime.folder(models)):
        if not runtime.installed(models):
            part, needed = runtime.part(models), runtime.wheels.unpacked
            download = Download(runtime.name, part, sources, patience, MARGIN_BYTES + needed)
            download.run(tell, stop)
            with writing_to(part):
                _unpack(runtime, models, progress, stop)
        with suppress(OSError):  # an older one may be in use; the next call comes by again
            runtime.clear(models, keep=runtime.place(models))
    runtime.activate(models)
    progress(1.0, tr("{model} is on this disk", model=runtime.name))


def _unpack(runtime: Runtime, models: Path, progress: Progress, stop: Event) -> None:
    part, wheels = runtime.part(models), runtime.wheels
    fresh = part / _UNPACKED

    def tell(share: float, words: str) -> None:
        progress(0.9 + 0.1 * share, tr("{words} (unpacking the GPU runtime)", words=words))

    meter = Meter(tell, wheels.unpacked)
    meter.doing = runtime.name

    def come(count: int) -> None:
        if stop.is_set():
            raise DownloadStopped(runtime.name)
        meter.add(count)

    try:
        if fresh.exists():
            shutil.rmtree(fresh)
        check_space(runtime.name, part, wheels.unpacked)
        unpack([part / wheel.file for wheel in wheels.wheels], fresh, come)
        _settle()
        fresh.rename(runtime.place(models))
    except BadZipFile as error:
        raise EngineError(tr("{model} holds a package that cannot be unpacked.", model=runtime.name)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _settle() -> None:
    """Wait until the disk holds what was written, so that a power cut leaves nothing empty behind a new name."""
    if sys.platform != "win32":
        os.sync()
