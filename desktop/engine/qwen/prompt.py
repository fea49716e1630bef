"""What the model is given: one fixed system prompt, the picture first, then the words; and their positions."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from desktop.engine.qwen.image import Grid
from desktop.engine.tasks import SYSTEM

IMAGE = "<|image_pad|>"
MARKS = ("<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>")
_HEAD = f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n<|vision_start|>"
_PICTURE_ENDS = "<|vision_end|>"
_ANSWER_BEGINS = "<|im_end|>\n<|im_start|>assistant\n"
_ANSWER_ENDS = "<|im_end|>\n<|im_start|>user\n"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Token ids, the picture's pads among them, and the three-axis positions (3, tokens).

    `keys` are the ids with a hash of the picture in place of its pads: equal keys have equal keys and values.
    """

    ids: tuple[int, ...]
    picture: slice
    positions: Tensor
    grid: Grid
    keys: tuple[int, ...]

    @property
    def next_position(self) -> int:
        """The position of the first token of the answer."""
        return int(self.positions[:, -1].max()) + 1


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens before and behind the picture, whatever its size."""

    head: list[int]
    tail: list[int]

    def __len__(self) -> int:
        return len(self.head) + len(self.tail)

    def place(self, grid: Grid, merge: int, image_token: int, picture_key: int) -> Prompt:
        """The prompt with a picture of that grid."""
        rows, columns = grid.rows // merge, grid.columns // merge
        count, start = rows * columns, len(self.head)
        ids = (*self.head, *[image_token] * count, *self.tail)
        keys = (*self.head, *[-1 - abs(picture_key)] * count, *self.tail)
        return Prompt(ids, slice(start, start + count), _positions(start, rows, columns, len(self.tail)), grid, keys)


def write_words(tokenizer: Tokenizer, words: str, earlier: Sequence[tuple[str, str]] = ()) -> Words:
    """The tokens around the picture: earlier words and answers, then the words that want an answer now.

    Special tokens in any of them are read as plain text.
    """

    def encode(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    tail = encode(_PICTURE_ENDS)
    for said, answer in earlier:
        tail += [*encode(_plain(said)), *encode(_ANSWER_BEGINS), *encode(_plain(answer)), *encode(_ANSWER_ENDS)]
    return Words(encode(_HEAD), [*tail, *encode(_plain(words)), *encode(_ANSWER_BEGINS)])


def write_head(tokenizer: Tokenizer) -> Words:
    """The tokens around the picture that every prompt begins with."""
    return Words(*(list(tokenizer.encode(text, add_special_tokens=False).ids) for text in (_HEAD, _PICTURE_ENDS)))


def write_draft(tokenizer: Tokenizer, text: str) -> list[int]:
    """The tokens of an answer that is nothing but this text."""
    return list(tokenizer.encode(_plain(text), add_special_tokens=False).ids)


def _plain(text: str) -> str:
    return text.replace("<|", "< |")


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
