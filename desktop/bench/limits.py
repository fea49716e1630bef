"""What physics allows at best: arithmetic and bytes that a checkpoint needs, over what the hardware was seen to do."""

from dataclasses import dataclass

from desktop.engine.qwen.config import LanguageConfig, QwenConfig, VisionConfig
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.loader import projection_bytes, weight_bytes

FLOP = 2  # a multiplication and an addition


def vision_flop(config: VisionConfig, grid: Grid) -> float:
    """What the vision tower computes for a picture: projections, attention in windows or over all of it, the merger."""
    hidden, patches = config.hidden, grid.rows * grid.columns
    block = hidden * 3 * hidden + hidden * hidden + 3 * hidden * config.intermediate
    embedding = 3 * config.frames * config.patch**2 * hidden
    merged = hidden * config.merge**2
    merger = merged * merged + merged * config.out
    linear = FLOP * (patches * (config.depth * block + embedding) + patches // config.merge**2 * merger)
    whole = len(config.full_blocks)
    side = config.window // config.patch
    pairs = whole * patches**2 + (config.depth - whole) * _squares(grid.rows, side) * _squares(grid.columns, side)
    return float(linear + 2 * FLOP * pairs * hidden)


def language_flop(config: LanguageConfig, tokens: int) -> float:
    """What the language model computes for a prompt: projections, causal attention, the head for the last token.

    Of the last layer only keys and values are needed of every token.
    """
    pairs = (config.layers - 1) * tokens * tokens / 2
    spared = layer_parameters(config) // config.layers - 2 * config.hidden * config.kv_heads * config.head_dim
    linear = layer_parameters(config) * tokens - spared * (tokens - 1) + head_parameters(config)
    return FLOP * linear + 2 * FLOP * pairs * config.hidden


def layer_parameters(config: LanguageConfig) -> int:
    """The numbers in all projections of all layers."""
    kv = config.kv_heads * config.head_dim
    attention = config.hidden * (2 * config.hidden + 2 * kv)
    return config.layers * (attention + 3 * config.hidden * config.intermediate)


def head_parameters(config: LanguageConfig) -> int:
    """The numbers that turn a hidden state into logits."""
    return config.hidden * config.vocabulary


def bytes_a_token(config: QwenConfig, itemsize: int) -> int:
    """The weights that every step of decoding reads, however many answers it moves on."""
    return projection_bytes(config, itemsize) + itemsize * head_parameters(config.language)


def kv_bytes(config: LanguageConfig, itemsize: int) -> int:
    """What one token takes in the KV cache."""
    return 2 * config.layers * config.kv_heads * config.head_dim * itemsize


@dataclass(frozen=True, slots=True)
class Limits:
    """The floors on one machine. `copied` is in bytes a second, read and written; `multiplied` in FLOP a second."""

    config: QwenConfig
    itemsize: int
    copied: float
    multiplied: float

    @property
    def each_s(self) -> float:
        """Seconds a token: every weight is read once."""
        return bytes_a_token(self.config, self.itemsize) / self.copied

    def vision_s(self, grid: Grid) -> float:
        """Seconds of the vision tower."""
        return vision_flop(self.config.vision, grid) / self.multiplied

    def prefill_s(self, tokens: int) -> float:
        """Seconds of the language model for a prompt; it reads its weights at least once, too."""
        return max(language_flop(self.config.language, tokens) / self.multiplied, self.each_s)

    def first_s(self, grid: Grid, tokens: int) -> float:
        """Seconds to the first token of a prompt with that picture."""
        return self.vision_s(grid) + self.prefill_s(tokens)

    def whole_s(self, grid: Grid, tokens: int, answer: int) -> float:
        """Seconds for an answer of so many tokens."""
        return self.first_s(grid, tokens) + (answer - 1) * self.each_s

    def rate(self, grid: Grid, tokens: int, answer: int, together: int) -> float:
        """Pictures a second: all prompts must be computed, and none is faster than an answer alone."""
        return together / max(self.whole_s(grid, tokens, answer), together * self.first_s(grid, tokens))

    def memory(self, tokens: int) -> int:
        """Bytes that the weights take, and so many tokens in the cache."""
        return weight_bytes(self.config, self.itemsize) + tokens * kv_bytes(self.config.language, self.itemsize)


def _squares(length: int, side: int) -> int:
    """The sum of the squares of a length's parts, each `side` long but the last."""
    return length // side * side**2 + (length % side) ** 2
