"""The packaged program as its user meets it: asks, brings torch, imports it in the same process, removes it again."""

import json
import signal
from pathlib import Path

import pytest

from desktop import paths
from desktop.engine.api import EngineError
from desktop.engine.qwen.weights import find_preset
from desktop.model_fetch import fetch, remove
from desktop.model_offer import offer_download, offer_removal, offer_runtime
from desktop.runtime import runtime as runtime_module
from desktop.runtime.runtime import Runtime, find_runtime
from desktop.settings import Settings
from tests.command_line import one_sentence
from tests.engine.qwen.hub_server import HubServer
from tests.runtime.index_server import TORCH, IndexServer
from tests.runtime.pretended import Pretended

BRING = """
import os, signal
from desktop import paths
from desktop.engine.qwen.engine import torch_lack
from desktop.runtime.bringing import bring
from desktop.runtime.index import sources_of
from desktop.runtime.runtime import has_torch, missing_runtime

def progress(share, words):
    if "kill" in sys.argv and "unpacking" in words:
        os.kill(os.getpid(), signal.SIGKILL)

assert not has_torch()
runtime = missing_runtime()
print(torch_lack())
bring(runtime, paths.models(), sources_of(runtime.wheels, ""), progress)
import torch, functorch
print(torch.__version__, torch.__file__, functorch.NAME)
try:
    runtime.remove(paths.models())
except Exception as error:
    print(error)
"""


@pytest.fixture
def program(tmp_path: Path, index: IndexServer) -> Pretended:
    return Pretended(tmp_path / "program", index)


def test_the_same_process_imports_what_came(program: Pretended, runtime: Runtime, models: Path) -> None:
    """And does not take it away from under itself."""
    done = program.run(BRING)
    assert done.stderr == ""
    before, came, refused = done.stdout.splitlines()
    assert "`shotglass models download runtime`" in before
    assert came == f"9.9.0 {runtime.place(models)}/torch/__init__.py functorch"
    assert refused.startswith("GPU runtime (torch 9.9.0) is in use; quit Shotglass")
    assert runtime.installed(models)


def test_a_kill_while_unpacking_leaves_nothing_to_import(
    program: Pretended, index: IndexServer, runtime: Runtime, models: Path
) -> None:
    """The next start finds no torch, and brings it without another download."""
    killed = program.run(BRING, "kill")
    assert killed.returncode == -signal.SIGKILL
    assert list(runtime.part(models).rglob("unpacked/*"))
    assert not runtime.installed(models)
    index.served.clear()
    done = program.run(BRING)
    assert f"9.9.0 {runtime.place(models)}" in done.stdout
    assert index.served == []
    assert list(runtime.folder(models).iterdir()) == [runtime.place(models)]


def test_by_commands(program: Pretended, index: IndexServer, runtime: Runtime, models: Path) -> None:
    """Nothing comes without a yes; doctor and the list say how it stands."""
    asked = program.command("models", "download", "runtime")
    assert (asked.returncode, one_sentence(asked.stderr)) == (1, True)
    assert f"into {runtime.folder(models)}" in asked.stdout
    assert index.served == []
    assert torch_of(program) == ("note", "not downloaded")
    assert program.command("models", "download", "runtime", "--yes").returncode == 0
    assert "already on this disk" in program.command("models", "download", "runtime").stdout
    rows = json.loads(program.command("models", "list", "--json").stdout)
    assert (rows[-1]["id"], rows[-1]["state"]) == ("runtime", "on this disk")
    assert torch_of(program)[0] == "bad"  # the made one computes nothing
    assert program.command("models", "verify", "runtime").returncode == 1
    gone = program.command("models", "remove", "runtime", "--yes")
    assert (gone.returncode, gone.stderr) == (0, "")
    assert not runtime.folder(models).exists()
    assert torch_of(program) == ("note", "not downloaded")


def test_a_model_names_its_price_too(program: Pretended) -> None:
    """Both are asked for together."""
    asked = program.command("models", "download", "3b").stdout
    assert asked.index("GPU runtime (torch 9.9.0): about") < asked.index("Qwen2.5-VL-3B-Instruct: about 7.5 GB")


def torch_of(program: Pretended) -> tuple[str, str]:
    """The state of torch by `doctor`, and what it says."""
    found = json.loads(program.command("doctor", "--json").stdout)
    (torch,) = (finding for finding in found if finding["about"] == "torch")
    return torch["state"], torch["detail"]


@pytest.fixture
def packaged(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """This process takes itself for the packaged program, without torch."""
    monkeypatch.setattr(runtime_module, "is_frozen", lambda: True)
    monkeypatch.setattr(runtime_module, "read_list", lambda: runtime.wheels)
    monkeypatch.setattr(runtime_module, "find_spec", lambda _name: runtime.installed(paths.models()) or None)
    return runtime


def test_offers_name_it(packaged: Runtime, models: Path) -> None:
    """With its size and source; a model that is here already still brings it."""
    preset = find_preset("3b")
    assert preset
    offer = offer_download(preset, Settings())
    assert "GPU runtime (torch 9.9.0): 3 MB to download from 127.0.0.1; it takes 3 MB of the disk" in offer.words
    assert offer.agree == "Download"
    preset.folder(models).mkdir(parents=True)
    for name in ("config.json", "model.safetensors"):
        (preset.folder(models) / name).write_bytes(b"1234")
    assert offer_download(preset, Settings()).agree == "Download"
    assert "my.index" in offer_runtime(packaged, Settings(runtime_index="https://my.index/simple")).words
    assert offer_removal(packaged).title == "Remove GPU runtime (torch 9.9.0)?"


def test_a_model_brings_it(packaged: Runtime, models: Path, server: HubServer) -> None:
    """One after the other, in one go, under one bar."""
    preset = find_preset("3b")
    assert preset
    told: list[tuple[float, str]] = []
    fetch(preset, Settings(), lambda share, words: told.append((share, words)))
    assert packaged.installed(models)
    assert preset.installed(models)
    assert told == sorted(told, key=lambda one: one[0])
    assert any(words.endswith(" (GPU runtime)") for _share, words in told)
    assert told[-1] == (1.0, f"{preset.name} is on this disk")
    remove(packaged)
    assert not packaged.folder(models).exists()


def test_room_for_both_is_looked_at_first(
    packaged: Runtime, models: Path, index: IndexServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for the runtime to learn that its model does not fit."""
    preset = find_preset("3b")
    assert preset
    monkeypatch.setattr("desktop.download.disk.free_bytes", lambda _folder: 7_505_000_000)
    with pytest.raises(EngineError, match=r"3B-Instruct needs 7.5 GB more on the disk of .*, where 7.5 GB are free"):
        fetch(preset, Settings(), lambda _share, _words: None)
    assert index.served == []
    assert not packaged.folder(models).exists()


def test_from_the_source_there_is_none() -> None:
    assert find_runtime() is None


def test_a_removal_that_was_killed_is_finished_by_the_next(runtime: Runtime, models: Path) -> None:
    """Half of it stands under a name that nothing imports."""
    half = runtime.place(models).with_suffix(".gone")
    half.mkdir(parents=True)
    (half / TORCH).write_bytes(b"1")
    assert not runtime.installed(models)
    runtime.remove(models)
    assert not runtime.folder(models).exists()
