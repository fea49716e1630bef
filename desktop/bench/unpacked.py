"""Weights of few bits beside the same weights unpacked: tokens, and how far the logits of both are from float32."""

import statistics
from collections.abc import Mapping
from dataclasses import replace

import torch
from torch import Tensor

from desktop.bench.effort import Effort, size_name
from desktop.bench.likeness import distance
from desktop.bench.machine import describe_machine
from desktop.bench.random_model import made_shot
from desktop.bench.record import Record
from desktop.bench.report import Figure
from desktop.bench.rig import Question, Rig
from desktop.bench.subject import Subject
from desktop.engine.qwen.loader import weight_bytes
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.quant import find_weight
from desktop.errors import UserError
from desktop.job import Shot
from desktop.settings import Settings

NOT_PACKED = "{0} has no packed weights; measure some with --quant."
Said = list[tuple[list[int], Tensor]]  # of each picture its tokens, and the logits (vocabulary) of the first one


def compare_with_unpacked(subject: Subject, settings: Settings, effort: Effort) -> Record:
    """Identity of greedy tokens, and each one's distance from the same weights in float32, where these fit.

    Raises UserError where the subject cannot be measured here, or nothing of it is packed.
    """
    if subject.config.kind == "dense":
        raise UserError(NOT_PACKED.format(subject.title))
    rig = Rig(subject.load(settings))
    shots = [made_shot(*size, seed=seed) for seed, size in enumerate(effort.peer_sizes)]
    machine = describe_machine(subject.title, rig.model.device, rig.model.attention.name)
    machine |= {"weights": rig.model.packed, "against": "the same weights, unpacked"}
    packed, model = _answers(rig, shots, effort.tokens), rig.model
    plain = _answers(Rig(_unpacked(model, settings, model.device.dtype)), shots, effort.tokens)
    figures = [
        Figure("tokens identical to unpacked weights'", "%", 100 * _same(packed, plain), samples=len(shots)),
        *(
            Figure(f"first to differ, {size_name(size)}", f"of {effort.tokens}", _first(one[0], other[0]), digits=0)
            for size, one, other in zip(effort.peer_sizes, packed, plain, strict=True)
        ),
    ]
    if model.device.free_bytes() > 1.3 * weight_bytes(replace(model.config, kind="dense"), torch.float32.itemsize):
        true = _answers(Rig(_unpacked(model, settings, torch.float32)), shots, 1)
        for name, said in (("packed", packed), ("unpacked", plain)):
            title = f"{name} weights' logits from float32's, mean"
            figures.append(Figure(title, "%", _apart(said, true), samples=len(shots), digits=3))
    return Record("against", machine, {"Against unpacked weights": figures})


def _answers(rig: Rig, shots: list[Shot], tokens: int) -> Said:
    out = []
    for shot in shots:
        rig.forget()
        task = rig.tasks["text"]
        produced = rig.ask(Question(shot, task, tokens)).answer.request.produced
        prompt = rig.compose(shot, task)
        out.append((produced, rig.prefill(prompt, rig.embed(rig.cut(shot, prompt.grid), prompt.grid))))
    return out


def _unpacked(model: QwenModel, settings: Settings, dtype: torch.dtype) -> QwenModel:
    """The same model with every weight in full."""
    weights = model.language.weights
    full = {name: tensor.to(dtype) for name, tensor in weights.items() if name.endswith((".weight", ".bias"))}
    for name in {name.removesuffix(".codes") for name in weights if name.endswith(".codes")}:
        full[f"{name}.weight"] = _in_full(weights, name, dtype)
    config, device = replace(model.config, kind="dense"), replace(model.device, dtype=dtype)
    plain = QwenModel(config, full, model.tokenizer, device, settings)
    plain.warm_up()
    return plain


def _in_full(weights: Mapping[str, Tensor], name: str, dtype: torch.dtype) -> Tensor:
    """A matrix (out, in)."""
    weight = find_weight(weights, name)
    if isinstance(weight, Tensor):
        return weight
    out = torch.empty(len(weight), weight.ins, device=weight.codes.device, dtype=dtype)
    weight.unpack(out)
    return out


def _same(one: Said, other: Said) -> float:
    pairs = [pair for (left, _), (right, _) in zip(one, other, strict=True) for pair in zip(left, right, strict=True)]
    return statistics.mean(left == right for left, right in pairs)


def _first(one: list[int], other: list[int]) -> int:
    """The place of the first token that differs; their number where none does."""
    return [*(left == right for left, right in zip(one, other, strict=True)), False].index(False)


def _apart(said: Said, true: Said) -> float:
    """In percent."""
    return 100 * statistics.mean(distance(logits, right) for (_, logits), (_, right) in zip(said, true, strict=True))
