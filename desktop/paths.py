"""Where files live, from source, from an installed wheel and from a frozen program."""

import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRS = PlatformDirs("shotglass", appauthor=False)


def resources() -> Path:
    """The folder of icons, styles, task definitions and samples."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent
    folders = ([Path(frozen)] if frozen else []) + [package, package.parent]
    return next((f / "resources" for f in folders if (f / "resources").is_dir()), package / "resources")


def settings_file() -> Path:
    """The user's settings."""
    return _DIRS.user_config_path / "settings.json"


def server_keys() -> Path:
    """The keys of servers, where the user wants them in a file."""
    return _DIRS.user_config_path / "server-keys.json"


def user_tasks() -> Path:
    """The folder where users add or override task definitions."""
    return _DIRS.user_config_path / "tasks"


def log_file() -> Path:
    """The running log; older ones stand beside it with a number."""
    return _DIRS.user_log_path / "shotglass.log"


def models() -> Path:
    """The folder of downloaded model weights."""
    return _DIRS.user_data_path / "models"


def history_file() -> Path:
    """The database of answers that are kept with their pictures."""
    return _DIRS.user_data_path / "history.sqlite"


def socket_file() -> Path:
    """The socket of the running app, one a user."""
    return _DIRS.user_runtime_path / "shotglass.sock"
