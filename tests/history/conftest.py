"""A file for a history."""

from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a history is to stand."""
    return tmp_path / "data" / "history.sqlite"
