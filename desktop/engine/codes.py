"""Reads QR and bar codes in a picture."""

from typing import TYPE_CHECKING, Any

from desktop.job import Box, Line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SMALLEST_PX = 15  # a Micro QR code has 11 modules and a quiet zone


def find_codes(picture: "NDArray[np.uint8]") -> list[Line]:
    """The codes of a picture, uint8 (height, width, 3), any channel order, from top to bottom.

    `Line.text` is the plain content, `Line.code` the symbology, such as "QRCode", "EAN13" or "DataMatrix".
    """
    import zxingcpp

    if min(picture.shape[:2]) < SMALLEST_PX:
        return []
    found = [
        Line(code.text, _box(code.position), code="".join(filter(str.isalnum, str(code.format))))
        for code in zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
        if code.valid and code.text
    ]
    return sorted(found, key=lambda line: (line.box.top, line.box.left))


def _box(position: Any) -> Box:
    corners = position.top_left, position.top_right, position.bottom_right, position.bottom_left
    xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
    return Box(min(xs), min(ys), max(xs) + 1, max(ys) + 1)
