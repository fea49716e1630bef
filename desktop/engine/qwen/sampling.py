"""From logits to tokens: the most likely one, or a drawn one."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Sampling:
    """How tokens are chosen: greedily at temperature 0, else drawn from the likeliest `top_p` with a seed."""

    penalty: float = 1.0
    temperature: float = 0.0
    top_p: float = 1.0
    max_tokens: int = 2048
    seed: int = 0


class Sampler:
    """Chooses the tokens of one request."""

    def __init__(self, sampling: Sampling, device: torch.device) -> None:
        self._sampling = sampling
        self._dice = torch.Generator(device).manual_seed(sampling.seed)

    def choose(self, logits: Tensor) -> Tensor:
        """The next token, int64 (), after logits (vocabulary), float32."""
        return self._draw(logits) if self.draws else logits.argmax()

    @property
    def draws(self) -> bool:
        """True where it is not always the likeliest."""
        return self._sampling.temperature > 0

    def _draw(self, logits: Tensor) -> Tensor:
        """Nucleus sampling (Holtzman et al., 2020), by a race of exponential clocks: NaN loses no GPU there."""
        chances, tokens = (logits / self._sampling.temperature).softmax(-1).sort(descending=True)
        chances[chances.cumsum(-1) - chances >= self._sampling.top_p] = 0
        clocks = torch.empty_like(chances).exponential_(generator=self._dice)
        return tokens[(chances / clocks).argmax()]
