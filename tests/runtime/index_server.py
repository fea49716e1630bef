"""A package index on loopback that holds made wheels, and fails and lies where a test asks for it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random
from urllib.parse import quote

from desktop.runtime.index import Indexes
from desktop.runtime.runtime import Runtime
from desktop.runtime.wheels import Wheel, WheelList
from tests.engine.qwen.hub_server import Fault, HubServer, Served

_PAGE, _FILE = "/simple/", "/files/"
TORCH = "torch-9.9.0+made-py3-none-any.whl"
PART = "part_of_torch-1.0-py3-none-any.whl"


def make_wheel(files: Mapping[str, bytes], executable: Sequence[str] = ()) -> bytes:
    """The bytes of a wheel that holds these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o755 if name in executable else 0o644) << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def made_wheels() -> dict[str, bytes]:
    """A torch that needs another package, uses a module that nothing else does, and is too large for one chunk."""
    random = Random(3)
    torch = {
        "torch/__init__.py": b"import part_of_torch\n__version__ = '9.9.0'\n",
        "torch/lib/large.bin": random.randbytes(3 << 20),
        "torch/bin/tool": b"#!/bin/sh\n",
        "torch-9.9.0+made.dist-info/METADATA": b"Metadata-Version: 2.1\nName: torch\nVersion: 9.9.0+made\n",
        "torch-9.9.0+made.data/scripts/torchrun": b"#!python\n",
        "torch-9.9.0+made.data/platlib/functorch.py": b"NAME = 'functorch'\n",
    }
    return {TORCH: make_wheel(torch, ["torch/bin/tool"]), PART: make_wheel({"part_of_torch/__init__.py": b"ALL = 1\n"})}


class IndexServer(HubServer):
    """Serves `files`; `faults` holds ("index", file name, or that of a package) -> the next answers' faults."""

    def __init__(self) -> None:
        super().__init__()
        self.files = made_wheels()

    @property
    def index(self) -> str:
        return f"{self.address}/simple"

    @property
    def runtime(self) -> Runtime:
        """The runtime that is pinned to what the server holds now."""
        return Runtime(WheelList(indexes=(self.index,), wheels=tuple(self._wheels())))

    @property
    def sources(self) -> Sequence[Indexes]:
        return [Indexes((self.index,), self.runtime.wheels.wheels)]

    def _wheels(self) -> list[Wheel]:
        wheels = []
        for file, data in self.files.items():
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                unpacked = sum(entry.file_size for entry in archive.infolist())
            name, version = file.split("-")[:2]
            digest = hashlib.sha256(data).hexdigest()
            name = name.replace("_", "-")
            wheels.append(
                Wheel(name=name, version=version, file=file, sha256=digest, size=len(data), unpacked=unpacked)
            )
        return wheels

    def write_list(self, file: Path) -> None:
        """Ship the list."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(self.runtime.wheels.model_dump()), encoding="utf-8")

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """A page of links, or a file."""
        path = handler.path
        name = path.removeprefix(_PAGE).removeprefix(_FILE).strip("/").replace("%2B", "+")
        if path.startswith(_PAGE):
            body, kind = self._page(name), "text/html"
        else:
            body, kind = self.files.get(name), "application/zip"
        if body is None:
            handler.send_error(404)
            return
        queue = self.faults["index", name]
        fault = queue.pop(0) if queue else Fault(headers={"Content-Type": kind})
        self._send(handler, Served("index", name, 0), body, fault)

    def _page(self, package: str) -> bytes | None:
        files = (file for file in self.files if file.split("-")[0].replace("_", "-") == package)
        links = "<br/>".join(self._link(file) for file in files if file.endswith(".whl"))
        return f"<!DOCTYPE html><html><body>{links}</body></html>".encode() if links else None

    def _link(self, wheel: str) -> str:
        """As of PEP 503, and of PEP 658 where the metadata lie beside the wheel."""
        digest = hashlib.sha256(self.files[wheel]).hexdigest()
        beside = ' data-core-metadata="true"' if f"{wheel}.metadata" in self.files else ""
        return f'<a href="../..{_FILE}{quote(wheel)}#sha256={digest}"{beside}>{wheel}</a>'
