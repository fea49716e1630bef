"""The one kind of error whose words are shown to the user; every other kind is a bug, logged with its traceback."""

import logging

from desktop.language import tr, tr_later

log = logging.getLogger(__name__)

CALM = tr_later(
    "Something went wrong inside Shotglass; the log has the details (tray menu, Open log). You can try again."
)


class UserError(Exception):
    """One sentence that says what went wrong and what to do about it."""


def words_for(error: Exception) -> str:
    """The words to show for a failure; an unexpected one is logged with its traceback."""
    if isinstance(error, UserError):
        log.warning("%s", error)
        return str(error)
    log.error("unexpected error", exc_info=error)
    return tr(CALM)
