"""What has to be on the disk after a download."""

from pathlib import Path

from desktop.engine.qwen.weights import verify
from tests.engine.qwen.hub_server import HubServer

NEEDLESS = {"README.md", ".gitattributes", "figures/config.json", "model.py"}


def quiet(_share: float, _words: str) -> None:
    """Progress that nobody looks at."""


def check(folder: Path, server: HubServer) -> None:
    """Exactly the needed files are there, byte by byte, and nothing else but their manifest."""
    wanted = {name: data for name, data in server.files.items() if name not in NEEDLESS}
    assert {path.name for path in folder.iterdir()} == {*wanted, "shotglass.json"}
    assert all((folder / name).read_bytes() == data for name, data in wanted.items())
    assert verify(folder, quiet) == []
