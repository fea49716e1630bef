"""What is being done, in one line of a terminal that is taken away again."""

import shutil
import sys


class StatusLine:
    """Stands on standard error while a person looks at it there; elsewhere nothing is written."""

    def __init__(self) -> None:
        self._columns = shutil.get_terminal_size().columns - 1 if sys.stderr is not None and sys.stderr.isatty() else 0

    def show(self, words: str) -> None:
        """Put words in the place of the last ones."""
        if self._columns:
            from rich.cells import set_cell_size

            sys.stderr.write(f"\r{set_cell_size(words, self._columns)}\r")
            sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line empty, for what is printed next."""
        self.show("")
