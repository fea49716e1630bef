"""What can come of asking the desktop's portals, beside an answer."""

from desktop.errors import UserError


class PortalError(UserError):
    """The desktop's portals did not do what they were asked."""


class PortalAbsentError(PortalError):
    """No portal of that kind runs on this desktop."""


class PortalRefusedError(PortalError):
    """The user, or the desktop in the user's name, said no: it is not asked in another way."""


class PortalDismissedError(PortalRefusedError):
    """The user closed the desktop's dialog."""


class PortalUnaskedError(PortalError):
    """It takes a yes of the user, who is not to be asked yet."""


class PortalSilentError(PortalError):
    """No answer came in time."""
