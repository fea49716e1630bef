"""The same weights and pictures in transformers: whose tokens, how far apart, and how much slower."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from desktop.bench.engine import require_gpu
from desktop.bench.random_model import DEVIATION, SHAPES, TOKENS, build_model, made_request, made_shot, run_to_end
from desktop.bench.report import Figure
from desktop.engine.qwen.cache import pages_for
from desktop.engine.qwen.config import QwenConfig
from desktop.engine.qwen.device import Device, choose_device
from desktop.engine.qwen.image import cut_patches
from desktop.engine.qwen.loader import expected_shapes, short_name
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.shares import finish
from desktop.errors import UserError
from desktop.job import Shot
from desktop.settings import Settings

SIZES = ((1280, 720), (640, 360), (300, 500), (1920, 1080), (800, 600), (1000, 200))


@dataclass(frozen=True, slots=True)
class Pair:
    """One picture's answers: tokens and first logits (vocabulary) of both, and their seconds over ours."""

    shot: Shot
    ours: list[int]
    theirs: list[int]
    our_logits: Tensor
    their_logits: Tensor
    ratio: float

    @property
    def same(self) -> list[bool]:
        """Token by token, whether both say the same."""
        return [ours == theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    @property
    def first_difference(self) -> int:
        """The place of the first token that differs; TOKENS where none does."""
        return [*self.same, False].index(False)


def compare_with_transformers(shape: str, settings: Settings) -> list[Figure]:
    """Identity of greedy tokens, where they first differ, the logits' distance, and the ratio of whole answers' times.

    Both models must fit the GPU; where a float32 one fits too, each one's distance from that is told. Raises UserError
    without a GPU or without transformers.
    """
    require_gpu()
    torch.backends.cudnn.allow_tf32 = False  # their patch embedding is a convolution, ours is none
    device = choose_device(settings.dtype)
    theirs = _build_theirs(SHAPES[shape], device)
    weights = {short_name(name): tensor for name, tensor in theirs.state_dict().items()}
    names = expected_shapes(SHAPES[shape])
    ours = build_model(shape, ((name, weights[name]) for name in names), device, settings)
    pairs = [_ask_both(ours, theirs, made_shot(*size, seed=seed)) for seed, size in enumerate(SIZES)]
    same = [same for pair in pairs for same in pair.same]
    apart = [_distance(pair.our_logits, pair.their_logits) for pair in pairs]
    return [
        Figure("tokens identical to transformers", "%", 100 * statistics.mean(same), samples=len(pairs)),
        *(
            Figure(f"first to differ, {pair.shot.width}x{pair.shot.height}", f"of {TOKENS}", pair.first_difference)
            for pair in pairs
        ),
        Figure("logits apart, largest", "%", 100 * max(apart), samples=len(pairs)),
        *_measure_from_float32(ours, theirs, pairs),
        Figure("whole answer, transformers' time over ours", "x", statistics.median(pair.ratio for pair in pairs)),
    ]


def _measure_from_float32(ours: QwenModel, theirs: Any, pairs: list[Pair]) -> list[Figure]:
    """How far both are from the same weights computed in float32, on average; nothing where these do not fit."""
    size = sum(parameter.numel() for parameter in theirs.parameters()) * torch.float32.itemsize
    if ours.device.dtype is torch.float32 or ours.device.free_bytes() < size:
        return []
    wide = theirs.float()
    truth = [_their_logits(wide, _inputs(ours, pair.shot, torch.float32)) for pair in pairs]
    mine = [_distance(pair.our_logits, true) for pair, true in zip(pairs, truth, strict=True)]
    other = [_distance(pair.their_logits, true) for pair, true in zip(pairs, truth, strict=True)]
    return [
        Figure("our logits from float32's, mean", "%", 100 * statistics.mean(mine), samples=len(pairs)),
        Figure("transformers' logits from float32's, mean", "%", 100 * statistics.mean(other), samples=len(pairs)),
    ]


def _ask_both(ours: QwenModel, theirs: Any, shot: Shot) -> Pair:
    run_to_end(ours, [made_request(ours, shot, 1)])  # warms up
    request = made_request(ours, shot)
    our_seconds = _time(lambda: run_to_end(ours, [request]))
    inputs = _inputs(ours, shot, ours.device.dtype)
    answer: list[int] = []
    their_seconds = _time(lambda: answer.extend(_generate(theirs, inputs, ours.config.penalty)))
    logits = _our_logits(ours, request), _their_logits(theirs, inputs)
    return Pair(shot, request.produced, answer, *logits, their_seconds / our_seconds)


@torch.inference_mode()
def _our_logits(ours: QwenModel, request: Request) -> Tensor:
    ids = torch.tensor(request.prompt.ids, device=ours.device.place)
    embeddings = ours.language.embed(ids).clone()
    embeddings[request.prompt.picture] = finish(request.embed_picture())
    pages = ours.cache.take(pages_for(len(ids)))
    slots = ours.cache.slots(pages, len(ids))
    logits = ours.language.prefill(embeddings, request.prompt.positions.to(ours.device.place), slots)[0]
    ours.cache.give_back(pages)
    return logits


@torch.inference_mode()
def _their_logits(theirs: Any, inputs: dict[str, Tensor]) -> Tensor:
    logits: Tensor = theirs(**inputs, logits_to_keep=1).logits[0, -1].float()
    return logits


def _distance(left: Tensor, right: Tensor) -> float:
    return float((left - right).norm() / right.norm())


def _generate(theirs: Any, inputs: dict[str, Tensor], penalty: float) -> list[int]:
    with torch.inference_mode():
        out = theirs.generate(
            **inputs, max_new_tokens=TOKENS, min_new_tokens=TOKENS, do_sample=False, repetition_penalty=penalty
        )
    return list(out[0, inputs["input_ids"].shape[1] :].tolist())


def _inputs(ours: QwenModel, shot: Shot, dtype: torch.dtype) -> dict[str, Tensor]:
    """The request as transformers takes it, with our pixels twice, as both frames of a still picture."""
    vision, prompt = ours.config.vision, made_request(ours, shot).prompt
    grid = prompt.grid
    pixels = cut_patches(shot, grid, vision, ours.device.place, ours.device.dtype).view(-1, 3, 1, vision.patch**2)
    ids = torch.tensor([prompt.ids], device=ours.device.place)
    return {
        "input_ids": ids,
        "attention_mask": torch.ones_like(ids),
        "mm_token_type_ids": (ids == ours.config.image_token).int(),
        "pixel_values": pixels.expand(-1, -1, 2, -1).reshape(len(pixels), -1).to(dtype),
        "image_grid_thw": torch.tensor([[1, grid.rows, grid.columns]], device=ours.device.place),
    }


def _build_theirs(config: QwenConfig, device: Device) -> Any:
    """A random model of that shape in transformers; raises UserError where it is not installed."""
    try:
        from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
    except ImportError as error:
        raise UserError("--against transformers needs it; install it with `pip install transformers`.") from error
    v, t = config.vision, config.language
    described = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": t.vocabulary,
            "hidden_size": t.hidden,
            "intermediate_size": t.intermediate,
            "num_hidden_layers": t.layers,
            "num_attention_heads": t.heads,
            "num_key_value_heads": t.kv_heads,
            "max_position_embeddings": 32768,
            "rms_norm_eps": t.epsilon,
            "tie_word_embeddings": t.tied,
            "eos_token_id": 151645,
            "bos_token_id": 151643,
            "pad_token_id": 151643,
            "rope_parameters": {"rope_type": "default", "rope_theta": t.theta, "mrope_section": list(t.sections)},
        },
        vision_config={
            "depth": v.depth,
            "hidden_size": v.hidden,
            "intermediate_size": v.intermediate,
            "num_heads": v.heads,
            "out_hidden_size": v.out,
            "patch_size": v.patch,
            "spatial_merge_size": v.merge,
            "temporal_patch_size": v.frames,
            "window_size": v.window,
            "fullatt_block_indexes": list(v.full_blocks),
        },
        image_token_id=config.image_token,
        tie_word_embeddings=t.tied,
    )
    described._attn_implementation = "sdpa"
    torch.set_default_dtype(device.dtype)
    with device.place:
        model = Qwen2_5_VLForConditionalGeneration(described)
    model.train(False)
    torch.set_default_dtype(torch.float32)
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, DEVIATION)
    return model


def _time(work: Callable[[], None]) -> float:
    torch.cuda.synchronize()
    start = time.perf_counter()
    work()
    torch.cuda.synchronize()
    return time.perf_counter() - start
