"""Says what this Python lacks to set Shotglass up; every Python from 3.6 on must be able to read it."""

import importlib.util
import sys

OLDEST = (3, 11)


def check_version(major: int, minor: int) -> str:
    """The sentence to print for this version of Python, or '' where it will do."""
    if (major, minor) >= OLDEST:
        return ""
    return (
        f"Shotglass needs Python 3.11 or newer and this is Python {major}.{minor}. Install a newer one "
        "(Debian and Ubuntu: sudo apt install python3.11 python3.11-venv; otherwise https://www.python.org/downloads/) "
        "and run this file with it."
    )


def check_modules() -> str:
    """The sentence to print where this Python cannot make environments, or ''."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if not missing:
        return ""
    major, minor = sys.version_info[:2]
    return (
        f"This Python lacks its module {' and '.join(missing)}. Install it "
        f"(Debian and Ubuntu: sudo apt install python{major}.{minor}-venv) and run this again."
    )


def refuse(sentence: str) -> None:
    """End with exit code 1 and the sentence, if there is one."""
    if sentence:
        sys.exit(sentence)
