"""How dates and numbers are written where Django does not know it (kk) or writes them as in Russian (tg, tk).

Source: Unicode CLDR, through Babel (`dateFormats` long and short, `numbers`).
"""
