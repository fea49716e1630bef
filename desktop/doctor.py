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
from desktop.language import tr, tr_later
from desktop.settings import Settings, SettingsFile

log = logging.getLogger(__name__)

_TORCH, _GPU = "torch", "GPU"  # names in every language
_COLOURS = {tr_later("ok"): "green", tr_later("note"): "yellow", tr_later("bad"): "red"}


def examine() -> list[Finding]:
    """Look at everything that Shotglass needs."""
    settings, problems = SettingsFile(paths.settings_file()).load()
    findings = [
        Finding(tr("program"), "ok", f"shotglass {__version__}, Python {sys.version.split()[0]}, {sys.platform}")
    ]
    cure = tr("correct the file, or delete it")
    findings += [Finding(tr("settings"), "note", problem, cure) for problem in problems]
    if not problems:
        findings.append(Finding(tr("settings"), "ok", str(paths.settings_file())))
    findings += [*_look_at_folders(), *_look_at_tasks(), *_look_at_engine(settings), *_look_at_servers(settings)]
    findings += [*_look_at_gpus(), _look_at_torch(settings), _look_at_preview()]
    return findings + list(_look_at_desktop(settings))


def _look_at_folders() -> Iterator[Finding]:
    folders = {tr("settings folder"): paths.settings_file().parent, tr("log"): paths.log_file().parent}
    folders[tr("history")] = paths.history_file().parent
    folders[tr("socket folder")] = paths.socket_file().parent
    for about, folder in folders.items():
        there = next(parent for parent in (folder, *folder.parents) if os.access(parent, os.F_OK))
        if there.is_dir() and os.access(there, os.W_OK):
            yield Finding(about, "ok", str(folder))
        else:
            cure = tr("make {folder} yours: chown or chmod it", folder=there)
            yield Finding(about, "bad", tr("{folder} cannot be written", folder=folder), cure)


def _look_at_tasks() -> Iterator[Finding]:
    tasks, problems = TaskFiles().read()
    yield Finding(tr("tasks"), "ok", ", ".join(task.id for task in tasks))
    for problem in problems:
        yield Finding(tr("tasks"), "bad", problem, tr("correct the file, or delete it"))


def _look_at_engine(settings: Settings) -> Iterator[Finding]:
    start = time.monotonic()
    try:
        engine = choose_engine(settings)
        engine.load(lambda _share, _words: None)
    except UserError as error:
        yield Finding(tr("engine"), "bad", str(error))
    else:
        now = engine.capabilities
        engine.close()
        seconds = f"{time.monotonic() - start:.1f}"
        loaded = tr("{engine}, loaded in {seconds} s", engine=now.title, seconds=seconds)
        yield Finding(tr("engine"), "note" if now.lack else "ok", loaded, now.lack)


def _look_at_servers(settings: Settings) -> Iterator[Finding]:
    if not settings.servers:
        return
    from desktop.engine.remote.examine import look_at_servers

    for looked in look_at_servers(settings):
        state = "bad" if looked.trouble else "note" if looked.warning else "ok"
        yield Finding(tr("server"), state, looked.words, looked.warning)


def _look_at_torch(settings: Settings) -> Finding:
    if find_spec("torch") is None:
        cure = tr("needed for the Qwen2.5-VL model alone: `pip install shotglass[qwen]`")
        return Finding(_TORCH, "note", tr("not installed"), cure)
    try:
        from desktop.engine.qwen.examine import examine as examine_torch

        return Finding(_TORCH, "ok", examine_torch(settings))
    except Exception as error:  # a broken driver or a package for another GPU raises anything
        log.exception("torch does not work")
        cure = tr("install the GPU's driver and torch again")
        return Finding(_TORCH, "bad", tr("does not work here ({reason})", reason=error), cure)


def _look_at_preview() -> Finding:
    from desktop.panel.html.lack import preview_lack

    lack = preview_lack()
    if lack:
        return Finding(tr("page preview"), "note", tr("not here"), lack)
    return Finding(tr("page preview"), "ok", tr("pages are drawn"))


def _look_at_gpus() -> Iterator[Finding]:
    gpus = find_gpus()
    for gpu in gpus:
        old = "" if gpu.able else tr("too old for the model, which needs bfloat16; not needed for the embedded OCR")
        yield Finding(_GPU, "ok" if gpu.able else "note", f"{gpu.name}, {gpu.memory_gib:.0f} GiB", old)
    if not gpus:
        yield Finding(_GPU, "note", tr("no NVIDIA GPU found"), tr("not needed for the embedded OCR"))


def _look_at_desktop(settings: Settings) -> Iterator[Finding]:
    """The display, the tray, the shortcuts and the capture."""
    try:
        check_display()
    except UserError as error:
        yield Finding(tr("display"), "note", str(error))
        return
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    seen = tr("{platform}, {count} screen(s)", platform=application.platformName(), count=len(application.screens()))
    yield Finding(tr("display"), "ok", seen)
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
        return Finding(tr("tray"), "ok", tr("this desktop shows tray icons"))
    cure = tr("start shotglass again to open its panel")
    return Finding(tr("tray"), "note", tr("this desktop shows no tray icons"), cure)


def _look_at_hotkeys(settings: Settings) -> Iterator[Finding]:
    from desktop.command import Command, send
    from desktop.hotkey.choose import choose_hotkeys

    if send(Command("ping"), paths.socket_file()):
        yield Finding(tr("shortcuts"), "ok", tr("held by the running app"))
        return
    tasks, _problems = TaskFiles().read()
    wanted = {task.id: settings.hotkeys.get(task.id, task.hotkey) for task in tasks}
    hotkeys = choose_hotkeys(None, {})
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
            state = f"[{_COLOURS[finding.state]}]{tr(finding.state)}[/]"
            table.add_row(finding.about, state, f"{escape(finding.detail)}{cure}")
        console.print(table)
    return int(any(finding.state == "bad" for finding in findings))
