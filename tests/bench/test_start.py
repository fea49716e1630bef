"""A fresh start is timed, and weights can be put back on the disk."""

import errno
import os
from pathlib import Path

import pytest

from desktop.bench.start import drop_from_memory, measure_start
from desktop.errors import UserError
from desktop.settings import Settings


def test_a_start_takes_longer_than_its_loading(checkpoint: Path) -> None:
    start = measure_start(checkpoint, Settings(), (300, 200))
    assert 0 < start.load_s < start.first_s


def test_a_start_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"config\.json"):
        measure_start(tmp_path, Settings(), (300, 200))


@pytest.mark.skipif(not hasattr(os, "RWF_NOWAIT"), reason="only Linux tells what is in memory")
def test_weights_are_dropped_from_memory(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"7" * (1 << 20))
    with path.open("rb") as file:
        try:
            assert os.preadv(file.fileno(), [bytearray(16)], 1 << 19, os.RWF_NOWAIT) == 16
        except OSError as error:
            if error.errno == errno.EOPNOTSUPP:
                pytest.skip("this file system does not tell")
            raise
        assert drop_from_memory(tmp_path)
        with pytest.raises(BlockingIOError):
            os.preadv(file.fileno(), [bytearray(16)], 1 << 19, os.RWF_NOWAIT)
