"""The six countries, and how countries are called in our languages (Unicode CLDR through Babel)."""

from functools import cache

from shop.currency.money import NATIONAL, babel_locale

COUNTRIES = tuple(NATIONAL)

# Kyrgyzstan's own Russian name (its constitution's), where CLDR has the older «Киргизия»; and the Kazakh of today.
_OWN_NAMES = {("KG", "ru"): "Кыргызстан", ("AZ", "kk"): "Әзербайжан"}


@cache
def country_name(code: str, language: str) -> str:
    """The country of this ISO 3166 code in `language`; in English where CLDR has no name, the code as a last resort."""
    own = _OWN_NAMES.get((code, language)) or babel_locale(language).territories.get(code)
    return own or babel_locale("en").territories.get(code, code)
