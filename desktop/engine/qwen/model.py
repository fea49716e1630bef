"""A loaded checkpoint with its cache and scheduler: pictures and words in, text out."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from desktop.engine.api import EngineError, Progress
from desktop.engine.qwen.attention import choose_attention
from desktop.engine.qwen.cache import KVCache, bytes_per_page, pages_for
from desktop.engine.qwen.config import QwenConfig, read_config
from desktop.engine.qwen.detokenizer import Detokenizer
from desktop.engine.qwen.image import cut_patches, fit
from desktop.engine.qwen.language import LanguageModel
from desktop.engine.qwen.loader import load_weights
from desktop.engine.qwen.prompt import write_prompt
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.scheduler import MOST_RUNNING, Request, Scheduler
from desktop.engine.qwen.vision import VisionTower
from desktop.job import Job

log = logging.getLogger(__name__)

CONTEXT = 8192  # tokens that one request may take on a CPU
RESERVE = 3 << 30  # bytes left free for the activations of the largest picture


@dataclass(slots=True)
class Answer:
    """One job's text in the making; `shown` of its tokens are in `text`."""

    request: Request
    detokenizer: Detokenizer
    shown: int = 0

    @property
    def ended(self) -> bool:
        """True once no token follows."""
        return self.request.ended and self.shown == self.tokens

    @property
    def tokens(self) -> int:
        """How many tokens there are."""
        return len(self.request.produced)

    @property
    def text(self) -> str:
        """The whole characters so far."""
        return self.detokenizer.text

    def show(self) -> None:
        """Take the new tokens into the text."""
        for token in self.request.produced[self.shown :]:
            self.detokenizer.add(token)
        self.shown = self.tokens

    def finish(self) -> None:
        """Take what is left into the text."""
        self.show()
        self.detokenizer.finish()


class QwenModel:
    """Everything of one checkpoint that stays on the device."""

    def __init__(self, config: QwenConfig, weights: Mapping[str, Tensor], tokenizer: Tokenizer) -> None:
        norm = weights["norm.weight"]
        self.config = config
        self.device, self.dtype = norm.device, norm.dtype
        self._tokenizer = tokenizer
        self.attention = choose_attention(self.device, self.dtype)
        self.vision = VisionTower(config.vision, weights, self.attention)
        self.cache = KVCache(config.language, self._pages(), self.device, self.dtype)
        self.language = LanguageModel(config.language, weights, self.attention, self.cache)
        self.scheduler = Scheduler(self.language, self.cache, config.language.vocabulary, self.device)

    @classmethod
    def load(cls, folder: Path, progress: Progress) -> "QwenModel":
        """Read a checkpoint; raises EngineError."""
        config, tokenizer = read_config(folder), read_tokenizer(folder)
        return cls(config, load_weights(folder, config, *choose_device(), progress), tokenizer)

    def begin(self, job: Job) -> Answer:
        """Queue a job; raises EngineError where it cannot be answered here."""
        config = self.config
        grid = fit(job.shot, config.vision)
        prompt = write_prompt(self._tokenizer, job.task.prompt, grid, config.vision.merge, config.image_token)
        request = Request(
            job.id,
            prompt,
            lambda: self.vision(cut_patches(job.shot, grid, config.vision, self.device, self.dtype), grid),
            Sampling(penalty=config.penalty),
            config.end_tokens,
        )
        self.scheduler.add(request)
        return Answer(request, Detokenizer(self._tokenizer))

    def step(self) -> None:
        """Move every job on."""
        self.scheduler.step()

    def end(self, answer: Answer) -> None:
        """Free what a job held."""
        self.scheduler.remove(answer.request)

    def close(self) -> None:
        """Give memory back."""
        del self.vision, self.language, self.scheduler, self.cache
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def _pages(self) -> int:
        """As many pages as the device has room for, and no more than a full batch can use."""
        most = pages_for(CONTEXT) * MOST_RUNNING
        if self.device.type != "cuda":
            return most
        free, _total = torch.cuda.mem_get_info(self.device)
        pages = (free - RESERVE) // bytes_per_page(self.config.language, self.dtype)
        if pages < pages_for(CONTEXT):
            raise EngineError(
                "The GPU has too little free memory for this model; close other programs or use a smaller one."
            )
        return min(most, pages)


def choose_device() -> tuple[torch.device, torch.dtype]:
    """The GPU in bfloat16 where one can compute with it, else the CPU in float32, which is slow."""
    if torch.cuda.is_available() and torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.device("cuda"), torch.bfloat16
    log.warning("no GPU with bfloat16: the model runs on the CPU in float32, which is slow")
    return torch.device("cpu"), torch.float32


def read_tokenizer(folder: Path) -> Tokenizer:
    """The checkpoint's tokenizer; raises EngineError."""
    path = folder / "tokenizer.json"
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more exact
        raise EngineError(f"{path} is missing or damaged; download the model again.") from error
