"""What `shotglass doctor` finds of the desktop: display, tray, clipboard, shortcuts, pictures of the screen."""

import os
import sys
import time
from collections.abc import Iterator

from desktop import paths
from desktop.desktop_entry import LOST
from desktop.display import check_display, on_wayland
from desktop.engine.task_files import TaskFiles
from desktop.errors import UserError
from desktop.finding import Finding
from desktop.language import tr
from desktop.settings import Settings

WAYS = {"linux": "XGrabKey", "win32": "RegisterHotKey", "darwin": "RegisterEventHotKey"}
"""How shortcuts are registered, by the system's own name; on Wayland the desktop holds them."""


def look_at_desktop(settings: Settings) -> Iterator[Finding]:
    """The start with the desktop, the display, the tray, the shortcuts and the capture."""
    yield _look_at_autostart()
    try:
        check_display()
    except UserError as error:
        yield Finding(tr("display"), "note", str(error))
        return
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    seen = tr("{platform}, {count} screen(s)", platform=application.platformName(), count=len(application.screens()))
    yield Finding(tr("display"), "ok", seen)
    yield Finding(tr("desktop"), "ok", _desktop_name())
    yield _look_at_tray()
    if on_wayland():
        from desktop.wayland_findings import look_at_wayland

        yield from look_at_wayland(application)
        return
    yield _look_at_clipboard()
    yield from _look_at_hotkeys(settings)
    yield _look_at_capture()


def _look_at_autostart() -> Finding:
    from desktop.autostart.choose import choose_autostart

    autostart = choose_autostart()
    if lost := autostart.lost:
        cure = tr("switch Start with the desktop on in the preferences, and off again if you do not want it")
        return Finding(tr("autostart"), "note", tr(LOST, program=lost), cure)
    return Finding(tr("autostart"), "ok", tr("on") if autostart.is_on() else tr("off"))


def _desktop_name() -> str:
    """What the desktop calls itself, and how it draws."""
    if sys.platform != "linux":
        return sys.platform
    names = (os.environ.get("XDG_CURRENT_DESKTOP", ""), os.environ.get("XDG_SESSION_TYPE", ""))
    return ", ".join(filter(None, names)) or tr("it does not say which one")


def _look_at_tray() -> Finding:
    from desktop.tray import Tray

    if not Tray.available():
        cure = tr("start shotglass again to open its panel")
        return Finding(tr("tray"), "note", tr("this desktop shows no tray icons"), cure)
    if sys.platform != "linux":
        return Finding(tr("tray"), "ok", tr("this desktop shows tray icons"))
    from desktop.tray_host import tray_kind

    return Finding(tr("tray"), "ok", tr("this desktop shows tray icons, by {way}", way=tray_kind()))


def _look_at_clipboard() -> Finding:
    """Who keeps what `--copy` put there: on X11 a program must stay for it."""
    if sys.platform != "linux":
        return Finding(tr("clipboard"), "ok", tr("the system keeps what is copied"))
    from desktop.tray_host import has_clipboard_manager

    if has_clipboard_manager():
        return Finding(tr("clipboard"), "ok", tr("a clipboard manager keeps what is copied"))
    return Finding(tr("clipboard"), "ok", tr("Shotglass keeps what is copied while it runs"))


def _look_at_hotkeys(settings: Settings) -> Iterator[Finding]:
    from desktop.command import Command, send
    from desktop.hotkey.choose import choose_hotkeys

    if send(Command("ping"), paths.socket_file()):
        yield Finding(tr("shortcuts"), "ok", tr("held by the running app"))
        return
    yield Finding(tr("hotkeys"), "ok", tr("registered by {way}", way=WAYS.get(sys.platform, sys.platform)))
    tasks, _problems = TaskFiles().read()
    wanted = {task.id: settings.hotkeys.get(task.id, task.hotkey) for task in tasks}
    hotkeys = choose_hotkeys(None, {}, lambda: settings.keyboard_hook)
    refused = hotkeys.bind(wanted)
    hotkeys.stop()
    for task_id, keys in wanted.items():
        if task_id in refused:
            yield Finding(tr("shortcuts"), "bad", f"{task_id}: {refused[task_id]}", tr("or use `shotglass capture`"))
        elif keys:
            yield Finding(tr("shortcuts"), "ok", tr("{keys} for {task}", keys=keys, task=task_id))


def _look_at_capture() -> Finding:
    from desktop.capture.screens import Camera

    camera = Camera()
    start = time.monotonic()
    try:
        pictures = camera.photograph()
    except UserError as error:
        return Finding(tr("capture"), "bad", str(error))
    finally:
        camera.close()
    sizes = ", ".join(f"{picture.image.width()} × {picture.image.height()}" for picture in pictures)
    time_ms = round((time.monotonic() - start) * 1000)
    return Finding(tr("capture"), "ok", tr("{sizes} in {time} ms", sizes=sizes, time=time_ms))
