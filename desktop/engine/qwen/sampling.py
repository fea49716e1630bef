"""From logits to tokens: Qwen's repetition penalty, then the most likely token or a drawn one."""

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
    """Chooses the tokens of one request and remembers which it has seen, the prompt's among them."""

    def __init__(self, sampling: Sampling, prompt: Tensor, vocabulary: int) -> None:
        self._sampling = sampling
        self._seen = torch.zeros(vocabulary, dtype=torch.bool, device=prompt.device)
        self._seen[prompt] = True
        self._dice = torch.Generator(prompt.device).manual_seed(sampling.seed)

    def choose(self, logits: Tensor) -> int:
        """The next token after logits (vocabulary), float32; it counts as seen from then on."""
        if self._sampling.penalty != 1.0:
            # Keskar et al., 2019: what was seen becomes less likely, whatever its sign.
            less = torch.where(logits < 0, logits * self._sampling.penalty, logits / self._sampling.penalty)
            logits = torch.where(self._seen, less, logits)
        token = logits.argmax() if self._sampling.temperature == 0 else self._draw(logits)
        self._seen[token] = True
        return int(token)

    def _draw(self, logits: Tensor) -> Tensor:
        """Nucleus sampling (Holtzman et al., 2020)."""
        chances, tokens = (logits / self._sampling.temperature).softmax(-1).sort(descending=True)
        chances[chances.cumsum(-1) - chances >= self._sampling.top_p] = 0
        return tokens[torch.multinomial(chances, 1, generator=self._dice)][0]
