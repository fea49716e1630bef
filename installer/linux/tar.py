"""The portable archive: unpack it anywhere, start it there, delete the folder to be rid of it."""

import os
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from desktop.desktop_entry import NAME
from installer.frozen import Frozen
from installer.linux.deb import notices
from installer.linux.depends import depends

READ_ME = """Shotglass {version}

./shotglass                                 starts the tray app: Ctrl+Alt+G, then drag over the screen
./shotglass install-desktop-entry           puts it into your desktop's menu (--remove takes it out again)
./shotglass doctor                          says what works here and what does not, each with its cure

It needs these packages (names of Debian and Ubuntu), most of which any desktop has:
{depends}

To be rid of it, delete this folder; settings, history and models stay where `./shotglass doctor` says.
"""


def build_tar(frozen: Frozen, out: Path) -> Path:
    """Make the archive in the folder `out`; its file."""
    name = f"{NAME}-{frozen.version}"
    file = out / f"{name}-linux-{platform.machine()}.tar.xz"
    with tempfile.TemporaryDirectory(dir=out) as folder:
        root = Path(folder) / name
        shutil.copytree(frozen.folder, root, symlinks=True, copy_function=os.link)
        words = READ_ME.format(version=frozen.version, depends=" ".join(d.split()[0] for d in depends(root)))
        (root / "READ_ME.txt").write_text(words, encoding="utf-8")
        (root / "LICENSES.txt").write_text(notices(frozen), encoding="utf-8")
        same = ["--sort=name", f"--mtime=@{frozen.epoch}", "--owner=0", "--group=0", "--numeric-owner"]
        same += ["--mode=u+rwX,go=rX"]
        # Two threads cut the data into blocks as any number above one does, so that the bytes do not depend on it.
        compress = {"XZ_OPT": f"-{1 if frozen.quickly else 6} -T2"}
        command = ["tar", *same, "--create", "--xz", "--file", str(file), "--directory", folder, name]
        subprocess.run(command, env=os.environ | compress, check=True)
    return file
