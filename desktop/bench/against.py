"""The same weights and pictures in transformers: whose tokens, how far apart, and how much slower."""

import statistics
from dataclasses import dataclass

import torch
from torch import Tensor

from desktop.bench.effort import Effort, size_name
from desktop.bench.likeness import distance
from desktop.bench.machine import describe_machine
from desktop.bench.peer import Peer
from desktop.bench.random_model import build_model, made_shot
from desktop.bench.record import Record
from desktop.bench.report import Figure
from desktop.bench.rig import Question, Rig
from desktop.bench.stages import timed
from desktop.bench.subject import Subject
from desktop.errors import UserError
from desktop.job import Shot
from desktop.settings import Settings

PACKED = "Weights of few bits are not what transformers has; compare them --against unpacked."


@dataclass(frozen=True, slots=True)
class Pair:
    """One picture's answers: tokens, first logits (vocabulary) and seconds of both."""

    shot: Shot
    ours: list[int]
    theirs: list[int]
    our_logits: Tensor
    their_logits: Tensor
    our_s: float
    their_s: float

    @property
    def same(self) -> list[bool]:
        """Token by token, whether both say the same."""
        return [ours == theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]

    @property
    def first_difference(self) -> int:
        """The place of the first token that differs; their number where none does."""
        return [*self.same, False].index(False)


def compare_with_transformers(subject: Subject, settings: Settings, effort: Effort) -> Record:
    """Identity of greedy tokens, where they first differ, the logits' distance, and whole answers' times.

    Both models must fit the device; where a float32 one fits too, each one's distance from that is told. Raises
    UserError where the subject cannot be measured here, or without transformers.
    """
    if subject.config.kind != "dense":
        raise UserError(PACKED)
    torch.backends.cudnn.allow_tf32 = False  # their patch embedding is a convolution, ours is none
    device = subject.device(settings)
    peer = Peer(subject, device)
    ours = build_model(subject.config, peer.weights.items(), subject.tokenizer, device, settings)
    ours.warm_up()
    rig = Rig(ours)
    shots = [made_shot(*size, seed=seed) for seed, size in enumerate(effort.peer_sizes)]
    pairs = [_ask_both(rig, peer, shot, effort.tokens) for shot in shots]
    figures = [*_sameness(pairs, effort.tokens), *_measure_from_float32(rig, peer, pairs), *_times(pairs)]
    machine = describe_machine(subject.title, device, ours.attention.name) | {"against": peer.name}
    return Record("against", machine, {"Against transformers": figures})


def _sameness(pairs: list[Pair], tokens: int) -> list[Figure]:
    same = [same for pair in pairs for same in pair.same]
    apart = [distance(pair.our_logits, pair.their_logits) for pair in pairs]
    return [
        Figure("tokens identical to transformers", "%", 100 * statistics.mean(same), samples=len(pairs)),
        *(Figure(f"first to differ, {_name(pair)}", f"of {tokens}", pair.first_difference, digits=0) for pair in pairs),
        Figure("logits apart, largest", "%", 100 * max(apart), samples=len(pairs), digits=3),
    ]


def _times(pairs: list[Pair]) -> list[Figure]:
    first = pairs[0]
    return [
        Figure(f"whole answer, ours, {_name(first)}", "ms", first.our_s * 1000),
        Figure(f"whole answer, transformers', {_name(first)}", "ms", first.their_s * 1000),
        Figure(
            "whole answer, transformers' time over ours",
            "x",
            statistics.median(pair.their_s / pair.our_s for pair in pairs),
            samples=len(pairs),
        ),
    ]


def _measure_from_float32(rig: Rig, peer: Peer, pairs: list[Pair]) -> list[Figure]:
    """How far both are from the same weights computed in float32, on average; nothing where these do not fit."""
    device = rig.model.device
    if device.dtype is torch.float32 or device.free_bytes() < peer.size * torch.float32.itemsize:
        return []
    peer.model.float()
    truth = [peer.logits(_inputs(rig, peer, pair.shot, torch.float32)) for pair in pairs]
    mine = [distance(pair.our_logits, true) for pair, true in zip(pairs, truth, strict=True)]
    other = [distance(pair.their_logits, true) for pair, true in zip(pairs, truth, strict=True)]
    return [
        Figure("our logits from float32's, mean", "%", 100 * statistics.mean(mine), samples=len(pairs)),
        Figure("transformers' logits from float32's, mean", "%", 100 * statistics.mean(other), samples=len(pairs)),
    ]


def _ask_both(rig: Rig, peer: Peer, shot: Shot, tokens: int) -> Pair:
    """Each once for a token, which warms up, and once for the answer that counts."""
    question = Question(shot, rig.tasks["text"], tokens)
    inputs = _inputs(rig, peer, shot, rig.model.device.dtype)
    rig.forget()
    rig.ask(Question(shot, rig.tasks["text"], 1))
    rig.forget()
    answer, our_s = timed(rig, lambda: rig.ask(question))
    peer.generate(inputs, 1)
    theirs, their_s = timed(rig, lambda: peer.generate(inputs, tokens))
    prompt = rig.compose(shot, question.task)
    our_logits = rig.prefill(prompt, rig.embed(rig.cut(shot, prompt.grid), prompt.grid))
    return Pair(shot, answer.answer.request.produced, theirs, our_logits, peer.logits(inputs), our_s, their_s)


def _inputs(rig: Rig, peer: Peer, shot: Shot, dtype: torch.dtype) -> dict[str, Tensor]:
    return peer.inputs(rig, shot, rig.compose(shot, rig.tasks["text"]), dtype)


def _name(pair: Pair) -> str:
    return size_name((pair.shot.width, pair.shot.height))
