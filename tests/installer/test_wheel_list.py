"""The list of the GPU runtime, made by a real pip from made wheels."""

import hashlib
import sys
from pathlib import Path

import pytest

from desktop.runtime.wheels import WheelList, list_file
from installer import wheel_list
from tests.runtime.index_server import make_wheel

VERSIONS = {"torch": "2.12.0", "safetensors": "0.8.0", "tokenizers": "0.23.0"}


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip finds packages in, and nowhere else; tokenizers asks for what is not there."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name, version in VERSIONS.items():
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        about += "Requires-Dist: huggingface-hub\n" if name == "tokenizers" else ""
        info = f"{name}-{version}.dist-info"
        tag = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        files = {f"{name}/__init__.py": b"1", f"{info}/METADATA": about.encode(), f"{info}/WHEEL": tag.encode()}
        (folder / f"{name}-{version}-py3-none-any.whl").write_bytes(make_wheel({**files, f"{info}/RECORD": b""}))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_CONSTRAINT", raising=False)
    return folder


def test_it_pins_what_came(wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "resources" / "runtime" / list_file().name
    file.parent.parent.mkdir()
    monkeypatch.setattr(wheel_list, "list_file", lambda: file)
    monkeypatch.setattr(sys, "argv", ["wheel_list", "--index", "https://one.example/simple"])
    wheel_list.main()
    made = WheelList.model_validate_json(file.read_bytes())
    assert {wheel.name: wheel.version for wheel in made.wheels} == VERSIONS
    assert made.torch == "2.12.0"
    assert made.indexes == ("https://one.example/simple",)
    for wheel in made.wheels:
        data = (wheels / wheel.file).read_bytes()
        assert (wheel.size, wheel.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_its_name_tells_whom_it_is_for() -> None:
    """No other Python imports these files."""
    assert list_file().name.startswith(f"{sys.platform}-")
    assert list_file().stem.endswith("-cp{}{}".format(*sys.version_info[:2]))
