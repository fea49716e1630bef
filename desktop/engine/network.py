"""One ONNX network on the CPU whose run can be ended from another thread."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import psutil
from numpy.typing import NDArray

from desktop.engine.api import EngineError
from desktop.language import tr, tr_later

MOST_THREADS = 8  # these networks are too small to use more
MISSING = tr_later(
    "The embedded OCR models are missing from this installation; install Shotglass again to get them back."
)


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The job whose step runs was cancelled."""


class Stop:
    """Ends a job's runs: thread-safe, once, and for all runs that follow."""

    def __init__(self) -> None:
        self.options = onnxruntime.RunOptions()

    def set(self) -> None:
        """End the run under way and refuse later ones."""
        self.options.terminate = True

    def check(self) -> None:
        """Raise Cancelled once `set` was called."""
        if self.options.terminate:
            raise Cancelled


def threads() -> int:
    """Physical cores that this process may use; more threads than that only disturb each other."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(psutil.cpu_count(logical=False) or allowed, allowed, MOST_THREADS))


def model_file(name: str) -> Path:
    """A model inside the rapidocr wheel, found without importing that package. Raises EngineError."""
    spec = find_spec("rapidocr")
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    for folder in folders:
        if (file := Path(folder, "models", name)).is_file():
            return file
    raise EngineError(tr(MISSING))


class Network:
    """A network with one input and one output."""

    def __init__(self, file: Path) -> None:
        """Read the network. Raises EngineError where the file is damaged."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads()
        options.enable_cpu_mem_arena = False  # pictures differ in size, so an arena only grows
        options.log_severity_level = 4  # a run that is ended would be logged as an error
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # idle threads sleep
        try:
            self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has no public base class of its errors
            raise EngineError(tr(MISSING)) from error
        self._input = self._session.get_inputs()[0].name

    @property
    def metadata(self) -> dict[str, str]:
        """What the file says about itself."""
        found: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        return found

    def run(self, values: NDArray[np.float32], stop: Stop) -> NDArray[np.float32]:
        """Compute the output. Raises Cancelled within milliseconds of `stop.set()`, even in the middle."""
        stop.check()
        try:
            outputs: list[Any] = self._session.run(None, {self._input: values}, stop.options)
        except Exception:
            stop.check()
            raise
        result: NDArray[np.float32] = outputs[0]
        return result
