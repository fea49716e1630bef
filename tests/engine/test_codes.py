"""QR and bar codes in pictures."""

import numpy as np
import pytest
import zxingcpp

from desktop.engine.codes import find_codes


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("QRCode", "https://example.org/a?b=1"),
        ("QRCode", "WIFI:S:Café;T:WPA;P:密码123;;"),
        ("EAN13", "4006381333931"),
        ("Code128", "SHIP-00417"),
        ("DataMatrix", "lot 12/2026"),
    ],
)
def test_a_code_is_read_with_its_place(kind: str, content: str) -> None:
    code = zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, kind))
    image = np.array(zxingcpp.write_barcode_to_image(code, scale=4))
    page = np.full((image.shape[0] + 120, image.shape[1] + 200, 3), 255, np.uint8)
    page[50 : 50 + image.shape[0], 90 : 90 + image.shape[1]] = image[..., None]
    (line,) = find_codes(page)
    assert (line.text, line.code) == (content, kind)
    assert line.box.left >= 90 - 4
    assert line.box.right <= 90 + image.shape[1] + 4
    assert line.box.top >= 50 - 4


@pytest.mark.parametrize("size", [(4, 4), (1, 500), (300, 300)])
def test_a_picture_without_codes_has_none(size: tuple[int, int]) -> None:
    assert find_codes(np.full((*size, 3), 200, np.uint8)) == []
