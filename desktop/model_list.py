"""What `shotglass models list` and the preferences show: every model, what it needs, and whether it fits here."""

import json
from dataclasses import asdict, dataclass

from desktop import paths
from desktop.engine.qwen.weights import PRESETS, Preset
from desktop.gpu import gpu_memory_gib

HEADINGS = ("id", "model", "precision", "size", "needs", "fits here", "state")
NOTE = (
    "The embedded OCR answers the Text task on any CPU; the other tasks need a Qwen2.5-VL model. "
    "The 4-bit ones can be downloaded already, but answer in a later version only."
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
    """The embedded OCR and every preset."""
    memory = gpu_memory_gib()
    embedded = Row("ocr", "PP-OCRv6, embedded", "float32", "ships inside", "any CPU", "yes", "ready")
    return [embedded, *(_row(preset, memory) for preset in PRESETS)]


def _row(preset: Preset, memory_gib: float) -> Row:
    fits = "yes" if memory_gib >= preset.gpu_gib else "no GPU" if not memory_gib else f"no, {memory_gib:.0f} GiB here"
    return Row(
        preset.id,
        preset.name,
        "bfloat16" if preset.bits == 16 else f"{preset.bits}-bit",
        f"{preset.gigabytes} GB",
        f"{preset.gpu_gib} GiB GPU",
        fits,
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
