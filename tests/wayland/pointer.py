"""A mouse for a headless compositor: the virtual pointer of wlroots, spoken to over its socket."""

import socket
import struct
import time
from pathlib import Path

LEFT, RIGHT = 0x110, 0x111
_DISPLAY, _REGISTRY, _CALLBACK, _SEAT, _POINTERS, _POINTER = 1, 2, 3, 4, 5, 6
_WANTED = {"wl_seat": _SEAT, "zwlr_virtual_pointer_manager_v1": _POINTERS}


class Pointer:
    """Moves and clicks on a desktop; use it in a `with` statement.

    `desktop` is the box around all its screens (left, top, right, bottom), in logical pixels as every point.
    """

    def __init__(self, path: Path, desktop: tuple[int, int, int, int]) -> None:
        self._left, self._top, right, bottom = desktop
        self._size = right - self._left, bottom - self._top
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._socket.settimeout(60)
        self._send(_DISPLAY, 1, struct.pack("=I", _REGISTRY))
        self._send(_DISPLAY, 0, struct.pack("=I", _CALLBACK))
        offered = self._globals()
        for interface, thing in _WANTED.items():  # ids must be taken in their order
            text = interface.encode() + b"\0"
            head = struct.pack("=II", offered[interface], len(text))
            self._send(_REGISTRY, 0, head + text + b"\0" * (-len(text) % 4) + struct.pack("=II", 1, thing))
        self._send(_POINTERS, 0, struct.pack("=II", _SEAT, _POINTER))

    def __enter__(self) -> "Pointer":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the left button, slowly enough for a window to follow."""
        self.move(*start)
        self.press(LEFT, True)
        self.move((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        self.move(*end)
        self.press(LEFT, False)

    def click(self, button: int = LEFT) -> None:
        """Press and release a button where the pointer is."""
        self.press(button, True)
        self.press(button, False)

    def move(self, x: int, y: int) -> None:
        """Go to a point."""
        self._act(1, struct.pack("=IIIII", _now(), x - self._left, y - self._top, *self._size))

    def press(self, button: int, down: bool) -> None:
        """Press or release a button."""
        self._act(2, struct.pack("=III", _now(), button, down))

    def _act(self, request: int, body: bytes) -> None:
        self._send(_POINTER, request, body)
        self._send(_POINTER, 4, b"")
        time.sleep(0.05)

    def _send(self, thing: int, request: int, body: bytes) -> None:
        self._socket.sendall(struct.pack("=II", thing, (len(body) + 8) << 16 | request) + body)

    def _globals(self) -> dict[str, int]:
        """The number of everything the compositor offers, by its interface."""
        found: dict[str, int] = {}
        with self._socket.makefile("rb") as events:
            while True:
                thing, head = struct.unpack("=II", events.read(8))
                body = events.read((head >> 16) - 8)
                if thing == _CALLBACK:
                    return found
                if thing == _REGISTRY and head & 0xFFFF == 0:
                    name, length = struct.unpack_from("=II", body)
                    found[body[8 : 7 + length].decode()] = name


def _now() -> int:
    return int(time.monotonic() * 1000) & 0xFFFFFFFF
