"""What was asked of `shotglass bench engine`, and its carrying out."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop.choices import Weights

if TYPE_CHECKING:  # torch takes seconds
    from desktop.bench.record import Record

Shape = Literal["7b", "3b"]
Answers = Literal["cut", "whole", "none"]
Peer = Literal["transformers", "eager", "unpacked"]
Quant = Literal["awq", "int8"]


@dataclass(frozen=True, slots=True)
class Order:
    """`shape` of random weights or the `folder` of a checkpoint, `quant` of few bits; `out` is the folder for files."""

    shape: Shape | None = None
    quant: Quant | None = None
    folder: Path | None = None
    cap_gb: float = 0
    pictures: Answers = "cut"
    quick: bool = False
    ways: bool = False
    profile: bool = False
    against: Peer | None = None
    out: Path | None = None
    json: bool = False

    @property
    def contradiction(self) -> str:
        """What cannot be asked together, in a sentence; or ''."""
        if self.shape and self.folder:
            return "give --random or --model, not both."
        if self.pictures == "whole" and not self.folder:
            return "--pictures whole needs --model: random weights never end an answer."
        if self.quant == "awq" and self.folder:
            return "--quant awq is for random weights; an AWQ checkpoint is measured as it is."
        instead = (self.ways, self.profile, self.against)
        return "give one of --ways, --profile and --against." if sum(map(bool, instead)) > 1 else ""

    def carry_out(self) -> None:
        """Measure, write the files and print. Raises UserError where that cannot be done here."""
        self._measure().tell(self.out, self.json)

    def _measure(self) -> "Record":
        from desktop.bench.against import compare_with_transformers
        from desktop.bench.eager import compare_with_eager
        from desktop.bench.effort import FULL, QUICK
        from desktop.bench.engine import measure
        from desktop.bench.profile import profile_kernels
        from desktop.bench.subject import Subject
        from desktop.bench.unpacked import compare_with_unpacked
        from desktop.bench.ways import compare_ways
        from desktop.settings import Settings

        subject = Subject(self.shape or "7b", self.folder, self.quant or "dense")
        effort = QUICK if self.quick else FULL
        weights: Weights = "int8" if self.quant == "int8" else "auto"
        settings = Settings(memory_cap_gib=self.cap_gb * 1e9 / 2**30, weights=weights)
        if self.ways:
            return compare_ways(subject, settings, effort)
        if self.profile:
            return profile_kernels(subject, settings, effort)
        if self.against:
            comparisons = {
                "transformers": compare_with_transformers,
                "eager": compare_with_eager,
                "unpacked": compare_with_unpacked,
            }
            return comparisons[self.against](subject, settings, effort)
        return measure(subject, settings, effort, self.pictures)
