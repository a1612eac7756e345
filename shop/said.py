"""HTML kept under all that it says.

The templates are given plain values and nothing else, and what they made is kept under those values and the language:
other values are another key, so what is shown is never old and nothing need be thrown away when something changes.
Kept in the process: a look into Redis would take longer than most of what it saves.
"""

import json
from dataclasses import is_dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Said:
    """`templates`: {part: template}. Called with what they say, gives {part: HTML}. The newest `most` are kept,
    some 15 KB each for a listing. TypeError when a value is not plain: an object could change unseen."""

    def __init__(self, templates: dict[str, str], most: int = 1000):
        self.templates = templates
        self.most = most
        self.kept: dict[bytes, dict[str, SafeString]] = {}

    def __call__(self, said: dict[str, Any]) -> dict[str, SafeString]:
        key = _key_of(said)
        made = self.kept.get(key)
        if made is None:
            made = {part: _made(template, said) for part, template in self.templates.items()}
            while len(self.kept) >= self.most:
                self.kept.pop(next(iter(self.kept)), None)
            self.kept[key] = made
        return made


def _made(template: str, said: dict[str, Any]) -> SafeString:
    return SafeString(engines["django"].get_template(template).render(said).strip())


def _key_of(said: dict[str, Any]) -> bytes:
    text = json.dumps([get_language(), said], default=_plain, ensure_ascii=False)
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return vars(value)
    raise TypeError(f"{type(value).__name__} is not a plain value")
