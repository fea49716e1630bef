"""Pins the GPU runtime of the packages: `python -m installer.wheel_list [--index URL]…`, before they are built.

By the Python of the workshop (`build/environment`), which freezes the program: the list is for its version and system.
pip fetches every file, from the indexes that are named or else those that it is set up with; the list is of what came.
"""

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

from packaging.utils import parse_wheel_filename

from desktop.download.checksum import Checksums, chunks_of
from desktop.runtime.unpacking import unpacked_size
from desktop.runtime.wheels import Wheel, WheelList, list_file
from installer.environment import ROOT

PUBLIC = ("https://pypi.org/simple",)
"""What the list names where no index is named; PyPI has no torch for the GPUs of Windows, PyTorch's own index has."""

ALONE = ("safetensors", "tokenizers")
"""What is taken without what it asks for, which is for downloads from a hub."""


def main() -> None:
    """Write the list to where the program looks for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", action="append", default=[], metavar="URL", help="named in the list, in this order")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        fetch(Path(name), options.index)
        made = make_list(sorted(Path(name).glob("*.whl")), options.index or PUBLIC)
    file = list_file()
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{made.model_dump_json(indent=1)}\n", encoding="utf-8")
    print(f"{file}: {len(made.wheels)} packages, {made.size / 1e9:.1f} GB, {made.unpacked / 1e9:.1f} GB unpacked")


def fetch(folder: Path, indexes: Sequence[str]) -> None:
    """Let pip bring the wheels of the model's requirements into a folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["optional-dependencies"]["qwen"]
    alone = [requirement for requirement in wanted if requirement.startswith(ALONE)]
    command = [sys.executable, "-m", "pip", "download", "--only-binary", ":all:", "--dest", str(folder)]
    for option, index in zip(("--index-url", *("--extra-index-url",) * len(indexes)), indexes, strict=False):
        command += [option, index]
    subprocess.run([*command, *(requirement for requirement in wanted if requirement not in alone)], check=True)
    subprocess.run([*command, "--no-deps", *alone], check=True)


def make_list(files: Sequence[Path], indexes: Sequence[str]) -> WheelList:
    """The list of these wheels."""
    return WheelList(indexes=tuple(indexes), wheels=tuple(_look_at(file) for file in files))


def _look_at(file: Path) -> Wheel:
    name, version, _build, _tags = parse_wheel_filename(file.name)
    sums = Checksums()
    for chunk in chunks_of(file):
        sums.update(chunk)
    return Wheel(
        name=name,
        version=str(version),
        file=file.name,
        sha256=sums.sha256,
        size=file.stat().st_size,
        unpacked=unpacked_size(file),
    )


if __name__ == "__main__":
    main()
