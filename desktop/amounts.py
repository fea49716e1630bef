"""Sizes and times as people read them."""

from desktop.language import tr

_UNITS = ((1e9, "GB", 1), (1e6, "MB", 0), (1e3, "kB", 0))


def size_in_words(size: float) -> str:
    """Bytes as people read them, such as 16.6 GB."""
    for factor, unit, digits in _UNITS:
        if size >= factor:
            return f"{size / factor:.{digits}f} {unit}"
    return tr("{count} bytes", count=round(size))


def time_in_words(seconds: float) -> str:
    """A duration as people read it, such as 5 min."""
    if seconds < 100:
        return tr("{count} s", count=round(max(seconds, 1)))
    if seconds < 6000:
        return tr("{count} min", count=round(seconds / 60))
    return tr("{count} h", count=f"{seconds / 3600:.1f}")
