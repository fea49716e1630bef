"""The model on a test bench: the one file through which a benchmark asks the engine for anything."""

import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from desktop.bench.footprint import footprint_of
from desktop.bench.pictures.series import bench_tasks
from desktop.engine.qwen.answer import Answer
from desktop.engine.qwen.attention import choose_attention
from desktop.engine.qwen.backend import plain_backend
from desktop.engine.qwen.cache import pages_for
from desktop.engine.qwen.image import Grid, cut_patches
from desktop.engine.qwen.language import Step
from desktop.engine.qwen.model import QwenModel
from desktop.engine.qwen.prompt import Prompt, write_words
from desktop.engine.tasks import fill
from desktop.errors import UserError
from desktop.job import Job, Shot, Task


@dataclass(slots=True)
class Watched:
    """One answer, when it was asked for and when each of its tokens was there, in seconds of one clock.

    `to_end` lets the model end it; else it has as many tokens as were asked for, whatever they are.
    """

    answer: Answer
    begun: float
    to_end: bool
    times: list[float] = field(default_factory=list)

    @property
    def first_s(self) -> float:
        """Seconds to the first token."""
        return self.times[0] - self.begun

    @property
    def whole_s(self) -> float:
        """Seconds to the last token."""
        return self.times[-1] - self.begun

    @property
    def each_s(self) -> float:
        """Seconds from token to token, at the mean; 0 for one token."""
        return (self.times[-1] - self.times[0]) / max(len(self.times) - 1, 1)

    @property
    def ended(self) -> bool:
        """True once no token follows."""
        return self.answer.ended if self.to_end else self.answer.request.ended

    @property
    def tokens(self) -> int:
        """The tokens of the prompt."""
        return len(self.answer.request.prompt.ids)

    @property
    def reused(self) -> int:
        """The tokens of the prompt that were kept from before."""
        return self.answer.request.reused

    @property
    def error(self) -> Exception | None:
        """What ended it before its time."""
        return self.answer.request.error

    def look(self, now: float) -> None:
        """Note the tokens that have come."""
        new = len(self.answer.request.produced) - len(self.times)
        self.times += [now] * new
        if self.to_end:
            self.answer.show()


@dataclass(frozen=True, slots=True)
class Batch:
    """Answers that ran together, from the asking for the first to the end of the last; those that failed apart."""

    done: tuple[Watched, ...]
    failures: tuple[Exception, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Pictures a second."""
        return len(self.done) / self.seconds


@dataclass(frozen=True, slots=True)
class Question:
    """A task asked of a picture, for so many tokens."""

    shot: Shot
    task: Task
    tokens: int
    to_end: bool = False


class Rig:
    """Asks a model and watches; `footprint` looks at the memory meanwhile."""

    def __init__(self, model: QwenModel) -> None:
        self.model = model
        self.footprint = footprint_of(model.device)
        self.tasks = bench_tasks()

    @property
    def weights(self) -> int:
        """The bytes of the weights, and of the room in which packed ones are unpacked."""
        return self.model.weight_bytes

    @property
    def portions(self) -> tuple[int, int]:
        """The most tokens of prompts that a step computes beside running answers, and the fewest at once."""
        prefill = self.model.scheduler.prefill
        return prefill.patient, prefill.crumb

    def forget(self) -> None:
        """Keep nothing of what was asked before."""
        self.model.scheduler.prefixes.clear()

    def synchronise(self) -> None:
        """Wait until the device has nothing left to do."""
        self.model.device.processor.synchronise()

    def begin(self, question: Question) -> Watched:
        """Queue it. Raises UserError where it cannot be answered here."""
        begun = time.perf_counter()
        answer = self.model.begin(Job(question.shot, replace(question.task, max_tokens=question.tokens)))
        if not question.to_end:
            answer.request.end_tokens = ()
        return Watched(answer, begun, question.to_end)

    def step(self, *watched: Watched) -> None:
        """Move all on, and look at what came of these."""
        self.model.step()
        now = time.perf_counter()
        for one in watched:
            one.look(now)
        self.footprint.sample()

    def end(self, watched: Watched) -> None:
        """Free what it held."""
        self.model.end(watched.answer.request)

    def ask(self, question: Question) -> Watched:
        """Ask alone, to the end. Raises what ended it before its time."""
        batch = self.run([question], 1)
        for failure in batch.failures:
            raise failure
        return batch.done[0]

    def run(self, questions: Iterable[Question], together: int) -> Batch:
        """Ask all of them, so many at a time: where one has ended the next one begins."""
        waiting, running = deque(questions), list[Watched]()
        done: list[Watched] = []
        failures: list[Exception] = []
        self.synchronise()
        start = time.perf_counter()
        while waiting or running:
            while waiting and len(running) < together:
                try:
                    running.append(self.begin(waiting.popleft()))
                except UserError as error:
                    failures.append(error)
            if running:
                self.step(*running)
            for one in [one for one in running if one.ended]:
                running.remove(one)
                self.end(one)
                if one.error:
                    failures.append(one.error)
                else:
                    done.append(one)
        return Batch(tuple(done), tuple(failures), time.perf_counter() - start)

    def take_note(self) -> str:
        """What attention could not do since it was last asked, in a sentence; or ''."""
        return self.model.attention.take_note()

    def use_attention(self, wanted: str) -> str:
        """Go on with that way of attention; the ways that are in use then."""
        device = self.model.device
        self.model.use_attention(choose_attention(device.place, device.dtype, wanted))
        return self.model.attention.name

    def compose(self, shot: Shot, task: Task) -> Prompt:
        """The prompt for a task, with the picture as large as the settings let it be."""
        words = write_words(self.model.tokenizer, fill(task))
        return self.model.compose(shot, words, self.model.budget.most_pixels)[0]

    def cut(self, shot: Shot, grid: Grid) -> Tensor:
        """The patches of a picture."""
        device = self.model.device
        return cut_patches(shot, grid, self.model.config.vision, device.place, device.dtype)

    @torch.inference_mode()
    def embed(self, patches: Tensor, grid: Grid) -> Tensor:
        """The picture's tokens, by the vision tower."""
        return self.model.vision(patches, grid)

    def prefill(self, prompt: Prompt, picture: Tensor) -> Tensor:
        """The logits (vocabulary) after a whole prompt at once."""
        with self._pages(prompt) as (_pages, slots):
            return self._prefill(prompt, picture, slots)

    @torch.inference_mode()
    def read(self, shot: Shot, task: Task) -> tuple[Tensor, Tensor]:
        """The logits (vocabulary) after a whole prompt at once, and after its last token in a step of its own."""
        prompt, place = self.compose(shot, task), self.model.device.place
        picture = self.embed(self.cut(shot, prompt.grid), prompt.grid)
        with self._pages(prompt) as (pages, slots):
            whole = self._prefill(prompt, picture, slots)
            table = torch.tensor([pages], device=place, dtype=torch.int32)
            length = torch.tensor([len(slots)], device=place, dtype=torch.int32)
            token, position = torch.tensor(prompt.ids[-1:], device=place), prompt.positions[0, -1:].to(place)
            return whole, self.model.language.decode(Step(token, position, slots[-1:], table, length))[0]

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Meanwhile plain torch computes, without kernels of ours."""
        used = self.model.language.backend
        fast, plain = replace(used), plain_backend(self.model.device)
        plain.operators.scratch.room = fast.operators.scratch.room
        used.become(plain)
        try:
            yield
        finally:
            used.become(fast)

    @contextmanager
    def _pages(self, prompt: Prompt) -> Iterator[tuple[list[int], Tensor]]:
        """Pages of the cache for a prompt, and their slots."""
        cache, tokens = self.model.cache, len(prompt.ids)
        self.model.scheduler.prefixes.make_room(pages_for(tokens))
        pages = cache.take(pages_for(tokens))
        try:
            yield pages, cache.slots(pages, tokens)
        finally:
            cache.give_back(pages)

    @torch.inference_mode()
    def _prefill(self, prompt: Prompt, picture: Tensor, slots: Tensor) -> Tensor:
        language, place = self.model.language, self.model.device.place
        embeddings = language.embed(torch.tensor(prompt.ids, device=place)).clone()
        embeddings[prompt.picture] = picture
        return language.prefill(embeddings, prompt.positions.to(place), slots)[0]
