"""Brings everything that a model needs, the GPU runtime where it is missing, then the weights; and removes it."""

import os
from pathlib import Path
from threading import Event

from desktop import paths
from desktop.download.disk import check_space
from desktop.engine.api import Progress
from desktop.engine.qwen import weights
from desktop.engine.qwen.download import download_of
from desktop.engine.qwen.hubs import choose_hubs
from desktop.engine.qwen.weights import Preset
from desktop.runtime.bringing import bring
from desktop.runtime.index import sources_of
from desktop.runtime.runtime import Runtime, missing_runtime
from desktop.settings import Settings


def fetch(wanted: Preset | Runtime, settings: Settings, progress: Progress, stop: Event | None = None) -> None:
    """Bring what is not here; `stop` as in Download. Raises EngineError."""
    models = paths.models()
    if isinstance(wanted, Runtime):
        bring(wanted, models, sources_of(wanted.wheels, settings.runtime_index), progress, stop)
        return
    runtime = missing_runtime()
    first = runtime.gigabytes / (runtime.gigabytes + wanted.gigabytes) if runtime else 0.0
    if runtime:
        sources = sources_of(runtime.wheels, settings.runtime_index)
        check_space(wanted.name, models, _missing_bytes(wanted, models) + runtime.missing_bytes(models))
        bring(runtime, models, sources, lambda share, words: progress(first * share, words), stop)
    download = download_of(wanted, models, choose_hubs(settings.hub, os.environ))
    download.run(lambda share, words: progress(first + share * (1 - first), words), stop)


def _missing_bytes(preset: Preset, models: Path) -> int:
    """About what a preset still needs of the disk."""
    return 0 if preset.installed(models) else max(int(preset.gigabytes * 1e9) - preset.bytes_here(models), 0)


def remove(unwanted: Preset | Runtime) -> None:
    """Delete everything of it; raises EngineError where it is in use or the disk does not let it."""
    if isinstance(unwanted, Runtime):
        unwanted.remove(paths.models())
    else:
        weights.remove(unwanted, paths.models())
