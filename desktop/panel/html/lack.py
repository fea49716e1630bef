"""Why a page cannot be drawn on this computer, if it cannot; the browser engine would end the program instead."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec

from desktop.frozen import NO_PREVIEW, is_frozen
from desktop.language import tr, tr_later
from desktop.offline import is_offline

NOT_INSTALLED = tr_later(
    "To see the page here, install the preview: `pip install 'shotglass[preview]'`, then start Shotglass anew."
)
ONLINE = tr_later(
    "The preview needs Shotglass to be started by its own command, which keeps the preview off the network."
)
AS_ROOT = tr_later("The preview does not run as root, where its sandbox cannot; start Shotglass as another user.")
NO_SANDBOX = tr_later(
    "The preview needs a sandbox, which this system forbids to programs; allow unprivileged user namespaces "
    "(Ubuntu: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0) and start Shotglass anew."
)
NO_START = tr_later("The preview does not start here: {error}. Install what it lacks with your system's packages.")


def preview_lack() -> str:
    """A sentence that says what is missing and how to get it, or ''. What it says holds until the program ends."""
    sentence, error = _find_lack()
    return tr(sentence, error=error) if sentence else ""


@cache
def _find_lack() -> tuple[str, str]:
    """What is missing, as `tr` takes it, and what the system said about it."""
    if find_spec("PySide6.QtWebEngineWidgets") is None:
        return NO_PREVIEW if is_frozen() else NOT_INSTALLED, ""
    if not is_offline(os.environ):
        return ONLINE, ""
    if lack := sandbox_lack(os.environ):
        return lack, ""
    try:
        import PySide6.QtWebEngineWidgets  # noqa: F401
    except ImportError as error:
        return NO_START, str(error)
    return "", ""


def sandbox_lack(environ: Mapping[str, str]) -> str:
    """Why the engine's sandbox would not work; '' where it does, or where it was turned off from outside."""
    if not sys.platform.startswith("linux") or environ.get("QTWEBENGINE_DISABLE_SANDBOX"):
        return ""
    if os.geteuid() == 0:
        return AS_ROOT
    probe = shutil.which("unshare")
    if probe is None:
        return ""
    try:
        done = subprocess.run([probe, "--user", "--map-root-user", "true"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return NO_SANDBOX
    return "" if done.returncode == 0 else NO_SANDBOX
