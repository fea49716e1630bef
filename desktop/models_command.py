"""`shotglass models download|verify|remove`: asks, shows progress, and says how it ended."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from desktop import paths
from desktop.amounts import size_in_words
from desktop.engine.api import Progress
from desktop.engine.qwen import weights
from desktop.engine.qwen.hubs import choose_hubs
from desktop.engine.qwen.weights import PRESETS, Preset, find_preset
from desktop.errors import UserError
from desktop.model_fetch import fetch
from desktop.model_fetch import remove as remove_from_disk
from desktop.runtime.index import sources_of
from desktop.runtime.runtime import RUNTIME, Runtime, find_runtime, missing_runtime
from desktop.settings import Settings, SettingsFile


def download(name: str, yes: bool) -> None:
    """Download a preset and the GPU runtime where it is missing, once the user agrees; raises UserError."""
    wanted = _require(name)
    models = paths.models()
    lacks = [thing for thing in (missing_runtime(), wanted) if thing and not thing.installed(models)]
    if not lacks:
        typer.echo(f"{wanted.name} is already on this disk, in {wanted.folder(models)}.")
        return
    settings, _problems = SettingsFile(paths.settings_file()).load()
    for thing in dict.fromkeys(lacks):
        here = thing.bytes_here(models)
        typer.echo(f"{thing.name}: about {thing.gigabytes:.1f} GB")
        typer.echo(f"from {_sources_of(thing, settings)}")
        typer.echo(f"into {thing.folder(models)}" + (f", where {size_in_words(here)} are already" if here else ""))
    _ask("Download it?", yes)
    try:
        with _shown_progress(plain=True) as progress:
            fetch(wanted, settings, progress)
    except KeyboardInterrupt:
        raise UserError(f"Stopped; go on with `shotglass models download {wanted.id}`, what came is kept.") from None
    typer.echo(f"{wanted.name} is on this disk, in {wanted.folder(models)}.")


def _sources_of(thing: Preset | Runtime, settings: Settings) -> str:
    """Where it comes from, the first place and the one that stands in."""
    if isinstance(thing, Runtime):
        first, *others = [
            address for source in sources_of(thing.wheels, settings.runtime_index) for address in source.addresses
        ]
        return f"{first} (where it fails: {', '.join(others)})" if others else first
    first_hub, second = choose_hubs(settings.hub, os.environ)
    return f"{first_hub.title}, {first_hub.address} (where it fails: {second.title}, {second.address})"


def verify(name: str) -> None:
    """Print every file of a preset that is not as it came; raises UserError where there is one."""
    preset = _require(name)
    if isinstance(preset, Runtime):
        raise UserError(f"{preset.name} was checked when it came; remove it and download it again where it fails.")
    folder = preset.folder(paths.models())
    if not folder.is_dir():
        raise UserError(f"{preset.name} is not downloaded; `shotglass models download {preset.id}` brings it.")
    with _shown_progress(plain=False) as progress:
        flaws = weights.verify(folder, progress)
    for flaw in flaws:
        typer.echo(f"{flaw.name}: {flaw.what}")
    if flaws:
        cure = f"run `shotglass models download {preset.id}` to bring what is not right"
        raise UserError(f"{preset.name} is not whole ({len(flaws)} of its files); {cure}.")
    typer.echo(f"{preset.name} is whole: every byte is as it came.")


def remove(name: str, yes: bool) -> None:
    """Delete a preset once the user agrees; raises UserError."""
    preset = _require(name)
    folder = preset.folder(paths.models())
    if not folder.exists() and not folder.is_symlink():
        raise UserError(f"{preset.name} is not on this disk; there is nothing to remove.")
    here = preset.bytes_here(paths.models())
    typer.echo(f"{preset.name}: {size_in_words(here)} in {folder}")
    _ask("Delete it?", yes)
    remove_from_disk(preset)
    typer.echo(f"{preset.name} is removed; {size_in_words(here)} are free again.")


def _require(name: str) -> Preset | Runtime:
    """What has that name; raises typer.BadParameter, wrong usage."""
    runtime = find_runtime()
    found = runtime if runtime and name == RUNTIME else find_preset(name)
    if found is None:
        raise typer.BadParameter(f"{name} is no model; the models are {', '.join(p.id for p in PRESETS)}.")
    return found


def _ask(question: str, yes: bool) -> None:
    """Return once the user agrees; raises UserError where they do not or cannot be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError("This needs your yes; run it in a terminal, or add --yes.")
    if not typer.confirm(question):
        raise UserError("Nothing was done.")


@contextmanager
def _shown_progress(plain: bool) -> Iterator[Progress]:
    """A bar on a terminal; elsewhere a line now and then where `plain`, else nothing."""
    if not sys.stdout.isatty():
        yield _Lines() if plain else lambda _share, _words: None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(30), TaskProgressColumn(), TextColumn("{task.description}", markup=False)) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda share, words: bar.update(task, completed=share, description=words)


class _Lines:
    """Prints a line at every twentieth of the way and for everything new that is being done."""

    def __init__(self) -> None:
        self._last: tuple[int, str] = (-1, "")

    def __call__(self, share: float, words: str) -> None:
        step = (int(share * 20), words.partition(":")[0])
        if step != self._last:
            self._last = step
            typer.echo(f"{int(share * 100):3} %  {words}")
            sys.stdout.flush()
