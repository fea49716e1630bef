"""The virtual keys of macOS behind the names that Qt gives to keys: places, named after an American keyboard.

HIToolbox/Events.h of Apple's Carbon framework names them.
"""

MODIFIERS = {"Ctrl": 0x0100, "Shift": 0x0200, "Alt": 0x0800, "Meta": 0x1000}
"""The modifiers of RegisterEventHotKey: Qt calls Command Ctrl, Option Alt and Control Meta there."""

_CHARACTERS = {
    0x00: "ASDFHGZXCV",
    0x0B: "BQWERYT123465=97-80]OU[IP",
    0x25: "LJ'K;\\,/NM.",
    0x32: "`",
}
_FUNCTION_KEYS = (
    *(0x7A, 0x78, 0x63, 0x76, 0x60, 0x61, 0x62, 0x64, 0x65, 0x6D),
    *(0x67, 0x6F, 0x69, 0x6B, 0x71, 0x6A, 0x40, 0x4F, 0x50, 0x5A),
)

KEYS = (
    {
        "Return": 0x24,
        "Tab": 0x30,
        "Backtab": 0x30,
        "Space": 0x31,
        "Backspace": 0x33,
        "Esc": 0x35,
        "*": 0x43,
        "+": 0x45,
        "Clear": 0x47,
        "Volume Up": 0x48,
        "Volume Down": 0x49,
        "Volume Mute": 0x4A,
        "Enter": 0x4C,
        "Help": 0x72,
        "Ins": 0x72,
        "Home": 0x73,
        "PgUp": 0x74,
        "Del": 0x75,
        "End": 0x77,
        "PgDown": 0x79,
        "Left": 0x7B,
        "Right": 0x7C,
        "Down": 0x7D,
        "Up": 0x7E,
    }
    | {character: first + i for first, characters in _CHARACTERS.items() for i, character in enumerate(characters)}
    | {f"F{i + 1}": code for i, code in enumerate(_FUNCTION_KEYS)}
)
