"""The lists of the GPU runtime, made by a real uv from made wheels, and those that ship."""

import hashlib
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms
from packaging.utils import parse_wheel_filename

from desktop.runtime.wheels import WheelList, list_file
from installer import wheel_list
from installer.environment import ROOT
from tests.runtime.index_server import IndexServer, make_wheel

PYTHON = "cp{}{}".format(*sys.version_info[:2])
WINDOWS, MAC, NEWER_MAC, LINUX = (
    f"{PYTHON}-{PYTHON}-{system}"
    for system in ("win_amd64", "macosx_11_0_arm64", "macosx_14_0_arm64", "manylinux_2_28_x86_64")
)
PURE = "py3-none-any"
OLDER_LINUX = [f"manylinux{older}_x86_64" for older in ("1", "2010", "2014")]
PLATFORMS = {
    "linux-x86_64": [*(f"manylinux_2_{minor}_x86_64" for minor in range(35, 4, -1)), *OLDER_LINUX],
    "darwin-arm64": list(mac_platforms((13, 0), "arm64")),
    "win32-amd64": ["win_amd64"],
}
"""What wheels may be for where the packages promise to run."""
SHIPPED = sorted((ROOT / "resources" / "runtime").iterdir())


def made(name: str, version: str, *needed: str, tags: Sequence[str] = (PURE,)) -> dict[str, bytes]:
    """A package's wheels with their metadata beside them, as an index serves them."""
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    about += "".join(f"Requires-Dist: {requirement}\n" for requirement in needed)
    inside = {f"{name}/__init__.py": bytes(2_000), f"{name}-{version}.dist-info/METADATA": about.encode()}
    files = [f"{name}-{version}-{tag}.whl" for tag in tags]
    return {file: make_wheel(inside) for file in files} | {f"{file}.metadata": about.encode() for file in files}


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[IndexServer]:
    """The index that uv is set up with; torch asks for triton on one system, tokenizers for what is not there."""
    with IndexServer() as server:
        server.files = {
            **made("torch", "2.12.0", 'triton; platform_system == "Linux"', tags=[WINDOWS, MAC, LINUX]),
            **made("torch", "2.13.0", tags=[NEWER_MAC]),
            **made("triton", "3.7.0"),
            **made("safetensors", "0.8.0"),
            **made("tokenizers", "0.23.0", "huggingface-hub"),
        }
        monkeypatch.setenv("UV_DEFAULT_INDEX", server.index)
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.delenv("UV_CONSTRAINT", raising=False)
        yield server


def make_lists(folder: Path, monkeypatch: pytest.MonkeyPatch, *systems: str) -> Sequence[WheelList]:
    """What the command writes for these systems."""
    files = {system: folder / "runtime" / f"{system}.json" for system in systems}
    monkeypatch.setattr(wheel_list, "list_file", files.__getitem__)
    monkeypatch.setattr(sys, "argv", ["wheel_list", *systems])
    wheel_list.main()
    return [WheelList.model_validate_json(file.read_bytes()) for file in files.values()]


def test_one_computer_makes_the_lists_of_all(
    index: IndexServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest files that the oldest system of each can use, as the index serves them, of which the end is enough."""
    monkeypatch.setattr(wheel_list, "END_BYTES", 1_000)
    linux, mac = make_lists(tmp_path, monkeypatch, "linux-x86_64", "darwin-arm64")
    both = {f"safetensors-0.8.0-{PURE}.whl", f"tokenizers-0.23.0-{PURE}.whl"}
    assert {wheel.file for wheel in linux.wheels} == {*both, f"torch-2.12.0-{LINUX}.whl", f"triton-3.7.0-{PURE}.whl"}
    assert {wheel.file for wheel in mac.wheels} == {*both, f"torch-2.12.0-{MAC}.whl"}
    assert mac.indexes == linux.indexes == ("https://pypi.org/simple",)
    for wheel in (*linux.wheels, *mac.wheels):
        data = index.files[wheel.file]
        assert (wheel.size, wheel.sha256) == (len(data), hashlib.sha256(data).hexdigest())
        assert wheel.unpacked == 2_000 + len(index.files[f"{wheel.file}.metadata"])
        assert {served.count for served in index.served_of(wheel.file)} == {1_000}


def test_windows_takes_its_torch_from_an_index_of_its_own(
    index: IndexServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One whose torch computes on GPUs; everything else comes as elsewhere."""
    with IndexServer() as other:
        other.files = made("torch", "2.12.0+cu130", tags=[WINDOWS])
        system = replace(wheel_list.SYSTEMS["win32-amd64"], indexes=(other.index,))
        monkeypatch.setattr(wheel_list, "SYSTEMS", {"win32-amd64": system})
        (windows,) = make_lists(tmp_path, monkeypatch, "win32-amd64")
    assert {wheel.name: wheel.version for wheel in windows.wheels} == {
        "safetensors": "0.8.0",
        "tokenizers": "0.23.0",
        "torch": "2.12.0+cu130",
    }
    assert windows.indexes == (other.index, "https://pypi.org/simple")


def test_an_unknown_system_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["wheel_list", "amiga"])
    with pytest.raises(SystemExit):
        wheel_list.main()
    assert "amiga: not among linux-x86_64, " in capsys.readouterr().err


def test_a_program_looks_for_the_list_of_its_python_and_system() -> None:
    """No other Python imports these files."""
    assert list_file().name.startswith(f"{sys.platform}-")
    assert list_file().stem.endswith("-cp{}{}".format(*sys.version_info[:2]))
    assert wheel_list.SYSTEMS.keys() == PLATFORMS.keys()


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_list_holds_what_the_model_asks_for(file: Path) -> None:
    """One file of each, of a version that is allowed, which the system and the Python of its name can import.

    That its sums are sums is for WheelList to say.
    """
    shipped = WheelList.model_validate_json(file.read_bytes())
    versions = {wheel.name: wheel.version for wheel in shipped.wheels}
    assert len(versions) == len(shipped.wheels)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in map(Requirement, project["optional-dependencies"]["qwen"]):
        assert requirement.specifier.contains(versions[requirement.name])
    system, _, python = file.stem.rpartition("-")
    usable = tags(system, python)
    for wheel in shipped.wheels:
        name, version, _build, made_for = parse_wheel_filename(wheel.file)
        assert (name, str(version)) == (wheel.name, wheel.version)
        assert made_for & usable, wheel.file
    assert shipped.indexes == (*wheel_list.SYSTEMS[system].indexes, wheel_list.PUBLIC)


def tags(system: str, python: str) -> set[Tag]:
    """What a Python, named such as cp311, can import on the oldest of these systems."""
    version = (int(python[2]), int(python[3:]))
    platforms = PLATFORMS[system]
    return {*cpython_tags(version, [python], platforms), *compatible_tags(version, python, platforms)}
