"""The disk image of macOS: the app beside a link to Applications; written against Apple's documentation, not tried."""

import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from installer.environment import ROOT
from installer.frozen import Frozen

IDENTITY = "SHOTGLASS_SIGNING_IDENTITY"
"""The environment variable that names a Developer ID; without it the app is signed for this machine alone ("-")."""


def build_dmg(frozen: Frozen, out: Path) -> Path:
    """Sign the app and make the image in the folder `out`; its file."""
    app = frozen.folder.with_name("Shotglass.app")
    identity = os.environ.get(IDENTITY, "-")
    signing = ["codesign", "--force", "--deep", "--options", "runtime", "--sign", identity]
    rights = str(ROOT / "installer" / "macos" / "entitlements.plist")
    subprocess.run([*signing, "--entitlements", rights, str(app)], check=True)
    file = out / f"shotglass-{frozen.version}-macos-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory(dir=out) as folder:
        shutil.copytree(app, Path(folder) / app.name, symlinks=True)
        (Path(folder) / "Applications").symlink_to("/Applications")
        shape = ["-format", "UDZO" if frozen.quickly else "ULMO", "-fs", "HFS+", "-volname", "Shotglass"]
        subprocess.run(["hdiutil", "create", "-ov", *shape, "-srcfolder", folder, str(file)], check=True)
    return file
