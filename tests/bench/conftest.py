"""A small checkpoint to measure, and the model of it on a rig."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # torch and transformers take seconds
    from desktop.bench.rig import Rig


@pytest.fixture(scope="session")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random one of the real class."""
    from tests.engine.qwen.checkpoints import make_checkpoint

    return make_checkpoint(tmp_path_factory.mktemp("checkpoint"))


@pytest.fixture
def rig(checkpoint: Path) -> "Rig":
    """Its model, ready to be asked."""
    from desktop.bench.rig import Rig
    from desktop.bench.subject import Subject
    from desktop.settings import Settings

    return Rig(Subject(folder=checkpoint).load(Settings()))
