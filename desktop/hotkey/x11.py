"""Global shortcuts on X11: XGrabKey on a connection of our own."""

import logging
from collections.abc import Mapping

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError, ConnectionClosedError, DisplayError
from Xlib.protocol.rq import Event

from desktop.hotkey.api import HotkeyError, Shortcut, SystemShortcuts
from desktop.hotkey.keysyms import keysym_name
from desktop.hotkey.refusals import NO_KEY, TAKEN, TWICE
from desktop.language import tr

log = logging.getLogger(__name__)

_MASKS = {"Ctrl": X.ControlMask, "Alt": X.Mod1Mask, "Shift": X.ShiftMask, "Meta": X.Mod4Mask}
_RELEVANT = X.ControlMask | X.Mod1Mask | X.ShiftMask | X.Mod4Mask
# A grab names its modifiers exactly, so CapsLock (Lock) and NumLock (Mod2) each need grabs of their own.
_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)


class X11Hotkeys(QObject):
    """Grabs keys on the root window. A key that another program holds is refused with a sentence."""

    pressed = Signal(str)
    settled = Signal(SystemShortcuts)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        try:
            self._display = Display()
        except (DisplayError, OSError) as error:
            raise HotkeyError(
                tr("The X server refused a connection for shortcuts; use `shotglass capture`.")
            ) from error
        self._root = self._display.screen().root
        self._wanted: dict[str, str] = {}
        self._grabbed: dict[tuple[int, int], str] = {}
        self._notifier = QSocketNotifier(self._display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def bind(self, shortcuts: Mapping[str, str]) -> dict[str, str]:
        """Replace every grab; `task id -> sentence` for those that were refused."""
        self._release()
        self._wanted = {task_id: text for task_id, text in shortcuts.items() if text}
        refused: dict[str, str] = {}
        for task_id, text in self._wanted.items():
            try:
                self._grab(task_id, Shortcut.parse(text))
            except HotkeyError as error:
                refused[task_id] = str(error)
                log.warning("%s", error)
        self._read()  # a round trip may have brought key presses that no notifier will announce
        return refused

    def configure(self) -> None:
        """Nothing to open: no desktop holds these shortcuts."""

    def stop(self) -> None:
        """Give every key back and close the connection."""
        self._notifier.setEnabled(False)
        try:
            self._release()
            self._display.close()
        except ConnectionClosedError:
            log.info("the X server had gone before the shortcuts were released")

    def _grab(self, task_id: str, shortcut: Shortcut) -> None:
        """Grab one key in all its lock variants, or none; raises HotkeyError."""
        keycode = self._display.keysym_to_keycode(XK.string_to_keysym(keysym_name(shortcut.key)))
        if not keycode:
            raise HotkeyError(tr(NO_KEY, keys=shortcut))
        mask = sum(_MASKS[name] for name in shortcut.modifiers)
        if (keycode, mask) in self._grabbed:
            raise HotkeyError(tr(TWICE, keys=shortcut))
        clash = CatchError(BadAccess)
        for locks in _LOCKS:
            self._root.grab_key(keycode, mask | locks, False, X.GrabModeAsync, X.GrabModeAsync, onerror=clash)
        self._display.sync()
        if clash.get_error():
            self._ungrab(keycode, mask)
            raise HotkeyError(tr(TAKEN, keys=shortcut))
        self._grabbed[keycode, mask] = task_id

    def _ungrab(self, keycode: int, mask: int) -> None:
        for locks in _LOCKS:
            self._root.ungrab_key(keycode, mask | locks)

    def _release(self) -> None:
        for keycode, mask in self._grabbed:
            self._ungrab(keycode, mask)
        self._grabbed.clear()
        self._display.sync()

    def _read(self) -> None:
        """Take every event that waits."""
        try:
            while self._display.pending_events():
                event = self._display.next_event()
                if event.type == X.KeyPress:
                    self._press(event.detail, event.state)
                elif event.type == X.MappingNotify:
                    self._follow_keyboard(event)
        except ConnectionClosedError:
            self._notifier.setEnabled(False)
            log.error("the X server closed the connection for shortcuts")

    def _press(self, keycode: int, state: int) -> None:
        # The grab would keep the keyboard from the overlay for as long as the key is held.
        self._display.ungrab_keyboard(X.CurrentTime)
        self._display.flush()
        task_id = self._grabbed.get((keycode, state & _RELEVANT))
        if task_id is not None:
            self.pressed.emit(task_id)

    def _follow_keyboard(self, event: Event) -> None:
        """Grab again after the keyboard's layout changed."""
        self._display.refresh_keyboard_mapping(event)
        if event.request == X.MappingKeyboard:
            self.bind(self._wanted)
