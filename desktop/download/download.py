"""Brings files onto this disk, from one place or another, whole and checked."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import httpx

from desktop.download.checksum import chunks_of
from desktop.download.disk import check_space
from desktop.download.folder_lock import FolderLock
from desktop.download.manifest import Manifest, Record, State, read_manifest, size_of
from desktop.download.meter import Meter
from desktop.download.source import HubError, RemoteFile, Source
from desktop.download.transfer import Patience, Transfer
from desktop.engine.api import EngineError, Progress
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

MARGIN_BYTES = 256 << 20
_CANCEL_LATENCY_S = 0.05


class DownloadStopped(EngineError):  # noqa: N818 - the user's wish, not a failure
    """The user stopped the download of what people call `name`; what is here is kept."""

    def __init__(self, name: str) -> None:
        words = tr_later("The download of {model} was stopped; what came is kept, and the next download goes on there.")
        super().__init__(tr(words, model=name))


class Download:
    """What people call `name`, into a folder; `sources` are tried in order, `margin_bytes` of the disk stay free."""

    def __init__(
        self,
        name: str,
        folder: Path,
        sources: Sequence[Source],
        patience: Patience | None = None,
        margin_bytes: int = MARGIN_BYTES,
    ) -> None:
        self._name = name
        self._folder = folder
        self._sources = sources
        self._patience = patience or Patience()
        self._margin_bytes = margin_bytes

    def run(self, progress: Progress, stop: Event | None = None) -> Path:
        """Bring what is missing; the folder. For a thread without an asyncio loop, and for minutes.

        Goes on where an earlier download ended. Setting `stop` from any thread ends it within 100 ms with
        DownloadStopped. Raises EngineError for a full disk, for another download into the folder, and where no
        source could give the files.
        """
        try:
            with FolderLock(self._folder):
                manifest = read_manifest(self._folder)
                if not (manifest and manifest.complete(self._folder)):
                    asyncio.run(self._bring_until(stop or Event(), progress))
        except OSError as error:
            reason = error.strerror or str(error)
            words = tr_later("Shotglass cannot use {folder} ({reason}); make that folder yours.")
            raise EngineError(tr(words, folder=self._folder, reason=reason)) from error
        return self._folder

    async def _bring_until(self, stop: Event, progress: Progress) -> None:
        """Bring the files, or end when `stop` is set."""
        task = asyncio.current_task()

        async def watch() -> None:
            while not stop.is_set():
                await asyncio.sleep(_CANCEL_LATENCY_S)
            if task:
                task.cancel()

        watcher = asyncio.create_task(watch())
        try:
            await self._bring(progress)
        except asyncio.CancelledError:
            if not stop.is_set():
                raise
            raise DownloadStopped(self._name) from None
        finally:
            watcher.cancel()

    async def _bring(self, progress: Progress) -> None:
        failures: list[str] = []
        async with _connect(self._patience) as client:
            for source in self._sources:
                progress(0.0, _asking(source.title, failures))
                try:
                    return await self._bring_from(source, client, progress)
                except HubError as error:
                    failures.append(error.told_of(source.title))
                    log.warning("%s: %s: %s", self._name, source.title, error)
        words = tr_later(
            "{model} could not be downloaded because {failures}; "
            "check the connection and start the download again, it goes on where it ended."
        )
        raise EngineError(tr(words, model=self._name, failures=tr(" and ").join(failures)))

    async def _bring_from(self, source: Source, client: httpx.AsyncClient, progress: Progress) -> None:
        """Bring every file from one source; raises HubError where it fails."""
        asking = Transfer(client, self._patience, Meter(progress, 1))
        places = await source.find(asking.read)
        progress(0.0, tr("Checking what is here"))
        earlier = read_manifest(self._folder)
        records = [await self._look_at(file, earlier) for file, _address in places]
        manifest = Manifest(source=source.id, files=tuple(records))
        if missing := sum(record.size - record.bytes_here(self._folder) for record in records):
            check_space(self._name, self._folder, missing + self._margin_bytes)
        manifest.write(self._folder)
        meter = Meter(progress, manifest.size)
        meter.start_at(sum(record.bytes_here(self._folder) for record in manifest.files))
        transfer = Transfer(client, self._patience, meter)
        for (file, address), record in zip(places, records, strict=True):
            if record.state is not State.WHOLE:
                sha256 = await transfer.fetch(address, file, self._folder)
                manifest = manifest.replace(Record(name=file.name, size=file.size, sha256=sha256, state=State.WHOLE))
                manifest.write(self._folder)
        progress(1.0, tr("{model} is on this disk", model=self._name))

    async def _look_at(self, file: RemoteFile, earlier: Manifest | None) -> Record:
        """What is here of a listed file; one that was found bad goes."""
        path = self._folder / file.name
        known = earlier.find(file.name) if earlier else None
        wanted = Record(name=file.name, size=file.size, sha256=file.sha256)
        if known and known.state is State.BAD:
            path.unlink(missing_ok=True)
        if size_of(path) != file.size:
            return wanted
        if known and known.state is State.WHOLE and known.sha256 == file.sha256:
            return known
        sums = file.begin_checksums()
        for chunk in chunks_of(path):
            sums.update(chunk)
            await asyncio.sleep(0)  # lets a cancel in
        found = wanted.model_copy(update={"sha256": sums.sha256, "state": State.WHOLE})
        return found if file.matches(sums) else wanted


def _asking(hub: str, failures: Sequence[str]) -> str:
    """What is being done while a hub is asked, after others have failed or as the first."""
    if failures:
        return tr("{failure}; asking {hub}", failure=failures[-1], hub=hub)
    return tr("Asking {hub}", hub=hub)


def _connect(patience: Patience) -> httpx.AsyncClient:
    """A client for bytes as they are on the hub; raises EngineError where the proxy's settings cannot be used."""
    try:
        return httpx.AsyncClient(
            timeout=httpx.Timeout(patience.silence_s, connect=patience.connect_s),
            follow_redirects=True,
            headers={"User-Agent": "shotglass", "Accept-Encoding": "identity"},
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        log.warning("proxy settings: %s", error)
        raise EngineError(
            tr("Shotglass cannot use the proxy that this computer sets; set HTTPS_PROXY to an http:// address.")
        ) from error
