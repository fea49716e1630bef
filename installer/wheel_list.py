"""Pins the GPU runtime of the packages: `python -m installer.wheel_list [SYSTEM]…`, before they are built.

By the Python of the workshop (`build/environment`), for its version and, on any system, for all of them: uv chooses the
files, from the indexes that it is set up with, and of each the end alone is fetched. The file of constraints that uv's
variable UV_CONSTRAINT names holds a package back.
"""

import argparse
import io
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import httpx

from desktop.runtime.wheels import Wheel, WheelList, list_file
from installer.environment import ROOT
from installer.project import TORCH_INDEXES

PUBLIC = "https://pypi.org/simple"
"""The index that every list names."""

UNUSED = ("huggingface-hub",)
"""What the model's packages ask for, for downloads from a hub, and the program does by itself."""

END_BYTES = 8 << 20
"""The directory of a wheel stands at its end; that of torch, the longest, takes 1.2 MB."""


@dataclass(frozen=True)
class System:
    """The oldest system that the packages promise, as uv calls it, and the indexes that go before PUBLIC there."""

    platform: str
    indexes: Sequence[str] = ()


SYSTEMS: Mapping[str, System] = {
    "linux-x86_64": System("x86_64-manylinux_2_35"),
    "darwin-arm64": System("aarch64-apple-darwin"),  # macOS 13
    "win32-amd64": System("x86_64-pc-windows-msvc", TORCH_INDEXES["win32"]),
}
"""By the names that `list_file` gives them."""


def main() -> None:
    """Write the lists of the systems that are named, or all, to where the program looks for them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("systems", nargs="*", metavar="SYSTEM", help=f"{', '.join(SYSTEMS)}; all if left out")
    names = parser.parse_args().systems or list(SYSTEMS)
    if unknown := sorted({*names} - SYSTEMS.keys()):
        parser.error(f"{', '.join(unknown)}: not among {', '.join(SYSTEMS)}")
    for name in names:
        made, file = make_list(SYSTEMS[name]), list_file(name)
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{made.model_dump_json(indent=1)}\n", encoding="utf-8")
        sizes = f"{made.size / 1e9:.2f} GB, {made.unpacked / 1e9:.2f} GB unpacked"
        print(f"{file}: torch {made.torch}, {len(made.wheels)} packages, {sizes}", flush=True)


def make_list(system: System) -> WheelList:
    """The list of what the model needs there."""
    with httpx.Client(follow_redirects=True, timeout=60) as client:
        wheels = tuple(_look_at(package, client) for package in choose(system))
    return WheelList(indexes=(*system.indexes, PUBLIC), wheels=wheels)


def choose(system: System) -> Sequence[Mapping[str, Any]]:
    """The packages that uv chooses for the model's requirements there, as PEP 751 writes them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = "{}.{}".format(*sys.version_info[:2])
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--format", "pylock.toml"]
    command += ["--only-binary", ":all:", "--python-version", version, "--python-platform", system.platform]
    command += [f"--index={index}" for index in system.indexes]
    with tempfile.TemporaryDirectory() as folder:
        unused = Path(folder, "unused.txt")
        unused.write_text("\n".join(UNUSED), encoding="utf-8")
        wanted = "\n".join(project["optional-dependencies"]["qwen"])
        command += ["--excludes", str(unused)]
        said = subprocess.run(command, input=wanted, stdout=subprocess.PIPE, text=True, check=True).stdout
    packages: Sequence[Mapping[str, Any]] = tomllib.loads(said)["packages"]
    return packages


def _look_at(package: Mapping[str, Any], client: httpx.Client) -> Wheel:
    (wheel,) = package["wheels"]
    answer = client.get(wheel["url"], headers={"Range": f"bytes=-{END_BYTES}"}).raise_for_status()
    whole = answer.headers.get("Content-Range", f"/{len(answer.content)}")
    with ZipFile(io.BytesIO(answer.content)) as archive:  # which does not miss what stands before
        unpacked = sum(entry.file_size for entry in archive.infolist())
    return Wheel(
        name=package["name"],
        version=package["version"],
        file=unquote(urlsplit(wheel["url"]).path).rpartition("/")[2],
        sha256=wheel["hashes"]["sha256"],
        size=int(whole.rpartition("/")[2]),
        unpacked=unpacked,
    )


if __name__ == "__main__":
    main()
