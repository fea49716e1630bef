"""Why a system does not register a shortcut, in the same words wherever it registers them one by one."""

from desktop.language import tr_later

TAKEN = tr_later("{keys} is already taken by another program; choose another shortcut in the preferences.")
TWICE = tr_later("{keys} is already used for another task; choose another shortcut in the preferences.")
NO_KEY = tr_later("This keyboard has no key for {keys}; choose another shortcut in the preferences.")
NOT_REGISTERED = tr_later(
    "The system does not register {keys} (error {code}); choose another shortcut in the preferences."
)
