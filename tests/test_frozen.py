"""What the packaged program says of what it does not hold: never to install something into it."""

import sys
from collections.abc import Iterator

import pytest

from desktop import desktop_entry, model_offer
from desktop.engine.qwen.engine import torch_lack
from desktop.engine.qwen.weights import PRESETS
from desktop.frozen import NO_PREVIEW, NO_TORCH
from desktop.panel.html import lack
from desktop.runtime import runtime
from desktop.settings import Settings


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A program that came as a package without torch, a list of its files, and the preview's engine."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(runtime, "read_list", lambda: None)
    for module in (runtime, lack):
        monkeypatch.setattr(module, "find_spec", lambda _name: None)
    lack._find_lack.cache_clear()
    yield
    lack._find_lack.cache_clear()


@pytest.mark.usefixtures("frozen")
def test_a_package_names_what_works_instead() -> None:
    assert torch_lack() == NO_TORCH
    assert lack.preview_lack() == NO_PREVIEW
    assert "pip install" not in NO_TORCH + NO_PREVIEW


@pytest.mark.usefixtures("frozen")
def test_a_package_offers_no_download_that_it_could_not_use() -> None:
    work = model_offer.offer_download(PRESETS[0], Settings())
    assert work.agree == ""
    assert NO_TORCH in work.words


@pytest.mark.usefixtures("frozen")
def test_the_entry_of_a_package_starts_the_program_itself() -> None:
    desktop_entry.install()
    assert f'TryExec={sys.executable}\nExec="{sys.executable}"\n' in desktop_entry.entry_file().read_text()


def test_from_its_source_it_names_the_extra() -> None:
    assert "pip install shotglass[qwen]" in torch_lack()
