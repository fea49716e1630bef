"""The Debian packages that the frozen program needs, from what its files link to and load by name."""

from pathlib import Path

from installer import libraries
from installer.linux import elf

PACKAGES = libraries.ALL | {
    **dict.fromkeys(
        ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2"),
        "libc6",
    ),
    **dict.fromkeys(("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"), "libc6"),
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
    "libglib-2.0.so.0": "libglib2.0-0",
    **dict.fromkeys(("libbrotlidec.so.1", "libbrotlicommon.so.1"), "libbrotli1"),
    "libexpat.so.1": "libexpat1",
    "libpng16.so.16": "libpng16-16",
    "libxcb.so.1": "libxcb1",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-render.so.0": "libxcb-render0",
    "libXrandr.so.2": "libxrandr2",
    "libXfixes.so.3": "libxfixes3",
}
"""Libraries of the system and the packages that hold them; newer releases provide the same names."""

LOADED_BY_NAME = (
    *("libX11.so.6", "libXrandr.so.2", "libXfixes.so.3"),
    *("libxcb.so.1", "libxcb-randr.so.0", "libxcb-render.so.0", "libxcb-shm.so.0", "libxcb-xfixes.so.0"),
)
"""What mss looks for in the system while the program runs."""

GCC_OF = {25: "8", 26: "9", 28: "9", 29: "11", 30: "12", 31: "13", 32: "13", 33: "14", 34: "15"}
"""The GCC whose C++ library has the last part of a version GLIBCXX_3.4.x first."""


def depends(folder: Path) -> list[str]:
    """The entries of the field Depends for the program in that folder.

    Raises SystemExit for a library that is neither in the folder nor in the table.
    """
    files = list(elf.elf_files(folder))
    here = {path.name for path in folder.rglob("*")}
    wanted = {*elf.links_of(*files), *LOADED_BY_NAME} - here
    if unknown := sorted(wanted - PACKAGES.keys()):
        raise SystemExit(f"No package is known for {', '.join(unknown)}; add it to installer/linux/depends.py.")
    versions = minimum(elf.newest_versions(files))
    names = {PACKAGES[name] for name in wanted}
    return [f"{name} (>= {versions[name]})" if name in versions else name for name in sorted(names)]


def minimum(newest: dict[str, tuple[int, ...]]) -> dict[str, str]:
    """The versions that packages must have at least."""
    found = {}
    if "GLIBC" in newest:
        found["libc6"] = ".".join(map(str, newest["GLIBC"]))
    if "GLIBCXX" in newest:
        last = newest["GLIBCXX"][-1]
        found["libstdc++6"] = next((gcc for known, gcc in GCC_OF.items() if known >= last), "15")
    return found
