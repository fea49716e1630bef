"""The download of a preset's weights, from one hub or the other."""

from collections.abc import Sequence
from pathlib import Path

from desktop.download.download import MARGIN_BYTES, Download
from desktop.download.transfer import Patience
from desktop.engine.qwen.hubs import Hub, Repository
from desktop.engine.qwen.weights import Preset


def download_of(
    preset: Preset,
    models: Path,
    hubs: Sequence[Hub],
    patience: Patience | None = None,
    margin_bytes: int = MARGIN_BYTES,
) -> Download:
    """The download into the folder of all models; `hubs` are tried in order."""
    sources = [Repository(hub, preset.repository) for hub in hubs]
    return Download(preset.name, preset.folder(models), sources, patience, margin_bytes)
