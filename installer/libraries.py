"""The system libraries that Qt links to and a bare Linux may lack, with the Debian packages that hold them."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Mapping

ANYWHERE = {
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
ALL = ANYWHERE | X11 | WAYLAND


def is_there(name: str) -> bool:
    """Tell whether the system's loader finds a library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def check_libraries(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    finds: Callable[[str], bool] = is_there,
) -> str:
    """The sentence to print where this desktop lacks libraries without which Qt would end the program, or ''."""
    if not platform.startswith("linux"):
        return ""
    needed = ANYWHERE | (WAYLAND if environ.get("WAYLAND_DISPLAY") else X11)
    lacking = [name for name in needed if not finds(name)]
    if not lacking:
        return ""
    cure = f"run: sudo apt-get install {' '.join(needed[name] for name in lacking)}"
    if not shutil.which("apt-get"):
        cure = "install the packages that hold them"
    return f"This system lacks libraries that windows need: {', '.join(lacking)}. Please {cure}"
