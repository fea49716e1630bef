"""A program with a Capture and nothing else, for screens that need a process of their own.

It captures once for every line it reads, writes the pixels to the file that the line names, and prints what happened.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from desktop.capture.choose import choose_capture
from desktop.job import Shot
from desktop.portal.choose import choose_portal


def say(*words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def keep(shot: Shot, target: str) -> None:
    Path(target).write_bytes(shot.rgb)
    say("taken", shot.width, shot.height, shot.scale, shot.region)


def main() -> None:
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    portal = choose_portal()
    capture = choose_capture(portal)
    capture.warm_up()
    capture.shown.connect(lambda: say("shown"))
    capture.cancelled.connect(lambda: say("cancelled"))
    capture.failed.connect(lambda sentence: say("failed", sentence))
    capture.taken.connect(keep)

    def obey() -> None:
        line = sys.stdin.readline().strip()
        if line:
            capture.begin(line)
        else:
            capture.close()
            if portal:
                portal.stop()
            app.quit()

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(obey)
    say("ready")
    app.exec()


if __name__ == "__main__":
    main()
