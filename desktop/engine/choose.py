"""Which engine answers: one by name, or the best that this computer has for "auto"."""

from collections.abc import Callable

from desktop.engine.api import Engine, EngineError


def choose_engine(name: str) -> Engine:
    """The engine of that name, not yet loaded; raises EngineError where it cannot answer here."""
    try:
        return _ENGINES[name]()
    except KeyError:
        raise EngineError(f"There is no engine called {name}; choose one of {', '.join(_ENGINES)}.") from None


def _embedded() -> Engine:
    from desktop.engine.ocr import OcrEngine

    return OcrEngine()


def _fake() -> Engine:
    from desktop.engine.fake import FakeEngine

    return FakeEngine()


_ENGINES: dict[str, Callable[[], Engine]] = {"auto": _embedded, "ocr": _embedded, "fake": _fake}
