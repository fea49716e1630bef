"""The .deb: the program in /usr/lib, its command in /usr/bin, its entry and icon for every user."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from desktop.desktop_entry import APP_ID, NAME, entry
from installer.environment import ROOT
from installer.frozen import Frozen
from installer.linux.depends import depends

HOME = Path("usr/lib") / NAME
SCRIPTS = ("postinst", "prerm", "postrm")
CONTROL = """Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The maintainers of Shotglass <maintainers@shotglass.invalid>
Installed-Size: {kib}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-liberation, xdg-desktop-portal
Suggests: wl-clipboard, grim | kde-spectacle
Section: graphics
Priority: optional
Description: drag over the screen and read the answer
 Press a hotkey, drag over a piece of the screen, and its text is on the
 clipboard and in a floating panel. The OCR inside reads it on this computer;
 nothing leaves it unless a server is entered.
"""


def build_deb(frozen: Frozen, out: Path) -> Path:
    """Make the package in the folder `out`; its file."""
    architecture = _said("dpkg", "--print-architecture")
    file = out / f"{NAME}_{frozen.version}_{architecture}.deb"
    with tempfile.TemporaryDirectory(dir=out) as folder:
        root = Path(folder)
        lay_out(frozen, root)
        _describe(frozen, root, architecture)
        _settle(root)
        level = "-z9" if frozen.quickly else "-z19"
        _said("dpkg-deb", "--root-owner-group", "-Zzstd", level, "--build", folder, str(file))
    return file


def lay_out(frozen: Frozen, root: Path) -> None:
    """Put every file at its place below `root`."""
    shutil.copytree(frozen.folder, root / HOME, symlinks=True, copy_function=os.link)
    command = root / "usr/bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(Path("../lib") / NAME / NAME)
    _write(root / "usr/share/applications" / f"{APP_ID}.desktop", entry([NAME]))
    icon = ROOT / "resources" / "icons" / f"{NAME}.svg"
    _write(root / "usr/share/icons/hicolor/scalable/apps" / icon.name, icon.read_bytes())
    _write(root / "usr/share/doc" / NAME / "copyright", notices(frozen).encode())


def notices(frozen: Frozen) -> str:
    """The licence, and the packages of others with theirs."""
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    parts = "\n".join(f"  {part.name} {part.version}: {part.licence}" for part in frozen.parts())
    texts = f"Inside are these packages, under their own licences (texts in /{HOME}/_internal/*.dist-info):"
    return f"Shotglass {frozen.version}\n\n{texts}\n{parts}\n\nShotglass itself:\n{licence}"


def _describe(frozen: Frozen, root: Path, architecture: str) -> None:
    """Write the control file, the sums of all files and the scripts."""
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = "".join(f"{hashlib.md5(f.read_bytes()).hexdigest()}  {f.relative_to(root)}\n" for f in files)  # noqa: S324
    control = CONTROL.format(
        name=NAME,
        version=frozen.version,
        architecture=architecture,
        kib=sum(file.stat().st_size for file in files) // 1024,
        depends=", ".join(depends(root / HOME)),
    )
    _write(root / "DEBIAN/control", control.encode())
    _write(root / "DEBIAN/md5sums", sums.encode())
    for name in SCRIPTS:
        script = root / "DEBIAN" / name
        _write(script, (ROOT / "installer/linux/debian" / name).read_bytes())
        script.chmod(0o755)


def _settle(root: Path) -> None:
    """Give every folder and file the same rights, whatever the builder's are."""
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _said(*command: str) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
