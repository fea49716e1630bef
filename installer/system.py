"""The system packages that the tests need, and how they come onto Debian and Ubuntu."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from installer import libraries

PACKAGES: Mapping[str, str] = {
    "environments for Python": "python3-venv",
    "an X server, a window manager, a tray host": "xvfb openbox trayer",
    "programs that act and look like a user": "xdotool xclip wmctrl x11-utils x11-xserver-utils imagemagick",
    "access to the X server, a session bus": "xauth dbus dbus-x11",
    "a Wayland desktop": "sway swaybg grim wl-clipboard wtype libglib2.0-bin util-linux",
    "its portals": "xdg-desktop-portal xdg-desktop-portal-wlr xdg-desktop-portal-gtk pipewire wireplumber",
    "what a screen reader listens to": "at-spi2-core",
    "certificates for the tests' servers": "openssl",
    "what Qt links to": " ".join(libraries.ALL.values()),
    "what the browser engine of previews links to": (
        # libasound2 itself has another name on newer systems; what brings its headers knows it.
        "libasound2-dev libexpat1 libgbm1 libnspr4 libnss3 libudev1 libxcb-dri3-0 libxcomposite1 libxdamage1 libxext6 "
        "libxkbfile1 libxrandr2 libxtst6"
    ),
    "pages to read and their fonts": "chromium fonts-noto-cjk fonts-liberation fonts-dejavu-core",
}
"""Debian's names, by what they are for."""

BROWSERS = ("chromium", "google-chrome", "chromium-browser")
UBUNTU_BROWSER = (
    "Ubuntu has Chromium only as a snap, which cannot be installed here by itself. For the tests that render pages "
    "install Google Chrome's .deb, or run: sudo snap install chromium"
)
PROGRAMS = (
    *("Xvfb", "openbox", "trayer", "xdotool", "xclip", "wmctrl", "xprop", "xrandr", "import"),
    *("sway", "swaybg", "grim", "wl-copy", "wtype", "pipewire", "wireplumber", "gdbus", "openssl"),
)
OS_RELEASE = Path("/etc/os-release")
LIST = ("dpkg-query", "-W", "-f", "${Package}\t${db:Status-Status}\t${Provides}\n")
REFRESH = ("apt-get", "update", "-qq")
INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120")


def wanted(os_release: str) -> list[str]:
    """All packages for the system that this text of /etc/os-release describes."""
    names = [name for names in PACKAGES.values() for name in names.split()]
    if "ID=ubuntu" in os_release.replace('"', "").splitlines():
        names.remove("chromium")
    return names


def installed(listing: str) -> set[str]:
    """The packages that dpkg-query lists as installed, and the names that they provide."""
    names = set()
    for line in listing.splitlines():
        name, status, provides = line.split("\t")
        if status == "installed":
            names |= {name} | {item.split()[0] for item in provides.split(",") if item.strip()}
    return names


def provide() -> bool:
    """Install what is missing, or say what to install where that is not possible; True where nothing is missing."""
    if shutil.which("dpkg-query") is None:
        print(f"Not a Debian or Ubuntu: have the counterparts of these packages: {' '.join(wanted(''))}", flush=True)
        return all(shutil.which(program) for program in PROGRAMS)
    os_release = OS_RELEASE.read_text(encoding="utf-8")
    if "chromium" not in wanted(os_release) and not any(shutil.which(browser) for browser in BROWSERS):
        print(UBUNTU_BROWSER, flush=True)
    there = installed(subprocess.run(LIST, capture_output=True, text=True, check=True).stdout)
    names = [name for name in wanted(os_release) if name not in there]
    return not names or install(names)


def install(names: Sequence[str]) -> bool:
    """Install packages; the lists of what there is are fetched only where they are missing or too old."""
    print(f"Installing {len(names)} system packages: {' '.join(names)}", flush=True)
    prefix = as_root()
    if prefix is None:
        print(f"This needs root; run: sudo {' '.join([*INSTALL, *names])}", flush=True)
        return False
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    if _succeeds([*quiet, *INSTALL, *names]):
        return True
    done = subprocess.run([*quiet, *REFRESH], check=False).returncode == 0
    return done and subprocess.run([*quiet, *INSTALL, *names], stdout=subprocess.DEVNULL, check=False).returncode == 0


def as_root() -> Sequence[str] | None:
    """What to put before a command so that it runs as root without a question; None where that is not possible."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if shutil.which("sudo") and _succeeds(["sudo", "-n", "true"]) else None


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
