"""The benchmark of the model runs whole on the CPU, on a small checkpoint."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from desktop.bench.effort import QUICK
from desktop.bench.random_model import make_sure
from desktop.engine.qwen.quantisation import Kind
from desktop.errors import UserError
from desktop.settings import Settings
from tests.command_line import one_sentence, shotglass


@pytest.fixture(scope="module")
def written(checkpoint: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that a quick run wrote, and what it printed."""
    folder = tmp_path_factory.mktemp("out") / "new"
    done = shotglass("bench", "engine", "--model", checkpoint, "--quick", "--out", folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder, done.stdout


@pytest.fixture(scope="module")
def told(written: tuple[Path, str]) -> dict[str, Any]:
    """What the JSON says."""
    return dict(json.loads((written[0] / "engine.json").read_text("utf-8")))


def test_every_figure_is_there(told: dict[str, Any]) -> None:
    figures = {figure["name"]: figure for figures in told["figures"].values() for figure in figures}
    wanted = {"start to first token, weights in the page cache", "load, weights in the page cache"}
    for size in ("640x360", "960x540"):
        wanted |= {f"time to first token, {size}", f"time to first token, picture kept, {size}"}
        wanted |= {f"time a token, {size}", f"whole answer of 8 tokens, {size}"}
        wanted |= {f"{stage}, {size}" for stage in ("preprocess", "vision", "prefill", "decode 7 tokens")}
        wanted |= {
            f"draft {right} % right, {what}"
            for right in (60, 80, 95)
            for what in ("tokens the same", "time a token without over with")
        }
        wanted |= {f"longest gap between tokens, {size} coming"}
    wanted |= {"a token for 3 answers at once, 640x360", "memory of the weights"}
    assert wanted <= figures.keys()
    exact = {f"logits of {what} from plain torch's, 640x360" for what in ("a prompt", "a step")}
    assert all(figures[name]["value"] < 0.01 for name in exact), "there is nothing but plain torch on a CPU"
    assert all(figure["value"] > 0 for name, figure in figures.items() if name not in exact)
    assert all(figures[f"{name}, 640x360"]["limit"] > 0 for name in ("time a token", "vision", "prefill"))
    assert all(figure["goal"] is None for figure in figures.values())  # none was set for a CPU


def test_a_whole_answer_is_its_first_token_and_the_steps_behind_it(told: dict[str, Any]) -> None:
    """One round: its parts add up."""
    one = {figure["name"]: figure["value"] for figure in told["figures"]["One request"]}
    for size in ("640x360", "960x540"):
        first, each = one[f"time to first token, {size}"], one[f"time a token, {size}"]
        assert one[f"whole answer of 8 tokens, {size}"] == pytest.approx(first + 7 * each)


def test_levels_and_pictures(told: dict[str, Any]) -> None:
    seen = [(level["crowd"]["together"], level["crowd"]["size"]) for level in told["together"]]
    assert seen == [(1, [640, 360]), (3, [640, 360]), (3, [960, 540]), (3, None)]
    for level in told["together"]:
        assert level["crowd"]["errors"] == level["crowd"]["fallbacks"] == []
        assert level["crowd"]["shortages"] is None  # nobody counts them on a CPU
        assert level["rate"]["value"] > 0
        assert level["peak"]["value"] > level["peak"]["limit"] > 0
        assert 0 < level["share"] < 1
    kinds = [(kind["task_id"], kind["together"], kind["pictures"]) for kind in told["pictures"]]
    assert kinds == [(task, together, 1) for task in ("text", "describe", "detect", "code") for together in (1, 3)]
    assert all(kind["tokens"] == 8 and kind["first_s"] <= kind["whole_s"] for kind in told["pictures"])


def test_markdown_and_machine(written: tuple[Path, str], told: dict[str, Any]) -> None:
    page = (written[0] / "engine.md").read_text("utf-8")
    for name, value in told["machine"].items():
        assert f"- {name}: {value}" in page
    assert {"model", "device", "precision", "attention", "torch", "date"} <= told["machine"].keys()
    assert "![Speed, waiting and memory](engine.png)" in page
    tables = [line for line in page.splitlines() if line.startswith("### ")]
    assert [title.removeprefix("### ") for title in tables] == [
        "Hardware",
        "Start",
        "Exactness",
        "One request",
        "Stages",
        "While a picture comes",
        "Steps",
        "With a draft",
        "Together",
        "Peak memory, and what happened",
        "Made pictures",
    ]
    for title in tables:
        assert title.removeprefix("### ") in written[1]


def test_curves_are_drawn(written: tuple[Path, str]) -> None:
    picture = Image.open(io.BytesIO((written[0] / "engine.png").read_bytes()))
    assert picture.format == "PNG"
    assert picture.width >= 2000
    assert len(picture.convert("RGB").getcolors(1 << 24) or ()) > 100


def test_whole_answers_end_by_themselves(checkpoint: Path) -> None:
    from desktop.bench.kinds import measure_kinds
    from desktop.bench.rig import Rig
    from desktop.bench.subject import Subject

    rig = Rig(Subject(folder=checkpoint).load(Settings()))
    rig.tasks = {name: replace(task, stop=("a",)) for name, task in rig.tasks.items()}
    effort = replace(QUICK, together=(1,))
    kinds = measure_kinds(rig, effort, "whole")
    assert [kind.task_id for kind in kinds] == ["text", "describe", "detect", "code"]
    assert {kind.tokens for kind in kinds} != {8}
    assert measure_kinds(rig, effort, "none") == []


def test_against_transformers(checkpoint: Path) -> None:
    from desktop.bench.against import compare_with_transformers
    from desktop.bench.subject import Subject

    record = compare_with_transformers(Subject(folder=checkpoint), Settings(), QUICK)
    figures = {figure.name: figure for figure in record.sections["Against transformers"]}
    assert figures["tokens identical to transformers"].value == 100
    assert figures["first to differ, 640x360"].value == figures["first to differ, 300x200"].value == QUICK.tokens
    assert 0 <= figures["logits apart, largest"].value < 0.01
    assert figures["whole answer, transformers', 640x360"].value > 0
    assert record.machine["against"].startswith("transformers ")


def test_against_eager(checkpoint: Path) -> None:
    """On a CPU nothing is captured."""
    from desktop.bench.eager import compare_with_eager
    from desktop.bench.subject import Subject

    record = compare_with_eager(Subject(folder=checkpoint), Settings(), QUICK)
    figures = {figure.name: figure for figure in record.sections["Against eager steps"]}
    assert figures["tokens identical to eager steps"].value == 100
    assert figures["first to differ, 640x360"].value == QUICK.foretold


@pytest.mark.parametrize("kind", ["awq", "int8"])
def test_against_unpacked(kind: Kind, tmp_path: Path) -> None:
    """In float32 both say the same, and both are what float32 says."""
    from desktop.bench.subject import Subject
    from desktop.bench.unpacked import compare_with_unpacked
    from tests.engine.qwen.checkpoints import make_checkpoint
    from tests.engine.qwen.packed import make_awq

    plain = make_checkpoint(tmp_path / "plain", hidden=128)
    make_awq(plain, tmp_path / "awq", tmp_path / "full")
    subject = Subject(folder=tmp_path / "awq") if kind == "awq" else Subject(folder=plain, kind=kind)
    settings = Settings(weights="int8")
    record = compare_with_unpacked(subject, settings, QUICK)
    figures = {figure.name: figure for figure in record.sections["Against unpacked weights"]}
    assert figures["tokens identical to unpacked weights'"].value == 100
    assert figures["first to differ, 640x360"].value == QUICK.tokens
    assert figures["packed weights' logits from float32's, mean"].value < 0.01
    assert record.machine["weights"] == f"{4 if kind == 'awq' else 8}-bit weights torch"


@pytest.mark.parametrize("kind", ["awq", "int8"])
def test_random_weights_of_few_bits(kind: Kind, tmp_path: Path) -> None:
    """As for the real shapes, whose memory only a GPU has: every tensor is made, packed and multiplied by."""
    from desktop.bench.random_model import build_model, made_shot, random_tensors
    from desktop.bench.rig import Question, Rig
    from desktop.engine.qwen.config import read_config
    from desktop.engine.qwen.device import choose_device
    from desktop.engine.qwen.loader import weight_bytes
    from desktop.engine.qwen.model import read_tokenizer
    from desktop.engine.qwen.products import room_for
    from tests.engine.qwen.checkpoints import make_checkpoint

    folder = make_checkpoint(tmp_path / "plain", hidden=128)
    config, device = replace(read_config(folder), kind=kind), choose_device()
    tensors = random_tensors(config, device)
    rig = Rig(build_model(config, tensors, read_tokenizer(folder), device, Settings()))
    assert rig.weights == weight_bytes(config, 4) + 4 * room_for(config)
    watched = rig.ask(Question(made_shot(300, 200), rig.tasks["text"], 8))
    assert len(watched.times) == 8


def test_packed_weights_are_not_compared_with_transformers(checkpoint: Path) -> None:
    from desktop.bench.against import compare_with_transformers
    from desktop.bench.subject import Subject

    with pytest.raises(UserError, match="--against unpacked"):
        compare_with_transformers(Subject(folder=checkpoint, kind="int8"), Settings(), QUICK)


def test_plain_weights_cannot_be_unpacked(checkpoint: Path) -> None:
    from desktop.bench.subject import Subject
    from desktop.bench.unpacked import compare_with_unpacked

    with pytest.raises(UserError, match="has no packed weights; measure some with --quant"):
        compare_with_unpacked(Subject(folder=checkpoint), Settings(), QUICK)


def test_ways(checkpoint: Path, tmp_path: Path) -> None:
    """A CPU has one way."""
    from desktop.bench.subject import Subject
    from desktop.bench.ways import compare_ways

    record = compare_ways(Subject(folder=checkpoint), Settings(), QUICK)
    figures = record.sections["Ways of attention"]
    assert [figure.name for figure in figures] == [
        "sdpa: vision tower",
        "sdpa: time a token",
        "sdpa: picture tokens apart from sdpa's",
    ]
    assert figures[2].value == 0
    record.write(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ways.json", "ways.md"]


def test_profile(checkpoint: Path) -> None:
    from desktop.bench.profile import profile_kernels
    from desktop.bench.subject import Subject

    record = profile_kernels(Subject(folder=checkpoint), Settings(), QUICK)
    assert list(record.sections) == [
        "A token, 1 together",
        "A token, 3 together",
        *(f"{work}, {size}" for size in ("640x360", "960x540") for work in ("Vision", "Prompt")),
    ]
    for figures in record.sections.values():
        whole, idle, *kernels = figures
        assert 0 <= idle.value < whole.value
        assert 0 < sum(kernel.value for kernel in kernels) <= whole.value
        assert "aten::linear" in {kernel.name for kernel in kernels}
        assert [kernel.value for kernel in kernels] == sorted((kernel.value for kernel in kernels), reverse=True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--random", "7b", "--model", "x"),
        ("--pictures", "whole"),
        ("--ways", "--against", "transformers"),
        ("--ways", "--profile"),
        ("--quant", "awq", "--model", "x"),
    ],
)
def test_contradictions_are_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = shotglass("bench", "engine", *arguments)
    assert done.returncode == 2


def test_a_folder_without_a_checkpoint_gets_a_sentence(tmp_path: Path) -> None:
    done = shotglass("bench", "engine", "--model", tmp_path)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert str(tmp_path) in done.stderr


def test_random_weights_are_made_sure_of_the_next_token() -> None:
    """But for a tied head, which would say the same one for ever."""
    embedding, head = torch.eye(5), torch.randn(5, 5)
    assert make_sure({"embed_tokens.weight": embedding, "lm_head.weight": head})
    assert (embedding @ head.T).argmax(1).tolist() == [1, 2, 3, 4, 0]
    before = embedding.clone()
    assert not make_sure({"embed_tokens.weight": embedding, "lm_head.weight": embedding})
    assert torch.equal(embedding, before)
