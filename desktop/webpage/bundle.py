"""A page and the files that it needs in one ZIP archive, which looks the same without a network."""

import io
import zipfile

from desktop.webpage.frameworks import content, localize

PAGE = "index.html"
_FOLDER = "frameworks/"
# The same page always makes the same bytes; ZIP knows no time before this.
_TIME = (1980, 1, 1, 0, 0, 0)


def zip_page(page: str) -> bytes:
    """The archive: `index.html`, its links led to the frameworks beside it."""
    local, used = localize(page, _FOLDER)
    files = {PAGE: local.encode(), **{f"{_FOLDER}{file}": content(file) for file in sorted(used)}}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
