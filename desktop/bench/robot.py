"""Presses real keys and moves the real pointer of an X server, through its XTEST extension."""

import time

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext.xtest import fake_input

LEFT_BUTTON = 1


class Robot:
    """One connection to the X server of the environment."""

    def __init__(self) -> None:
        self._display = Display()

    def press(self, *keys: str) -> float:
        """Press keys together and let them go; the monotonic time at which the last one went down."""
        codes = [self._display.keysym_to_keycode(XK.string_to_keysym(key)) for key in keys]
        for code in codes:
            fake_input(self._display, X.KeyPress, code)
        pressed = time.monotonic()
        self._display.sync()
        for code in reversed(codes):
            fake_input(self._display, X.KeyRelease, code)
        self._display.sync()
        return pressed

    def drag(self, start: tuple[int, int], end: tuple[int, int], steps: int = 12) -> float:
        """Drag with the left button in `steps` moves, 60 a second; the monotonic time of the release."""
        self.move(*start)
        fake_input(self._display, X.ButtonPress, LEFT_BUTTON)
        for step in range(1, steps + 1):
            time.sleep(1 / 60)
            self.move(*(a + (b - a) * step // steps for a, b in zip(start, end, strict=True)))
        time.sleep(1 / 60)
        released = time.monotonic()
        fake_input(self._display, X.ButtonRelease, LEFT_BUTTON)
        self._display.sync()
        return released

    def move(self, x: int, y: int) -> None:
        """Move the pointer to a place in device pixels."""
        fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.sync()

    def close(self) -> None:
        """Let go of the X server."""
        self._display.close()
