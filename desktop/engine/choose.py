"""Which engine answers: one by name, or the best that this computer has for "auto"."""

from collections.abc import Callable
from pathlib import Path

from desktop import paths
from desktop.engine.api import Engine, EngineName
from desktop.engine.fallback import FallbackEngine
from desktop.engine.qwen.weights import PRESETS, Preset, locate
from desktop.gpu import free_gpu_gb, gpu_memory_gb, unpacks_fast, wanted_gpu
from desktop.runtime.runtime import has_torch
from desktop.settings import Settings


def choose_engine(settings: Settings) -> Engine:
    """The engine that the settings name, not yet loaded; raises EngineError where it cannot answer here."""
    return _ENGINES[settings.engine](settings)


def _best(settings: Settings) -> Engine:
    """The resident model where it is installed and fits, then the server that the user entered, then the embedded OCR.

    Each is in reserve for the one before.
    """
    engine = _embedded(settings)
    if any(settings.servers):
        engine = FallbackEngine(_remote(settings), engine)
    if settings.model or _fitting_preset():
        engine = FallbackEngine(_resident(settings), engine)
    return engine


def _resident(settings: Settings) -> Engine:
    from desktop.engine.qwen.engine import QwenEngine

    has_torch()  # of a packaged program's runtime, which Python has to be told of
    preset = _fitting_preset()
    folder = locate(settings.model or (preset.id if preset else PRESETS[0].id), paths.models())
    return QwenEngine(folder, settings, _embedded(settings))


def engine_of_this_computer(settings: Settings) -> EngineName:
    """The engine that answers without a server."""
    return "qwen" if settings.model or _fitting_preset() else "ocr"


def fitting_presets() -> list[Preset]:
    """The presets that fit into what is free of this computer's GPU, the best first."""
    free = free_gpu_gb()
    return [preset for preset in quick_presets() if free >= preset.gpu_gb]


def quick_presets() -> list[Preset]:
    """The presets whose weights are not unpacked anew for each token here."""
    return [preset for preset in PRESETS if preset.bits == 16 or unpacks_fast()]


def least_gpu_gb() -> int:
    """What the smallest model needs free of the kind of GPU that this system's computers can have."""
    unpacks = wanted_gpu().unpacks
    return min(preset.gpu_gb for preset in PRESETS if preset.bits == 16 or unpacks)


def _fitting_preset() -> Preset | None:
    """The first preset that is on this disk and that this GPU can hold, used or not, where torch is installed."""
    memory = gpu_memory_gb()
    fitting = (preset for preset in PRESETS if memory >= preset.gpu_gb)
    installed = next((preset for preset in fitting if preset.installed(paths.models())), None)
    return installed if has_torch() else None


def _embedded(_settings: Settings) -> Engine:
    from desktop.engine.ocr import OcrEngine

    return OcrEngine()


def _remote(settings: Settings) -> Engine:
    from desktop.engine.remote.engine import RemoteEngine

    return RemoteEngine(settings)


def _fake(settings: Settings) -> Engine:
    """Its model is a folder of recorded answers."""
    from desktop.engine.fake import FakeEngine, replay

    return FakeEngine(replay(Path(settings.model))) if settings.model else FakeEngine()


_ENGINES: dict[str, Callable[[Settings], Engine]] = {
    "auto": _best,
    "qwen": _resident,
    "ocr": _embedded,
    "remote": _remote,
    "fake": _fake,
}
