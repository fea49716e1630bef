"""Small checkpoints in both engines; a server that plays both hubs, and a download from it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop import paths
from desktop.download.download import Download
from desktop.download.transfer import Patience
from desktop.engine.qwen.download import download_of
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.weights import Preset, find_preset
from tests.engine.qwen.hub_server import REPOSITORY, HubServer

if TYPE_CHECKING:  # torch and transformers take seconds
    from desktop.engine.qwen.model import QwenModel
    from tests.engine.qwen.asked import Asked
    from tests.engine.qwen.checkpoints import Reference

HASTE = Patience(tries=3, first_wait_s=0.01, longest_wait_s=0.05, connect_s=60, silence_s=60)


@pytest.fixture(scope="session")
def references(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, "Reference"]:
    """Both kinds of checkpoint on disk and in transformers; whoever changes one changes a copy."""
    from tests.engine.qwen.checkpoints import Reference, make_checkpoint

    folders = {kind: tmp_path_factory.mktemp(kind) for kind in ("untied", "tied")}
    return {kind: Reference(make_checkpoint(folder, tied=kind == "tied")) for kind, folder in folders.items()}


@pytest.fixture
def kind() -> str:
    """Which checkpoint is meant."""
    return "untied"


@pytest.fixture
def reference(references: Mapping[str, "Reference"], kind: str) -> "Reference":
    """The checkpoint in transformers."""
    return references[kind]


@pytest.fixture
def checkpoint(reference: "Reference") -> Path:
    """The checkpoint on disk."""
    return reference.folder


@pytest.fixture
def model(checkpoint: Path) -> "QwenModel":
    """The checkpoint in our engine."""
    from desktop.engine.qwen.model import QwenModel

    return QwenModel.load(checkpoint, lambda _share, _words: None)


@pytest.fixture
def asked(model: "QwenModel", reference: "Reference") -> "Asked":
    """Asks both."""
    from tests.engine.qwen.asked import Asked

    return Asked(model, reference)


@pytest.fixture
def engine(checkpoint: Path) -> QwenEngine:
    """The engine with its model loaded."""
    engine = QwenEngine(checkpoint)
    engine.load(lambda _share, _words: None)
    return engine


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """Both hubs; no proxy stands in between."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HubServer() as server:
        yield server


@pytest.fixture
def preset() -> Preset:
    """The preset that the server holds."""
    found = find_preset(REPOSITORY)
    assert found
    return found


@pytest.fixture
def folder(preset: Preset) -> Path:
    """Where it is downloaded to."""
    return preset.folder(paths.models())


@pytest.fixture
def download(server: HubServer, preset: Preset) -> Download:
    """A download that waits for nothing long."""
    return download_of(preset, paths.models(), server.hubs, HASTE)
