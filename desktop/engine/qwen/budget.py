"""What an answer costs in memory, and so how large a picture may be: arithmetic only."""

from dataclasses import dataclass

from desktop.engine.qwen.config import QwenConfig
from desktop.engine.qwen.image import Grid

FIXED = 640 << 20  # bytes that kernels, matrix libraries, CUDA graphs and a fragmented heap take, whatever the picture
SMALLEST = 1288 * 728  # pixels of 1280x720 as the model sees it; no picture goes below that for kept conversations


@dataclass(frozen=True, slots=True)
class Budget:
    """The memory of one checkpoint at work; `itemsize` is the bytes of a number, `most_pixels` the user's limit."""

    config: QwenConfig
    itemsize: int
    most_pixels: int

    @property
    def pixels_a_token(self) -> int:
        """The pixels, of the picture as the model sees it, behind one token."""
        return self.config.vision.factor**2

    @property
    def bytes_a_token(self) -> int:
        """What one picture token takes while the vision tower or the language model computes it, the larger of both."""
        v, t = self.config.vision, self.config.language
        # The widest moment of a layer: its input and output, and gate, up and their product; or the rotated halves.
        vision = v.merge**2 * max(3 * v.hidden + 3 * v.intermediate, 22 * v.hidden)
        return self.itemsize * max(vision, 4 * t.hidden + 3 * t.intermediate)

    def pixels(self, grid: Grid) -> int:
        """The pixels that the model sees."""
        return grid.rows * grid.columns * self.config.vision.patch**2

    def activations(self, pixels: int) -> int:
        """Bytes beside weights and cache while a picture of so many pixels is computed."""
        return FIXED + self.bytes_a_token * (pixels // self.pixels_a_token)

    def limit(self, free_bytes: int, free_tokens: int) -> int:
        """The most pixels that so many free bytes on the device and free tokens in the cache have room for."""
        by_memory = max(free_bytes - FIXED, 0) // self.bytes_a_token
        return max(0, min(self.most_pixels, min(by_memory, free_tokens) * self.pixels_a_token))
