"""The GPU runtime of the packaged program: torch and what the model needs beside it, brought here on first need."""

import importlib
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from desktop import paths
from desktop.download.folder_lock import FolderLock
from desktop.download.manifest import read_manifest, size_of
from desktop.engine.api import EngineError
from desktop.frozen import is_frozen
from desktop.language import tr, tr_later
from desktop.runtime.wheels import WheelList, read_list

RUNTIME = "runtime"
"""What it is called where models are called by their ids; its folder has that name too."""

_PART, _GONE = ".part", ".gone"


@dataclass(frozen=True, slots=True)
class Runtime:
    """The packages of a list, in a folder of theirs below that of all models.

    Named by the list's id, it is there whole or not at all: what comes stands in another one beside it.
    """

    wheels: WheelList

    @property
    def id(self) -> str:
        """See RUNTIME."""
        return RUNTIME

    @property
    def name(self) -> str:
        """What people call it."""
        return tr("GPU runtime (torch {version})", version=self.wheels.torch)

    @property
    def gigabytes(self) -> float:
        """About what is downloaded."""
        return self.wheels.size / 1e9

    def folder(self, models: Path) -> Path:
        """Everything of it stands here."""
        return models / RUNTIME

    def place(self, models: Path) -> Path:
        """Python imports from here, once it is installed."""
        return self.folder(models) / self.wheels.id

    def installed(self, models: Path) -> bool:
        """Tell whether it is here."""
        return self.place(models).is_dir()

    def state(self, models: Path) -> str:
        """How it stands on this disk, in words."""
        if self.installed(models):
            return tr("on this disk")
        manifest = read_manifest(self.part(models))
        if manifest is None:
            return tr("not downloaded")
        return tr("{share} % downloaded", share=int(manifest.share_here(self.part(models)) * 100))

    def bytes_here(self, models: Path) -> int:
        """What it takes of this disk, in bytes."""
        if self.installed(models):
            return self.wheels.unpacked
        part = self.part(models)
        return sum(max(size_of(path), 0) for path in part.iterdir()) if part.is_dir() else 0

    def missing_bytes(self, models: Path) -> int:
        """What it still needs of the disk; its files and what they hold are there together for a while."""
        if self.installed(models):
            return 0
        return max(self.wheels.size - self.bytes_here(models), 0) + self.wheels.unpacked

    def activate(self, models: Path) -> None:
        """Let Python import from it where it is here, after all that the program brings itself."""
        place = str(self.place(models))
        if place not in sys.path and self.installed(models):
            sys.path.append(place)
            importlib.invalidate_caches()

    def remove(self, models: Path) -> None:
        """Delete it, also what came of one that is not whole; raises EngineError where it is in use."""
        folder, place = self.folder(models), self.place(models)
        torch = sys.modules.get("torch")
        if torch and Path(torch.__file__ or "").is_relative_to(folder):
            words = tr_later("{model} is in use; quit Shotglass, then run `shotglass models remove {id}`.")
            raise EngineError(tr(words, model=self.name, id=self.id))
        try:
            with FolderLock(folder):
                if place.exists():
                    place.rename(place.with_suffix(_GONE))  # or a part of it could be imported if this is killed
                self.clear(models)
        except OSError as error:
            reason = error.strerror or str(error)
            words = tr_later("Could not remove {folder} ({reason}); close what uses it and try again.")
            raise EngineError(tr(words, folder=folder, reason=reason)) from error
        sys.path[:] = [entry for entry in sys.path if entry != str(place)]
        importlib.invalidate_caches()

    def part(self, models: Path) -> Path:
        """What came of it stands here until it is whole."""
        return self.place(models).with_suffix(_PART)

    def clear(self, models: Path, keep: Path | None = None) -> None:
        """Delete what stands beside the folder to keep: parts, and the runtimes of other versions."""
        for path in self.folder(models).iterdir():
            if path.is_dir() and path != keep:
                shutil.rmtree(path)


def find_runtime() -> Runtime | None:
    """The one for this program; None from the source, whose packages pip installs, and where no list of it ships."""
    wheels = read_list() if is_frozen() else None
    return Runtime(wheels) if wheels else None


def has_torch() -> bool:
    """Tell whether this program can import torch, by itself or from its runtime."""
    if find_spec("torch") is None and (runtime := find_runtime()):
        runtime.activate(paths.models())
    return find_spec("torch") is not None


def missing_runtime() -> Runtime | None:
    """The one that this program needs before a model can answer; None where torch is here, and as above."""
    return None if has_torch() else find_runtime()
