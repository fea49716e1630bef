"""Fields out of the text of an Update, one "name: value" a line. Pure."""

from desktop.exports.table import Rows


def split_fields(text: str) -> Rows:
    """A name and a value a row; a line without a name goes on with the value above it."""
    rows: list[list[str]] = []
    for line in text.splitlines():
        name, colon, value = line.partition(": ")
        if not colon and line.endswith(":"):
            name, colon = line[:-1], ":"
        if colon and any(sign.isalpha() for sign in name):
            rows.append([name.strip(), value.strip()])
        elif rows:
            rows[-1][1] = f"{rows[-1][1]}\n{line}".strip("\n")
        elif line.strip():
            rows.append(["", line.strip()])
    return tuple((name, value) for name, value in rows)
