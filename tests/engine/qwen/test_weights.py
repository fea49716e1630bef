"""Where models stand, what is missing of them, and how they go."""

import json
import threading
from pathlib import Path

import pytest

from desktop import paths
from desktop.download.download import Download
from desktop.download.folder_lock import FolderLock
from desktop.download.manifest import Manifest, Record, State
from desktop.engine.api import EngineError
from desktop.engine.qwen.download import download_of
from desktop.engine.qwen.weights import PRESETS, Preset, find_preset, locate, remove, verify
from tests.engine.qwen.hub_server import FIRST, SECOND, HubServer


def quiet(_share: float, _words: str) -> None:
    """Progress that nobody looks at."""


def make_checkpoint(folder: Path) -> Path:
    """A checkpoint that somebody made."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": FIRST, "b": SECOND}}))
    for name in (FIRST, SECOND):
        (folder / name).write_bytes(b"weights")
    return folder


@pytest.mark.parametrize("name", ["7b", "7B", "Qwen2.5-VL-7B-Instruct", "Qwen/Qwen2.5-VL-7B-Instruct"])
def test_a_preset_has_three_names(name: str) -> None:
    assert find_preset(name) is PRESETS[0]
    assert find_preset(f"{name}x") is None


def test_any_folder_can_be_the_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an absolute path, or one that begins at home."""
    folder = make_checkpoint(tmp_path / "mine")
    assert locate(str(folder), paths.models()) == folder
    monkeypatch.setenv("HOME", str(tmp_path))
    assert locate("~/mine", paths.models()) == folder
    preset = make_checkpoint(PRESETS[0].folder(paths.models()))
    assert locate("7b", paths.models()) == preset


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    folder = make_checkpoint(tmp_path / "mine")
    (folder / SECOND).unlink()
    with pytest.raises(EngineError, match=f"{SECOND} is missing"):
        locate(str(folder), paths.models())
    with pytest.raises(EngineError, match="is no folder; name one that holds"):
        locate(str(tmp_path / "elsewhere"), paths.models())
    with pytest.raises(EngineError, match="is not downloaded; run `shotglass models download 3b-awq` first"):
        locate("3b-awq", paths.models())


@pytest.mark.parametrize("model", ["~no such user/mine", "m" * 300])
def test_a_folder_that_cannot_be_looked_into_is_told(model: str) -> None:
    """A name that the system refuses is no bug."""
    with pytest.raises(EngineError, match="cannot be read; name a folder that you may read"):
        locate(model, paths.models())


def test_an_index_that_points_elsewhere_is_not_followed(tmp_path: Path) -> None:
    """A foreign folder's index names no file outside of it."""
    folder = make_checkpoint(tmp_path / "mine")
    (folder / "model.safetensors.index.json").write_text('{"weight_map": {"a": "../../secret.safetensors"}}')
    with pytest.raises(EngineError, match=r"model\.safetensors is missing"):
        locate(str(folder), paths.models())


@pytest.mark.parametrize("damage", ["", "{}", "[]", '{"source": "x", "files": []}', "\0", "[" * 100_000])
def test_a_damaged_manifest_counts_as_none(damage: str) -> None:
    folder = make_checkpoint(PRESETS[0].folder(paths.models()))
    (folder / "shotglass.json").write_text(damage)
    assert PRESETS[0].state(paths.models()) == "on this disk"
    with pytest.raises(EngineError, match="There are no checksums"):
        verify(folder, quiet)


def test_the_manifest_names_no_file_elsewhere() -> None:
    with pytest.raises(ValueError, match="name"):
        Record(name="../x", size=1)


def test_half_a_model_says_how_much(folder: Path, preset: Preset) -> None:
    """Whole files and parts count, by their size."""
    folder.mkdir(parents=True)
    whole = Record(name="config.json", size=100, sha256="0" * 64, state=State.WHOLE)
    wanted = Record(name="model.safetensors", size=300)
    Manifest(source="huggingface", files=(whole, wanted)).write(folder)
    (folder / "config.json").write_bytes(bytes(100))
    (folder / "model.safetensors.part").write_bytes(bytes(50))
    assert preset.state(paths.models()) == "37 % downloaded"
    assert not preset.installed(paths.models())
    (folder / "config.json").write_bytes(b"")
    assert preset.state(paths.models()) == "damaged"


def test_remove_leaves_nothing(download: Download, folder: Path, preset: Preset) -> None:
    """Not even what somebody else put there."""
    download.run(quiet)
    (folder / "cache").mkdir()
    (folder / "cache" / "more").write_text("more")
    assert preset.bytes_here(paths.models()) > 4 << 20
    remove(preset, paths.models())
    assert list(paths.models().iterdir()) == []
    assert preset.state(paths.models()) == "not downloaded"


def test_a_running_download_is_not_removed(folder: Path, preset: Preset) -> None:
    with FolderLock(folder), pytest.raises(EngineError, match="Another Shotglass"):
        remove(preset, paths.models())


def test_a_linked_folder_keeps_what_it_points_to(tmp_path: Path, folder: Path, preset: Preset) -> None:
    mine = make_checkpoint(tmp_path / "mine")
    folder.parent.mkdir(parents=True)
    folder.symlink_to(mine)
    remove(preset, paths.models())
    assert not folder.is_symlink()
    assert (mine / SECOND).exists()


def test_verify_can_be_stopped(download: Download, folder: Path, server: HubServer, preset: Preset) -> None:
    """And then claims nothing about what it did not read."""
    download.run(quiet)
    (folder / SECOND).write_bytes(bytes(len(server.files[SECOND])))
    stop = threading.Event()
    stop.set()
    assert verify(folder, quiet, stop) == []
    assert preset.state(paths.models()) == "on this disk"
    assert [flaw.name for flaw in verify(folder, quiet)] == [SECOND]


def test_a_folder_that_cannot_be_made_is_said(server: HubServer, preset: Preset, tmp_path: Path) -> None:
    """A file stands where the folder belongs."""
    (tmp_path / "models").write_text("no folder")
    with pytest.raises(EngineError, match="make that folder yours"):
        download_of(preset, tmp_path / "models", server.hubs).run(quiet)
