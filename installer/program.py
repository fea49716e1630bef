"""Where the frozen program begins: what PyInstaller's start left in the environment goes, then the program runs."""

import os
import runpy
import sys
from collections.abc import MutableMapping

_OWN = "_PYI_"
_LIBRARIES = "LD_LIBRARY_PATH"


def give_back(environ: MutableMapping[str, str]) -> None:
    """Let the programs that this one starts find their own libraries, and this one anew if it is among them."""
    before = environ.pop(f"{_LIBRARIES}_ORIG", None)
    environ.pop(_LIBRARIES, None)
    if before is not None:
        environ[_LIBRARIES] = before
    for name in [name for name in environ if name.startswith(_OWN)]:
        del environ[name]


def main() -> None:
    """Run the command line, or with `-m` a module of this program, as the benchmark asks for."""
    give_back(os.environ)
    if sys.argv[1:2] == ["-m"] and sys.argv[2:]:
        from desktop.runtime.runtime import has_torch

        has_torch()  # which what runs may import, from where the program brought it
        del sys.argv[:2]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        return
    from desktop.__main__ import main as run

    run()


if __name__ == "__main__":
    main()
