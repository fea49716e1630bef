"""A root window with known pixels: a tile of noise, repeated from the corner on."""

import random
import subprocess
from pathlib import Path

from PIL import Image

from desktop.job import Box
from tests.xserver import XServer, wait_until

SIDE = 61
TILE = random.Random(7).randbytes(SIDE * SIDE * 3)


def hang_backdrop(server: XServer, folder: Path) -> None:
    """Cover the root window of this X server with the tile."""
    picture = save_tile(folder)

    def hung() -> bool:
        server.run("display", "-window", "root", str(picture))
        return _looks_right(server)

    wait_until(hung, "the backdrop")


def save_tile(folder: Path) -> Path:
    """Write the tile as a picture; its path."""
    picture = folder / "tile.png"
    Image.frombytes("RGB", (SIDE, SIDE), TILE).save(picture)
    return picture


def expected_rgb(box: Box) -> bytes:
    """The pixels of the backdrop in a box of the root window."""
    width = box.width
    rows = []
    for y in range(box.top, box.bottom):
        row = TILE[(y % SIDE) * SIDE * 3 : (y % SIDE + 1) * SIDE * 3]
        start = box.left % SIDE
        rows.append((row * (width // SIDE + 2))[start * 3 : (start + width) * 3])
    return b"".join(rows)


def _looks_right(server: XServer) -> bool:
    done = subprocess.run(
        ["import", "-silent", "-window", "root", "-crop", "4x4+0+0", "-depth", "8", "rgb:-"],
        env=server.environment,
        capture_output=True,
        check=False,
    )
    return done.stdout == expected_rgb(Box(0, 0, 4, 4))
