"""Small random checkpoints of the real model class, and what transformers makes of them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from desktop.engine.tasks import SYSTEM
from desktop.job import Shot

SPECIAL = [
    *("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>"),
    *("<|box_end|>", "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>"),
    *("<|image_pad|>", "<|video_pad|>"),
]
CORPUS = ["Read all the text in the image. Describe this picture: 你好，世界。 hello world assistant user system"] * 4


def train_tokenizer() -> Tokenizer:
    """A byte-level BPE of a few hundred tokens with Qwen's special ones."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=400, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.add_special_tokens(SPECIAL)
    return tokenizer


def make_checkpoint(folder: Path, tied: bool = False, seed: int = 0, hidden: int = 64) -> Path:
    """Save a random Qwen2.5-VL with its tokenizer, of 0.4 million parameters if it is as narrow as can be."""
    tokenizer = train_tokenizer()
    ids = {name: tokenizer.token_to_id(name) or 0 for name in SPECIAL}
    sections = [share * hidden // 64 for share in (2, 3, 3)]
    config = Qwen2_5_VLConfig(
        text_config={
            "vocab_size": tokenizer.get_vocab_size(),
            "hidden_size": hidden,
            "intermediate_size": 2 * hidden,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "max_position_embeddings": 8192,
            "max_window_layers": 2,
            "tie_word_embeddings": tied,
            "eos_token_id": ids["<|im_end|>"],
            "bos_token_id": ids["<|endoftext|>"],
            "pad_token_id": ids["<|endoftext|>"],
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": sections},
        },
        vision_config={
            "depth": 3,
            "hidden_size": 64,
            "intermediate_size": 128,
            "num_heads": 4,
            "out_hidden_size": hidden,
            "patch_size": 14,
            "spatial_merge_size": 2,
            "temporal_patch_size": 2,
            "window_size": 112,
            "fullatt_block_indexes": [1],
        },
        image_token_id=ids["<|image_pad|>"],
        video_token_id=ids["<|video_pad|>"],
        vision_start_token_id=ids["<|vision_start|>"],
        vision_end_token_id=ids["<|vision_end|>"],
        tie_word_embeddings=tied,
    )
    torch.manual_seed(seed)
    model = Qwen2_5_VLForConditionalGeneration(config)
    model.train(False)
    with torch.no_grad():  # with the usual start an answer would soon repeat a token, whatever stands before it
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.mul_(10)
    model.generation_config.eos_token_id = [ids["<|im_end|>"], ids["<|endoftext|>"]]
    model.generation_config.repetition_penalty = 1.05  # as in the real ones
    model.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def random_shot(width: int, height: int, seed: int = 0) -> Shot:
    """A picture of coloured noise in blocks, so that resizing keeps something of it."""
    dice = np.random.default_rng(seed)
    blocks = dice.integers(0, 256, (height // 8 + 1, width // 8 + 1, 3), np.uint8)
    pixels = blocks.repeat(8, 0).repeat(8, 1)[:height, :width]
    return Shot(width, height, np.ascontiguousarray(pixels).tobytes())


@dataclass
class Reference:
    """The same checkpoint in transformers, on the CPU in float32; what it has said is not computed again."""

    folder: Path
    _said: dict[tuple[object, ...], list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.model: Any = Qwen2_5_VLForConditionalGeneration.from_pretrained(self.folder, dtype=torch.float32)
        self.model.train(False)
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(self.folder / "tokenizer.json"))
        self.processor = Qwen2VLImageProcessorPil(size={"shortest_edge": 56 * 56, "longest_edge": 2560 * 1440})

    def inputs(self, shot: Shot, words: str, earlier: tuple[tuple[str, str], ...] = ()) -> dict[str, torch.Tensor]:
        """What the model takes for one picture and the words about it, behind earlier words and answers."""
        image = Image.frombytes("RGB", (shot.width, shot.height), shot.rgb)
        picture = self.processor(images=[image], return_tensors="pt")
        pads = "<|image_pad|>" * int(picture["image_grid_thw"].prod() // 4)
        turns = "".join(
            f"{said}<|im_end|>\n<|im_start|>assistant\n{answer}<|im_end|>\n<|im_start|>user\n"
            for said, answer in earlier
        )
        text = (
            f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n<|vision_start|>{pads}<|vision_end|>"
            f"{turns}{words}<|im_end|>\n<|im_start|>assistant\n"
        )
        ids = self.tokenizer(text, return_tensors="pt", add_special_tokens=False)["input_ids"]
        kinds = (ids == self.model.config.image_token_id).int()
        return {
            "input_ids": ids,
            "mm_token_type_ids": kinds,
            "pixel_values": picture["pixel_values"],
            "image_grid_thw": picture["image_grid_thw"],
        }

    def pixels(self, shot: Shot) -> torch.Tensor:
        """The processor's pixels: (patches, colours, frames, pixels of a patch)."""
        return self.inputs(shot, "")["pixel_values"].view(-1, 3, 2, 14 * 14)

    def generate(
        self, shot: Shot, words: str, tokens: int, penalty: float, earlier: tuple[tuple[str, str], ...] = ()
    ) -> list[int]:
        """The greedy answer, without its end token."""
        key = (shot, words, tokens, penalty, earlier)
        if key not in self._said:
            self._said[key] = self._generate(self.inputs(shot, words, earlier), tokens, penalty)
        return list(self._said[key])

    def _generate(self, inputs: dict[str, torch.Tensor], tokens: int, penalty: float) -> list[int]:
        with torch.inference_mode():
            out = self.model.generate(
                **inputs, max_new_tokens=tokens, do_sample=False, repetition_penalty=penalty, use_cache=True
            )
        answer = out[0, inputs["input_ids"].shape[1] :].tolist()
        ends = self.model.generation_config.eos_token_id
        return [token for token in answer if token not in ends]
