"""What pyproject.toml says about installing: its extras, and a fingerprint of all that changes an installation."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from installer.machine import GB, has_nvidia_gpu

PROBES: Mapping[str, Callable[[], bool]] = {"qwen": has_nvidia_gpu, "preview": has_nvidia_gpu}
"""Extras that a user's machine gets by itself where the probe says that they work there.

Pages to preview are written by the model alone, so that its GPU decides about both.
"""

ROOM_BYTES: Mapping[str, float] = {"": 1.5 * GB, "test": 4 * GB, "qwen": 12 * GB, "preview": 1 * GB}
"""What installing takes while it runs, with downloads: the base ("") and each extra on top."""


TORCH_INDEXES: Mapping[str, Sequence[str]] = {"win32": ("https://download.pytorch.org/whl/cu130",)}
"""Where torch for NVIDIA's GPUs lies, by Python's name of a system: PyPI's for Windows knows no GPU."""


class Project:
    """The project in `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))

    @property
    def extras(self) -> frozenset[str]:
        """The names of all extras."""
        return frozenset(self._read["project"].get("optional-dependencies", {}))

    @property
    def fingerprint(self) -> str:
        """Changes whenever an installed environment would have to change; the settings of linters do not count."""
        parts = [self._read.get("build-system"), self._read["project"], self._read.get("tool", {}).get("hatch")]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    def fitting_extras(self, installed: Set[str], probes: Mapping[str, Callable[[], bool]] = PROBES) -> frozenset[str]:
        """The extras that this machine can use; one that is installed is not probed again."""
        return frozenset(
            name for name, probe in probes.items() if name in self.extras and (name in installed or probe())
        )


def indexes_for(extras: Set[str], platform: str) -> Sequence[str]:
    """The indexes that these extras need beside pip's own."""
    return TORCH_INDEXES.get(platform, ()) if "qwen" in extras and has_nvidia_gpu() else ()


def room_for(extras: Set[str], fresh: bool) -> float:
    """Bytes that installing these extras takes, with the base where the environment is a fresh one."""
    return sum(ROOM_BYTES.get(name, 0.0) for name in extras) + (ROOM_BYTES[""] if fresh else 0.0)
