"""Compiles the .po files with Babel, so that no gettext is needed: `python -m marketplace.translate_compile`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"


def speak_for_itself(catalogue) -> None:
    """Our strings are English. Without this, a library's English would change some (Oscar's makes a basket a cart)."""
    for message in catalogue:
        if message.id and not (any(message.string) if message.pluralizable else message.string):
            message.string = message.id


def compile_messages() -> int:
    """Writes a .mo beside each .po that is newer than it. Returns how many were written."""
    written = 0
    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3])
        if po.parts[-3] == "en":
            speak_for_itself(catalogue)
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        written += 1
    return written


if __name__ == "__main__":
    compile_messages()
