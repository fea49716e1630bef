"""The engine as the session and the command line use it, on small random checkpoints."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from desktop import paths
from desktop.engine.api import EngineError
from desktop.engine.qwen.engine import QwenEngine
from desktop.engine.tasks import read_tasks
from desktop.errors import UserError
from desktop.job import State, Update
from tests.engine.qwen.asked import force_words, job
from tests.engine.qwen.checkpoints import random_shot
from tests.engine.sessions import RunningSession
from tests.xserver import wait_until


def test_a_checkpoint_that_is_named_after_the_model_is_not_named_twice() -> None:
    """The title is what a panel has room for."""
    assert QwenEngine(Path("Qwen2.5-VL-7B-Instruct")).capabilities.title == "Qwen2.5-VL-7B-Instruct"
    assert QwenEngine(Path("mine")).capabilities.title == "Qwen2.5-VL (mine)"


def test_every_task_streams_and_ends(engine: QwenEngine) -> None:
    """Each shipped task is answered; text only grows where the kind is text."""
    for task in read_tasks([paths.resources() / "tasks"])[0]:
        *running, last = engine.submit(job(task.id, question="What is this?"))
        assert last.state is State.DONE
        assert all(update.state is State.RUNNING for update in running)
        if task.id == "text":
            texts = [update.text for update in running]
            assert all(after.startswith(before) for before, after in pairwise(texts))


def test_jobs_interleave_and_cancel_frees(engine: QwenEngine) -> None:
    """Several jobs move on together; a cancelled one ends at its next step and gives its pages back."""
    assert engine._model is not None
    free = engine._model.cache.free_pages
    jobs = [job("text", seed) for seed in range(3)]
    steps = [engine.submit(one) for one in jobs]
    firsts = [next(step) for step in steps]
    assert [update.job_id for update in firsts] == [one.id for one in jobs]
    engine.cancel(jobs[1].id)
    assert next(steps[1]).state is State.CANCELLED
    steps[2].close()  # type: ignore[attr-defined]
    alone = list(engine.submit(job("text", 0)))[-1].text
    assert list(steps[0])[-1].text == alone, "the others do not change an answer"
    list(steps[1])
    engine._model.scheduler.prefixes.clear()
    assert engine._model.cache.free_pages == free


def test_a_stopped_answer_tells_how_it_came_about(engine: QwenEngine) -> None:
    """As much of it as is known by then."""
    asked = job("text")
    with RunningSession(engine) as session:
        session.session.submit(replace(asked, task=replace(asked.task, max_tokens=100_000)))
        wait_until(lambda: any(len(update.words) > 1 for update in session.of(asked.id)), "some tokens")
        session.session.cancel(asked.id)
        stopped = session.finish(asked.id)
    assert stopped.state is State.CANCELLED
    assert "tokens/s" in stopped.details
    assert "attention sdpa" in stopped.details


@pytest.mark.parametrize("steps", [0, 1, 100])
def test_a_job_leaves_nothing_behind(engine: QwenEngine, steps: int) -> None:
    """Closed before its first step, which is what becomes of one that is cancelled just then; in the middle; ended."""
    updates = engine.submit(job("text"))
    for _, _update in zip(range(steps), updates, strict=False):
        pass
    updates.close()  # type: ignore[attr-defined]
    del updates
    assert not engine._cancelled


def test_a_computer_without_a_gpu_is_told_that_it_will_be_slow(engine: QwenEngine) -> None:
    """With the first answer, and only once."""
    first, second = (list(engine.submit(job("text", seed)))[-1] for seed in range(2))
    assert "runs on the CPU, which is slow" in first.note
    assert "slow" not in second.note


def test_ask_needs_a_question(engine: QwenEngine) -> None:
    """A task that needs words says so."""
    with pytest.raises(UserError, match="needs a question"):
        next(engine.submit(job("ask")))


def test_loops_are_stopped(engine: QwenEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that repeats itself is cut back to one copy, with a word to the user."""
    force_words(engine, "hello world ", monkeypatch)
    long = replace(job("text"), task=replace(job("text").task, max_tokens=2000))
    last: Update = list(engine.submit(long))[-1]
    assert last.text.strip() == "hello world"
    assert "repeat" in last.note


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "config.json").unlink(), "config.json is missing"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "llama"}'), "holds llama, not Qwen2.5-VL"),
        (lambda folder: (folder / "model.safetensors").unlink(), r"model\.safetensors is missing"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"x" * 5000), "cannot be read"),
        (lambda folder: (folder / "tokenizer.json").write_text("{"), "tokenizer.json is missing or damaged"),
    ],
)
def test_bad_checkpoints_are_refused_by_name(checkpoint: Path, tmp_path: Path, damage: object, words: str) -> None:
    """A wrong, half or foreign checkpoint is one sentence that names what is wrong."""
    copy = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    damage(copy)  # type: ignore[operator]
    with pytest.raises(EngineError, match=words):
        QwenEngine(copy).load(lambda _share, _words: None)


def test_half_a_checkpoint_names_its_tensor(checkpoint: Path, tmp_path: Path) -> None:
    """A checkpoint of another size is refused by the first tensor that is missing."""
    copy = Path(shutil.copytree(checkpoint, tmp_path / "copy"))
    config = json.loads((copy / "config.json").read_text())
    config["text_config"]["num_hidden_layers"] = 3
    (copy / "config.json").write_text(json.dumps(config))
    with pytest.raises(EngineError, match=r"lacks the tensor layers\.2\."):
        QwenEngine(copy).load(lambda _share, _words: None)


def test_command_line(checkpoint: Path, tmp_path: Path) -> None:
    """`shotglass ask FILE QUESTION --engine qwen --model DIR` answers without a window."""
    shot = random_shot(120, 80)
    Image.frombytes("RGB", (120, 80), shot.rgb).save(tmp_path / "picture.png")
    ask = ["ask", str(tmp_path / "picture.png"), "What is this?", "--max-tokens", "64", "--json"]
    command = [sys.executable, "-m", "desktop", *ask, "--engine", "qwen", "--model", str(checkpoint)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["engine"] == "qwen"
