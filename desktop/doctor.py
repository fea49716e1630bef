"""`shotglass doctor`: what works here and what does not, each with its cure."""

import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec

from desktop import __version__, paths
from desktop.display import check_display, on_wayland
from desktop.engine.choose import choose_engine
from desktop.engine.task_files import TaskFiles
from desktop.errors import UserError
from desktop.finding import Finding
from desktop.gpu import find_gpus
from desktop.settings import Settings, SettingsFile

log = logging.getLogger(__name__)

_MARKS = {"ok": "[green]ok[/]", "note": "[yellow]note[/]", "bad": "[red]bad[/]"}


def examine() -> list[Finding]:
    """Look at everything that Shotglass needs."""
    settings, problems = SettingsFile(paths.settings_file()).load()
    findings = [Finding("program", "ok", f"shotglass {__version__}, Python {sys.version.split()[0]}, {sys.platform}")]
    findings += [Finding("settings", "note", problem, "correct the file, or delete it") for problem in problems]
    if not problems:
        findings.append(Finding("settings", "ok", str(paths.settings_file())))
    findings += [*_look_at_folders(), *_look_at_tasks(), *_look_at_engine(settings), *_look_at_servers(settings)]
    findings += [*_look_at_gpus(), _look_at_torch(settings), _look_at_preview()]
    return findings + list(_look_at_desktop(settings))


def _look_at_folders() -> Iterator[Finding]:
    folders = {"settings folder": paths.settings_file().parent, "log": paths.log_file().parent}
    folders["history"] = paths.history_file().parent
    folders["socket folder"] = paths.socket_file().parent
    for about, folder in folders.items():
        there = next(parent for parent in (folder, *folder.parents) if os.access(parent, os.F_OK))
        if there.is_dir() and os.access(there, os.W_OK):
            yield Finding(about, "ok", str(folder))
        else:
            yield Finding(about, "bad", f"{folder} cannot be written", f"make {there} yours: chown or chmod it")


def _look_at_tasks() -> Iterator[Finding]:
    tasks, problems = TaskFiles().read()
    yield Finding("tasks", "ok", ", ".join(task.id for task in tasks))
    for problem in problems:
        yield Finding("tasks", "bad", problem, "correct the file, or delete it")


def _look_at_engine(settings: Settings) -> Iterator[Finding]:
    start = time.monotonic()
    try:
        engine = choose_engine(settings)
        engine.load(lambda _share, _words: None)
    except UserError as error:
        yield Finding("engine", "bad", str(error))
    else:
        now = engine.capabilities
        engine.close()
        loaded = f"{now.title}, loaded in {time.monotonic() - start:.1f} s"
        yield Finding("engine", "note" if now.lack else "ok", loaded, now.lack)


def _look_at_servers(settings: Settings) -> Iterator[Finding]:
    if not settings.servers:
        return
    from desktop.engine.remote.examine import look_at_servers

    for looked in look_at_servers(settings):
        state = "bad" if looked.trouble else "note" if looked.warning else "ok"
        yield Finding("server", state, looked.words, looked.warning)


def _look_at_torch(settings: Settings) -> Finding:
    if find_spec("torch") is None:
        cure = "needed for the Qwen2.5-VL model alone: `pip install shotglass[qwen]`"
        return Finding("torch", "note", "not installed", cure)
    try:
        from desktop.engine.qwen.examine import examine as examine_torch

        return Finding("torch", "ok", examine_torch(settings))
    except Exception as error:  # a broken driver or a package for another GPU raises anything
        log.exception("torch does not work")
        return Finding("torch", "bad", f"does not work here ({error})", "install the GPU's driver and torch again")


def _look_at_preview() -> Finding:
    from desktop.panel.html.lack import preview_lack

    lack = preview_lack()
    return Finding("page preview", "note" if lack else "ok", "not here" if lack else "pages are drawn", lack)


def _look_at_gpus() -> Iterator[Finding]:
    gpus = find_gpus()
    for gpu in gpus:
        cure = "" if gpu.able else "too old for the model, which needs bfloat16; not needed for the embedded OCR"
        yield Finding("GPU", "ok" if gpu.able else "note", f"{gpu.name}, {gpu.memory_gib:.0f} GiB", cure)
    if not gpus:
        yield Finding("GPU", "note", "no NVIDIA GPU found", "not needed for the embedded OCR")


def _look_at_desktop(settings: Settings) -> Iterator[Finding]:
    """The display, the tray, the shortcuts and the capture."""
    try:
        check_display()
    except UserError as error:
        yield Finding("display", "note", str(error))
        return
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    yield Finding("display", "ok", f"{application.platformName()}, {len(application.screens())} screen(s)")
    yield _look_at_tray()
    if on_wayland():
        from desktop.wayland_findings import look_at_wayland

        yield from look_at_wayland(application)
        return
    yield from _look_at_hotkeys(settings)
    yield _look_at_capture()


def _look_at_tray() -> Finding:
    from desktop.tray import Tray

    if Tray.available():
        return Finding("tray", "ok", "this desktop shows tray icons")
    return Finding("tray", "note", "this desktop shows no tray icons", "start shotglass again to open its panel")


def _look_at_hotkeys(settings: Settings) -> Iterator[Finding]:
    from desktop.command import Command, send
    from desktop.hotkey.choose import choose_hotkeys

    if send(Command("ping"), paths.socket_file()):
        yield Finding("shortcuts", "ok", "held by the running app")
        return
    tasks, _problems = TaskFiles().read()
    wanted = {task.id: settings.hotkeys.get(task.id, task.hotkey) for task in tasks}
    hotkeys = choose_hotkeys(None, {})
    refused = hotkeys.bind(wanted)
    hotkeys.stop()
    for task_id, keys in wanted.items():
        if task_id in refused:
            yield Finding("shortcuts", "bad", f"{task_id}: {refused[task_id]}", "or use `shotglass capture`")
        elif keys:
            yield Finding("shortcuts", "ok", f"{keys} for {task_id}")


def _look_at_capture() -> Finding:
    from desktop.capture.screens import Camera

    camera = Camera()
    start = time.monotonic()
    try:
        pictures = camera.photograph()
    except UserError as error:
        return Finding("capture", "bad", str(error))
    finally:
        camera.close()
    sizes = ", ".join(f"{picture.image.width()} × {picture.image.height()}" for picture in pictures)
    return Finding("capture", "ok", f"{sizes} in {(time.monotonic() - start) * 1000:.0f} ms")


def print_findings(findings: list[Finding], as_json: bool) -> int:
    """Print the findings as a table or as JSON; 1 where any of them is bad, else 0."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    if as_json:
        console.print_json(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        table = Table(box=None, pad_edge=False, show_header=False)
        for finding in findings:
            cure = f"\n[dim]{escape(finding.cure)}[/]" if finding.cure else ""
            table.add_row(finding.about, _MARKS[finding.state], f"{escape(finding.detail)}{cure}")
        console.print(table)
    return int(any(finding.state == "bad" for finding in findings))
