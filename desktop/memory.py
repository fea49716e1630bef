"""Gives freed memory back to the system: pictures take 8 MB at 1080p and 33 at 4K, and glibc would keep it."""

import ctypes
import sys


def give_back() -> None:
    """Return what is free to the system; does nothing where the C library is not glibc."""
    if not sys.platform.startswith("linux"):
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
