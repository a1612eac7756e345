"""The six countries, and how countries are called in our languages (Unicode CLDR through Babel)."""

from functools import cache

from shop.currency.money import NATIONAL, babel_locale

COUNTRIES = tuple(NATIONAL)

# CLDR has no Tajik names for these; written as they are in Tajik.
_TAJIK = {
    "KZ": "Қазоқистон",
    "KG": "Қирғизистон",
    "TJ": "Тоҷикистон",
    "TM": "Туркманистон",
    "UZ": "Ӯзбекистон",
    "AZ": "Озарбойҷон",
}


@cache
def country_name(code: str, language: str) -> str:
    """The country of this ISO 3166 code in `language`; in English where CLDR has no name, the code as a last resort."""
    if language == "tg" and code in _TAJIK:
        return _TAJIK[code]
    own = babel_locale(language).territories.get(code)
    return own or babel_locale("en").territories.get(code, code)
