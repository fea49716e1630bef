"""What the icons of the tasks show, by the names of their files."""

from desktop.language import tr_later

ICON_NAMES = {
    "ask": tr_later("question mark"),
    "close": tr_later("cross"),
    "code": tr_later("angle brackets"),
    "describe": tr_later("picture with lines"),
    "detect": tr_later("frames"),
    "fields": tr_later("form"),
    "formula": tr_later("sum sign"),
    "info": tr_later("letter i"),
    "join": tr_later("joined lines"),
    "more": tr_later("three dots"),
    "phone": tr_later("telephone"),
    "picture": tr_later("picture"),
    "pin": tr_later("pin"),
    "redo": tr_later("arrow forward"),
    "search": tr_later("magnifying glass"),
    "shotglass": tr_later("Shotglass"),
    "star": tr_later("star"),
    "star-full": tr_later("full star"),
    "table": tr_later("grid"),
    "text": tr_later("lines of text"),
    "translate": tr_later("two scripts"),
    "undo": tr_later("arrow back"),
}
