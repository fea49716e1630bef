"""Frameworks from a CDN, and the files that stand in for them."""

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.webpage.bundle import zip_page
from desktop.webpage.frameworks import FRAMEWORKS, content, localize
from desktop.webpage.tailwind import bracket_sheet

FOLDER = paths.resources() / "frameworks"
BOOTSTRAP = "https://cdn.jsdelivr.net/npm/bootstrap@5.3.3/dist"


@pytest.mark.parametrize(
    ("tag", "file"),
    [
        ('<script src="https://cdn.tailwindcss.com"></script>', "tailwind.css"),
        ("<script src='https://cdn.tailwindcss.com?plugins=forms'></script>", "tailwind.css"),
        ('<link href="//unpkg.com/tailwindcss@2.2.19/dist/tailwind.min.css" rel="stylesheet">', "tailwind.css"),
        (
            f'<link rel="stylesheet" href="{BOOTSTRAP}/css/bootstrap.min.css" integrity="x" crossorigin="anonymous" />',
            "bootstrap.min.css",
        ),
        (f"<LINK REL=stylesheet HREF={BOOTSTRAP}/css/bootstrap.css>", "bootstrap.min.css"),
        (f'<script src="{BOOTSTRAP}/js/bootstrap.bundle.min.js"></script>', "bootstrap.bundle.min.js"),
    ],
)
def test_links_lead_to_the_files(tag: str, file: str) -> None:
    page, used = localize(f"<head>{tag}</head><p>{tag[:3]}", "here/")
    assert used == {file}
    assert f'"here/{file}"' in page
    assert "//" not in page
    assert page.startswith("<head><")
    assert page.endswith("</head><p>" + tag[:3])


@pytest.mark.parametrize(
    "tag",
    [
        f'<link rel="stylesheet" href="{BOOTSTRAP}/css/bootstrap-grid.min.css">',
        '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Inter">',
        '<script src="https://example.org/app.js"></script>',
        '<link rel="stylesheet" href="tailwind.css">',
        '<a href="https://tailwindcss.com">Tailwind</a>',
    ],
)
def test_other_links_stay(tag: str) -> None:
    assert localize(tag, "here/") == (tag, frozenset())


def test_values_in_brackets_become_rules() -> None:
    page = '<script src="https://cdn.tailwindcss.com"></script><p class="w-[320px] text-[#fff] text-[14px]">'
    local, _used = localize(page, "")
    assert r".w-\[320px\]{width:320px}" in local
    assert r".text-\[\#fff\]{color:#fff}" in local
    assert r".text-\[14px\]{font-size:14px}" in local


def test_variants_and_signs() -> None:
    assert bracket_sheet('"md:w-[10%] hover:bg-[rgb(1,2,3)] -mt-[3px] grid-cols-[1fr_2fr] px-[2px]"') == (
        r".hover\:bg-\[rgb\(1\,2\,3\)\]:hover{background-color:rgb(1,2,3)}"
        r".-mt-\[3px\]{margin-top:calc(3px * -1)}"
        r".grid-cols-\[1fr_2fr\]{grid-template-columns:1fr 2fr}"
        r".px-\[2px\]{padding-left:2px;padding-right:2px}"
        r"@media (min-width:768px){.md\:w-\[10\%\]{width:10%}}"
    )
    assert bracket_sheet('"foo-[1px] print:w-[1px] w-[1px;}body{display:none]"') == ""


@given(st.text(st.sampled_from('abw-[]{};:</>"# ') | st.characters()))
def test_a_sheet_never_leaves_its_rules(text: str) -> None:
    sheet = bracket_sheet(f'"w-[{text}]"')
    assert sheet == "" or re.fullmatch(r"[^{}<]*\{width:[^{}<;]*\}", sheet)


def test_the_files_are_there_with_their_licences() -> None:
    for one in FRAMEWORKS:
        assert len(content(one.file)) > 50_000
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 3_000_000
    for name in ("tailwindcss", "bootstrap"):
        assert "MIT" in (FOLDER / f"LICENSE.{name}").read_text("utf-8")
    with pytest.raises(KeyError):
        content("../README.md")


UTILITIES = """
bg-blue-600 md:flex lg:grid-cols-3 hover:bg-blue-700 shadow-md focus:ring-2 bg-black/50 -mt-4 space-y-4 max-w-7xl
from-blue-500 container w-1/2 p-2.5 truncate border-b text-gray-500 sm:px-6 divide-y line-clamp-2 animate-spin
h-screen rounded-lg
"""


@pytest.mark.parametrize("utility", UTILITIES.split())
def test_tailwind_has_the_utilities_that_people_use(utility: str) -> None:
    selector = "." + re.sub(r"([^\w-])", r"\\\1", utility)
    assert re.search(re.escape(selector) + r"[{:>]", content("tailwind.css").decode())


def test_a_bundle_needs_no_network() -> None:
    page = (
        f'<link rel="stylesheet" href="{BOOTSTRAP}/css/bootstrap.min.css">'
        f'<script src="{BOOTSTRAP}/js/bootstrap.bundle.min.js"></script><p>Grüße'
    )
    with zipfile.ZipFile(io.BytesIO(zip_page(page))) as archive:
        assert archive.testzip() is None
        index = archive.read("index.html").decode()
        linked = re.findall(r'(?:href|src)="([^"]+)"', index)
        assert linked == ["frameworks/bootstrap.min.css", "frameworks/bootstrap.bundle.min.js"]
        assert sorted(archive.namelist()) == sorted(["index.html", *linked])
        assert archive.read(linked[0]) == content("bootstrap.min.css")
    assert zip_page(page) == zip_page(page)
