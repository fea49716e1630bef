"""Pictures of the screen from the Screenshot portal: the whole desktop, or an area picked in the desktop's own way."""

from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from desktop.language import tr, tr_later
from desktop.portal.desk import Desk, Request
from desktop.portal.errors import PortalAbsentError, PortalDismissedError, PortalError

INTERFACE = "Screenshot"
AREA = 4
TARGET_VERSION = 3
WHOLE_S = 30.0
"""The first time the desktop asks the user whether it may."""
AREA_S = 300.0

ABSENT = tr_later("This desktop has no portal for pictures of the screen.")
NOT_GIVEN = tr_later(
    "The desktop gave no picture of the screen: its question was closed without a yes, or it can take none here."
)
UNREADABLE = tr_later("The desktop's picture of the screen could not be read: try again.")


async def offers_area(desk: Desk) -> bool:
    """Whether the desktop lets the user pick an area by itself."""
    if await desk.version(INTERFACE) < TARGET_VERSION:
        return False
    return bool(int(await desk.value(INTERFACE, "AvailableTargets", 0)) & AREA)


async def take_screenshot(desk: Desk, area: bool = False, parent_window: str = "", wait_s: float = 0) -> bytes:
    """An encoded picture of the whole desktop, or of an `area` that the user picks; raises PortalError."""
    if not await desk.version(INTERFACE):
        raise PortalAbsentError(tr(ABSENT))
    options: dict[str, tuple[str, object]] = {"modal": ("b", True), "interactive": ("b", False)}
    if area:
        options["target"] = ("u", AREA)
    ask = Request(INTERFACE, "Screenshot", "s", (parent_window,), options)
    try:
        results = await desk.request(ask, wait_s or (AREA_S if area else WHOLE_S))
    except PortalDismissedError as error:
        if area:
            raise
        raise PortalError(tr(NOT_GIVEN)) from error  # KDE says so where it fails; a no of the user is another answer
    return _read_once(str(results.get("uri", ("s", ""))[1]))


def _read_once(uri: str) -> bytes:
    """The file of a picture, which does not stay: nobody asked for a copy, and the next one may have its name."""
    path = Path(unquote(urlsplit(uri).path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PortalError(tr(UNREADABLE)) from error
    with suppress(OSError):
        path.unlink()
    return data
