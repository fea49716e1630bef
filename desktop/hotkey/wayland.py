"""Global shortcuts on Wayland: the desktop holds them and says when one was pressed."""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from desktop.activation import use_token
from desktop.errors import UserError, words_for
from desktop.foreign_window import ForeignWindow, name_active_window
from desktop.hotkey.api import HotkeyError, SystemShortcuts
from desktop.hotkey.triggers import trigger_of
from desktop.language import tr, tr_later
from desktop.permission import Permission
from desktop.portal.errors import PortalAbsentError, PortalDismissedError, PortalUnaskedError
from desktop.portal.portal import Portal
from desktop.portal.shortcuts import Bound, Pressed, Question, Wanted, configure, hold_shortcuts

log = logging.getLogger(__name__)

NO_PORTAL = tr_later(
    "This desktop does not let programs register shortcuts; "
    "bind the command `shotglass capture` to a key in your desktop's keyboard settings."
)
NOT_ALLOWED = tr_later(
    "The desktop's question about shortcuts was not answered with yes; start Shotglass again, or "
    "bind the command `shotglass capture` to a key in your desktop's keyboard settings."
)
FAILED = tr_later(
    "The desktop did not register the shortcuts; start Shotglass again, or "
    "bind the command `shotglass capture` to a key in your desktop's keyboard settings."
)
NONE_GIVEN = tr_later(
    "The desktop registered none of the shortcuts; set one for Shotglass there, or "
    "bind the command `shotglass capture` to a key in your desktop's keyboard settings."
)
NOT_GIVEN = tr_later("The desktop did not take {keys}; set a key for “{title}” in your desktop's keyboard settings.")


class WaylandHotkeys(QObject):
    """Asks the desktop for a shortcut a task; the user may give them other keys there, then or later.

    `settled` brings what the desktop gave, some time after `bind` and whenever that changes.
    """

    pressed = Signal(str)
    settled = Signal(SystemShortcuts)
    _told = Signal(object, object)

    def __init__(
        self,
        portal: Portal,
        titles: Mapping[str, str],
        may_ask: Callable[[], bool] = lambda: True,
        parent: QObject | None = None,
    ) -> None:
        """`titles` names each task in the desktop's window of shortcuts; `may_ask` tells whether one may come now."""
        super().__init__(parent)
        self._portal = portal
        self._titles = titles
        self._may_ask = may_ask
        self._window: ForeignWindow | None = None
        self._question = Question()
        self._keys: dict[str, str] = {}
        self._muted = False
        self._session = ""
        self._holding: Future[None] | None = None
        self._told.connect(self._hear)

    def bind(self, shortcuts: Mapping[str, str]) -> dict[str, str]:
        """Ask for these shortcuts, or hear nothing of them while there are none; those that cannot be one at once."""
        self._muted = not shortcuts
        asked = self._question.allowed or not self._may_ask()
        if self._muted or (shortcuts == self._keys and asked and self._holding and not self._holding.done()):
            return {}
        self._keys = dict(shortcuts)
        wanted, refused = [], {}
        for task_id, text in shortcuts.items():
            try:
                wanted.append(Wanted(task_id, self._title(task_id), trigger_of(text)))
            except HotkeyError as error:
                refused[task_id] = str(error)
        self._hold(wanted)
        return refused

    def configure(self) -> None:
        """Open the desktop's own window for the shortcuts."""
        session = self._session

        async def open_window(portal: Portal) -> None:
            await configure(await portal.desk(), session)

        opened = self._portal.submit(open_window)
        opened.add_done_callback(lambda done: log.info("the desktop's window for shortcuts: %s", done.exception()))

    def stop(self) -> None:
        """Give every shortcut back."""
        if self._holding:
            self._holding.cancel()
        self._holding = None
        self._end_question()

    def _hold(self, wanted: Sequence[Wanted]) -> None:
        self.stop()
        may_ask = self._may_ask()
        self._window = name_active_window() if may_ask else None
        question = self._question = Question(self._window.handle if self._window else "", may_ask)

        async def hold(portal: Portal) -> None:
            await hold_shortcuts(await portal.desk(), wanted, lambda news: self._told.emit(holding, news), question)

        holding = self._holding = self._portal.submit(hold)
        holding.add_done_callback(lambda done: None if done.cancelled() else self._told.emit(done, done.exception()))

    def _hear(self, source: object, news: object) -> None:
        """In the GUI's thread: what the desktop did, unless it was asked anew since."""
        if source is not self._holding:
            return
        if isinstance(news, Pressed):
            self._press(news)
            return
        self._end_question()
        if isinstance(news, Bound):
            self._settle(news)
        elif isinstance(news, Exception):
            self._fail(news)

    def _end_question(self) -> None:
        """No dialog needs a window of ours any more."""
        if self._window:
            self._window.close()
        self._window = None

    def _fail(self, error: Exception) -> None:
        if isinstance(error, PortalUnaskedError):
            self.settled.emit(SystemShortcuts({}, {}, permission=Permission()))
            return
        sentence = _sentence(error)
        permission = None if isinstance(error, PortalAbsentError) else Permission(trouble=sentence)
        refused = {task_id: sentence for task_id, keys in self._keys.items() if keys}
        self.settled.emit(SystemShortcuts(refused, {}, permission=permission))

    def _press(self, news: Pressed) -> None:
        if self._muted:
            return
        use_token(news.token)
        self.pressed.emit(news.id)

    def _title(self, task_id: str) -> str:
        return tr(self._titles.get(task_id, task_id))

    def _settle(self, bound: Bound) -> None:
        self._session = bound.session
        missing = {task_id: keys for task_id, keys in self._keys.items() if keys and task_id not in bound.triggers}
        refused = {task_id: tr(NOT_GIVEN, keys=keys, title=self._title(task_id)) for task_id, keys in missing.items()}
        if not bound.triggers:
            refused = dict.fromkeys(missing, tr(NONE_GIVEN))
        permission = Permission(bool(bound.triggers), "" if bound.triggers else tr(NONE_GIVEN))
        self.settled.emit(SystemShortcuts(refused, bound.triggers, bool(bound.session), permission))


def _sentence(error: Exception) -> str:
    """The words for shortcuts that could not be had."""
    if isinstance(error, PortalAbsentError):
        return tr(NO_PORTAL)
    if isinstance(error, PortalDismissedError):
        return tr(NOT_ALLOWED)
    log.warning("the shortcuts could not be had: %s", error)
    return tr(FAILED) if isinstance(error, UserError) else words_for(error)
