"""What is offered: the model that suits this computer, with its price."""

from pathlib import Path

import pytest

from desktop import gpu, paths
from desktop.engine.qwen.weights import PRESETS, Preset, find_preset
from desktop.gpu import Gpu
from desktop.model_offer import offer_best, offer_download, offer_removal
from desktop.model_work import Stage
from desktop.settings import Settings
from tests.test_model_list import pretend_driver


def install(preset: Preset) -> None:
    """Let a model stand on this disk."""
    folder = preset.folder(paths.models())
    folder.mkdir(parents=True)
    for name in ("config.json", "model.safetensors"):
        (folder / name).write_bytes(b"1234")


@pytest.mark.parametrize(
    ("mebibytes", "model", "words"),
    [
        (23900, "7b", "The best for this computer's GPU."),
        (15800, "7b-awq", "The best for this computer's GPU."),
        (9600, "7b-awq", "The best for this computer's GPU."),
        (7600, "3b-awq", "The best for this computer's GPU."),
        (5800, "3b-awq", "The best for this computer's GPU."),
        (3900, "3b-awq", "Not advised: it needs 6 GB of GPU memory, and 4.1 GB are free."),
        (0, "3b", "Not advised: without an NVIDIA GPU of the RTX 30 series or newer it answers very slowly."),
    ],
)
def test_the_best_that_fits_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mebibytes: int, model: str, words: str
) -> None:
    """By what is free: a large card that others use is a small one."""
    pretend_driver(tmp_path, monkeypatch, f"echo 'Some GPU, 24576, {mebibytes}, 8.0'" if mebibytes else "exit 9")
    offer = offer_best(Settings())
    assert (offer.verb, offer.model, offer.stage, offer.agree) == ("download", model, Stage.OFFERED, "Download")
    assert offer.words.startswith(words)


@pytest.mark.parametrize(
    ("free_gib", "model", "words"),
    [(20.0, "7b", "The best"), (10.0, "3b", "The best"), (6.0, "3b", "Not advised: it needs 10 GB of GPU memory")],
)
def test_a_mac_is_offered_whole_weights(
    free_gib: float, model: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of few bits it would unpack for every token; who asks for them is told whether they fit."""
    monkeypatch.setattr(gpu, "find_gpus", lambda: [Gpu("Apple silicon", 24.0, free_gib, unpacks=False)])
    offer = offer_best(Settings())
    assert (offer.model, offer.words.startswith(words)) == (model, True)
    packed = find_preset("3b-awq")
    assert packed
    assert offer_download(packed, Settings()).words.startswith("It fits this computer's GPU.")


def test_the_price_is_said() -> None:
    """Size, both hubs in their order, the folder and what is free there."""
    preset = find_preset("3b")
    assert preset
    folder = preset.folder(paths.models())
    words = offer_download(preset, Settings(hub="modelscope")).words
    assert "7.5 GB from ModelScope (where it fails: Hugging Face)" in words
    assert f"{folder}; " in words
    assert words.endswith("are free there.")
    folder.mkdir(parents=True)
    (folder / "model.safetensors.part").write_bytes(bytes(2_000_000))
    assert "2 MB of it are already" in offer_download(preset, Settings()).words


def test_a_folder_at_home_is_short(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME")
    assert "~/.local/share/shotglass/models/Qwen2.5-VL-3B-Instruct" in offer_best(Settings()).words


def test_what_is_here_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fitting model on this disk comes before a better one that is not."""
    pretend_driver(tmp_path, monkeypatch, "echo 'Large, 81920, 81000, 8.0'")
    small = find_preset("3b")
    assert small
    install(small)
    offer = offer_best(Settings())
    assert (offer.model, offer.agree) == ("3b", "Use it")
    assert "It fits" in offer.words


def test_without_torch_the_cure_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.runtime.runtime.find_spec", lambda _name: None)
    assert "shotglass[qwen]" in offer_best(Settings()).words


def test_removal_says_what_goes() -> None:
    install(PRESETS[0])
    offer = offer_removal(PRESETS[0])
    assert offer.title == f"Remove {PRESETS[0].name}?"
    assert offer.words.startswith("8 bytes in ")
