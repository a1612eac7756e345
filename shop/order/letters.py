"""What a receipt can print: letters that none of its fonts has are written in Latin ones."""

import re
from typing import Any

from anyascii import anyascii

# What Noto Sans (static/fonts/pdf) and the fonts within Typst have: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic,
# Devanagari, Georgian, signs of punctuation and money.
_NOT_PRINTABLE = re.compile(
    "[^\u0020-\u05ff\u0600-\u06ff\u0900-\u097f\u10a0-\u10ff\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f]+"
)


def printable(data: Any) -> Any:
    """The same data with every text in letters that can be printed: 東京 becomes "DongJing"."""
    if isinstance(data, str):
        return _NOT_PRINTABLE.sub(lambda found: anyascii(found.group()), data)
    if isinstance(data, list):
        return [printable(part) for part in data]
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    return data
