"""`shotglass doctor`: what works here and what does not, each with its cure."""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict

from desktop import __version__, paths
from desktop.computer_findings import look_at_computer
from desktop.desktop_findings import look_at_desktop
from desktop.engine.choose import choose_engine
from desktop.engine.task_files import TaskFiles
from desktop.errors import UserError
from desktop.finding import Finding
from desktop.language import tr, tr_later
from desktop.settings import Settings, SettingsFile

_COLOURS = {tr_later("ok"): "green", tr_later("note"): "yellow", tr_later("bad"): "red"}


def examine() -> list[Finding]:
    """Look at everything that Shotglass needs."""
    settings, problems = SettingsFile(paths.settings_file()).load()
    from PySide6 import __version__ as qt

    parts = f"Python {sys.version.split()[0]}, Qt {qt}"
    findings = [Finding(tr("program"), "ok", f"shotglass {__version__}, {parts}, {sys.platform}")]
    cure = tr("correct the file, or delete it")
    findings += [Finding(tr("settings"), "note", problem, cure) for problem in problems]
    if not problems:
        findings.append(Finding(tr("settings"), "ok", str(paths.settings_file())))
    findings += [*_look_at_folders(), *_look_at_tasks(), *_look_at_engine(settings), *_look_at_servers(settings)]
    return [*findings, *look_at_computer(settings), *look_at_desktop(settings)]


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


def print_report(findings: list[Finding]) -> int:
    """Print the findings as one text without private words; 1 where any of them is bad, else 0."""
    from desktop.report import report_of, veil_of

    settings, _problems = SettingsFile(paths.settings_file()).load()
    sys.stdout.write(f"{report_of(findings, veil_of(settings))}\n")
    return _exit_code(findings)


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
    return _exit_code(findings)


def _exit_code(findings: list[Finding]) -> int:
    return int(any(finding.state == "bad" for finding in findings))
