"""The list of models: what fits this computer and what stands on its disk."""

import json
from pathlib import Path

import psutil
import pytest

from desktop import paths
from desktop.engine.qwen.weights import PRESETS
from desktop.gpu import Gpu, apple_gpus, find_gpus
from desktop.model_list import list_models, print_models


def pretend_driver(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a driver's program on PATH, alone."""
    program = folder / "nvidia-smi"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize(
    ("script", "gpus"),
    [
        (
            "echo 'NVIDIA H200, 143771, 143000, 9.0'; echo 'NVIDIA T4, 15360, 15000, 7.5'",
            [Gpu("NVIDIA H200", 143771 / 1024, 143000 / 1024), Gpu("NVIDIA T4", 15, 15000 / 1024, able=False)],
        ),
        ("echo 'Odd, one, 8192, 4096, [N/A]'; echo 'NVIDIA GB10, [N/A], [N/A], 12.1'", [Gpu("Odd, one", 8, 4)]),
        ("echo 'NVIDIA-SMI has failed'; exit 9", []),
        ("echo 'No devices were found'", []),
    ],
)
def test_the_driver_is_believed_where_it_makes_sense(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, gpus: list[Gpu]
) -> None:
    """GPUs are listed with their memory; a driver that fails means none."""
    pretend_driver(tmp_path, monkeypatch, script)
    assert find_gpus() == gpus


def test_without_a_driver_there_is_no_gpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without a GPU is no error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_gpus() == []
    assert {row.fits for row in list_models()} == {"yes", "no GPU"}


@pytest.mark.parametrize(
    ("machine", "version", "gpus"),
    [
        ("arm64", "15.1.1", (Gpu("Apple silicon", 16, 15, unpacks=False),)),
        ("arm64", "13.6", (Gpu("Apple silicon", 16, 15, able=False, unpacks=False),)),
        ("x86_64", "15.1", ()),
    ],
)
def test_a_mac_lends_two_thirds_of_its_memory(
    machine: str, version: str, gpus: tuple[Gpu, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the GPU of its chip; before macOS 14 that had no bfloat16."""
    memory = psutil.virtual_memory()._replace(total=24 << 30, available=15 << 30)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    apple_gpus.cache_clear()
    assert apple_gpus(machine, version) == gpus
    apple_gpus.cache_clear()


def test_a_model_fits_where_its_memory_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The GPU with most free memory that can compute it counts; the embedded OCR always fits and is always ready."""
    cards = ("Small, 4096, 4000, 8.6", "Large, 12288, 11264, 8.9", "Full, 24576, 1024, 8.9", "Old, 49152, 49000, 7.5")
    pretend_driver(tmp_path, monkeypatch, "; ".join(f"echo '{card}'" for card in cards))
    rows = {row.id: row for row in list_models()}
    assert (rows["ocr"].fits, rows["ocr"].state) == ("yes", "ready")
    assert rows["7b"].fits == "no, 11.8 GB are free"
    assert rows["7b-awq"].fits == rows["3b"].fits == "yes"
    assert {row.state for row in rows.values() if row.id != "ocr"} == {"not downloaded"}


@pytest.mark.parametrize(
    "index", ["", "[]", '{"weight_map": 5}', '{"weight_map": {"a": 1}}', '{"weight_map": {}}', "{"]
)
def test_a_damaged_index_means_not_downloaded(index: str) -> None:
    """Half a download is never taken for a model."""
    folder = PRESETS[0].folder(paths.models())
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors.index.json").write_text(index)
    assert not PRESETS[0].installed(paths.models())


def test_a_model_is_installed_once_every_file_is_there() -> None:
    """All the shards that the index names, and the configuration."""
    preset = PRESETS[0]
    folder = preset.folder(paths.models())
    folder.mkdir(parents=True)
    names = ["one.safetensors", "two.safetensors"]
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": dict(enumerate(names))}))
    for name in [*names, "config.json"]:
        assert not preset.installed(paths.models())
        (folder / name).write_bytes(b"")
    assert preset.installed(paths.models())
    assert next(row.state for row in list_models() if row.id == preset.id) == "on this disk"


def test_a_small_model_is_one_file() -> None:
    """Without an index there is a single file of weights."""
    folder = PRESETS[-1].folder(paths.models())
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    assert not PRESETS[-1].installed(paths.models())
    (folder / "model.safetensors").write_bytes(b"")
    assert PRESETS[-1].installed(paths.models())


def test_the_list_is_printed_for_people_and_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON has every row; the table names every model and what the engine is."""
    print_models(as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == ["ocr", *(preset.id for preset in PRESETS)]
    assert set(rows[0]) == {"id", "model", "precision", "size", "needs", "fits", "state"}
    print_models(as_json=False)
    table = capsys.readouterr().out
    assert "embedded OCR" in table
    assert all(preset.id in table for preset in PRESETS)
