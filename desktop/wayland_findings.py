"""What `shotglass doctor` finds on a Wayland desktop: portals, shortcuts, pictures of the screen, the clipboard."""

import shutil
import time
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.capture.screens import Picture
from desktop.capture.wayland import WaylandCamera
from desktop.command import Command, send
from desktop.desktop_entry import LOST, entry_in_use, lost_program
from desktop.errors import UserError
from desktop.finding import Finding
from desktop.language import tr, tr_later
from desktop.portal.portal import Portal
from desktop.portal.screenshot import offers_area

PORTALS = ("GlobalShortcuts", "Screenshot")
CAPTURE_S = 60
WAY_ROUND = tr_later("bind the command `shotglass capture` to a key in your desktop's keyboard settings")


def look_at_wayland(application: QApplication) -> Iterator[Finding]:
    """Everything that is another way there than on X11; no shortcut is bound, since that may open a dialog."""
    portal = Portal()
    try:
        versions = _versions(portal)
        missing = tr("missing")
        found = ", ".join(f"{name} {version or missing}" for name, version in versions.items())
        yield Finding(tr("portals"), "ok" if all(versions.values()) else "note", found)
        yield _shortcuts(versions["GlobalShortcuts"])
        yield _capture(portal, application)
    finally:
        portal.stop()
    yield _clipboard()
    yield look_at_entry()


def _versions(portal: Portal) -> dict[str, int]:
    async def ask(portal: Portal) -> dict[str, int]:
        desk = await portal.desk()
        return {name: await desk.version(name) for name in PORTALS}

    try:
        return portal.submit(ask).result()
    except UserError:
        return dict.fromkeys(PORTALS, 0)


def _shortcuts(version: int) -> Finding:
    if send(Command("ping"), paths.socket_file()):
        return Finding(tr("shortcuts"), "ok", tr("held by the running app"))
    if version:
        held = tr("held by the desktop, through its portal GlobalShortcuts {version}", version=version)
        return Finding(tr("shortcuts"), "ok", held)
    return Finding(tr("shortcuts"), "note", tr("this desktop has no portal for shortcuts"), tr(WAY_ROUND))


def _capture(portal: Portal, application: QApplication) -> Finding:
    async def picks_by_itself(portal: Portal) -> bool:
        return await offers_area(await portal.desk())

    try:
        if portal.submit(picks_by_itself).result():
            return Finding(tr("capture"), "ok", tr("the desktop's own picker, through its portal Screenshot"))
    except UserError as error:
        return Finding(tr("capture"), "bad", str(error))
    return _photograph(portal, application)


def _photograph(portal: Portal, application: QApplication) -> Finding:
    camera = WaylandCamera(portal)
    findings: list[Finding] = []
    start = time.monotonic()

    def end(state: str, detail: str) -> None:
        findings.append(Finding(tr("capture"), state, detail))
        application.quit()

    def succeed(pictures: Sequence[Picture]) -> None:
        sizes = ", ".join(f"{picture.image.width()} × {picture.image.height()}" for picture in pictures)
        time_ms = round((time.monotonic() - start) * 1000)
        end("ok", tr("{sizes} in {time} ms by way of {way}", sizes=sizes, time=time_ms, way=camera.way))

    camera.photographed.connect(succeed)
    camera.refused.connect(lambda sentence: end("bad", sentence))
    camera.dismissed.connect(lambda: end("bad", tr("the desktop's question was closed without a yes")))
    QTimer.singleShot(CAPTURE_S * 1000, lambda: end("bad", tr("no picture came in time")))
    QTimer.singleShot(0, lambda: camera.photograph(pick=False))
    application.exec()
    return findings[0]


def _clipboard() -> Finding:
    if shutil.which("wl-copy"):
        return Finding(tr("clipboard"), "ok", tr("`--copy` uses wl-copy"))
    detail = tr("`--copy` needs wl-copy where the app does not run")
    return Finding(tr("clipboard"), "note", detail, tr("install wl-clipboard"))


def look_at_entry() -> Finding:
    """Whether there is one, by which the desktop knows the program, and the program is still where it says."""
    file = entry_in_use()
    lost = lost_program(file)
    if file.exists() and not lost:
        return Finding(tr("desktop entry"), "ok", str(file))
    detail = tr(LOST, program=lost) if lost else tr("not installed, so the desktop may not keep what you allow")
    return Finding(tr("desktop entry"), "note", detail, tr("run `shotglass install-desktop-entry`"))
