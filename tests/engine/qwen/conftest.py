"""A server that plays both hubs, and a download from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.engine.qwen.download import Download
from desktop.engine.qwen.transfer import Patience
from desktop.engine.qwen.weights import Preset, find_preset
from tests.engine.qwen.hub_server import REPOSITORY, HubServer

HASTE = Patience(tries=3, first_wait_s=0.01, longest_wait_s=0.05, connect_s=2, silence_s=0.5)


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
    return Download(preset, paths.models(), server.hubs, HASTE)
