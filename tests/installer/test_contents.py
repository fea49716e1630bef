"""What goes into the frozen program, by the rules that build.spec follows; and how that program begins."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from desktop.engine.page_reader import DETECTOR, RECOGNIZER
from installer import contents, program
from installer.bom import of_these

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6\\plugins\\styles\\qmodernwindowsstyle.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "libxcb-cursor.so.0",
        "pillow.libs/libxcb-9065bb12.so.1.1.0",
        "resources/tasks/text.toml",
        "rapidocr/models/PP-OCRv6_det_small.onnx",
    ],
)
def test_what_is_used_is_taken_along(place: str) -> None:
    assert contents.is_wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/qmltooling/libqmldbg_server.so",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/Qt/translations/assistant_zh_CN.qm",
        "PySide6/Qt/translations/qtbase_lg.qm",
        "numpy/_core/tests/data/astype_copy.pkl",
        "numpy/__init__.pyi",
        "numpy-2.4.6.dist-info/RECORD",
        "libX11.so.6",
        "libxcb-shm.so.0",
        "libwayland-client.so.0",
        "libstdc++.so.6",
    ],
)
def test_what_is_not_stays_out(place: str) -> None:
    assert not contents.is_wanted(place)


def test_libraries_that_nothing_links_to_stay_out() -> None:
    """Those of a plugin that was left out go, with those that they alone link to; links of a name go with it."""
    entries = [
        ("cv2/cv2.abi3.so", "/w/cv2.abi3.so", "EXTENSION"),
        ("libpython3.11.so.1.0", "/s/libpython3.11.so.1.0", "BINARY"),
        ("libffi.so.8", "/s/libffi.so.8", "BINARY"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/w/libQt6Gui.so.6", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libgtk-3.so.0", "/s/libgtk-3.so.0", "BINARY"),
        ("libcairo.so.2", "/s/libcairo.so.2", "BINARY"),
        ("PySide6/Qt/lib/libQt6Quick.so.6", "/w/libQt6Quick.so.6", "BINARY"),
        ("libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Quick.so.6", "SYMLINK"),
        ("resources/tasks/text.toml", "/r/text.toml", "DATA"),
    ]
    links = {
        "/w/cv2.abi3.so": {"libQt6Gui.so.6", "libc.so.6"},
        "/w/libQt6Gui.so.6": {"libffi.so.8"},
        "/s/libgtk-3.so.0": {"libcairo.so.2"},
    }
    kept = contents.linked(entries, lambda file: links.get(file, set()))
    gone = {"libgtk-3.so.0", "libcairo.so.2", "libQt6Quick.so.6"}
    assert kept == [entry for entry in entries if contents.name_of(entry) not in gone]


def test_every_module_comes_along() -> None:
    names = contents.modules_of(ROOT / "desktop")
    assert {"desktop", "desktop.cli", "desktop.bench.ui_app", "desktop.portal"} <= set(names)
    assert len(names) == len(list((ROOT / "desktop").rglob("*.py")))


def test_the_standard_library_comes_along() -> None:
    """What the GPU runtime imports later, and nothing that no program does."""
    found = contents.standard_modules()
    assert {"cProfile", "pickletools", "unittest.mock", "xml.dom.minidom", "_hashlib"} <= set(found)
    assert not {name.partition(".")[0] for name in found} & {"idlelib", "readline", "test", "this", "_tkinter"}
    assert len(set(found)) == len(found)


def test_what_triton_compiles_comes_along() -> None:
    """The text of the kernels, and the headers of Python for what starts them."""
    engine = ROOT / "desktop" / "engine" / "qwen"
    kernels = {f"desktop.engine.qwen.{path.stem}" for path in engine.glob("*.py") if "@triton.jit" in path.read_text()}
    assert set(contents.WITH_SOURCE) == kernels
    major, minor = sys.version_info[:2]
    assert f"include/python{major}.{minor}/Python.h" in [place for place, _source, _kind in contents.headers()]


def test_resources_come_along_but_what_the_readme_shows() -> None:
    taken = {f"{folder}/{Path(file).name}" for file, folder in contents.resources_of(ROOT)}
    assert {"resources/icons/shotglass.svg", "resources/tasks/text.toml", "resources/frameworks/tailwind.css"} <= taken
    assert not any("screenshots" in place for place in taken)


def test_the_models_of_the_ocr_come_along(tmp_path: Path) -> None:
    """Those that the engine opens, by their names; where they are missing the build says so."""
    assert contents.OCR_MODELS == (DETECTOR, RECOGNIZER)
    with pytest.raises(SystemExit, match=f"rapidocr lacks {DETECTOR}"):
        contents.models_of([str(tmp_path)])


def test_an_archive_is_the_same_in_whatever_order_it_was_written(tmp_path: Path) -> None:
    files = [tmp_path / "one.zip", tmp_path / "other.zip"]
    for file, names in zip(files, ("ab", "ba"), strict=True):
        with ZipFile(file, "w") as archive:
            for name in names:
                archive.writestr(f"{name}.pyc", name * 9)
        contents.sort_archive(file)
    assert files[0].read_bytes() == files[1].read_bytes()
    with ZipFile(files[0]) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [b"a" * 9, b"b" * 9]


def test_the_models_packages_stay_out() -> None:
    """Whatever the model's extra names, the preview's engine, and what only tests and builds import."""
    named = {Requirement(line).name for line in PROJECT["optional-dependencies"]["qwen"]}
    assert named <= set(contents.LEFT_OUT)
    assert {"pytest", "setuptools", "PySide6.QtWebEngineCore"} <= set(contents.LEFT_OUT)


def test_every_dependency_is_pinned() -> None:
    """Packages are built from versions that were tried together."""
    lines = (ROOT / "installer/constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {Requirement(line).name.lower().replace("_", "-"): line for line in lines if not line.startswith("#")}
    wanted = [Requirement(line) for line in PROJECT["dependencies"]]
    here = [wish for wish in wanted if wish.marker is None or wish.marker.evaluate({"python_version": "3.11"})]
    for wish in here:
        (version,) = Requirement(pinned[wish.name.lower().replace("_", "-")]).specifier
        assert wish.specifier.contains(version.version), wish.name


def test_the_spec_names_no_version_of_its_own() -> None:
    """build.spec is Python, and the version comes from the package."""
    tree = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert "__version__" in imported


def test_programs_that_are_started_find_their_own_libraries() -> None:
    """What PyInstaller's start sets for this program alone is taken back."""
    environ = {
        "LD_LIBRARY_PATH": "/opt/shotglass/_internal",
        "LD_LIBRARY_PATH_ORIG": "/home/me/lib",
        "_PYI_ARCHIVE_FILE": "/opt/shotglass/shotglass",
        "HOME": "/home/me",
    }
    program.give_back(environ)
    assert environ == {"LD_LIBRARY_PATH": "/home/me/lib", "HOME": "/home/me"}
    environ = {"LD_LIBRARY_PATH": "/opt/shotglass/_internal"}
    program.give_back(environ)
    assert environ == {}


def test_the_program_runs_modules_for_the_benchmark() -> None:
    """As Python does with -m, whose place it takes there; else it is the command line."""
    command = [sys.executable, str(ROOT / "installer" / "program.py")]
    environ = {"PYTHONPATH": str(ROOT)}
    for arguments, said in ((["-m", "desktop", "--version"], "shotglass "), (["--version"], "shotglass ")):
        done = subprocess.run([*command, *arguments], env=environ, capture_output=True, text=True, check=True)
        assert done.stdout.startswith(said)


def test_packages_are_known_by_what_comes_from_them() -> None:
    """By modules and by files; our own are not others'."""
    places = ["PIL.Image", "cv2/cv2.abi3.so", "numpy.libs/libx.so", "zipfile", "desktop.cli", "resources/icons/a.svg"]
    assert contents.packages_of(places) == {"pillow", "opencv-python-headless", "numpy"}


def test_the_list_of_parts_names_what_is_inside_alone() -> None:
    """With what these depend on among themselves."""
    bom = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": [{"name": name, "bom-ref": f"{name}==1"} for name in ("Pillow", "math_core", "pyinstaller")],
        "dependencies": [
            {"ref": "root", "dependsOn": ["Pillow==1", "pyinstaller==1"]},
            {"ref": "math_core==1"},
            {"ref": "pyinstaller==1", "dependsOn": ["Pillow==1"]},
        ],
    }
    left = of_these(bom, {"pillow", "math-core"})
    assert [component["name"] for component in left["components"]] == ["Pillow", "math_core"]
    links = [{"ref": "root", "dependsOn": ["Pillow==1"]}, {"ref": "math_core==1", "dependsOn": []}]
    assert left["dependencies"] == links
