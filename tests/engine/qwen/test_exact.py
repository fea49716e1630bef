"""The engine says exactly what transformers says, token by token: CPU, float32, small random checkpoints."""

from pathlib import Path

import pytest
import torch

from desktop.engine.qwen.image import cut_patches, fit
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.prompt import write_prompt
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.scheduler import Request
from desktop.job import Shot
from tests.engine.qwen.checkpoints import Reference, make_checkpoint, random_shot

WORDS = "Read all the text in the image."
SIZES = [(280, 84), (300, 500), (57, 31), (641, 360), (112, 112)]


@pytest.fixture(scope="module", params=[False, True], ids=["untied", "tied"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint on disk."""
    return make_checkpoint(tmp_path_factory.mktemp("checkpoint"), tied=request.param)


@pytest.fixture(scope="module")
def reference(folder: Path) -> Reference:
    """The checkpoint in transformers."""
    return Reference(folder)


@pytest.fixture
def model(folder: Path) -> QwenModel:
    """The checkpoint in our engine."""
    return QwenModel.load(folder, lambda _share, _words: None)


def request_for(model: QwenModel, reference: Reference, shot: Shot, tokens: int, penalty: float) -> Request:
    """A request with the pixels of transformers' own processor, so that only the model is compared."""
    config = model.config
    grid = fit(shot, config.vision)
    prompt = write_prompt(model._tokenizer, WORDS, grid, config.vision.merge, config.image_token)
    pixels = reference.inputs(shot, WORDS)["pixel_values"].view(-1, 3, 2, 14 * 14)[:, :, 0].flatten(1)
    sampling = Sampling(penalty=penalty, max_tokens=tokens)
    return Request("x", prompt, lambda: model.vision(pixels, grid), sampling, config.end_tokens)


def run(model: QwenModel, requests: list[Request], join_every: int = 1) -> None:
    """Let requests join one after the other and run until all have ended."""
    waiting = list(requests)
    step = 0
    while waiting or not all(request.ended for request in requests):
        if waiting and step % join_every == 0:
            model.scheduler.add(waiting.pop(0))
        model.step()
        step += 1


@pytest.mark.parametrize("size", SIZES)
def test_prompt_is_the_same(model: QwenModel, reference: Reference, size: tuple[int, int]) -> None:
    """Ids, positions and grid are those of transformers."""
    shot = random_shot(*size)
    inputs = reference.inputs(shot, WORDS)
    grid = fit(shot, model.config.vision)
    prompt = write_prompt(model._tokenizer, WORDS, grid, 2, model.config.image_token)
    assert inputs["image_grid_thw"].tolist() == [[1, grid.rows, grid.columns]]
    assert list(prompt.ids) == inputs["input_ids"][0].tolist()
    positions, _deltas = reference.model.model.get_rope_index(
        inputs["input_ids"], inputs["mm_token_type_ids"], inputs["image_grid_thw"]
    )
    assert torch.equal(prompt.positions, positions[:, 0])


@pytest.mark.parametrize("size", SIZES)
def test_pixels_are_near(model: QwenModel, reference: Reference, size: tuple[int, int]) -> None:
    """Our resizing on the device differs from the processor's by less than 2/255 of full white at the mean."""
    shot = random_shot(*size)
    grid = fit(shot, model.config.vision)
    ours = cut_patches(shot, grid, model.config.vision, model.device, model.dtype)
    theirs = reference.inputs(shot, WORDS)["pixel_values"].view(-1, 3, 2, 14 * 14)
    assert torch.equal(theirs[:, :, 0], theirs[:, :, 1]), "both frames of a still picture are the same"
    difference = (ours - theirs[:, :, 0].flatten(1)).abs() * 0.27  # the normalisation divides by about 0.27
    assert difference.mean() < 2 / 255


@pytest.mark.parametrize("size", SIZES)
def test_logits(model: QwenModel, reference: Reference, size: tuple[int, int]) -> None:
    """Vision and prefill agree within 1e-4."""
    shot = random_shot(*size)
    request = request_for(model, reference, shot, 1, 1.0)
    ids = torch.tensor(request.prompt.ids)
    with torch.inference_mode():
        embeddings = model.language.embed(ids)
        embeddings[request.prompt.picture] = request.embed_picture()
        slots = model.cache.slots(model.cache.take(len(ids)) or [], len(ids))
        ours = model.language.prefill(embeddings, request.prompt.positions, slots)[0]
    with torch.inference_mode():
        logits = reference.model(**reference.inputs(shot, WORDS)).logits[0, -1]
    torch.testing.assert_close(ours, logits, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("penalty", [1.0, 1.05])
@pytest.mark.parametrize("size", SIZES)
def test_tokens_alone(model: QwenModel, reference: Reference, size: tuple[int, int], penalty: float) -> None:
    """64 greedy tokens of one request are identical, with and without the repetition penalty."""
    shot = random_shot(*size, seed=3)
    request = request_for(model, reference, shot, 64, penalty)
    run(model, [request])
    assert request.produced == reference.generate(shot, WORDS, 64, penalty)


@pytest.mark.parametrize("join_every", [1, 7])
def test_tokens_together(model: QwenModel, reference: Reference, join_every: int) -> None:
    """Requests of mixed sizes and lengths that join and leave a running batch get the tokens they get alone."""
    shots = [random_shot(*size, seed=seed) for seed, size in enumerate(SIZES)]
    lengths = [64, 5, 40, 23, 64]
    requests = [request_for(model, reference, shot, tokens, 1.05) for shot, tokens in zip(shots, lengths, strict=True)]
    run(model, requests, join_every)
    for request, shot, tokens in zip(requests, shots, lengths, strict=True):
        assert request.produced == reference.generate(shot, WORDS, tokens, 1.05)
    assert model.cache.free_pages == model._pages()
