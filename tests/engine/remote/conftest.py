"""A server on loopback, and engines that ask it."""

from collections.abc import Iterator

import pytest

from desktop.engine.remote.keys import VARIABLE
from tests.engine.remote.openai_server import OpenAIServer


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no proxy of the computer that the tests run on."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def openai() -> Iterator[OpenAIServer]:
    with OpenAIServer() as server:
        yield server
