"""The engine says exactly what transformers says, token by token: CPU, float32, small random checkpoints."""

import pytest
import torch

from desktop.engine.qwen.cache import pages_for
from desktop.engine.qwen.image import cut_patches, fit
from desktop.engine.qwen.shares import finish
from tests.engine.qwen.asked import MOST_PIXELS, WORDS, Asked
from tests.engine.qwen.checkpoints import random_shot

SIZES = [(280, 84), (300, 500), (57, 31), (641, 360), (112, 112)]


@pytest.fixture(params=["untied", "tied"])
def kind(request: pytest.FixtureRequest) -> str:
    """Every test here is about both."""
    return str(request.param)


@pytest.mark.parametrize("size", SIZES)
def test_prompt_is_the_same(asked: Asked, size: tuple[int, int]) -> None:
    """Ids, positions and grid are those of transformers."""
    shot = random_shot(*size)
    inputs, prompt = asked.reference.inputs(shot, WORDS), asked.prompt(shot)
    assert inputs["image_grid_thw"].tolist() == [[1, prompt.grid.rows, prompt.grid.columns]]
    assert list(prompt.ids) == inputs["input_ids"][0].tolist()
    positions, _deltas = asked.reference.model.model.get_rope_index(
        inputs["input_ids"], inputs["mm_token_type_ids"], inputs["image_grid_thw"]
    )
    assert torch.equal(prompt.positions, positions[:, 0])


@pytest.mark.parametrize("size", SIZES)
def test_pixels_are_near(asked: Asked, size: tuple[int, int]) -> None:
    """Our resizing on the device differs from the processor's by less than 2/255 of full white at the mean."""
    shot, model = random_shot(*size), asked.model
    grid = fit(shot, model.config.vision, MOST_PIXELS)
    ours = cut_patches(shot, grid, model.config.vision, model.device.place, model.device.dtype)
    theirs = asked.reference.pixels(shot)
    assert torch.equal(theirs[:, :, 0], theirs[:, :, 1]), "both frames of a still picture are the same"
    difference = (ours - theirs[:, :, 0].flatten(1)).abs() * 0.27  # the normalisation divides by about 0.27
    assert difference.mean() < 2 / 255


@pytest.mark.parametrize("size", SIZES)
def test_logits(asked: Asked, size: tuple[int, int]) -> None:
    """Vision and prefill agree within 1e-4."""
    shot, model = random_shot(*size), asked.model
    request = asked.request(shot)
    ids = torch.tensor(request.prompt.ids)
    with torch.inference_mode():
        embeddings = model.language.embed(ids)
        embeddings[request.prompt.picture] = finish(request.embed_picture())
        slots = model.cache.slots(model.cache.take(pages_for(len(ids))), len(ids))
        ours = model.language.prefill(embeddings, request.prompt.positions, slots)[0]
    with torch.inference_mode():
        logits = asked.reference.model(**asked.reference.inputs(shot, WORDS)).logits[0, -1]
    torch.testing.assert_close(ours, logits, atol=1e-4, rtol=1e-4)


@pytest.mark.parametrize("penalty", [1.0, 1.05])
@pytest.mark.parametrize("size", SIZES)
def test_tokens_alone(asked: Asked, size: tuple[int, int], penalty: float) -> None:
    """64 greedy tokens of one request are identical, with and without the repetition penalty."""
    shot = random_shot(*size, seed=3)
    request = asked.request(shot, penalty=penalty)
    asked.run(request)
    assert request.produced == asked.expected(shot, penalty=penalty)
    assert len(set(request.produced)) > 16, "the answer depends on what stands before each token"


@pytest.mark.parametrize("join_every", [1, 7])
def test_tokens_together(asked: Asked, join_every: int) -> None:
    """Requests of mixed sizes and lengths that join and leave a running batch get the tokens they get alone."""
    shots = [random_shot(*size, seed=seed) for seed, size in enumerate(SIZES)]
    lengths = [64, 5, 40, 23, 64]
    requests = [asked.request(shot, tokens=tokens, penalty=1.05) for shot, tokens in zip(shots, lengths, strict=True)]
    asked.run(*requests, join_every=join_every)
    for request, shot, tokens in zip(requests, shots, lengths, strict=True):
        assert request.produced == asked.expected(shot, tokens=tokens, penalty=1.05)
    asked.model.scheduler.prefixes.clear()
    assert asked.model.cache.free_pages == asked.model.cache.pages
