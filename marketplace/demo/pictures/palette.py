"""Colours of the region: dyes, wools, woods, glazes and walls."""


def rgb(text):
    """'b0262c' as a tuple."""
    return tuple(int(text[i : i + 2], 16) for i in (0, 2, 4))


MADDER, POMEGRANATE, WINE, BRICK = rgb("a5342a"), rgb("b3243a"), rgb("6b1e27"), rgb("b5563a")
CORAL, ROSE, PLUM = rgb("cf6a4c"), rgb("c98a86"), rgb("5a2a45")
INDIGO, NIGHT, BLUE, SKY = rgb("26406e"), rgb("1a2440"), rgb("3a6a9e"), rgb("8fb4c6")
TURQUOISE, TEAL, SEA = rgb("2f9aa0"), rgb("1f6468"), rgb("6fb8b0")
GREEN, OLIVE, SAGE, PISTACHIO = rgb("3f6b46"), rgb("7a7a3c"), rgb("9aa583"), rgb("b9c48f")
SAFFRON, OCHRE, GOLD, HONEY = rgb("dfa32f"), rgb("c08a3e"), rgb("c9a14a"), rgb("e3bd6e")
IVORY, CREAM, WOOL, SAND = rgb("f2e8d5"), rgb("ead9bb"), rgb("e3d6bf"), rgb("d4bd96")
CAMEL, WALNUT, UMBER, CHOCOLATE = rgb("b08a5e"), rgb("6a452c"), rgb("4a3022"), rgb("3a241c")
GREY, CHARCOAL, BLACK = rgb("8d857b"), rgb("37322f"), rgb("211c1b")
SILVER, COPPER, BRASS, STEEL = rgb("b9b8b4"), rgb("c87a4c"), rgb("b98f45"), rgb("9aa0a3")
CARNELIAN, LAPIS = rgb("b0402a"), rgb("2a4a92")

WALLS = [
    rgb("efe6d6"),
    rgb("e8d8bf"),
    rgb("dde2da"),
    rgb("e9cdb2"),
    rgb("d3dde2"),
    rgb("f0dfc6"),
    rgb("c9d2c0"),
    rgb("e3bea2"),
    rgb("e8c9bd"),
    rgb("ece6da"),
    rgb("e6cf9f"),
    rgb("b9cfd2"),
]
DEEP_WALLS = [rgb("5a4a42"), rgb("3f4a55"), rgb("4f5a52"), rgb("6a4038"), rgb("2f4650"), rgb("57503f")]
TABLES = [rgb("a98a68"), rgb("8a6a4c"), rgb("c7b08c"), rgb("d8cbb6"), rgb("7a5a44"), rgb("b59c7c")]

# Ground first, then the colours that go on it.
IKAT = [
    (IVORY, MADDER, INDIGO, SAFFRON, BLACK),
    (POMEGRANATE, IVORY, INDIGO, SAFFRON, GREEN),
    (SAFFRON, PLUM, IVORY, TEAL, MADDER),
    (INDIGO, IVORY, SKY, SAFFRON, POMEGRANATE),
    (IVORY, TEAL, PLUM, CORAL, NIGHT),
    (CREAM, INDIGO, BLUE, SKY, WALNUT),
    (GREEN, IVORY, SAFFRON, WINE, SKY),
    (PLUM, HONEY, IVORY, TURQUOISE, POMEGRANATE),
    (IVORY, BLACK, MADDER, GREY, OCHRE),
    (TURQUOISE, IVORY, WINE, SAFFRON, NIGHT),
]
EMBROIDERY = [
    (IVORY, POMEGRANATE, WINE, INDIGO, GREEN, SAFFRON),
    (CREAM, MADDER, CORAL, TEAL, OLIVE, HONEY),
    (WOOL, PLUM, ROSE, INDIGO, SAGE, OCHRE),
    (NIGHT, CORAL, HONEY, SKY, SAGE, IVORY),
    (IVORY, INDIGO, BLUE, TURQUOISE, SAGE, SAFFRON),
    (WINE, HONEY, CORAL, SKY, PISTACHIO, IVORY),
    (SAND, WINE, MADDER, NIGHT, GREEN, IVORY),
    (IVORY, BRICK, SAFFRON, TEAL, GREEN, WINE),
]
RUGS = [
    (WINE, INDIGO, IVORY, BRICK, SAFFRON, TEAL),
    (MADDER, NIGHT, IVORY, OCHRE, GREEN, CORAL),
    (NIGHT, MADDER, IVORY, HONEY, SKY, BRICK),
    (CREAM, MADDER, INDIGO, OCHRE, GREEN, WALNUT),
    (INDIGO, BRICK, CREAM, SAFFRON, SKY, WINE),
    (BRICK, NIGHT, CREAM, SAFFRON, TEAL, IVORY),
    (TEAL, WINE, IVORY, HONEY, CORAL, NIGHT),
    (CAMEL, WINE, NIGHT, IVORY, TEAL, BRICK),
]
FELTS = [
    (WOOL, UMBER),
    (MADDER, NIGHT),
    (IVORY, MADDER),
    (CAMEL, CHOCOLATE),
    (GREY, IVORY),
    (SAFFRON, WINE),
    (INDIGO, CREAM),
    (TEAL, IVORY),
    (CHARCOAL, CORAL),
    (OLIVE, CREAM),
    (PLUM, HONEY),
    (WINE, SAND),
    (SKY, NIGHT),
]
