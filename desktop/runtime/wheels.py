"""The packages of the GPU runtime, pinned: which files, of which size, with which checksum."""

import hashlib
import platform
import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from desktop import paths


class Wheel(BaseModel):
    """One package as a file: `size` of the file and `unpacked` of what it holds, in bytes."""

    model_config = ConfigDict(frozen=True)

    name: str
    version: str
    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._+-]*\.whl$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)
    unpacked: int = Field(ge=0)


class WheelList(BaseModel):
    """All of them for one Python on one kind of computer, and the package indexes that hold them."""

    model_config = ConfigDict(frozen=True)

    indexes: tuple[str, ...] = Field(min_length=1)
    wheels: tuple[Wheel, ...] = Field(min_length=1)

    @property
    def id(self) -> str:
        """Differs wherever a byte of any package does."""
        sums = "\n".join(sorted(wheel.sha256 for wheel in self.wheels))
        return hashlib.sha256(sums.encode()).hexdigest()[:16]

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(wheel.size for wheel in self.wheels)

    @property
    def unpacked(self) -> int:
        """Bytes on the disk."""
        return sum(wheel.unpacked for wheel in self.wheels)

    @property
    def torch(self) -> str:
        """The version of torch, without what it was built for."""
        return next((wheel.version.partition("+")[0] for wheel in self.wheels if wheel.name == "torch"), "")


def list_file(system: str = f"{sys.platform}-{platform.machine().lower()}") -> Path:
    """Where the list for this Python on a kind of computer, else this one, lies: made by `installer/wheel_list.py`."""
    return paths.resources() / "runtime" / "{}-cp{}{}.json".format(system, *sys.version_info[:2])


def read_list() -> WheelList | None:
    """That list, None where there is none; raises ValueError for one that is damaged."""
    file = list_file()
    return WheelList.model_validate_json(file.read_bytes()) if file.is_file() else None
