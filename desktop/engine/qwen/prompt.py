"""What the model is given: one fixed system prompt, the picture first, then the words; and their positions."""

from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from desktop.engine.qwen.image import Grid

SYSTEM = "You are a helpful assistant."
_HEAD = f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n<|vision_start|>"
_TAIL = "<|vision_end|>{words}<|im_end|>\n<|im_start|>assistant\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Token ids, the picture's pads among them from `picture` on, and the three-axis positions (3, tokens)."""

    ids: tuple[int, ...]
    picture: slice
    positions: Tensor

    @property
    def next_position(self) -> int:
        """The position of the first token of the answer."""
        return int(self.positions[:, -1].max()) + 1


def write_prompt(tokenizer: Tokenizer, words: str, grid: Grid, merge: int, image_token: int) -> Prompt:
    """The prompt of one picture and the words about it; special tokens in the words are read as plain text."""
    head = tokenizer.encode(_HEAD, add_special_tokens=False).ids
    before, after = _TAIL.split("{words}")
    tail = [
        *tokenizer.encode(before, add_special_tokens=False).ids,
        *tokenizer.encode(words.replace("<|", "< |"), add_special_tokens=False).ids,
        *tokenizer.encode(after, add_special_tokens=False).ids,
    ]
    return place_tokens(head, grid, merge, image_token, tail)


def place_tokens(head: list[int], grid: Grid, merge: int, image_token: int, tail: list[int]) -> Prompt:
    """Put a picture of that grid between the tokens of head and tail."""
    rows, columns = grid.rows // merge, grid.columns // merge
    count = rows * columns
    ids = (*head, *[image_token] * count, *tail)
    return Prompt(ids, slice(len(head), len(head) + count), _positions(len(head), rows, columns, len(tail)))


def _positions(head: int, rows: int, columns: int, tail: int) -> Tensor:
    """Words count up on all axes; a picture's tokens share one time and count rows and columns from there.

    Multimodal rotary positions of Qwen2-VL (Wang et al., 2024), section 2.1.
    """
    y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
    picture = torch.stack([torch.zeros(rows * columns, dtype=torch.long), y.flatten(), x.flatten()]) + head
    start = head + max(rows, columns)
    return torch.cat(
        [torch.arange(head).expand(3, -1), picture, torch.arange(start, start + tail).expand(3, -1)], dim=1
    )
