"""The name of a window of ours for other programs on Wayland, so that the desktop's dialogs belong to it.

Qt exports no window by itself, so this speaks xdg-foreign on Qt's own connection:
https://wayland.app/protocols/xdg-foreign-unstable-v2
"""

import ctypes
import logging
from ctypes import CFUNCTYPE, POINTER, Structure, Union, byref, c_char_p, c_int, c_int32, c_uint32, c_void_p, pointer
from typing import Any, ClassVar

from PySide6.QtGui import QGuiApplication, QNativeInterface
from PySide6.QtWidgets import QApplication

WAYLAND = QNativeInterface.QWaylandApplication

log = logging.getLogger(__name__)

_EXPORTER = b"zxdg_exporter_v2"
_BIND, _EXPORT, _GET_REGISTRY, _DESTROY = 0, 1, 1, 0


class _Interface(Structure):
    """The wl_interface of libwayland."""


class _Message(Structure):
    """The wl_message of libwayland."""

    _fields_: ClassVar = [("name", c_char_p), ("signature", c_char_p), ("types", POINTER(POINTER(_Interface)))]


_Interface._fields_ = [
    ("name", c_char_p),
    ("version", c_int),
    ("method_count", c_int),
    ("methods", POINTER(_Message)),
    ("event_count", c_int),
    ("events", POINTER(_Message)),
]


class _Argument(Union):
    """The wl_argument of libwayland."""

    _fields_: ClassVar = [("i", c_int32), ("u", c_uint32), ("s", c_char_p), ("o", c_void_p)]


_GLOBAL = CFUNCTYPE(None, c_void_p, c_void_p, c_uint32, c_char_p, c_uint32)
_GLOBAL_REMOVED = CFUNCTYPE(None, c_void_p, c_void_p, c_uint32)
_HANDLE = CFUNCTYPE(None, c_void_p, c_void_p, c_char_p)


class ForeignWindow:
    """Exports the surface of a window; `handle` names it while this object is not closed, '' where it cannot be.

    `display` and `surface` are the addresses of Qt's wl_display and of the window's wl_surface.
    """

    def __init__(self, display: int, surface: int) -> None:
        self.handle = ""
        self._names: dict[bytes, int] = {}
        self._proxies: list[tuple[c_void_p, _Interface]] = []
        self._queue = c_void_p()
        self._kept: list[Any] = []
        self._display = c_void_p(display)
        try:
            self._library = _load()
            self._queue = c_void_p(self._library.wl_display_create_queue(self._display))
            self._export(surface)
        except (OSError, AttributeError, ValueError) as error:
            log.info("no window is named to the desktop: %s", error)

    def close(self) -> None:
        """Take the name back."""
        for proxy, kind in reversed(self._proxies):
            if kind.method_count and kind.methods[_DESTROY].name == b"destroy":
                self._library.wl_proxy_marshal_array(proxy, _DESTROY, None)
            self._library.wl_proxy_destroy(proxy)
        self._proxies.clear()
        if self._queue:
            self._library.wl_event_queue_destroy(self._queue)
            self._library.wl_display_flush(self._display)
        self._queue, self.handle = c_void_p(), ""

    def _export(self, surface: int) -> None:
        library = self._library
        wrapper = c_void_p(library.wl_proxy_create_wrapper(self._display))
        library.wl_proxy_set_queue(wrapper, self._queue)
        registry = self._make(wrapper, _GET_REGISTRY, _Interface.in_dll(library, "wl_registry_interface"), _Argument())
        library.wl_proxy_wrapper_destroy(wrapper)
        self._listen(registry, _GLOBAL(self._hear_global), _GLOBAL_REMOVED(lambda *_: None))
        self._exchange()
        if _EXPORTER not in self._names:
            raise ValueError("the compositor does not offer it")
        exporter_kind, exported_kind = _kinds(library)
        self._kept += [exporter_kind, exported_kind]
        name, kind, version = _Argument(u=self._names[_EXPORTER]), _Argument(s=_EXPORTER), _Argument(u=1)
        exporter = self._make(registry, _BIND, exporter_kind, name, kind, version, _Argument())
        exported = self._make(exporter, _EXPORT, exported_kind, _Argument(), _Argument(o=surface))
        self._listen(exported, _HANDLE(self._hear_handle))
        self._exchange()

    def _make(self, parent: c_void_p, request: int, kind: _Interface, *arguments: _Argument) -> c_void_p:
        values = (_Argument * len(arguments))(*arguments)
        proxy = self._library.wl_proxy_marshal_array_constructor_versioned(parent, request, values, byref(kind), 1)
        if not proxy:
            raise ValueError("the connection to the compositor is broken")
        self._proxies.append((c_void_p(proxy), kind))
        return self._proxies[-1][0]

    def _listen(self, proxy: c_void_p, *functions: Any) -> None:
        table = (c_void_p * len(functions))(*(ctypes.cast(function, c_void_p) for function in functions))
        self._kept += [table, *functions]  # libwayland calls them later
        self._library.wl_proxy_add_listener(proxy, table, None)

    def _exchange(self) -> None:
        if self._library.wl_display_roundtrip_queue(self._display, self._queue) < 0:
            raise ValueError("the compositor does not answer")

    def _hear_global(self, _data: int, _registry: int, name: int, kind: bytes, _version: int) -> None:
        self._names[kind] = name

    def _hear_handle(self, _data: int, _exported: int, handle: bytes) -> None:
        self.handle = f"wayland:{handle.decode()}"


def _load() -> ctypes.CDLL:
    """The library that Qt itself uses; OSError or AttributeError where it is not there or too old."""
    library = ctypes.CDLL("libwayland-client.so.0")
    library.wl_display_create_queue.restype = c_void_p
    library.wl_proxy_create_wrapper.restype = c_void_p
    library.wl_proxy_marshal_array_constructor_versioned.restype = c_void_p
    library.wl_proxy_marshal_array_constructor_versioned.argtypes = [
        c_void_p,
        c_uint32,
        POINTER(_Argument),
        POINTER(_Interface),
        c_uint32,
    ]
    return library


def _kinds(library: ctypes.CDLL) -> tuple[_Interface, _Interface]:
    """The interfaces of the protocol: the exporter, and what it exports."""
    events = (_Message * 1)(_Message(b"handle", b"s", (POINTER(_Interface) * 1)()))
    ends = (_Message * 1)(_Message(b"destroy", b"", None))
    exported = _Interface(b"zxdg_exported_v2", 1, 1, ends, 1, events)
    surface = _Interface.in_dll(library, "wl_surface_interface")
    types = (POINTER(_Interface) * 2)(pointer(exported), pointer(surface))
    requests = (_Message * 2)(_Message(b"destroy", b"", None), _Message(b"export_toplevel", b"no", types))
    return _Interface(_EXPORTER, 1, 2, requests, 0, None), exported


def name_active_window() -> ForeignWindow | None:
    """Name the window of ours that has the keyboard, None where another program has it."""
    window = QApplication.activeWindow()
    application = QGuiApplication.instance()
    if window is None or not isinstance(application, QGuiApplication):
        return None
    native = application.nativeInterface()
    return ForeignWindow(native.display(), window.winId()) if isinstance(native, WAYLAND) else None
