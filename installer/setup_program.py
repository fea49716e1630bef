"""The set-up program of Windows, by Inno Setup; written against its documentation, not tried on Windows."""

import subprocess
from pathlib import Path

from desktop.desktop_entry import APP_ID
from installer.environment import ROOT
from installer.frozen import Frozen

COMPILER = "iscc"


def build_setup(frozen: Frozen, out: Path) -> Path:
    """Make the set-up program in the folder `out`; its file."""
    name = f"shotglass-{frozen.version}-windows-setup"
    known = {
        "Version": frozen.version,
        "Program": frozen.folder,
        "AppUserModelID": APP_ID,
        "Compression": "lzma2/fast" if frozen.quickly else "",
    }
    defined = [f"/D{key}={value}" for key, value in known.items() if value]
    script = str(ROOT / "installer" / "windows.iss")
    subprocess.run([COMPILER, "/Q", *defined, f"/O{out}", f"/F{name}", script], check=True)
    return out / f"{name}.exe"
