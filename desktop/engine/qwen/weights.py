"""The Qwen2.5-VL checkpoints that Shotglass knows, and which of them stand on this disk."""

import json
import logging
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from desktop.download.checksum import Checksums, chunks_of
from desktop.download.folder_lock import FolderLock
from desktop.download.manifest import Manifest, Record, State, read_manifest, size_of
from desktop.engine.api import EngineError, Progress
from desktop.errors import UserError
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

_SHARD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.safetensors")


@dataclass(frozen=True, slots=True)
class Preset:
    """A checkpoint. `parameters` in billions; `gpu_gb` of the GPU should be free, `gigabytes` is about its disk."""

    id: str
    repository: str
    parameters: float
    bits: int
    gpu_gb: int
    gigabytes: float

    @property
    def name(self) -> str:
        """The repository without its owner."""
        return self.repository.rpartition("/")[2]

    def folder(self, models: Path) -> Path:
        """Where it stands below the folder of all models."""
        return models / self.name

    def installed(self, models: Path) -> bool:
        """Tell whether every file that belongs to it is there; the bytes are not looked at."""
        folder = self.folder(models)
        manifest = read_manifest(folder)
        return not missing_files(folder) and (manifest is None or manifest.complete(folder))

    def state(self, models: Path) -> str:
        """How it stands on this disk, in words; `verify` looks closer."""
        folder = self.folder(models)
        manifest = read_manifest(folder)
        if self.installed(models):
            return tr("on this disk")
        if manifest is None:
            return tr("not downloaded")
        if manifest.complete(folder) or any(_broken(record, folder) for record in manifest.files):
            return tr("damaged")
        return tr("{share} % downloaded", share=int(manifest.share_here(folder) * 100))

    def bytes_here(self, models: Path) -> int:
        """What it takes of this disk, in bytes."""
        folder = self.folder(models)
        return sum(max(size_of(path), 0) for path in folder.iterdir()) if folder.is_dir() else 0


PRESETS = (
    Preset("7b", "Qwen/Qwen2.5-VL-7B-Instruct", 8.3, 16, 20, 16.6),
    Preset("7b-awq", "Qwen/Qwen2.5-VL-7B-Instruct-AWQ", 8.3, 4, 10, 6.9),
    Preset("3b", "Qwen/Qwen2.5-VL-3B-Instruct", 3.8, 16, 10, 7.5),
    Preset("3b-awq", "Qwen/Qwen2.5-VL-3B-Instruct-AWQ", 3.8, 4, 6, 3.4),
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a file: "missing", "wrong size" or "wrong bytes"."""

    name: str
    what: str


def find_preset(name: str) -> Preset | None:
    """The preset of an id, a name or a repository, in capitals or not."""
    wanted = name.lower()
    return next((p for p in PRESETS if wanted in (p.id, p.name.lower(), p.repository.lower())), None)


def locate(model: str, models: Path) -> Path:
    """The folder of a preset or of any checkpoint on this disk; raises EngineError that names what is missing."""
    try:
        return _look_for(model, models)
    except (OSError, RuntimeError) as error:  # no permission, no such user behind "~", a name that is too long
        raise EngineError(tr("{file} cannot be read; name a folder that you may read.", file=model)) from error


def _look_for(model: str, models: Path) -> Path:
    preset = find_preset(model)
    folder = preset.folder(models) if preset else Path(model).expanduser()
    if preset and not preset.installed(models):
        words = tr_later("{model} is {state}; run `shotglass models download {id}` first.")
        raise EngineError(tr(words, model=preset.name, state=preset.state(models), id=preset.id))
    if not folder.is_dir():
        known = ", ".join(p.id for p in PRESETS)
        words = tr_later("{file} is no folder; name one that holds a Qwen2.5-VL checkpoint, or one of {known}.")
        raise EngineError(tr(words, file=model, known=known))
    if missing := missing_files(folder):
        words = tr_later("{folder} is no whole checkpoint: {file} is missing; copy the whole folder again.")
        raise EngineError(tr(words, folder=folder, file=missing[0]))
    return folder


def missing_files(folder: Path) -> list[str]:
    """The names of the files that a checkpoint needs, by its own index, and that are not there."""
    return [name for name in ("config.json", *_shards(folder)) if not (folder / name).is_file()]


def _shards(folder: Path) -> Iterable[str]:
    """The files of weights; the single one where no index can be read."""
    try:
        index = json.loads((folder / "model.safetensors.index.json").read_text("utf-8"))
        names = sorted({str(name) for name in index["weight_map"].values()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        names = []
    inside = all(_SHARD.fullmatch(name) for name in names)
    return names if names and inside else ("model.safetensors",)


def verify(folder: Path, progress: Progress, stop: Event | None = None) -> list[Flaw]:
    """Compare every byte with the stored checksums; the files that are not as they came. For seconds to minutes.

    Bad files are remembered, so that the next download brings them again. `stop` ends it early. Raises EngineError
    where no checksums are stored.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise EngineError(
            tr("There are no checksums in {folder}; only what Shotglass downloaded can be verified.", folder=folder)
        )
    flaws, done = [], 0
    for record in manifest.files:
        progress(done / max(manifest.size, 1), record.name)
        if record.state is State.WANTED:
            what = "missing"
        else:
            what = _compare(record, folder, stop or Event())
            manifest = manifest.replace(record.model_copy(update={"state": State.BAD if what else State.WHOLE}))
        flaws += [Flaw(record.name, what)] if what else []
        done += record.size
    if not (stop and stop.is_set()):
        _remember(manifest, folder)
    return flaws


def _compare(record: Record, folder: Path, stop: Event) -> str:
    """What is wrong with a file, or ''."""
    path = folder / record.name
    if (size := size_of(path)) != record.size:
        return "missing" if size < 0 else "wrong size"
    sums = Checksums()
    try:
        for chunk in chunks_of(path):
            if stop.is_set():
                return ""
            sums.update(chunk)
    except OSError as error:
        return f"unreadable ({error.strerror})"
    return "" if sums.sha256 == record.sha256 else "wrong bytes"


def _remember(manifest: Manifest, folder: Path) -> None:
    if manifest != read_manifest(folder):
        try:
            manifest.write(folder)
        except UserError as error:
            log.warning("what verify found is not kept: %s", error)


def remove(preset: Preset, models: Path) -> None:
    """Delete everything of a preset; raises EngineError where a download runs or the disk does not let it."""
    folder = preset.folder(models)
    if folder.is_symlink():
        folder.unlink()  # what it points to is the user's own
        return
    try:
        with FolderLock(folder) as lock:
            for path in folder.iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                elif path != lock.path:
                    path.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise EngineError(
            tr("Could not remove {folder} ({reason}); close what uses it and try again.", folder=folder, reason=reason)
        ) from error


def _broken(record: Record, folder: Path) -> bool:
    """Tell whether a file that came whole is not what it was."""
    return record.state is State.BAD or (record.state is State.WHOLE and record.bytes_here(folder) != record.size)
