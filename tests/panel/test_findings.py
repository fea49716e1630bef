"""What an answer names that can be opened or copied."""

import pytest

from desktop.job import Box, Line
from desktop.panel.findings import Finding, find_all, link_of


@pytest.mark.parametrize(
    ("text", "said", "link"),
    [
        ("See https://example.com/a?b=c#d.", "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("(http://example.com/x_(y))", "http://example.com/x_(y)", "http://example.com/x_(y)"),
        ('"https://example.com",', "https://example.com", "https://example.com"),
        ("www.example.com/path!", "www.example.com/path", "https://www.example.com/path"),
        ("请访问https://example.com查看", "https://example.com", "https://example.com"),
        (
            "见https://zh.example.org/wiki/红楼梦。",
            "https://zh.example.org/wiki/红楼梦",
            "https://zh.example.org/wiki/红楼梦",
        ),
        (
            "Write to Ann.Lee+shop@mail.example.co.uk, please.",
            "Ann.Lee+shop@mail.example.co.uk",
            "mailto:Ann.Lee+shop@mail.example.co.uk",
        ),
        ("mailto:a@example.com", "a@example.com", "mailto:a@example.com"),
        ("ftp://example.com/file", "ftp://example.com/file", ""),
        ("file:///etc/passwd", "", ""),
        ("HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM", "HTTPS://EXAMPLE.COM"),
        ("localhost:8000 and a@b and 3.14 and www. nothing", "", ""),
        ("https://", "", ""),
    ],
)
def test_addresses(text: str, said: str, link: str) -> None:
    """Without the signs around them; pages and letters open, the others are only copied."""
    assert find_all(text, ()) == ((Finding(said, "", link),) if said else ())


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@example.com?attach=/etc/passwd",
        "mailto:nobody",
        "https:///path",
        "https://[",
        "https://a b",
        "WIFI:T:WPA;S:net;P:secret;;",
        "",
    ],
)
def test_what_is_never_opened(text: str) -> None:
    """Neither programs nor files nor what only looks like an address."""
    assert link_of(text) == ""


def test_codes_come_first_and_each_text_once() -> None:
    """A code is named by its kind and may hold anything."""
    box = Box(0, 0, 9, 9)
    lines = [Line("https://a.example", box, code="QRCode"), Line("4006381333931", box, code="EAN13"), Line("b", box)]
    assert find_all("https://a.example b@c.example https://a.example", lines) == (
        Finding("https://a.example", "QRCode", "https://a.example"),
        Finding("4006381333931", "EAN13", ""),
        Finding("b@c.example", "", "mailto:b@c.example"),
    )
