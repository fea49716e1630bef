"""Builds what people install on this system: `python3 installer/pack.py [--folder FOLDER] [deb] [tar] …`."""

import sys
from pathlib import Path


def main() -> int:
    """Refuse a Python that will not do, then build."""
    # Imported here, so that a Python too old for the other modules still gets to print its sentence.
    from installer import guard

    guard.refuse(guard.check_version(*sys.version_info[:2]) or guard.check_modules())
    from installer.workshop import build

    return build(sys.argv[1:])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
