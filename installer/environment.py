"""The virtual environment beside pyproject.toml: made, filled, repaired, and left alone where nothing is to be done."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path

from installer import machine, pip
from installer.lock import locked
from installer.pip import Progress, SetupError
from installer.project import Project, indexes_for, room_for

ROOT = Path(__file__).resolve().parent.parent
IS_USABLE = "import sys, pip; sys.exit(sys.version_info < (3, 11))"


@dataclass(frozen=True)
class Stamp:
    """What a finished installation was made from; `place` and `python` are wrong in a folder that was moved."""

    place: str
    python: str
    fingerprint: str
    extras: Sequence[str]


class Environment:
    """The environment in `root/.venv`."""

    def __init__(self, root: Path = ROOT, platform: str = sys.platform) -> None:
        self.root = root
        self._platform = platform
        self.folder = root / ".venv"
        self.log = self.folder / "install.log"
        self._scripts = self.folder / ("Scripts" if platform == "win32" else "bin")
        self._suffix = ".exe" if platform == "win32" else ""
        self._stamp = self.folder / "installed.json"
        # Stays behind where an installation is killed: packages may then be half unpacked, which pip does not notice.
        self._unfinished = self.folder / "unfinished"
        self._lock = self.folder / "installer.lock"

    def program(self, name: str) -> Path:
        """The path of a command of this environment."""
        return self._scripts / f"{name}{self._suffix}"

    def ensure(self, extras: Set[str] = frozenset()) -> None:
        """Make the environment hold the project with these extras and those that fit this machine.

        Raises SetupError with a sentence for the user.
        """
        project = Project(self.root)
        if self.missing(project, extras) is not None:
            with locked(self._lock):
                # Another set-up may have done it all meanwhile.
                missing = self.missing(project, extras)
                if missing is not None:
                    self._install(project, missing)

    def missing(self, project: Project, extras: Set[str]) -> Set[str] | None:
        """The extras to install, or None where nothing is to be installed."""
        stamp = self._read_stamp()
        installed = set(stamp.extras) if stamp else set()
        wanted = extras | project.fitting_extras(installed)
        if stamp == self._stamp_of(project, installed) and wanted <= installed and not self._unfinished.exists():
            return None
        return wanted | (installed & project.extras)

    def _install(self, project: Project, extras: Set[str]) -> None:
        progress = Progress()
        fresh = not self.usable()
        new = extras - set(stamp.extras if (stamp := self._read_stamp()) and not fresh else ())
        if lack := machine.check_room(self.root, room_for(new, fresh)):
            raise SetupError(lack)
        print(f"Setting up Shotglass in {self.folder}", flush=True)
        self._stamp.unlink(missing_ok=True)
        self._unfinished.touch()
        try:
            if fresh:
                self._make(progress.say)
            names = ", ".join(sorted(extras))
            progress.say(f"looking up the packages{f' (with {names})' if names else ''}")
            indexes = indexes_for(extras, self._platform)
            pip.install_project(self.root, self.program("python"), extras, self.log, progress.say, indexes=indexes)
        except SetupError as error:
            if not error.unpacked:
                self._unfinished.unlink()
            raise
        self._stamp.write_text(json.dumps(asdict(self._stamp_of(project, extras)), indent=1), encoding="utf-8")
        self._unfinished.unlink()
        progress.say("ready")

    def _make(self, show: Callable[[str], None]) -> None:
        """Empty the folder but for what is in use, and make a new environment there."""
        for entry in self.folder.iterdir():
            if entry not in (self._lock, self._unfinished):
                shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
        show("making the environment")
        pip.run_logged([sys.executable, "-m", "venv", str(self.folder)], self.root, self.log, show)

    def usable(self) -> bool:
        """Tell whether packages can be installed into what is there."""
        stamp = self._read_stamp()
        if self._unfinished.exists() or (stamp and (stamp.place, stamp.python) != self._identity()):
            return False
        try:
            done = subprocess.run([self.program("python"), "-c", IS_USABLE], capture_output=True, check=False)
        except OSError:
            return False
        return done.returncode == 0

    def _identity(self) -> tuple[str, str]:
        """Where the environment lies and the Python behind it; '' where that is gone."""
        python, settings = self.program("python"), self.folder / "pyvenv.cfg"
        if not (python.exists() and settings.exists()):
            return str(self.root), ""
        # On Windows the program is a copy that stays when the Python behind it is removed.
        home = re.search(r"^home\s*=\s*(.+?)\s*$", settings.read_text(encoding="utf-8"), re.MULTILINE)
        return str(self.root), str(python.resolve()) if home and Path(home[1]).is_dir() else ""

    def _stamp_of(self, project: Project, extras: Set[str]) -> Stamp:
        return Stamp(*self._identity(), project.fingerprint, sorted(extras))

    def _read_stamp(self) -> Stamp | None:
        try:
            return Stamp(**json.loads(self._stamp.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


if sys.platform == "win32":

    def hand_over(command: list[str]) -> int:
        """Run the command and return its exit code."""
        with subprocess.Popen(command) as process:
            while True:
                try:
                    return process.wait()
                except KeyboardInterrupt:
                    # The command got it too and decides what it means.
                    continue
else:

    def hand_over(command: list[str]) -> int:
        """Become the command."""
        sys.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - a list of arguments, no shell
