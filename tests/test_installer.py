"""The installer: what it decides, and real set-ups of a tiny project that needs no network."""

import ast
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import checks, guard, libraries, machine, pip, system
from installer.environment import Environment
from installer.lock import locked
from installer.project import Project, room_for
from installer.wheel_list import SYSTEMS

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "shotglass"
version = "1.0"
[project.optional-dependencies]
test = []
"""
BACKEND = """
import zipfile
from pathlib import Path

FILES = {
    "shotglass.pth": str(Path(__file__).parent),
    "shotglass-1.0.dist-info/METADATA": "Metadata-Version: 2.1\\nName: shotglass\\nVersion: 1.0\\n",
    "shotglass-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "shotglass-1.0.dist-info/entry_points.txt": "[console_scripts]\\nshotglass = program:main\\n",
}

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "shotglass-1.0-py3-none-any.whl"
    record = "shotglass-1.0.dist-info/RECORD"
    with zipfile.ZipFile(Path(folder) / name, "w") as wheel:
        for file, text in FILES.items():
            wheel.writestr(file, text)
        wheel.writestr(record, "".join(f"{file},,\\n" for file in [*FILES, record]))
    return name
"""
PROGRAM = """
import os, sys, time

def main():
    print("shotglass", *sys.argv[1:], flush=True)
    if "wait" in sys.argv:
        print(os.getpid(), flush=True)
        time.sleep(60)
    return 7 if "fail" in sys.argv else 0
"""


def lay_out(root: Path) -> Path:
    """A project of the installer's own files and a program of five lines."""
    shutil.copytree(ROOT / "installer", root / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in (("pyproject.toml", PYPROJECT), ("backend.py", BACKEND), ("program.py", PROGRAM)):
        (root / name).write_text(text, encoding="utf-8")
    return root


def command(root: Path, *arguments: str) -> Sequence[str]:
    return [sys.executable, str(root / "installer" / "run.py"), *arguments]


def run(root: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run run.py without a display."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        command(root, *arguments), env=kept | environ, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that is set up."""
    root = lay_out(tmp_path_factory.mktemp("a folder [1]"))
    done = run(root, "first")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "making the environment" in done.stdout
    assert done.stdout.endswith("shotglass first\n")
    return root


# What it decides


def test_old_python_is_told_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert guard.check_version(3, 11) == guard.check_version(4, 0) == ""
    with pytest.raises(SystemExit) as ended:
        guard.refuse(guard.check_version(3, 10))
    assert "needs Python 3.11 or newer and this is Python 3.10." in str(ended.value)


@pytest.mark.parametrize("name", ["run.py", "test.py", "guard.py"])
def test_old_python_can_read_the_file(name: str) -> None:
    ast.parse((ROOT / "installer" / name).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_python_without_venv_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert guard.check_modules() == ""
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "ensurepip" else name)
    assert "lacks its module ensurepip" in guard.check_modules()
    assert "-venv)" in guard.check_modules()


@pytest.mark.parametrize(
    ("addition", "changes"),
    [
        ('[tool.ruff]\nline-length = 99\n[tool.pytest.ini_options]\naddopts = "-q"\n', False),
        ("[tool.hatch.version]\npath = 'x'\n", True),
        ("qwen = ['torch']\n", True),
    ],
)
def test_fingerprint_is_about_what_gets_installed(addition: str, changes: bool, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    before = Project(tmp_path).fingerprint
    (tmp_path / "pyproject.toml").write_text(PYPROJECT + addition, encoding="utf-8")
    assert (Project(tmp_path).fingerprint != before) is changes


def test_an_extra_is_used_where_it_is_defined_and_fits(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(PYPROJECT, encoding="utf-8")
    assert Project(tmp_path).fitting_extras(set(), {"qwen": lambda: True}) == set()
    file.write_text(PYPROJECT + "qwen = []\n", encoding="utf-8")
    assert Project(tmp_path).fitting_extras(set(), {"qwen": lambda: True}) == {"qwen"}
    assert Project(tmp_path).fitting_extras(set(), {"qwen": lambda: False}) == set()
    assert Project(tmp_path).fitting_extras({"qwen"}, {"qwen": lambda: False}) == {"qwen"}


def test_this_project_can_be_read() -> None:
    assert "test" in Project(ROOT).extras


def fake_smi(folder: Path, said: str, code: int = 0) -> Path:
    """The program of NVIDIA's driver, which says that."""
    folder.mkdir(exist_ok=True)
    program = folder / "nvidia-smi"
    program.write_text(f"#!/bin/sh\necho '{said}'\nexit {code}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("said", "code", "there"),
    [("GPU 0: NVIDIA H200 (UUID: x)", 0, True), ("No devices were found", 0, False), ("GPU lost", 9, False)],
)
def test_gpu_is_one_that_answers(
    said: str, code: int, there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(fake_smi(tmp_path, said, code).parent), prepend=os.pathsep)
    assert machine.has_nvidia_gpu(tmp_path / "driver") is there
    (tmp_path / "driver" / "0000:01:00.0").mkdir(parents=True)
    assert machine.has_nvidia_gpu(tmp_path / "driver")


@pytest.mark.parametrize(
    ("found", "there"),
    [
        (("win32", "GPU 0: NVIDIA RTX 4090", "qwen"), True),
        (("win32", "No devices were found", "qwen"), False),
        (("win32", "GPU 0: NVIDIA RTX 4090", "test"), False),
        (("linux", "GPU 0: NVIDIA RTX 4090", "qwen"), False),
    ],
)
def test_torch_for_windows_comes_from_its_own_index(
    found: tuple[str, str, str], there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PyPI's knows no GPU there; pip is asked for the files of the list that packages go by."""
    platform, gpu, extra = found
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    monkeypatch.setenv("PATH", str(fake_smi(tmp_path / "bin", gpu).parent), prepend=os.pathsep)
    commands: list[Sequence[str]] = []
    monkeypatch.setattr(pip, "run_logged", lambda command, *_told: commands.append(command))
    Environment(tmp_path, platform).ensure({extra})
    making, installing = commands
    assert making[1:3] == ["-m", "venv"]
    index = f"--extra-index-url={SYSTEMS['win32-amd64'].indexes[0]}"
    assert [word for word in installing if "index" in word] == [index] * there
    assert index.replace("=", " ") in (ROOT / "README.md").read_text(encoding="utf-8")


def test_display_is_asked_for_where_one_may_lack() -> None:
    assert not machine.has_display({}, "linux")
    assert machine.has_display({"DISPLAY": ":0"}, "linux")
    assert machine.has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert machine.has_display({}, "win32")
    assert machine.has_display({}, "darwin")


def test_full_disk_is_a_sentence(tmp_path: Path) -> None:
    assert machine.check_room(tmp_path, 0) == ""
    assert f"1000000000.0 GB free while it installs and {tmp_path} has" in machine.check_room(tmp_path, 1e18)
    assert room_for({"test"}, fresh=True) == 5.5e9
    assert room_for({"test"}, fresh=False) == 4e9


def test_lacking_libraries_come_with_their_packages() -> None:
    x11, wayland = {"DISPLAY": ":0"}, {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}
    assert libraries.check_libraries(x11) == "", "installer/test.py installs all of them"
    without = lambda name: name not in ("libxcb-cursor.so.0", "libEGL.so.1")  # noqa: E731
    assert libraries.check_libraries(x11, "linux", without).endswith("apt-get install libegl1 libxcb-cursor0")
    assert libraries.check_libraries(wayland, "linux", without).endswith("apt-get install libegl1")
    assert libraries.check_libraries(x11, "win32", without) == ""


def test_wanted_packages_follow_the_system() -> None:
    assert {"chromium", "xvfb", "libxcb-cursor0"} <= set(system.wanted("ID=debian\n"))
    assert set(system.wanted("")) - set(system.wanted('NAME="Ubuntu"\nID=ubuntu\n')) == {"chromium"}


def test_installed_packages_count_by_their_other_names() -> None:
    listing = "xvfb\tinstalled\t\nlibglib2.0-0t64\tinstalled\tlibglib2.0-0 (= 2.84), x (= 1)\nxclip\tconfig-files\t\n"
    assert system.installed(listing) == {"xvfb", "libglib2.0-0t64", "libglib2.0-0", "x"}


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  Downloading rapidocr-3.10.0-py3-none-any.whl (27.3 MB)\n", "fetching rapidocr (27.3 MB)"),
        ("  Using cached pillow-13.0.0-cp311.whl (6.6 MB)\n", ""),
        ("  Downloading mss-10.2.0.whl (24 kB)\n", ""),
        ("Installing collected packages: six, numpy, mss\n", "unpacking 3 packages"),
        ("Collecting mss\n", ""),
    ],
)
def test_only_long_steps_are_shown(line: str, shown: str) -> None:
    assert pip.step_of(line) == shown


def test_failures_are_explained() -> None:
    log = Path("install.log")
    assert pip.explain(["a", "OSError: [Errno 28] No space left on device"], log).startswith("The disk is full.")
    assert pip.explain([str(n) for n in range(30)], log).startswith("15\n16\n")


def test_lock_makes_the_second_wait(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one lets go when the second has begun to wait."""
    path = tmp_path / "lock"
    program = (
        f"import sys\nfrom pathlib import Path\nfrom installer.lock import locked\nwith locked(Path({str(path)!r})):\n"
    )
    program += " print('held', flush=True)\n sys.stdin.read()\n"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        let_go, sleep = other.stdin.close, time.sleep
        monkeypatch.setattr(time, "sleep", lambda seconds: (let_go(), sleep(seconds)))
        with locked(path, poll_s=0.02):
            assert other.wait() == 0
    assert "waiting for it" in capsys.readouterr().out


# Real set-ups


def test_second_start_installs_nothing_and_passes_everything_on(project: Path) -> None:
    done = run(project, "fail", "--json", "a b", LC_ALL="C")
    assert (done.returncode, done.stdout, done.stderr) == (7, "shotglass fail --json a b\n", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no exec: there the installer stays as a parent")
def test_program_takes_the_place_of_the_installer(project: Path) -> None:
    with subprocess.Popen(command(project, "wait"), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "shotglass wait\n"
        assert process.stdout.readline() == f"{process.pid}\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == -signal.SIGTERM


def test_without_a_screen_it_reads_the_sample(project: Path) -> None:
    done = run(project)
    assert done.returncode == 0
    first, _, rest = done.stdout.partition("\n")
    assert first.startswith("shotglass text ")
    assert first.endswith("orders.png")
    assert "There is no screen here" in rest
    assert (ROOT / "resources" / "samples" / "orders.png").exists()


def test_a_copy_elsewhere_is_not_taken_for_set_up(project: Path, tmp_path: Path) -> None:
    assert Environment(project).missing(Project(project), set()) is None
    assert Environment(project).missing(Project(project), {"test"}) == {"test"}
    assert Environment(project).usable()
    copy = shutil.copytree(project, tmp_path / "copy", symlinks=True)
    assert Environment(copy).missing(Project(copy), set()) == set()
    assert not Environment(copy).usable()


def test_no_network_is_one_sentence_and_breaks_nothing(project: Path) -> None:
    file = project / "pyproject.toml"
    file.write_text(PYPROJECT.replace("requires = []", 'requires = ["nowhere"]'), encoding="utf-8")
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    done = run(project, **nowhere, PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="")
    assert done.returncode == 1
    assert done.stderr.startswith("The packages could not be fetched: the package index cannot be reached.")
    assert done.stderr.count("\n") == 1
    file.write_text(PYPROJECT, encoding="utf-8")
    done = run(project, "again")
    assert "making the environment" not in done.stdout
    assert done.stdout.endswith("shotglass again\n")


def test_lost_python_and_killed_installation_are_repaired_by_one_of_two_runs(project: Path) -> None:
    python = Environment(project).program("python")
    for name in python.parent.glob("python*"):
        name.unlink()
    python.symlink_to("/nowhere/python3")
    with subprocess.Popen(command(project, "x"), stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Setting up")
        assert "making the environment" in process.stdout.readline()
        os.killpg(process.pid, signal.SIGKILL)
    assert (project / ".venv" / "unfinished").exists()
    first = subprocess.Popen(command(project, "one"), stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline().startswith("Setting up")
    assert "making the environment" in first.stdout.readline()
    first.send_signal(signal.SIGSTOP)  # until the other has come so far
    second = subprocess.Popen(command(project, "two"), stdout=subprocess.PIPE, text=True)
    assert second.stdout is not None
    assert "waiting for it" in second.stdout.readline()
    first.send_signal(signal.SIGCONT)
    outputs = [process.communicate(timeout=60)[0] for process in (first, second)]
    assert (first.returncode, second.returncode) == (0, 0)
    assert "making the environment" not in outputs[1]
    stamp = json.loads((project / ".venv" / "installed.json").read_text(encoding="utf-8"))
    assert stamp["place"] == str(project)


# Checks


class Ready(Environment):
    """An environment whose programs are the system's."""

    def ensure(self, extras: object = None) -> None:
        pass

    def program(self, name: str) -> Path:
        return Path(shutil.which(name) or name)


def test_every_check_is_run_and_reported(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    commands = {"first": ("sh", "-c", "echo a; sleep 0.1; echo b; false"), "second": ("echo", "c")}
    monkeypatch.setattr(checks, "CHECKS", commands)
    monkeypatch.setattr(checks, "TESTS", ("echo", "3 passed"))
    monkeypatch.setattr(system, "provide", lambda: True)
    assert checks.check(["-k", "x"], Ready(ROOT)) == 1
    output = capfd.readouterr().out
    assert "\nfirst\na\nb\n" in output
    assert "\nsecond\nc\n" in output
    assert "\npytest\n3 passed -k x\n" in output
    rows = [line.split()[:2] for line in output.splitlines()[-5:]]
    assert rows == [
        ["system", "packages"],
        ["environment", "ok"],
        ["first", "FAILED"],
        ["second", "ok"],
        ["pytest", "ok"],
    ]
    monkeypatch.setattr(checks, "CHECKS", {"second": ("true",)})
    assert checks.check([], Ready(ROOT)) == 0
