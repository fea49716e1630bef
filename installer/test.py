"""Installs what the tests need and runs every check: `python3 installer/test.py [arguments of pytest]`."""

import sys
from pathlib import Path


def main() -> int:
    """Refuse a Python that is too old, then install and check."""
    # Imported here, so that a Python too old for the other modules still gets to print its sentence.
    from installer import guard

    guard.refuse(guard.check_version(*sys.version_info[:2]))
    from installer.checks import check

    return check(sys.argv[1:])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
