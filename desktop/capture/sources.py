"""The ways to a picture of a Wayland desktop, each found out by trying: its portal, then programs that can."""

import asyncio
import logging
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.errors import UserError
from desktop.language import tr, tr_later
from desktop.portal.errors import PortalRefusedError
from desktop.portal.portal import Portal
from desktop.portal.screenshot import offers_area, take_screenshot

log = logging.getLogger(__name__)

PROGRAM_S = 10
NO_WAY = tr_later(
    "This desktop does not hand out pictures of the screen: install xdg-desktop-portal with the part for your desktop, "
    "or grim, or use the desktop's own screenshot key and paste the picture."
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one way brought: the picture of each screen by its name, or under '' one of all; or what was `picked`."""

    way: str
    images: dict[str, QImage]
    picked: QImage | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What is wanted: the pictures of these screens; `mixed` where they have different scales.

    With `pick` an area that the user picks in the desktop's own way is welcome instead. `parent` names the window that
    the desktop's dialogs belong to.
    """

    names: tuple[str, ...]
    mixed: bool = False
    pick: bool = False
    parent: str = ""


Way = Callable[[Portal, Look], Awaitable[Sight]]


async def look_at_screen(portal: Portal, look: Look, first: str = "") -> Sight:
    """The picture by the first way that brings one, the way called `first` before the others; raises UserError.

    Where the user said no it is not tried in another way.
    """
    # Of the ways only grim can take each screen at its own scale.
    order = ["grim", "portal", "spectacle"] if look.mixed else ["portal", "grim", "spectacle"]
    for way in sorted(order, key=lambda name: name != first):
        try:
            return await _WAYS[way](portal, look)
        except PortalRefusedError:
            raise
        except UserError as error:
            log.info("no picture by way of %s: %s", way, error)
    raise UserError(tr(NO_WAY))


async def _ask_portal(portal: Portal, look: Look) -> Sight:
    desk = await portal.desk()
    area = look.pick and await offers_area(desk)
    image = _decoded(await take_screenshot(desk, area, look.parent))
    return Sight("portal", {}, image) if area else Sight("portal", {"": image})


async def _run_grim(_portal: Portal, look: Look) -> Sight:
    images = {name: _decoded(await _output("grim", "-t", "ppm", "-o", name, "-")) for name in look.names}
    return Sight("grim", images)


async def _run_spectacle(_portal: Portal, _look: Look) -> Sight:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "screen.png"
        await _output("spectacle", "--background", "--nonotify", "--fullscreen", "--output", str(target))
        try:
            return Sight("spectacle", {"": _decoded(target.read_bytes())})
        except OSError as error:
            raise UserError("spectacle wrote no picture") from error


_WAYS: dict[str, Way] = {"portal": _ask_portal, "grim": _run_grim, "spectacle": _run_spectacle}


async def _output(*command: str) -> bytes:
    """What a program prints; UserError where it is missing, fails or takes too long."""
    try:
        done = await asyncio.to_thread(_run, command)
    except (OSError, subprocess.SubprocessError) as error:
        raise UserError(f"{command[0]} does not work here ({error})") from error
    return done.stdout


def _run(command: Sequence[str]) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, timeout=PROGRAM_S)


def _decoded(data: bytes) -> QImage:
    image = QImage.fromData(data)
    if image.isNull():
        raise UserError("what came is no picture")
    return image
