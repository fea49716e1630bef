"""A program that is killed at any moment loses nothing that was said to be durable."""

from pathlib import Path

from desktop.bench.history.kills import kill_writers


def test_kills_lose_nothing(path: Path) -> None:
    losses = kill_writers(path, 20, seed=7)
    assert (losses.kills, losses.lost, losses.damaged) == (20, 0, 0)
    assert losses.durable > 20
