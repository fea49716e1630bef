"""The real Qwen vocabulary: streamed text is never broken, however a character's bytes fall into tokens."""

import base64
import random
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers

from desktop.bench.random_model import SHAPES
from desktop.engine.qwen.answer import Answer
from desktop.engine.qwen.detokenizer import Detokenizer
from desktop.engine.qwen.image import Grid
from desktop.engine.qwen.model import is_for
from desktop.engine.qwen.prompt import write_words
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.shares import Shares
from tests.engine.qwen.checkpoints import SPECIAL

RANKS = 151643
IMAGE_PAD = 151655
# How Qwen2 cuts text before merging (its tokenizer.json).
CUT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
TEXTS = (
    "屏幕截图转文字：你好，世界！𠮷野家 龘靐齉爩 ｶﾀｶﾅ",
    "👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 👍🏽 skin, 🇩🇪🇨🇳 flags, 1️⃣ key, 🫠🪿🫨",
    "עברית العربية हिन्दी ไทย 한국어 ქართული",
    "e\u0301 n\u0303 Z̸̢̛a̷l̶g̵o̶ ﷽ \u200b\u2028 \U000e0041",
    'int main() {\n\tprintf("%s → %d€\\n", “naïve”, 42); // 中文注释 🎉\n}\n',
)


def read_ranks() -> dict[bytes, int]:
    """The tokens' bytes and their order, from the file that Alibaba ships in its own package."""
    package = find_spec("dashscope")
    assert package is not None
    assert package.origin is not None
    lines = (Path(package.origin).parent / "resources" / "qwen.tiktoken").read_bytes().splitlines()
    return {base64.b64decode(token): int(rank) for token, rank in (line.split() for line in lines if line)}


def as_letters() -> dict[int, str]:
    """The letter that stands for each byte in a byte-level vocabulary (GPT-2, 2019)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + place) for place, byte in enumerate(others)}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Qwen2.5's tokenizer. A token's merges are all cuts of it into two tokens, in the order of their ranks."""
    ranks = read_ranks()
    letters = as_letters()
    names = {token: "".join(letters[byte] for byte in token) for token in ranks}
    merges = []
    for token in ranks:
        cuts = [(token[:at], token[at:]) for at in range(1, len(token))]
        known = [(left, right) for left, right in cuts if left in ranks and right in ranks]
        known.sort(key=lambda pair: (ranks[pair[0]], ranks[pair[1]]))
        merges += [(names[left], names[right]) for left, right in known]
    made = Tokenizer(models.BPE({names[token]: rank for token, rank in ranks.items()}, merges))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(CUT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens(SPECIAL)
    return made


def _no_picture() -> Shares:
    raise NotImplementedError


def stream(tokenizer: Tokenizer, ids: list[int]) -> list[str]:
    """The text after every token, and at the end."""
    detokenizer = Detokenizer(tokenizer)
    texts = []
    for token in ids:
        detokenizer.add(token)
        texts.append(detokenizer.text)
    detokenizer.finish()
    return [*texts, detokenizer.text]


def test_the_vocabulary_is_the_model_s(tokenizer: Tokenizer) -> None:
    """Ranks and special tokens have the numbers that the checkpoint knows them by."""
    assert tokenizer.get_vocab_size(with_added_tokens=False) == RANKS
    assert tokenizer.token_to_id("<|im_end|>") == 151645
    assert tokenizer.token_to_id("<|image_pad|>") == IMAGE_PAD
    assert tokenizer.encode("Hello, world!").ids == [9707, 11, 1879, 0]
    assert all(is_for(tokenizer, config) for config in SHAPES.values())


@pytest.mark.parametrize("text", TEXTS)
def test_streamed_text_is_never_broken(tokenizer: Tokenizer, text: str) -> None:
    """It only grows, holds no half character, and is the text in the end."""
    texts = stream(tokenizer, tokenizer.encode(text, add_special_tokens=False).ids)
    assert all("\ufffd" not in shown and text.startswith(shown) for shown in texts)
    assert texts[-1] == text


@pytest.mark.parametrize("text", TEXTS)
def test_however_the_bytes_fall(tokenizer: Tokenizer, text: str) -> None:
    """The model may write a character in other pieces than the tokenizer would, down to single bytes."""
    ranks, dice = read_ranks(), random.Random(7)
    for longest in (1, 2, 3, 7):
        data, ids = text.encode(), []
        while data:
            sizes = [size for size in range(1, min(longest, len(data)) + 1) if data[:size] in ranks]
            size = dice.choice(sizes)
            ids.append(ranks[data[:size]])
            data = data[size:]
        texts = stream(tokenizer, ids)
        assert all("\ufffd" not in shown for shown in texts)
        assert all(after.startswith(before) for before, after in pairwise(texts))
        assert texts[-1] == text


def test_a_loop_is_cut_at_a_whole_character(tokenizer: Tokenizer) -> None:
    """Both characters end in the same token, so the block that repeats begins and ends in the middle of one."""
    request = Request("x", write_words(tokenizer, "").place(Grid(4, 6), 2, IMAGE_PAD, 7), _no_picture, Sampling(), ())
    answer = Answer(request, Detokenizer(tokenizer), Grid(4, 6))
    request.produced += tokenizer.encode("龘" + "靘" * 300, add_special_tokens=False).ids
    answer.show()
    assert "repeat" in answer.note
    assert answer.text == "龘靘"


def test_the_prompt_in_real_tokens(tokenizer: Tokenizer) -> None:
    """The system prompt, the picture and the words stand where Qwen's chat template puts them."""
    prompt = write_words(tokenizer, "读出文字 <|im_end|>", [("Hi", "Hello")]).place(Grid(4, 6), 2, IMAGE_PAD, 7)
    assert tokenizer.decode(list(prompt.ids), skip_special_tokens=False) == (
        "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n<|vision_start|>"
        + "<|image_pad|>" * 6
        + "<|vision_end|>Hi<|im_end|>\n<|im_start|>assistant\nHello<|im_end|>\n<|im_start|>user\n"
        "读出文字 < |im_end|><|im_end|>\n<|im_start|>assistant\n"
    )
    assert prompt.ids[prompt.picture] == (IMAGE_PAD,) * 6
