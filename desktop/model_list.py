"""What `shotglass models list` and the preferences show: every model, what it needs, and whether it fits here."""

import json
from dataclasses import asdict, dataclass

from desktop import paths
from desktop.engine.qwen.weights import PRESETS, Preset
from desktop.gpu import free_gpu_gb
from desktop.language import tr, tr_later
from desktop.runtime.runtime import Runtime, find_runtime

HEADINGS = (
    tr_later("id"),
    tr_later("model"),
    tr_later("precision"),
    tr_later("size"),
    tr_later("needs"),
    tr_later("fits here"),
    tr_later("state"),
)
NOTE = tr_later(
    "The embedded OCR answers the Text task on any CPU; the other tasks need a Qwen2.5-VL model. "
    "The first one that fits the free memory of the GPU is the best for this computer."
)
HOW_TO_DOWNLOAD = "Download one with `shotglass models download 7b`."


@dataclass(frozen=True, slots=True)
class Row:
    """One model as people read it."""

    id: str
    model: str
    precision: str
    size: str
    needs: str
    fits: str
    state: str


def list_models() -> list[Row]:
    """The embedded OCR, every preset, and the GPU runtime where this program brings one by itself."""
    free = free_gpu_gb()
    embedded = Row(
        "ocr", tr("PP-OCRv6, embedded"), "float32", tr("ships inside"), tr("any CPU"), tr("yes"), tr("ready")
    )
    runtime = find_runtime()
    below = [_row_of_runtime(runtime)] if runtime else []
    return [embedded, *(_row(preset, free) for preset in PRESETS), *below]


def _row_of_runtime(runtime: Runtime) -> Row:
    room = tr("{size} GB of the disk", size=f"{runtime.wheels.unpacked / 1e9:.1f}")
    size, state = f"{runtime.gigabytes:.1f} GB", runtime.state(paths.models())
    return Row(runtime.id, runtime.name, "", size, room, tr("yes"), state)


def _row(preset: Preset, free_gb: float) -> Row:
    fits = tr("no, {size} GB are free", size=f"{free_gb:.1f}") if free_gb else tr("no GPU")
    return Row(
        preset.id,
        preset.name,
        "bfloat16" if preset.bits == 16 else tr("{bits}-bit", bits=preset.bits),
        f"{preset.gigabytes} GB",
        tr("{size} GB of a GPU", size=preset.gpu_gb),
        tr("yes") if free_gb >= preset.gpu_gb else fits,
        preset.state(paths.models()),
    )


def print_models(as_json: bool) -> None:
    """Print the list as a table or as JSON."""
    from rich.console import Console
    from rich.table import Table

    rows = list_models()
    console = Console()
    if as_json:
        console.print_json(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*asdict(row).values())
    console.print(table)
    console.print(f"\n{NOTE} {HOW_TO_DOWNLOAD}", style="dim")
