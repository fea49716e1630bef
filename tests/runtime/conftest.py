"""A package index on loopback, and the runtime that it holds."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.runtime.bringing import bring
from desktop.runtime.runtime import Runtime
from tests.engine.qwen.conftest import HASTE
from tests.engine.qwen.downloaded import quiet
from tests.runtime.index_server import IndexServer


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[IndexServer]:
    """The index; no proxy stands in between, and Python forgets where the runtime was."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("sys.path", [*sys.path])
    with IndexServer() as server:
        yield server


@pytest.fixture
def runtime(index: IndexServer) -> Runtime:
    """What the index holds."""
    return index.runtime


@pytest.fixture
def models() -> Path:
    """The folder of all models."""
    return paths.models()


@pytest.fixture
def come(index: IndexServer, runtime: Runtime, models: Path) -> Callable[[], None]:
    """Brings the runtime."""
    sources = index.sources
    return lambda: bring(runtime, models, sources, quiet, patience=HASTE)
