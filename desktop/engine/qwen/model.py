"""A loaded checkpoint with its cache and scheduler: pictures and words in, text out."""

import logging
import math
from collections.abc import Mapping
from concurrent.futures import Future, wait
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from desktop.engine.api import EngineError, Progress
from desktop.engine.qwen.answer import Answer
from desktop.engine.qwen.attention import Ladder
from desktop.engine.qwen.backend import Backend, begin_to_choose, choose_backend, plain_backend
from desktop.engine.qwen.budget import SMALLEST, Budget
from desktop.engine.qwen.cache import PAGE, KVCache, bytes_per_page, pages_for
from desktop.engine.qwen.compiler import compiler_lack
from desktop.engine.qwen.config import QwenConfig, read_config
from desktop.engine.qwen.detokenizer import Detokenizer
from desktop.engine.qwen.device import Device, choose_device
from desktop.engine.qwen.image import UPLOAD_BYTES, Grid, cut_patches, fit
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.loader import load_weights
from desktop.engine.qwen.pace import Pace
from desktop.engine.qwen.products import room_for
from desktop.engine.qwen.prompt import IMAGE, MARKS, Prompt, Words, write_draft, write_head, write_words
from desktop.engine.qwen.quant import PACKED, SCHEMES
from desktop.engine.qwen.request import Embed, Request
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.scheduler import MOST_RUNNING, Scheduler
from desktop.engine.qwen.shares import Shares
from desktop.engine.qwen.vision import VisionTower
from desktop.engine.smart_resize import MAX_PIXELS, MIN_PIXELS, smart_resize
from desktop.engine.tasks import put_into_words
from desktop.errors import UserError
from desktop.job import Job, Shot
from desktop.language import in_a_row, tr, tr_later
from desktop.settings import Settings

log = logging.getLogger(__name__)

CONTEXT = 8192  # tokens of one usual request: the cache has room for a full batch of them, and no more
MOST_WORDS = 24576  # tokens of words, earlier answers among them; more and the checkpoint loses the thread
SMALL = 300, 200  # pixels of the picture that warms up
KERNELS_S = 1.0  # for kernels, once the weights are there; where they were compiled before they are ready by then
MOST_SIZES = 16  # pictures whose size is remembered
SHORTEST = 1024  # tokens that are left to the answer where memory is short; a strip may take up to 50 of them
TOO_LONG = tr_later(
    "The words are too long ({words} tokens; {most} are the most); shorten them or begin a new conversation."
)
TOO_MUCH = tr_later("The picture and the words are too much for this GPU's memory; choose a smaller region.")
FOREIGN = tr_later("{file} belongs to another model than the config.json beside it; download the model again.")
TOO_SMALL = tr_later("There is too little free memory for this model; close other programs or use a smaller model.")


class QwenModel:
    """Everything of one checkpoint that stays on the device."""

    def __init__(
        self,
        config: QwenConfig,
        weights: Mapping[str, Tensor],
        tokenizer: Tokenizer,
        device: Device,
        settings: Settings = Settings(),
        *,
        backend: Backend | None = None,
    ) -> None:
        self.config = config
        self.device = device
        self.tokenizer = tokenizer
        wide, high = smart_resize(*settings.largest_picture, config.vision.factor, MIN_PIXELS, MAX_PIXELS)
        self.budget = Budget(config, device.dtype.itemsize, wide * high)
        self._backend = backend or choose_backend(device, config.kind, settings.attention)
        self._better: Future[Backend] | None = None
        self._cold = False
        self._sizes: dict[int, Grid] = {}
        self._remark = in_a_row(device.remark, compiler_lack(device, self.attention))
        room = torch.empty(room_for(config), device=device.place, dtype=device.dtype)
        self._backend.operators.scratch.room = room if len(room) else None
        self.weight_bytes = room.nbytes + sum({id(tensor): tensor.nbytes for tensor in weights.values()}.values())
        self.vision = VisionTower(config.vision, weights, self._backend)
        self.cache = KVCache(config.language, self._pages(), device.place, device.dtype)
        self.language = LanguageModel(config.language, weights, self._backend, self.cache)
        self.scheduler = Scheduler(self.language, self.cache, config.language.vocabulary, device)

    @classmethod
    def load(cls, folder: Path, progress: Progress, settings: Settings = Settings()) -> "QwenModel":
        """Read a checkpoint; raises EngineError.

        Kernels that are still being compiled when the weights are there are taken as soon as they are ready.
        """
        config, tokenizer = read_config(folder), read_tokenizer(folder)
        if not is_for(tokenizer, config):
            raise EngineError(tr(FOREIGN, file=folder / "tokenizer.json"))
        if settings.weights == "int8" and config.kind == "dense":
            config = replace(config, kind="int8")
        device = choose_device(settings.dtype, settings.memory_cap_gib)
        chosen = begin_to_choose(device, config.kind, settings.attention)
        weights = load_weights(folder, config, device, progress)
        progress(1.0, tr("Getting ready"))
        ready, _ = wait([chosen], KERNELS_S)
        backend = chosen.result() if ready else plain_backend(device)
        model = cls(config, weights, tokenizer, device, settings, backend=backend)
        if ready:
            model.warm_up()
        else:
            model._better = chosen
        return model

    def warm_up(self) -> None:
        """Do on a GPU what takes time at the first use, with a small picture; raises what does not work there."""
        self.scheduler.warm_up()
        if self.device.on_gpu:
            request = self.begin_prefix(Shot(*SMALL, bytes(3 * math.prod(SMALL))), tokens=1)
            while not request.ended:
                self.step()
            self.scheduler.prefixes.clear()
            if request.error:
                raise request.error

    def begin(self, job: Job) -> Answer:
        """Queue a job; raises UserError where it cannot be answered here."""
        task = job.task
        earlier, asked = put_into_words(job)
        words = write_words(self.tokenizer, asked, earlier)
        if len(words) > MOST_WORDS:
            raise UserError(tr(TOO_LONG, words=f"{len(words):,}", most=f"{MOST_WORDS:,}"))
        prompt, embed = self._fit(job.shot, words, job.full_size, follows=bool(job.earlier))
        room = self.cache.pages * PAGE - len(prompt.ids)
        sampling = Sampling(self.config.penalty, task.temperature, task.top_p, min(task.max_tokens, room), task.seed)
        half = max(MIN_PIXELS, self.budget.pixels(prompt.grid) // 2)
        smaller = partial(self.compose, job.shot, words, half)
        request = Request(job.id, prompt, embed, sampling, self.config.end_tokens, smaller)
        if job.earlier:
            self.offer(request, job.earlier[-1].answer)
        self.scheduler.add(request)
        return Answer(request, Detokenizer(self.tokenizer), fit(job.shot, self.config.vision, MAX_PIXELS), task.stop)

    def begin_prefix(self, shot: Shot, tokens: int = 0) -> Request:
        """Queue what every prompt about a Shot begins with, and so many tokens behind it.

        Raises UserError where it cannot be computed here.
        """
        words = write_head(self.tokenizer)
        prompt, embed = self._fit(shot, words, full_size=False)
        request = Request("prefix", prompt, embed, Sampling(max_tokens=tokens), self.config.end_tokens)
        self.scheduler.add(request)
        return request

    def offer(self, request: Request, text: str) -> None:
        """Give a request the text that its answer may well be, as far as it is known; from any thread."""
        if request.sampling.temperature == 0:  # what is drawn by chance cannot be foretold
            request.draft.offer(write_draft(self.tokenizer, text))

    def compose(self, shot: Shot, words: Words, most_pixels: int) -> tuple[Prompt, Embed]:
        """The prompt with the picture at no more than so many pixels, and what computes the picture's tokens."""
        return self._compose(shot, words, fit(shot, self.config.vision, most_pixels))

    def _compose(self, shot: Shot, words: Words, grid: Grid) -> tuple[Prompt, Embed]:
        """The same with the picture at that size, which is remembered."""
        vision = self.config.vision
        name, key = _name(shot), hash((shot.rgb, shot.width, grid))
        self._sizes.pop(name, None)
        self._sizes[name] = grid
        if len(self._sizes) > MOST_SIZES:
            del self._sizes[next(iter(self._sizes))]
        prompt = words.place(grid, vision.merge, self.config.image_token, key)

        def embed() -> Shares:
            patches = cut_patches(shot, grid, vision, self.device.place, self.device.dtype)
            return (yield from self.vision.embed(patches, grid))

        return prompt, embed

    @property
    def packed(self) -> str:
        """What multiplies by weights of few bits; '' where there are none."""
        bits = SCHEMES[self.config.kind].bits
        return tr(PACKED, bits=bits, name=self._backend.operators.packed_by) if bits else ""

    @property
    def attention(self) -> Ladder:
        """The ways of attention in use."""
        return self._backend.attention

    def use_attention(self, attention: Ladder) -> None:
        """Go on with other ways of attention."""
        self._use(Backend(attention, self._backend.operators))
        self.warm_up()

    def _use(self, backend: Backend) -> None:
        """Compute by other means from the next step on, whoever is in the middle of an answer."""
        backend.operators.scratch.room = self._backend.operators.scratch.room
        self._backend.become(backend)
        self.scheduler.pace = Pace()

    def take_note(self) -> str:
        """What the user should know of device and attention and was not told yet, or ''."""
        remark, self._remark = self._remark, ""
        return in_a_row(remark, self.attention.take_note())

    def step(self) -> None:
        """Move every job on."""
        self._improve()
        self.scheduler.step()

    def end(self, request: Request) -> None:
        """Free what a request held; what it computed is kept for those that follow."""
        self.scheduler.remove(request)
        self._improve()  # now, when nobody waits, rather than before the next answer

    def _improve(self) -> None:
        """Take over kernels that were still being compiled when the model was loaded; warm up once nothing runs."""
        if self._better and self._better.done():
            better, self._better = self._better, None
            self._use(better.result())
            self._cold = True
        if self._cold and self.scheduler.rests:
            self._cold = False
            try:
                self.warm_up()
            except Exception as error:  # noqa: BLE001 - whatever keeps it from that, answers only begin slower
                log.warning("not warmed up: %s", error)

    def close(self) -> None:
        """Give memory back; which attention it was can still be told, to whoever asks just then."""
        del self.vision, self.language, self.scheduler, self.cache
        self._backend.operators.scratch.room = None
        self.device.give_back()

    def _fit(self, shot: Shot, words: Words, full_size: bool, *, follows: bool = False) -> tuple[Prompt, Embed]:
        """Compose with as large a picture as fits beside its answer and the newest conversations.

        For their sake a picture is not brought below SMALLEST; they go where the user asks for full size. What is kept
        of the picture, or being computed, is gone on with; only what follows no answer takes a larger one where there
        is room for it by now. Raises EngineError where there is room for no picture.
        """
        budget = replace(self.budget, most_pixels=MAX_PIXELS) if full_size else self.budget
        free_bytes = self.device.free_bytes() - shot.width * shot.height * UPLOAD_BYTES
        tokens = self.cache.pages * PAGE - len(words) - SHORTEST
        limit = budget.limit(free_bytes, tokens)
        if limit < MIN_PIXELS:
            raise EngineError(tr(TOO_MUCH))
        whole = fit(shot, self.config.vision, limit)
        if full_size:
            return self._compose(shot, words, whole)
        before = self._sizes.get(_name(shot), whole)
        composed = self._compose(shot, words, before)
        held = self.scheduler.prefixes.held_pages(composed[0].keys) * PAGE
        less = max(budget.limit(free_bytes, tokens - held), min(limit, SMALLEST))
        grid = fit(shot, self.config.vision, less)
        least = 0 if follows else budget.pixels(grid)
        stays = least <= budget.pixels(before) <= limit and self.scheduler.holds(composed[0].keys)
        return composed if stays or grid == before else self._compose(shot, words, grid)

    def _pages(self) -> int:
        """As many pages as there is room for beside the largest picture, and no more than a full batch can use."""
        most = pages_for(CONTEXT) * MOST_RUNNING
        free = self.device.free_bytes()
        for pixels in (self.budget.most_pixels, min(SMALLEST, self.budget.most_pixels)):
            room = free - self.budget.activations(pixels)
            pages = room // bytes_per_page(self.config.language, self.device.dtype)
            if pages >= pages_for(CONTEXT):
                return min(most, pages)
        raise EngineError(tr(TOO_SMALL))


def _name(shot: Shot) -> int:
    """What tells a picture from others, whatever its size."""
    return hash((shot.rgb, shot.width))


def read_tokenizer(folder: Path) -> Tokenizer:
    """The checkpoint's tokenizer; raises EngineError."""
    path = folder / "tokenizer.json"
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more exact
        raise EngineError(tr("{file} is missing or damaged; download the model again.", file=path)) from error


def is_for(tokenizer: Tokenizer, config: QwenConfig) -> bool:
    """Tell whether a tokenizer is the model's: one token too many would end a GPU's work for good."""
    largest = max(tokenizer.get_vocab().values(), default=0)
    image = tokenizer.encode(IMAGE, add_special_tokens=False).ids
    alone = all(len(tokenizer.encode(mark, add_special_tokens=False).ids) == 1 for mark in MARKS)
    return alone and image == [config.image_token] and largest < config.language.vocabulary
