"""What the user is asked before a model is downloaded or removed."""

import os
from pathlib import Path

from desktop import paths
from desktop.amounts import size_in_words
from desktop.download.disk import free_bytes
from desktop.engine.choose import fitting_presets, quick_presets
from desktop.engine.qwen.engine import torch_lack
from desktop.engine.qwen.hubs import choose_hubs
from desktop.engine.qwen.weights import Preset
from desktop.frozen import is_frozen
from desktop.gpu import free_gpu_gb, wanted_gpu
from desktop.language import in_a_row, tr, tr_later
from desktop.model_work import ModelWork, Stage
from desktop.runtime.index import sources_of
from desktop.runtime.runtime import Runtime, has_torch, missing_runtime
from desktop.settings import Settings

_ALL = tr_later("{size} GB from {first} (where it fails: {second}) into {place}; {free} are free there.")
_MORE = tr_later(
    "{size} GB from {first} (where it fails: {second}) into {place}, where {kept} of it are already; "
    "{free} are free there."
)


def offer_best(settings: Settings) -> ModelWork:
    """Offer the model that suits this computer best; where none does, the smallest one, with the reason against it."""
    fitting = fitting_presets()
    here = (preset for preset in fitting if preset.installed(paths.models()))
    smallest = min(quick_presets(), key=lambda preset: preset.gpu_gb)
    return offer_download(next(here, (fitting or [smallest])[0]), settings)


def offer_download(preset: Preset, settings: Settings) -> ModelWork:
    """Say how much comes from where to where, and what speaks against it."""
    folder = preset.folder(paths.models())
    place = _in_words(folder)
    if preset.installed(paths.models()):
        words, agree = tr("It is on this disk already, in {place}.", place=place), tr("Use it")
    else:
        first, second = choose_hubs(settings.hub, os.environ)
        here = preset.bytes_here(paths.models())
        words = tr(
            _MORE if here else _ALL,
            size=preset.gigabytes,
            first=first.title,
            second=second.title,
            place=place,
            kept=size_in_words(here),
            free=size_in_words(free_bytes(folder)),
        )
        agree = tr("Download")
    sentences = [_suitability(preset), words]
    if runtime := missing_runtime():
        sentences.append(_price(runtime, settings))
        agree = tr("Download")
    elif not has_torch():
        sentences.append(torch_lack())
        agree = "" if is_frozen() else agree
    return ModelWork("download", preset.id, preset.name, Stage.OFFERED, in_a_row(*sentences), agree=agree)


def offer_runtime(runtime: Runtime, settings: Settings) -> ModelWork:
    """Say what it costs where no model is downloaded with it, as for one of the user's own."""
    words = in_a_row(tr("Every model needs it, and brings it where it is missing."), _price(runtime, settings))
    return ModelWork("download", runtime.id, runtime.name, Stage.OFFERED, words, agree=tr("Download"))


def offer_removal(preset: Preset | Runtime) -> ModelWork:
    """Say what removing frees."""
    here = size_in_words(preset.bytes_here(paths.models()))
    folder = _in_words(preset.folder(paths.models()))
    words = tr("{size} in {folder} are deleted; it can be downloaded again.", size=here, folder=folder)
    return ModelWork("remove", preset.id, preset.name, Stage.OFFERED, words, agree=tr("Remove"))


def _price(runtime: Runtime, settings: Settings) -> str:
    """How much of the GPU runtime comes from where, and what it takes."""
    words = tr_later(
        "{runtime}: {missing} to download from {source}; it takes {room} of the disk, where {free} are free, "
        "and can be removed again."
    )
    models = paths.models()
    sizes = {
        "missing": max(runtime.wheels.size - runtime.bytes_here(models), 0),
        "room": runtime.wheels.unpacked,
        "free": free_bytes(models),
    }
    fields = {name: size_in_words(size) for name, size in sizes.items()}
    return tr(words, runtime=runtime.name, source=sources_of(runtime.wheels, settings.runtime_index)[0].title, **fields)


def _suitability(preset: Preset) -> str:
    free_gb = free_gpu_gb()
    if not free_gb:
        return tr("Not advised: without {gpu} it answers very slowly.", gpu=tr(wanted_gpu().name))
    if free_gb < preset.gpu_gb:
        words = tr_later("Not advised: it needs {needed} GB of GPU memory, and {here} GB are free.")
        return tr(words, needed=preset.gpu_gb, here=f"{free_gb:.1f}")
    best = [preset] == fitting_presets()[:1]
    return tr("The best for this computer's GPU.") if best else tr("It fits this computer's GPU.")


def _in_words(folder: Path) -> str:
    """A folder as people write it."""
    inside = folder.is_relative_to(Path.home())
    return str(Path("~", folder.relative_to(Path.home()))) if inside else str(folder)
