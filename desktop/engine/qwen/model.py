"""A loaded checkpoint with its cache and scheduler: pictures and words in, text out."""

import logging
from collections.abc import Mapping
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from desktop.engine.api import EngineError, Progress
from desktop.engine.qwen.answer import Answer
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
from desktop.engine.tasks import fill
from desktop.job import Job

log = logging.getLogger(__name__)

CONTEXT = 8192  # tokens that one request may take on a CPU
RESERVE = 3 << 30  # bytes left free for the activations of the largest picture


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
        """Queue a job; raises UserError where it cannot be answered here."""
        config, task = self.config, job.task
        grid = fit(job.shot, config.vision)
        prompt = write_prompt(self._tokenizer, fill(task, job.question), grid, config.vision.merge, config.image_token)
        request = Request(
            job.id,
            prompt,
            lambda: self.vision(cut_patches(job.shot, grid, config.vision, self.device, self.dtype), grid),
            Sampling(config.penalty, task.temperature, task.top_p, task.max_tokens),
            config.end_tokens,
        )
        if pages_for(request.room) > self.cache.pages:
            raise EngineError("The picture and the words are too much for this GPU's memory; choose a smaller region.")
        self.scheduler.add(request)
        return Answer(request, Detokenizer(self._tokenizer), grid, task.stop)

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
