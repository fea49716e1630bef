"""The same model in transformers: its weights, its greedy answers, its logits."""

from typing import Any

import torch
from torch import Tensor

from desktop.bench.random_model import DEVIATION
from desktop.bench.rig import Rig
from desktop.bench.subject import Subject
from desktop.engine.qwen.config import QwenConfig
from desktop.engine.qwen.device import Device
from desktop.engine.qwen.loader import expected_shapes, short_name
from desktop.engine.qwen.prompt import Prompt
from desktop.errors import UserError
from desktop.job import Shot

NEEDS_TRANSFORMERS = "--against transformers needs it; install it with `pip install transformers`."


class Peer:
    """A subject in transformers; raises UserError where that is not installed."""

    def __init__(self, subject: Subject, device: Device) -> None:
        try:
            import transformers
        except ImportError as error:
            raise UserError(NEEDS_TRANSFORMERS) from error
        transformers.utils.logging.disable_progress_bar()
        self.name = f"transformers {transformers.__version__}"
        self._config = subject.config
        self.model: Any = _read(subject, device) if subject.folder else _make(subject.config, device)
        self.model.train(False)

    @property
    def weights(self) -> dict[str, Tensor]:
        """Every tensor by the names of `expected_shapes`."""
        found = {short_name(name): tensor for name, tensor in self.model.state_dict().items()}
        return {name: found[name] for name in expected_shapes(self._config)}

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return sum(parameter.numel() for parameter in self.model.parameters())

    def inputs(self, rig: Rig, shot: Shot, prompt: Prompt, dtype: torch.dtype) -> dict[str, Tensor]:
        """The request as transformers takes it, with our pixels twice, as both frames of a still picture."""
        vision, place = self._config.vision, rig.model.device.place
        pixels = rig.cut(shot, prompt.grid).view(-1, 3, 1, vision.patch**2)
        ids = torch.tensor([prompt.ids], device=place)
        return {
            "input_ids": ids,
            "attention_mask": torch.ones_like(ids),
            "mm_token_type_ids": (ids == self._config.image_token).int(),
            "pixel_values": pixels.expand(-1, -1, 2, -1).reshape(len(pixels), -1).to(dtype),
            "image_grid_thw": torch.tensor([[1, prompt.grid.rows, prompt.grid.columns]], device=place),
        }

    @torch.inference_mode()
    def generate(self, inputs: dict[str, Tensor], tokens: int) -> list[int]:
        """The greedy answer of exactly so many tokens."""
        length = {"max_new_tokens": tokens, "min_new_tokens": tokens}
        penalty = self._config.penalty
        out = self.model.generate(**inputs, **length, do_sample=False, repetition_penalty=penalty, eos_token_id=None)
        return list(out[0, inputs["input_ids"].shape[1] :].tolist())

    @torch.inference_mode()
    def logits(self, inputs: dict[str, Tensor]) -> Tensor:
        """Of the first token (vocabulary), float32."""
        found: Tensor = self.model(**inputs, logits_to_keep=1).logits[0, -1].float()
        return found


def _read(subject: Subject, device: Device) -> Any:
    from transformers import Qwen2_5_VLForConditionalGeneration

    model: Any = Qwen2_5_VLForConditionalGeneration.from_pretrained(subject.folder, dtype=device.dtype)
    return model.to(device.place)


def _make(config: QwenConfig, device: Device) -> Any:
    """A random one of that shape."""
    from transformers import Qwen2_5_VLForConditionalGeneration

    described = _describe(config)
    described._attn_implementation = "sdpa"
    torch.set_default_dtype(device.dtype)
    with device.place:
        model = Qwen2_5_VLForConditionalGeneration(described)
    torch.set_default_dtype(torch.float32)
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0, DEVIATION)
    return model


def _describe(config: QwenConfig) -> Any:
    """Its sizes in transformers' words."""
    from transformers import Qwen2_5_VLConfig

    v, t = config.vision, config.language
    return Qwen2_5_VLConfig(
        text_config={
            "vocab_size": t.vocabulary,
            "hidden_size": t.hidden,
            "intermediate_size": t.intermediate,
            "num_hidden_layers": t.layers,
            "num_attention_heads": t.heads,
            "num_key_value_heads": t.kv_heads,
            "max_position_embeddings": 32768,
            "rms_norm_eps": t.epsilon,
            "tie_word_embeddings": t.tied,
            "eos_token_id": 151645,
            "bos_token_id": 151643,
            "pad_token_id": 151643,
            "rope_parameters": {"rope_type": "default", "rope_theta": t.theta, "mrope_section": list(t.sections)},
        },
        vision_config={
            "depth": v.depth,
            "hidden_size": v.hidden,
            "intermediate_size": v.intermediate,
            "num_heads": v.heads,
            "out_hidden_size": v.out,
            "patch_size": v.patch,
            "spatial_merge_size": v.merge,
            "temporal_patch_size": v.frames,
            "window_size": v.window,
            "fullatt_block_indexes": list(v.full_blocks),
        },
        image_token_id=config.image_token,
        tie_word_embeddings=t.tied,
    )
