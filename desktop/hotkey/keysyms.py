"""The X keysym names of the keys that Qt names otherwise."""

_NAMES = {
    "+": "plus",
    "-": "minus",
    "=": "equal",
    ",": "comma",
    ".": "period",
    "/": "slash",
    "\\": "backslash",
    ";": "semicolon",
    "'": "apostrophe",
    "`": "grave",
    "[": "bracketleft",
    "]": "bracketright",
    "Space": "space",
    "Esc": "Escape",
    "Del": "Delete",
    "Ins": "Insert",
    "PgUp": "Prior",
    "PgDown": "Next",
    "Backspace": "BackSpace",
    "Enter": "KP_Enter",
    "ScrollLock": "Scroll_Lock",
}


def keysym_name(key: str) -> str:
    """The X name of a key that Qt writes as `key`."""
    if len(key) == 1 and key.isalnum():
        return key.lower()
    return _NAMES.get(key, key)
