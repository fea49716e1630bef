"""A table as it is given away: its rows, and whether the first one names the columns. Pure."""

from dataclasses import dataclass

from desktop.exports.table import Rows


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one length."""

    rows: Rows
    headed: bool = True

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns; none where they have none."""
        return self.rows[0] if self.headed and self.rows else ()

    @property
    def body(self) -> Rows:
        """The rows below the head."""
        return self.rows[1:] if self.headed else self.rows
