"""An OpenAI-compatible server on loopback: checks every request, and misbehaves where a test asks for it."""

import json
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from pydantic import ValidationError

from tests.engine.remote.openai_schema import ChatRequest

MODEL = "Qwen/Qwen2.5-VL-7B-Instruct"
WORDS = "The quick brown fox jumps over the lazy dog."


@dataclass(frozen=True)
class Fault:
    """How one chat goes wrong; `stream` is sent in the place of a good one, in `pieces` of so many bytes.

    `action` is done once `after` bytes were sent, and what follows waits for it.
    """

    status: int = 0
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    stream: bytes | None = None
    pieces: int = 0
    cut_after: int = -1
    after: int = -1
    action: Callable[[], object] | None = None
    hold: bool = False
    hang_up: bool = False
    reset: bool = False
    finish: str = "stop"


@dataclass
class Asked:
    """One request, and whether its connection was seen to be closed by the client."""

    request: ChatRequest
    authorization: str | None
    connection: int
    closed: bool = False
    under_way: bool = False


class OpenAIServer:
    """`faults` are those of the next chats, `answer` makes the words of a good one."""

    def __init__(self, host: str = "127.0.0.1", key: str = "", model: str = MODEL, owner: str = "vllm") -> None:
        self.key = key
        self.models: Any = {"object": "list", "data": [{"id": model, "object": "model", "owned_by": owner}]}
        self.models_status = 200
        self.faults: list[Fault] = []
        self.answer: Callable[[ChatRequest], str] = lambda _request: WORDS
        self.refuse: Callable[[ChatRequest], Fault | None] = lambda _request: None
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        self.looked = 0
        self.most_running = 0
        self.running = 0
        self.connections: list[socket.socket] = []
        self.release = threading.Event()
        self.guard = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                server.connections.append(self.connection)

            def do_GET(self) -> None:
                server.list_models(self)

            def do_POST(self) -> None:
                server.chat(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
                """Keep the test's output clean."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that went away is what many tests are about."""

        self._server = Server((host, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.port = self._server.server_address[1]
        self.address = f"http://{host}:{self.port}"

    def encrypt(self, certificate: str) -> None:
        """Speak TLS with the certificate and key in that file."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.address = self.address.replace("http:", "https:")

    def __enter__(self) -> "OpenAIServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        if kind is None:
            assert self.wrong == []

    def go_away(self) -> None:
        """Answer no more, as if the program had ended."""
        self._server.shutdown()
        self._server.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def list_models(self, handler: BaseHTTPRequestHandler) -> None:
        self.looked += 1
        if handler.path != "/v1/models":
            _send_json(handler, 404, {"detail": "Not Found"})
        elif self._refuses_key(handler):
            _send_json(handler, 401, {"error": "Unauthorized"})
        else:
            _send_json(handler, self.models_status, self.models)

    def chat(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        asked = self._check(handler, body)
        if asked is None:
            return
        request = asked.request
        with self.guard:
            fault = self.refuse(request) or (self.faults.pop(0) if self.faults else Fault())
            self.asked.append(asked)
            asked.under_way = True
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        try:
            if self._refuses_key(handler):
                _send_json(handler, 401, {"error": {"message": "Invalid API key"}})
            elif fault.status:
                _send(handler, fault.status, fault.body, {"Content-Type": "application/json", **fault.headers})
            elif not fault.hang_up:
                self._stream(handler, asked, fault)
            handler.close_connection = handler.close_connection or fault.hang_up
        except OSError:
            asked.closed = True
            handler.close_connection = True
        finally:
            self._leave(asked)

    def _leave(self, asked: Asked) -> None:
        """Count it no more: whoever has its last piece may ask again before this thread goes on."""
        with self.guard:
            self.running -= asked.under_way
            asked.under_way = False

    def _check(self, handler: BaseHTTPRequestHandler, body: bytes) -> Asked | None:
        """The request, where it keeps the schema; what is wrong with it fails the test."""
        try:
            if handler.path != "/v1/chat/completions" or handler.headers["Content-Type"] != "application/json":
                raise ValueError(f"{handler.path} {handler.headers['Content-Type']}")
            request = ChatRequest.model_validate_json(body)
        except (ValidationError, ValueError) as error:
            self.wrong.append(str(error))
            _send_json(handler, 400, {"error": {"message": "bad request"}})
            return None
        return Asked(request, handler.headers.get("Authorization"), handler.client_address[1])

    def _refuses_key(self, handler: BaseHTTPRequestHandler) -> bool:
        return bool(self.key) and handler.headers.get("Authorization") != f"Bearer {self.key}"

    def _stream(self, handler: BaseHTTPRequestHandler, asked: Asked, fault: Fault) -> None:
        good = stream_of(self.answer(asked.request), fault.finish)
        data = good if fault.stream is None else fault.stream
        handler.send_response(200)
        kind = fault.headers.get("Content-Type", "text/event-stream; charset=utf-8")
        for name, value in {"Content-Type": kind, "Transfer-Encoding": "chunked"}.items():
            handler.send_header(name, value)
        handler.end_headers()
        size = fault.pieces or len(data)
        action = fault.action
        for start in range(0, len(data), size):
            if action and 0 <= fault.after <= start:
                action()
                action = None
            if 0 <= fault.cut_after <= start:
                handler.close_connection = True
                if fault.hold:
                    self._hold(handler, asked)
                if fault.reset:
                    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            piece = data[start : start + size]
            if start + size >= len(data):
                self._leave(asked)
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")

    def _hold(self, handler: BaseHTTPRequestHandler, asked: Asked) -> None:
        """Say nothing more until the test ends or the client goes."""
        while not self.release.is_set():
            readable, _, _ = select.select([handler.connection], [], [], 0.005)
            if readable and _is_closed(handler.connection):
                asked.closed = True
                return


def _is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1, socket.MSG_PEEK) == b""
    except OSError:
        return True


def event(value: Any) -> bytes:
    """One event as all servers write it."""
    return b"data: %s\n\n" % json.dumps(value, ensure_ascii=False).encode()


def piece_of(text: str | None, finish: str | None = None, role: str | None = None) -> dict[str, Any]:
    """One chunk of a streamed chat completion."""
    delta = {name: value for name, value in {"role": role, "content": text}.items() if value is not None}
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}


def stream_of(text: str, finish: str = "stop") -> bytes:
    """A whole answer, word by word."""
    words = text.split(" ")
    texts = [word if index == 0 else f" {word}" for index, word in enumerate(words)]
    usage = {"prompt_tokens": 30, "completion_tokens": len(words), "total_tokens": 30 + len(words)}
    pieces = [piece_of("", role="assistant"), *map(piece_of, texts), piece_of(None, finish)]
    last = {**piece_of(None), "choices": [], "usage": usage}
    return b"".join(map(event, [*pieces, last])) + b"data: [DONE]\n\n"


def _send_json(handler: BaseHTTPRequestHandler, status: int, value: Any) -> None:
    _send(handler, status, json.dumps(value), {"Content-Type": "application/json"})


def _send(handler: BaseHTTPRequestHandler, status: int, body: str, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in {**headers, "Content-Length": str(len(body.encode()))}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body.encode())
