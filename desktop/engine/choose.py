"""Which engine answers: one by name, or the best that this computer has for "auto"."""

from collections.abc import Callable
from importlib.util import find_spec

from desktop import paths
from desktop.engine.api import Engine, EngineError
from desktop.engine.qwen.weights import PRESETS, Preset, locate
from desktop.gpu import find_gpus


def choose_engine(name: str, model: str = "") -> Engine:
    """The engine of that name, not yet loaded; raises EngineError where it cannot answer here.

    `model` is a preset or a folder for the engine "qwen"; '' is the best preset that is here and fits.
    """
    try:
        make = _ENGINES[name]
    except KeyError:
        raise EngineError(f"There is no engine called {name}; choose one of {', '.join(_ENGINES)}.") from None
    return make(model)


def _best(model: str) -> Engine:
    """The resident model where it is installed and fits, else the embedded OCR."""
    return _resident(model) if model or _fitting_preset() else _embedded(model)


def _resident(model: str) -> Engine:
    from desktop.engine.qwen.engine import QwenEngine

    preset = _fitting_preset()
    return QwenEngine(locate(model or (preset.id if preset else PRESETS[0].id), paths.models()))


def _fitting_preset() -> Preset | None:
    """The first preset that is on this disk and fits this GPU, where torch is installed."""
    memory = max((gpu.memory_gib for gpu in find_gpus()), default=0.0)
    ready = (preset for preset in PRESETS if preset.bits == 16 and memory >= preset.gpu_gib)
    installed = next((preset for preset in ready if preset.installed(paths.models())), None)
    return installed if find_spec("torch") else None


def _embedded(_model: str) -> Engine:
    from desktop.engine.ocr import OcrEngine

    return OcrEngine()


def _fake(_model: str) -> Engine:
    from desktop.engine.fake import FakeEngine

    return FakeEngine()


_ENGINES: dict[str, Callable[[str], Engine]] = {"auto": _best, "qwen": _resident, "ocr": _embedded, "fake": _fake}
