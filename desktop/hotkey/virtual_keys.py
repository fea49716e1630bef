"""The virtual keys of Windows behind the names that Qt gives to keys.

https://learn.microsoft.com/windows/win32/inputdev/virtual-key-codes
"""

MODIFIERS = {"Alt": 0x0001, "Ctrl": 0x0002, "Shift": 0x0004, "Meta": 0x0008}
"""The modifiers of RegisterHotKey."""

NAMED_KEYS = {
    "Backspace": 0x08,
    "Tab": 0x09,
    "Backtab": 0x09,
    "Clear": 0x0C,
    "Return": 0x0D,
    "Enter": 0x0D,
    "Pause": 0x13,
    "CapsLock": 0x14,
    "Esc": 0x1B,
    "Henkan": 0x1C,
    "Muhenkan": 0x1D,
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Select": 0x29,
    "Execute": 0x2B,
    "Print": 0x2C,
    "SysReq": 0x2C,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Help": 0x2F,
    "Menu": 0x5D,
    "Sleep": 0x5F,
    "NumLock": 0x90,
    "ScrollLock": 0x91,
    "Back": 0xA6,
    "Forward": 0xA7,
    "Refresh": 0xA8,
    "Stop": 0xA9,
    "Search": 0xAA,
    "Favorites": 0xAB,
    "Home Page": 0xAC,
    "Volume Mute": 0xAD,
    "Volume Down": 0xAE,
    "Volume Up": 0xAF,
    "Media Next": 0xB0,
    "Media Previous": 0xB1,
    "Media Stop": 0xB2,
    "Media Play": 0xB3,
    "Toggle Media Play/Pause": 0xB3,
    "Launch Mail": 0xB4,
    "Launch Media": 0xB5,
    "Launch (0)": 0xB6,
    "Launch (1)": 0xB7,
    "Play": 0xFA,
    "Zoom": 0xFB,
} | {f"F{number}": 0x6F + number for number in range(1, 25)}
"""The keys whose names are no characters; those with one depend on the keyboard's layout."""

LATIN_KEYS = {character: ord(character) for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"}
"""The keys of letters and digits where the layout in use writes neither, such as a Cyrillic one."""
