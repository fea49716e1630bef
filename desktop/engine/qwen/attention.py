"""The ladder of ways to compute attention, best first; each is proved by running it on the device before it is used."""

import logging
from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from desktop.engine.qwen.attention_ways import LATE, WAYS, Operation, Sdpa, Way
from desktop.engine.qwen.cache import PAGE
from desktop.engine.qwen.failure import is_lost, is_out_of_memory
from desktop.engine.qwen.segments import Segments
from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

Step = tuple[str, Operation]
_TOLERANCE = 2e-2


class Ladder:
    """Attention by the best way of each operation; a way that fails at run time is left for the next one.

    `steps` names each operation's ways, best first; the last one is SDPA's. `note` says that a way was left, until
    it is taken.
    """

    def __init__(self, steps: dict[str, list[Step]], device: torch.device) -> None:
        self._steps = steps
        self._device = device
        self._note = ""

    @property
    def name(self) -> str:
        """The ways in use, such as "sdpa" or "windows triton, vision sdpa, prompt sdpa, decode triton"."""
        names = {operation: steps[0][0] for operation, steps in self._steps.items()}
        if len(set(names.values())) == 1:
            return names["whole"]
        return ", ".join(f"{_USES[operation]} {name}" for operation, name in names.items())

    @property
    def reads_true_lengths(self) -> bool:
        """True where decoding reads each request's own tokens only, however wide the table of pages is."""
        return self._steps["decode"][0][0] != Sdpa.name

    def windows(self, query: Tensor, key: Tensor, value: Tensor, segments: Segments) -> Tensor:
        """See Sdpa."""
        return self._run("windows", query, key, value, segments)

    def whole(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Sdpa."""
        return self._run("whole", query, key, value)

    def causal(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        """See Sdpa."""
        return self._run("causal", query, key, value)

    def decode(self, query: Tensor, keys: Tensor, values: Tensor, table: Tensor, lengths: Tensor) -> Tensor:
        """See Sdpa."""
        return self._run("decode", query, keys, values, table, lengths)

    def note(self, sentence: str, **fields: str) -> None:
        """Have something to tell the user."""
        self._note = tr(sentence, **fields)
        log.warning("%s", sentence.format(**fields))

    def take_note(self) -> str:
        """What happened since it was last asked, for the user; or ''."""
        note, self._note = self._note, ""
        return note

    def _run(self, operation: str, *arguments: object) -> Tensor:
        steps = self._steps[operation]
        while True:
            try:
                return steps[0][1](*arguments)
            except Exception as error:
                if len(steps) == 1 or is_out_of_memory(error) or is_lost(error, self._device):
                    raise
                failed, _ = steps.pop(0)
                log.warning("attention by %s: %s", failed, error)
                words = tr_later("Attention by {failed} failed, so {other} took over; answers may come slower.")
                self.note(words, failed=failed, other=steps[0][0])


def choose_attention(device: torch.device, dtype: torch.dtype, wanted: str = "auto") -> Ladder:
    """The ways that work on this device, the wanted one first; "sdpa" is torch's plain one alone."""
    best_first = WAYS[device.type]
    ways = best_first[-1:] if wanted == Sdpa.name else sorted(best_first, key=lambda way: way.name != wanted)
    steps: dict[str, list[Step]] = {operation: [] for operation in _PROOFS}
    for way in (made for way in ways if (made := _make(way))):
        for operation in way.offers:
            if steps[operation] and (way.name, operation) in LATE:
                continue
            step: Operation = getattr(way, operation)
            if isinstance(way, Sdpa) or _works(way.name, operation, step, device, dtype):
                steps[operation].append((way.name, step))
    ladder = Ladder(steps, device)
    if wanted != "auto" and wanted not in ladder.name:
        words = tr_later("Attention by {wanted} does not work here, so it is computed otherwise: {other}.")
        ladder.note(words, wanted=wanted, other=ladder.name)
    log.info("attention by %s", ladder.name)
    return ladder


def _make(way: type[Way]) -> Way | None:
    try:
        return way()
    except Exception as error:  # noqa: BLE001 - whatever keeps a package from loading, the next way is tried
        log.info("attention by %s is not here: %s", way.name, error)
        return None


def _works(name: str, operation: str, step: Operation, device: torch.device, dtype: torch.dtype) -> bool:
    """Run small cases and compare them with SDPA."""
    reference: Operation = getattr(Sdpa(), operation)
    try:
        for arguments in _PROOFS[operation](_Noise(device, dtype)):
            torch.testing.assert_close(step(*arguments), reference(*arguments), atol=_TOLERANCE, rtol=_TOLERANCE)
    except Exception as error:  # noqa: BLE001 - whatever keeps a kernel from running, the next way is tried
        log.info("attention by %s does not work here for %s: %s", name, operation, error)
        return False
    return True


class _Noise:
    """Random tensors of a device and dtype, the same ones in every run."""

    def __init__(self, device: torch.device, dtype: torch.dtype) -> None:
        self.device, self._dtype = device, dtype
        self._dice = torch.Generator(device).manual_seed(0)

    def __call__(self, *shape: int) -> Tensor:
        return torch.randn(shape, generator=self._dice, device=self.device, dtype=self._dtype)


Case = tuple[object, ...]


def _prove_windows(noise: _Noise) -> Iterator[Case]:
    for lengths in ((5, 16, 11), (64, 32, 64, 8)):
        yield *torch.split(noise(sum(lengths), 6, 80), 2, 1), Segments(lengths, noise.device)


def _prove_whole(noise: _Noise) -> Iterator[Case]:
    yield torch.split(noise(100, 6, 80), 2, 1)


def _prove_causal(noise: _Noise) -> Iterator[Case]:
    for newest in (24, 1):
        yield noise(newest, 8, 128), noise(40, 2, 128), noise(40, 2, 128)


def _prove_decode(noise: _Noise) -> Iterator[Case]:
    """With the heads of the 7B, for which the kernels are compiled anyway."""
    table = torch.tensor([[2, 0], [3, 1]], device=noise.device, dtype=torch.int32)
    for newest in (1, 3, 20):
        lengths = torch.tensor([newest + 4, PAGE + 3], device=noise.device, dtype=torch.int32)
        keys, values = noise(4, PAGE, 4, 128), noise(4, PAGE, 4, 128)
        yield noise(2 * newest, 28, 128), keys, values, table, lengths


_PROOFS: dict[str, Callable[[_Noise], Iterator[Case]]] = {
    "windows": _prove_windows,
    "whole": _prove_whole,
    "causal": _prove_causal,
    "decode": _prove_decode,
}
_USES = {"windows": "windows", "whole": "vision", "causal": "prompt", "decode": "decode"}
