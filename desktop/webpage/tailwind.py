"""Tailwind's utilities with a value in brackets, such as `w-[320px]`, as a style sheet. Pure."""

import re
from collections.abc import Mapping

_CLASS = re.compile(r"""(?<![^\s"'`])((?:[a-z]+:)*)(-?)([a-z][a-z-]*)-\[([^\]\s"'<>`;{}]+)\](?=[\s"'`]|\Z)""")
_COLOUR = re.compile(r"#|(?:rgb|hsl)a?\(|color:", re.IGNORECASE)
_SPACES = ("padding", "margin")
_SIDES = {"t": "top", "r": "right", "b": "bottom", "l": "left"}

_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "w": ("width",),
    "h": ("height",),
    "size": ("width", "height"),
    "min-w": ("min-width",),
    "max-w": ("max-width",),
    "min-h": ("min-height",),
    "max-h": ("max-height",),
    "basis": ("flex-basis",),
    "gap": ("gap",),
    "gap-x": ("column-gap",),
    "gap-y": ("row-gap",),
    "leading": ("line-height",),
    "tracking": ("letter-spacing",),
    "font": ("font-weight",),
    "opacity": ("opacity",),
    "z": ("z-index",),
    "aspect": ("aspect-ratio",),
    "shadow": ("box-shadow",),
    "grid-cols": ("grid-template-columns",),
    "grid-rows": ("grid-template-rows",),
    "inset": ("inset",),
    "fill": ("fill",),
    "stroke": ("stroke",),
    **{side: (side,) for side in ("top", "right", "bottom", "left")},
    "flex": ("flex",),
    "rounded": ("border-radius",),
    "p": ("padding",),
    "m": ("margin",),
    **{f"{name[0]}{side}": (f"{name}-{word}",) for name in _SPACES for side, word in _SIDES.items()},
    **{f"{name[0]}x": (f"{name}-left", f"{name}-right") for name in _SPACES},
    **{f"{name[0]}y": (f"{name}-top", f"{name}-bottom") for name in _SPACES},
}
_COLOURS: Mapping[str, str] = {"text": "color", "bg": "background-color", "border": "border-color"}
_LENGTHS: Mapping[str, str] = {"text": "font-size", "bg": "background", "border": "border-width"}
_SCREENS = {"sm": 640, "md": 768, "lg": 1024, "xl": 1280}
_STATES = frozenset(["hover", "focus", "active"])


def bracket_sheet(page: str) -> str:
    """The rules of all classes with a value in brackets that the page names; '' where there are none.

    `text-[#fff]` is a colour and `text-[14px]` a size, as in Tailwind. Variants other than screens and states are left
    out with their class.
    """
    found = dict.fromkeys(match.groups() for match in _CLASS.finditer(page))
    plain_first = sorted(found, key=lambda groups: _widest(groups[0]))
    return "".join(filter(None, (_rule(*groups) for groups in plain_first)))


def _widest(variants: str) -> int:
    return max((_SCREENS.get(name, 0) for name in variants.split(":")), default=0)


def _rule(variants: str, minus: str, name: str, value: str) -> str:
    names = variants.split(":")[:-1]
    properties = _properties(name, value)
    if not properties or any(one not in _SCREENS and one not in _STATES for one in names):
        return ""
    css = value.removeprefix("color:").removeprefix("length:").replace("_", " ")
    css = f"calc({css} * -1)" if minus else css
    selector = "." + re.sub(r"([^\w-])", r"\\\1", f"{variants}{minus}{name}-[{value}]")
    selector += "".join(f":{one}" for one in names if one in _STATES)
    rule = f"{selector}{{{';'.join(f'{one}:{css}' for one in properties)}}}"
    for one in names:
        if one in _SCREENS:
            rule = f"@media (min-width:{_SCREENS[one]}px){{{rule}}}"
    return rule


def _properties(name: str, value: str) -> tuple[str, ...]:
    """What a utility sets, () for one that is not known."""
    if name in _COLOURS:
        return (_COLOURS[name] if _COLOUR.match(value) else _LENGTHS[name],)
    return _PROPERTIES.get(name, ())
