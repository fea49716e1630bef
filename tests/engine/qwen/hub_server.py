"""Both hubs on loopback, which also fail and lie where a test asks for it."""

import hashlib
import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from types import TracebackType
from typing import Any, Self

from desktop.engine.qwen.hubs import Hub, hugging_face, model_scope

REPOSITORY = "Qwen/Qwen2.5-VL-3B-Instruct"
FIRST, SECOND = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"
_PATHS = (
    ("huggingface", "list", re.compile(r"/api/models/(?P<repository>[^?]+)/tree/main\?recursive=true")),
    ("modelscope", "list", re.compile(r"/api/v1/models/(?P<repository>[^?]+)/repo/files\?.*Recursive=True")),
    ("modelscope", "file", re.compile(r"/models/(?P<repository>[^/]+/[^/]+)/resolve/master/(?P<name>.+)")),
    ("huggingface", "file", re.compile(r"/(?P<repository>[^/]+/[^/]+)/resolve/main/(?P<name>.+)")),
)
_PIECE = 1 << 16


def make_files() -> dict[str, bytes]:
    """A small model with everything around it that must not be taken."""
    random = Random(7)
    shards = {FIRST: random.randbytes(3 << 20), SECOND: random.randbytes(1 << 20)}
    index = json.dumps({"weight_map": {"a": FIRST, "b": SECOND}}).encode()
    small = {name: random.randbytes(500) for name in ("config.json", "tokenizer.json", "vocab.json", "merges.txt")}
    others = {"README.md": b"words", ".gitattributes": b"*", "figures/config.json": b"{}", "model.py": b"print()"}
    return {"model.safetensors.index.json": index, **small, **shards, **others}


@dataclass(frozen=True)
class Fault:
    """How one answer goes wrong. `after` counts bytes of the body."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    ignore_range: bool = False
    after: int = 0
    action: Callable[[], object] | None = None
    drop: bool = False
    pause_s: float = 0.0
    chunked: bool = False


@dataclass
class Served:
    """One answer: where in the file it began and how many bytes were sent."""

    hub: str
    name: str
    start: int
    count: int = 0


class HubServer:
    """Serves `files` as both hubs do; `faults` holds (hub, name) -> the next answers' faults, "*" is either hub."""

    def __init__(self) -> None:
        self.files = make_files()
        self.faults: dict[tuple[str, str], list[Fault]] = defaultdict(list)
        self.served: list[Served] = []
        self.listed: dict[str, Callable[[Any], Any]] = {}
        self.open = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
                """Keep the test's output clean."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that went away is what many tests are about."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.open.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def hubs(self) -> list[Hub]:
        return [hugging_face(self.address), model_scope(self.address)]

    @property
    def environment(self) -> dict[str, str]:
        return {"HF_ENDPOINT": self.address, "MODELSCOPE_DOMAIN": self.address, "NO_PROXY": "127.0.0.1"}

    def served_of(self, name: str, hub: str = "") -> list[Served]:
        return [s for s in self.served if s.name == name and hub in ("", s.hub)]

    def stall(self) -> None:
        """Say nothing until `open` is set, for much longer than any test takes."""
        self.open.wait(600)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        for hub, kind, pattern in _PATHS:
            if found := pattern.fullmatch(handler.path):
                name = found.groupdict().get("name", "list")
                body = self._list(hub) if kind == "list" else self.files.get(name)
                if body is None or found["repository"] != REPOSITORY:
                    break
                queue = self.faults[hub, name] or self.faults["*", name]
                self._send(handler, Served(hub, name, 0), body, queue.pop(0) if queue else Fault())
                return
        handler.send_error(404)

    def _list(self, hub: str) -> bytes:
        entries = (_hugging_face_list if hub == "huggingface" else _model_scope_list)(self.files)
        return json.dumps(self.listed.get(hub, lambda answer: answer)(entries)).encode()

    def _send(self, handler: BaseHTTPRequestHandler, served: Served, body: bytes, fault: Fault) -> None:
        self.served.append(served)
        body = body if fault.body is None else fault.body
        asked = handler.headers.get("Range")
        total = len(body)
        if asked and not fault.ignore_range and not fault.status:
            first, _, last = asked.removeprefix("bytes=").partition("-")
            served.start = int(first) if first else max(total - int(last), 0)
            body = body[served.start :]
        handler.send_response(fault.status or (206 if served.start else 200))
        if served.start:
            handler.send_header("Content-Range", f"bytes {served.start}-{total - 1}/{total}")
        headers = {"Content-Length": str(len(body))} | fault.headers
        for name, value in headers.items():
            if not (fault.chunked and name == "Content-Length"):
                handler.send_header(name, value)
        if fault.chunked:
            handler.close_connection = True
        handler.end_headers()
        self._send_body(handler, served, body, fault)

    def _send_body(self, handler: BaseHTTPRequestHandler, served: Served, body: bytes, fault: Fault) -> None:
        acted = fault.action is None and not fault.drop
        while served.count < len(body):
            if not acted and served.count >= fault.after:
                acted = True
                if fault.action:
                    fault.action()
                if fault.drop:
                    handler.close_connection = True
                    return
            end = served.count + _PIECE if acted else min(served.count + _PIECE, max(fault.after, 1))
            piece = body[served.count : end]
            handler.wfile.write(piece)
            served.count += len(piece)
            time.sleep(fault.pause_s)


def _hugging_face_list(files: dict[str, bytes]) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = [{"type": "directory", "oid": "0" * 40, "size": 0, "path": "figures"}]
    for name, data in files.items():
        git = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        entry = {"type": "file", "oid": git, "size": len(data), "path": name}
        if name.endswith(".safetensors"):
            large = {"oid": hashlib.sha256(data).hexdigest(), "size": len(data), "pointerSize": 135}
            entry |= {"oid": "1" * 40, "lfs": large, "xetHash": "2" * 64}
        entries.append(entry)
    return entries


def _model_scope_list(files: dict[str, bytes]) -> dict[str, Any]:
    entries: list[dict[str, Any]] = [{"Path": "figures", "Name": "figures", "Type": "tree", "Size": 0, "Sha256": ""}]
    for name, data in files.items():
        digest = hashlib.sha256(data).hexdigest()
        row = {"Path": name, "Name": name.rpartition("/")[2], "Type": "blob", "Size": len(data), "Sha256": digest}
        entries.append(row | {"IsLFS": name.endswith(".safetensors"), "Revision": "3" * 40})
    return {"Code": 200, "Data": {"Files": entries}, "Message": "success", "Success": True}
