"""In another language: downloads that fail, models that cannot be loaded, and what is remarked beside answers."""

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from desktop.download.download import Download
from desktop.download.folder_lock import FolderLock
from desktop.download.source import HubError
from desktop.engine.qwen import failure
from desktop.engine.qwen.download import download_of
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.qwen.hubs import hugging_face
from desktop.engine.qwen.weights import Preset, remove
from desktop.errors import UserError
from desktop.job import State
from tests.engine.qwen.asked import force_words, job
from tests.engine.qwen.downloaded import quiet
from tests.engine.qwen.hub_server import FIRST, SECOND, Fault, HubServer
from tests.untranslated import unmarked

pytestmark = pytest.mark.usefixtures("foreign")


def said_by(call: Callable[[], object]) -> str:
    """Its refusal, without what was translated."""
    with pytest.raises(UserError) as refused:
        call()
    return unmarked(str(refused.value))


DOWNLOADS: dict[str, dict[str, Fault]] = {
    "not found": {"list": Fault(404)},
    "busy": {"list": Fault(503)},
    "no list": {"list": Fault(body=b"nonsense")},
    "hung up": {FIRST: Fault(drop=True, after=10)},
    "wrong bytes": {SECOND: Fault(body=bytes(1 << 20))},
    "another page": {SECOND: Fault(body=b"<html>")},
}


@pytest.mark.parametrize("case", DOWNLOADS)
def test_downloads(download: Download, server: HubServer, case: str) -> None:
    """What is said at the end, and what is said on the way; the name of a file comes before a colon."""
    for name, fault in DOWNLOADS[case].items():
        server.faults["*", name] = [fault] * 20
    told: list[str] = []
    assert said_by(lambda: download.run(lambda _share, words: told.append(words))) == ""
    assert [words for words in told if unmarked(words.rpartition(": ")[2])] == []
    assert told


def test_a_download_that_goes_well(download: Download, server: HubServer) -> None:
    server.faults["*", FIRST] = [Fault(pause_s=0.02)]
    told: list[str] = []
    download.run(lambda _share, words: told.append(words))
    assert [words for words in told if unmarked(words.rpartition(": ")[2])] == []
    assert any(words.startswith(f"{FIRST}: ") for words in told)


def test_folders(download: Download, server: HubServer, preset: Preset, folder: Path) -> None:
    """Stopped, locked, full, and in the way."""
    stop = threading.Event()
    stop.set()
    assert said_by(lambda: download.run(quiet, stop)) == ""
    full = download_of(preset, folder.parent, server.hubs, margin_bytes=1 << 60)
    assert said_by(lambda: full.run(quiet)) == ""
    with FolderLock(folder):
        assert said_by(lambda: download.run(quiet)) == ""
    folder.touch()
    assert said_by(lambda: download.run(quiet)) == ""
    assert said_by(lambda: remove(preset, folder.parent)) == ""


@pytest.mark.parametrize("rows", [[], [{"type": "file", "path": "../x", "size": 1}]])
def test_lists_of_hubs(rows: list[object]) -> None:
    """The log has the same in English."""
    with pytest.raises(HubError) as refused:
        hugging_face().needed_files(json.dumps(rows).encode())
    assert unmarked(refused.value.told_of("Hugging Face")) == ""
    assert str(refused.value).startswith("the hub ")


CHECKPOINTS: dict[str, Callable[[Path], object]] = {
    "no configuration": lambda folder: (folder / "config.json").unlink(),
    "damaged": lambda folder: (folder / "config.json").write_text("{"),
    "no object": lambda folder: (folder / "config.json").write_text("[]"),
    "another model": lambda folder: (folder / "config.json").write_text('{"model_type": "bert"}'),
    "no model": lambda folder: (folder / "config.json").write_text("{}"),
    "half a configuration": lambda folder: (folder / "config.json").write_text('{"model_type": "qwen2_5_vl"}'),
    "no tokenizer": lambda folder: (folder / "tokenizer.json").unlink(),
    "no weights": lambda folder: (folder / "model.safetensors").unlink(),
    "cut weights": lambda folder: (folder / "model.safetensors").write_bytes(b"x"),
}


@pytest.mark.parametrize("case", CHECKPOINTS)
def test_checkpoints(checkpoint: Path, tmp_path: Path, case: str) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(checkpoint, folder)
    CHECKPOINTS[case](folder)
    assert said_by(lambda: QwenEngine(folder).load(quiet)) == ""


def test_loading_and_answers(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress, the note of a slow computer, a reduced picture, and how the answer came about."""
    engine = QwenEngine(checkpoint)
    told: list[str] = []
    engine.load(lambda _share, words: told.append(words))
    assert [words for words in told if unmarked(words)] == []
    assert engine._model
    embed, given = engine._model.vision.embed, []

    def fail_once(*arguments: object) -> object:
        given.append(arguments)
        if len(given) == 1:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return embed(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine._model.vision, "embed", fail_once)
    done = list(engine.submit(job("ask", 0, "What is this?", (640, 360))))[-1]
    assert (done.state, done.reduced) == (State.DONE, True)
    assert (unmarked(done.note), unmarked(done.details, "CPU", "float32")) == ("", "")
    assert len(done.note.split("⟧ ⟦")) == 3, "the cut, the reduced picture, the slow computer"


@pytest.mark.parametrize("lost", [False, True])
def test_a_gpu_that_fails(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch, lost: bool) -> None:
    """Too little memory, twice; or none that answers."""
    assert engine._model

    def fail(*_arguments: object) -> object:
        raise RuntimeError("CUDA error") if lost else torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(engine._model.vision, "embed", fail)
    monkeypatch.setattr(failure, "_answers", lambda _device: not lost)
    assert said_by(lambda: list(engine.submit(job("ask", 0, "What is this?", (640, 360))))) == ""


def test_loops_and_long_words(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert said_by(lambda: list(engine.submit(job("ask", 0, "word " * 40_000)))) == ""
    force_words(engine, "hello world ", monkeypatch)
    long = replace(job("text"), task=replace(job("text").task, max_tokens=2000))
    assert unmarked(list(engine.submit(long))[-1].note) == ""
