"""`shotglass bench views`: how smooth a panel stays while a long answer streams into each of its views."""

import json
import subprocess
import sys

from desktop.bench.long_answers import KINDS
from desktop.bench.report import Figure, percentile
from desktop.display import check_display
from desktop.job import AnswerKind

TOKENS = 4000
RUNS = 3
GOAL_MS = 33.0


def measure() -> list[Figure]:
    """Stream an answer of 4,000 tokens into each view. Raises UserError where there is no display.

    What else runs on the computer only makes gaps longer, so the best of three runs counts.
    """
    check_display()
    figures = []
    for kind in KINDS:
        runs = ([gap for gap, _used in gaps_ms(kind)] for _ in range(RUNS))
        gaps = min(runs, key=lambda gaps: percentile(gaps, 99))
        name = f"gap between 5 ms timer ticks, {kind}"
        figures.append(Figure(f"{name}, p99", "ms", percentile(gaps, 99), GOAL_MS, len(gaps)))
        figures.append(Figure(f"{name}, longest", "ms", max(gaps), None, len(gaps)))
    return figures


def gaps_ms(kind: AnswerKind, at_once: int = 0) -> list[tuple[float, float]]:
    """The gaps of one run in a process of its own, as in Ticker; `at_once` tokens are there from the start."""
    command = [sys.executable, "-m", "desktop.bench.views_app", kind, str(TOKENS), str(at_once)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60)
    return [(float(gap), float(used)) for gap, used in json.loads(done.stdout)]
