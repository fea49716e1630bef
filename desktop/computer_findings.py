"""What `shotglass doctor` finds of the computer: system, disk, weights, GPU, driver, torch, what draws pages."""

import logging
import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import psutil

from desktop import paths
from desktop.engine.qwen.engine import torch_lack
from desktop.engine.qwen.weights import PRESETS
from desktop.finding import Finding
from desktop.gpu import find_gpus, wanted_gpu
from desktop.language import tr
from desktop.runtime.runtime import find_runtime, has_torch
from desktop.settings import Settings

log = logging.getLogger(__name__)

_TORCH, _GPU = "torch", "GPU"  # names in every language
GIB, GB = 1 << 30, 10**9


def look_at_computer(settings: Settings) -> Iterator[Finding]:
    """All of it."""
    yield _look_at_system()
    yield _look_at_disk()
    yield _look_at_weights()
    yield from _look_at_gpus()
    yield _look_at_torch(settings)
    yield _look_at_preview()


def _look_at_system() -> Finding:
    name = f"{platform.system()} {platform.release()}"
    with suppress(OSError):  # on Linux alone, and not on every one
        name = f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {name}"
    memory = round(psutil.virtual_memory().total / GIB)
    said = tr(
        "{name}, {machine}, {cores} cores, {memory} GiB",
        name=name,
        machine=platform.machine(),
        cores=os.cpu_count(),
        memory=memory,
    )
    return Finding(tr("system"), "ok", said)


def _look_at_disk() -> Finding:
    folder = next(folder for folder in (paths.models(), *paths.models().parents) if folder.is_dir())
    free = shutil.disk_usage(folder).free / GB
    said = tr("{free} GB are free where models go", free=round(free))
    least = min(preset.gigabytes for preset in PRESETS)
    lack = "" if free >= least or _weights_here() else tr("the smallest model needs {size} GB", size=least)
    return Finding(tr("disk"), "note" if lack else "ok", said, lack)


def _weights_here() -> list[str]:
    """The presets of which there is something on the disk, each with how it stands."""
    models = paths.models()
    return [f"{preset.name} ({preset.state(models)})" for preset in PRESETS if preset.folder(models).is_dir()]


def _look_at_weights() -> Finding:
    here = _weights_here()
    if here:
        return Finding(tr("weights"), "ok", ", ".join(here))
    return Finding(tr("weights"), "ok", tr("none downloaded; the embedded OCR needs none"))


def _look_at_gpus() -> Iterator[Finding]:
    gpus = find_gpus()
    for gpu in gpus:
        old = "" if gpu.able else tr("too old for the model, which needs bfloat16; not needed for the embedded OCR")
        yield Finding(_GPU, "ok" if gpu.able else "note", f"{gpu.name}, {gpu.memory_gib:.0f} GiB", old)
    if not gpus:
        none = tr("none found; the model wants {gpu}", gpu=tr(wanted_gpu().name))
        yield Finding(_GPU, "note", none, tr("not needed for the embedded OCR"))
    if gpus and (version := _driver_version()):
        yield Finding(tr("driver"), "ok", f"NVIDIA {version}")


def _driver_version() -> str:
    """The version of the NVIDIA driver, '' where it does not tell."""
    query = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        said = subprocess.run(query, capture_output=True, text=True, timeout=10, check=True).stdout.split("\n")[0]
    except (OSError, subprocess.SubprocessError):
        return ""
    return said if re.fullmatch(r"[\d.]+", said) else ""


def _look_at_torch(settings: Settings) -> Finding:
    runtime = find_runtime()
    if not has_torch():
        return Finding(_TORCH, "note", runtime.state(paths.models()) if runtime else tr("not installed"), torch_lack())
    try:
        from desktop.engine.qwen.examine import examine as examine_torch

        found, cure = examine_torch(settings)
        return Finding(_TORCH, "note" if cure else "ok", found, cure)
    except Exception as error:  # a broken driver or a package for another GPU raises anything
        log.exception("torch does not work")
        cure = tr("install the GPU's driver and torch again")
        if runtime and runtime.installed(paths.models()):
            cure = tr(
                "install the GPU's driver, then remove the GPU runtime and download it again (preferences, Models)"
            )
        return Finding(_TORCH, "bad", tr("does not work here ({reason})", reason=error), cure)


def _look_at_preview() -> Finding:
    from desktop.panel.html.lack import preview_lack

    lack = preview_lack()
    if lack:
        return Finding(tr("page preview"), "note", tr("not here"), lack)
    return Finding(tr("page preview"), "ok", tr("pages are drawn"))
