"""Sets Shotglass up and starts it: `python3 installer/run.py [arguments of shotglass]`."""

import sys
from pathlib import Path


def main() -> int:
    """Refuse a Python that will not do, then set up and start."""
    # Imported here, so that a Python too old for the other modules still gets to print its sentence.
    from installer import guard

    guard.refuse(guard.check_version(*sys.version_info[:2]) or guard.check_modules())
    from installer.start import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
