"""The whole model by Triton's kernels says what it says by torch: interpreted, on the CPU, in float32."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.qwen.checkpoints import make_checkpoint
from tests.engine.qwen.packed import make_awq

pytest.importorskip("triton", reason="Triton has no build for this computer")

pytestmark = pytest.mark.long

HIDDEN = 128  # a group of weights of few bits, and what the kernels for few rows take

PROGRAM = """
import sys
from pathlib import Path
from desktop.engine.qwen import cache, triton_decode
cache.PAGE = triton_decode.BLOCK = 32  # before others take it: a small picture ends in the first
triton_decode.SPLITS = 4  # the interpreter runs them one after the other
from desktop.engine.qwen.attention import Ladder
from desktop.engine.qwen.attention_ways import Sdpa, Triton
from desktop.engine.qwen.backend import Backend
from desktop.engine.qwen.config import read_config
from desktop.engine.qwen.device import choose_device
from desktop.engine.qwen.loader import load_weights
from desktop.engine.qwen.model import QwenModel, read_tokenizer
from desktop.engine.qwen.prompt import write_words
from desktop.engine.qwen.request import Request
from desktop.engine.qwen.sampling import Sampling
from desktop.engine.qwen.triton_operators import Fused
from desktop.engine.qwen.triton_packed import KERNELS, unpack
from tests.engine.qwen.checkpoints import random_shot

SHOTS = random_shot(112, 56, 0), random_shot(57, 84, 1)
folder = Path(sys.argv[1])
config, tokenizer, device = read_config(folder), read_tokenizer(folder), choose_device()
ways = {name: [("sdpa", getattr(Sdpa(), name))] for name in Sdpa.offers}
ways |= {name: [("triton", getattr(Triton(), name))] for name in Triton.offers}
fused = Backend(Ladder(ways, device.place), Fused(unpack, KERNELS))

def said(backend):
    weights = load_weights(folder, config, device, lambda share, words: None)
    model = QwenModel(config, weights, tokenizer, device, backend=backend)
    model.warm_up()
    requests = []
    for words, shots in (("Read all the text.", SHOTS), ("Describe it.", SHOTS[:1])):
        for shot in shots:
            prompt, embed = model.compose(shot, write_words(tokenizer, words), 1 << 20)
            requests.append(Request("x", prompt, embed, Sampling(1.05, max_tokens=3), ()))
            model.scheduler.add(requests[-1])
        while not all(request.ended for request in requests):
            model.step()
        for request in requests:
            assert request.error is None, request.error
    kept = requests[-1].prompt.picture.stop <= requests[-1].reused
    assert kept, "the picture was computed anew"
    return [request.produced for request in requests]

ours, plain = said(fused), said(None)
assert ours == plain, (ours, plain)
print("the same")
"""


def test_it_says_the_same(tmp_path: Path) -> None:
    """Prompts, words behind a kept picture, and tokens of two answers at once, through the kernels that they meet.

    With weights of 4 bits, whose model has a head in full as well.
    """
    make_awq(make_checkpoint(tmp_path / "plain", hidden=HIDDEN), tmp_path / "awq", tmp_path / "full")
    environment = os.environ | {"TRITON_INTERPRET": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "awq")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "the same\n"), done.stderr
