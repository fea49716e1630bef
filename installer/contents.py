"""What goes into the frozen program and what stays out; `build.spec` follows these tables."""

import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from desktop.language import LANGUAGES

LEFT_OUT = (
    # The model's packages are not part of the base, and need a GPU's own build of torch.
    *("torch", "torchvision", "transformers", "tokenizers", "safetensors", "triton", "flash_attn", "qwen_vl_utils"),
    # The browser engine of previews: see Decisions in CHANGELOG.md.
    *("PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebChannel"),
    # What packages import for their own tests, builds and notebooks.
    *("pytest", "hypothesis", "tkinter", "setuptools", "pkg_resources", "pip", "IPython", "matplotlib", "pandas"),
    *("numpy.f2py", "numpy.testing", "onnxruntime.transformers", "onnxruntime.quantization", "onnxruntime.tools"),
    # Of rapidocr its models alone are used.
    *("rapidocr", "shapely", "pyclipper", "omegaconf", "yaml"),
)
"""Modules that are not collected, whoever imports them."""

NOT_FOR_PROGRAMS = (
    *("antigravity", "distutils", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "test", "this", "venv"),
    *("tkinter", "_tkinter", "turtle", "turtledemo"),
    # They need libraries that differ from system to system, or that are under the GPL.
    *(
        "crypt",
        "_crypt",
        "curses",
        "_curses",
        "_curses_panel",
        "dbm",
        "_dbm",
        "_gdbm",
        "nis",
        "ossaudiodev",
        "readline",
    ),
)
"""Of the standard library what no program of ours imports; all else is taken, for the GPU runtime that comes later."""

WITH_SOURCE = {
    f"desktop.engine.qwen.{name}": "pyz+py"
    for name in ("triton_decode", "triton_eight", "triton_four", "triton_operators", "triton_tiles", "triton_windows")
}
"""Modules whose text is taken along: Triton compiles its kernels from that."""

IMPORTED_BY_NAME = ("Xlib", "jeepney", "keyring", "keyboard")
"""Packages whose modules are imported by a name that is known only while the program runs; not all on each system."""

OCR_MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
SHOWN_ON_THE_PAGE = "screenshots"
"""The folder of resources that the README alone shows."""

QT_PLUGINS = {
    "iconengines": ("qsvgicon",),
    "imageformats": ("qgif", "qico", "qjpeg", "qsvg", "qtiff", "qwebp"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"),
    "platformthemes": ("qxdgdesktopportal",),
    "styles": ("qmodernwindowsstyle", "qmacstyle"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-shell-integration": ("xdg-shell",),
}
"""The plugins of Qt that are used, on any system. Nothing is drawn with OpenGL and nothing fetched by Qt."""

QT_TRANSLATIONS = tuple(f"qtbase_{name}.qm" for name in LANGUAGES)
"""Of Qt's own words those of its dialogs and menus, in the languages that the program speaks."""

OF_THE_SYSTEM = (
    # They belong to the driver, the display and the session of the computer that the program runs on.
    *("libGL", "libEGL", "libGLX", "libGLdispatch", "libOpenGL", "libdrm", "libgbm", "libvulkan"),
    *("libwayland-client", "libwayland-cursor", "libwayland-egl", "libdbus-1", "libsystemd", "libudev"),
    *(
        "libfontconfig",
        "libfreetype",
        "libglib-2.0",
        "libgthread-2.0",
        "libgio-2.0",
        "libgobject-2.0",
        "libgmodule-2.0",
    ),
    *("libX11", "libX11-xcb", "libxcb", "libXau", "libXdmcp", "libXext", "libXrandr", "libXfixes", "libXrender"),
    *("libxkbcommon", "libxkbcommon-x11"),
    # mss asks the system where these are.
    *("libxcb-randr", "libxcb-render", "libxcb-shm", "libxcb-xfixes"),
    # Those need these, in the system's own version.
    *("libz", "libexpat", "libpng16", "libbrotlidec", "libbrotlicommon", "libbsd", "libmd"),
    # A driver of the system may need a newer one than the program came with.
    *("libstdc++", "libgcc_s"),
)
"""Shared libraries of Linux that are not taken along."""

LIBRARY_FOLDERS = ("", "PySide6/Qt/lib")
"""Where PyInstaller puts the libraries that others of the program link to."""

OF_THE_INSTALLATION = ("RECORD", "INSTALLER", "REQUESTED")
"""Metadata that tell how and where pip installed a package, which differs from build to build."""

Entry = tuple[str, str, str]
"""What PyInstaller says of a file: its place in the program, where it comes from, its kind."""


def is_wanted(place: str) -> bool:
    """Tell whether a file that PyInstaller would put at this place inside the program belongs there."""
    path = PurePosixPath(place.replace("\\", "/"))
    folders = path.parts[:-1]
    if "tests" in folders or path.suffix in (".pyi", ".h", ".typed") or path.name in OF_THE_INSTALLATION:
        return False
    if not folders and path.name.partition(".so")[0] in OF_THE_SYSTEM:
        return False
    return "PySide6" not in folders or _is_wanted_of_qt(path)


def _is_wanted_of_qt(path: PurePosixPath) -> bool:
    parts = path.parts
    if "plugins" in parts:
        kind = parts[parts.index("plugins") + 1]
        return path.name.partition(".")[0].removeprefix("lib") in QT_PLUGINS.get(kind, ())
    if "translations" in parts:
        return path.name in QT_TRANSLATIONS
    return "qml" not in parts


def linked(entries: Sequence[Entry], links_of: Callable[[str], AbstractSet[str]]) -> list[Entry]:
    """Without the libraries that only files which were left out link to; `links_of` names the links of a file."""
    files = [entry for entry in entries if entry[2] in ("BINARY", "EXTENSION")]
    libraries = {name_of(entry): entry for entry in files if is_library(entry[0])}
    waiting = [entry for entry in files if not is_library(entry[0])]
    reached = {name for name in libraries if name.startswith("libpython")}
    waiting += [libraries[name] for name in reached]
    while waiting:
        new = libraries.keys() & links_of(waiting.pop()[1]) - reached
        reached |= new
        waiting += [libraries[name] for name in new]
    unreached = libraries.keys() - reached
    return [entry for entry in entries if not (is_library(entry[0]) and name_of(entry) in unreached)]


def packages_of(places: Iterable[str]) -> set[str]:
    """The names of the distributions that modules (`PIL.Image`) and files (`cv2/cv2.abi3.so`) come from."""
    tops = {place.replace("\\", "/").partition("/")[0].partition(".")[0] for place in places}
    known = metadata.packages_distributions()
    return {name for top in tops for name in known.get(top, ()) if name != "shotglass"}


def name_of(entry: Entry) -> str:
    """The name of an entry's file, by which others link to it."""
    return PurePosixPath(entry[0]).name


def is_library(place: str) -> bool:
    """Tell whether a place is that of a library that others link to, on Linux."""
    path = PurePosixPath(place)
    folder = path.parent.as_posix().removeprefix(".")
    return folder in LIBRARY_FOLDERS and path.name.startswith("lib") and ".so" in path.name


def standard_modules() -> list[str]:
    """The names of all modules of the standard library that are there and that a program may import."""
    found = []
    for name in sorted(sys.stdlib_module_names - {*NOT_FOR_PROGRAMS}):
        spec = find_spec(name) if name != "__main__" else None
        found += [name] if spec else []
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            found += modules_of(Path(folder))
    return [name for name in dict.fromkeys(found) if not {*name.split(".")} & {"test", "tests", "__main__"}]


def headers() -> list[Entry]:
    """Those of Python, where the program's Python looks: with them Triton compiles what starts its kernels."""
    folder = Path(sysconfig.get_paths()["include"])
    place = Path("include", folder.name)
    return [(str(place / path.relative_to(folder)), str(path), "DATA") for path in sorted(folder.rglob("*.h"))]


def modules_of(folder: Path) -> list[str]:
    """The names of all modules in a package's folder."""
    found = (path.relative_to(folder.parent).with_suffix("").parts for path in folder.rglob("*.py"))
    return sorted(".".join(parts).removesuffix(".__init__") for parts in found)


def resources_of(root: Path) -> Iterator[tuple[str, str]]:
    """Each file of the resources that the program reads, and the folder inside the program where it goes."""
    for path in sorted((root / "resources").rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and SHOWN_ON_THE_PAGE not in inside.parts:
            yield str(path), inside.parent.as_posix()


def models_of(packages: Iterable[str]) -> Sequence[tuple[str, str]]:
    """The models of the embedded OCR in the folders where rapidocr is installed. Raises SystemExit."""
    for folder in packages:
        files = [Path(folder, "models", name) for name in OCR_MODELS]
        if all(file.is_file() for file in files):
            return [(str(file), "rapidocr/models") for file in files]
    raise SystemExit(f"The package rapidocr lacks {' or '.join(OCR_MODELS)}; install the version that pyproject names.")


def sort_archive(file: Path) -> None:
    """Put what an archive holds into the order of its names, with no time."""
    with ZipFile(file) as archive:
        held = {name: archive.read(name) for name in sorted(archive.namelist())}
    with ZipFile(file, "w") as archive:
        for name, data in held.items():
            archive.writestr(ZipInfo(name), data)
