"""A process that writes a history until it is killed: says on standard output what is durable, a number a line."""

import sys
import threading
from pathlib import Path

from desktop.bench.history.made import Made
from desktop.history.writer import Listener, Writer


def main(path: Path, first: int) -> None:
    """Write made conversations from that number on, one after the other."""
    durable = threading.Event()
    writer = Writer(path, Listener(kept=lambda _key: durable.set()))
    threading.Thread(target=writer.run, daemon=True).start()
    made = Made()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        durable.clear()
        writer.keep(made.talk(first))
        durable.wait()
        sys.stdout.write(f"{first}\n")
        sys.stdout.flush()
        first += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
