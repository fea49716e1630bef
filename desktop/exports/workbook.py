"""Tables as Excel workbooks. Pure."""

import io

from desktop.exports.grid import Grid
from desktop.exports.number import read_number

_WIDEST = 60


def to_xlsx(grid: Grid) -> bytes:
    """One sheet; numbers are numbers shown as they were written, everything else is text, formulas too."""
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Table"
    for row, cells in enumerate(grid.rows, 1):
        for column, text in enumerate(cells, 1):
            cell = sheet.cell(row, column)
            if number := read_number(text):
                cell.value = number.value
                cell.number_format = number.code
            else:
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
                cell.data_type = "s"  # else a leading = makes it a formula
                cell.quotePrefix = text[:1] in {"=", "+", "-", "@"}
            if "\n" in text:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == 1 and grid.headed:
                cell.font = Font(bold=True)
    for column, cells in enumerate(zip(*grid.rows, strict=True), 1):
        longest = max(len(line) for cell in cells for line in [*cell.splitlines(), ""])
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 8), _WIDEST)
    if grid.head:
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
