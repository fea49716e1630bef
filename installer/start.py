"""Sets the environment up and hands over to `shotglass`; without a screen it shows on a sample what it can do."""

import subprocess
import sys
from collections.abc import Sequence

from installer import machine
from installer.environment import ROOT, Environment, hand_over
from installer.libraries import check_libraries
from installer.pip import SetupError

SAMPLE = "resources/samples/orders.png"
HOW_TO_GO_ON = """
That was the text of {sample}, read on this computer.
There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the tray app was not started.
On a desktop `python3 installer/run.py` starts it; here `python3 installer/run.py text FILE` reads other pictures."""


def start(arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Set up what is missing and run `shotglass` with the arguments; the exit code."""
    machine.accept_any_console()
    environment = environment or Environment()
    try:
        environment.ensure()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Setting up failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. The next run starts over.", file=sys.stderr)
        return 130
    program = str(environment.program("shotglass"))
    if arguments:
        return hand_over([program, *arguments])
    return start_app(program) if machine.has_display() else read_sample(program)


def start_app(program: str) -> int:
    """Start the tray app unless Qt would end it for want of a library."""
    if lack := check_libraries():
        print(lack, file=sys.stderr)
        return 1
    return hand_over([program])


def read_sample(program: str) -> int:
    """Read the sample picture and say how to go on."""
    code = subprocess.run([program, "text", str(ROOT / SAMPLE)], check=False).returncode
    if code == 0:
        print(HOW_TO_GO_ON.format(sample=SAMPLE))
    return code
