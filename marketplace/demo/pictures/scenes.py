"""Landscapes of the six countries in layers, as a colour print has them, above a band of ornament."""

import math

from .canvas import Canvas, box, darker, lighter, mix, moved, smooth
from .home import pitch
from .land import animal, mountains, poplar, ridge_points, sky, steppe, tulips
from .motifs import LEAF, buta, horns, petals, rosette, star
from .palette import INDIGO, IVORY, MADDER, NIGHT, POMEGRANATE, SAFFRON, TEAL, TURQUOISE, WINE, rgb
from .towns import azerbaijan, uzbekistan


def kazakhstan(c, rng):
    sky(c, rng, 1600, 500)
    mountains(c, rng, 1600, 505, rgb("7f8fa8"), 190, 0.55)
    steppe(c, rng, 1600, 490, 830, rng.choice([rgb("a8a05a"), rgb("93a060"), rgb("b8a262")]))
    for x, y, s in ((1270, 590, 0.3), (1130, 572, 0.24), (rng.uniform(330, 480), 690, 0.56)):
        pitch(c, rng, x, y, s)
    for i in range(4):
        animal(
            c,
            "horse",
            700 + i * 92 + rng.uniform(-20, 20),
            640 + rng.uniform(-16, 30),
            0.17,
            rng.choice([rgb("6a3a22"), rgb("3a2a24"), rgb("b08a5e"), rgb("8a5a3a")]),
            rng.random() < 0.5,
        )
    tulips(c, rng, 1600, 700, 800)


def kyrgyzstan(c, rng):
    low = sky(c, rng, 1600, 470)
    tone = rgb("6f88a8")
    mountains(c, rng, 1600, 470, tone, 370, 0.4)
    lake = rng.choice([rgb("3f86a0"), rgb("4a93a8"), rgb("2f7894")])
    c.rect(0, 470, 1600, 900, lake)
    for i in range(60):
        y = 474 + 200 * (i / 60) ** 1.4
        x, r = rng.uniform(0, 1600), rng.uniform(30, 190)
        c.line([(x - r, y), (x + r, y)], (*(lighter(low, 0.3) if i % 2 else darker(lake, 0.25)), 80), 1.5 + 3 * i / 60)
    c.soft(box(-20, 462, 1620, 480), lighter(low, 0.4), 8, 0.6)
    shore = smooth([(-60, 690), (200, 650), (480, 676), (800, 730), (1120, 720), (1400, 668), (1660, 650)], False)
    grass = rng.choice([rgb("7f9a58"), rgb("8fa060")])
    c.poly([*shore, (1660, 960), (-60, 960)], grass)
    c.line(shore, rgb("d9c9a0"), 8)
    for _ in range(260):
        x, y = rng.uniform(0, 1600), rng.uniform(735, 840)
        c.line([(x, y), (x + rng.uniform(-4, 4), y - 16)], (*darker(grass, 0.3), 130), 2)
    pitch(c, rng, rng.uniform(260, 340), 770, 0.5)
    pitch(c, rng, rng.uniform(1290, 1380), 746, 0.38)
    for i in range(3):
        animal(
            c,
            "horse",
            640 + i * 110,
            778 + rng.uniform(-8, 22),
            0.18,
            rng.choice([rgb("5a3422"), rgb("d9c9b0"), rgb("3a2c28")]),
            i == 1,
        )
    tulips(c, rng, 1600, 770, 815, 36)


def tajikistan(c, rng):
    sky(c, rng, 1600, 520)
    mountains(c, rng, 1600, 540, rgb("8a7f94"), 470, 0.34, 3)
    for i, (tone, base) in enumerate(((rgb("a08a70"), 560), (rgb("8f8060"), 640))):
        pts = ridge_points(rng, 1600, base, 120 - 20 * i, 60, 0.5)
        c.poly([*pts, (1640, 920), (-40, 920)], tone)
    valley = smooth([(-60, 690), (300, 660), (700, 690), (1100, 664), (1660, 700)], False)
    c.poly([*valley, (1660, 960), (-60, 960)], rgb("9aa05c"))
    river = smooth([(760, 664), (700, 700), (860, 735), (640, 790), (760, 860)], False)
    for w, tone in ((96, rgb("d8d2bc")), (74, rgb("5f9fb0")), (30, rgb("9cc8cc"))):
        c.line(river, tone, w * 0.6)
    for _ in range(11):
        x = rng.choice([rng.uniform(60, 560), rng.uniform(980, 1540)])
        house(c, rng, x, 716 + rng.uniform(-26, 46))
    for _ in range(22):
        x = rng.choice([rng.uniform(20, 600), rng.uniform(900, 1580)])
        poplar(c, rng, x, 720 + rng.uniform(-30, 76), rng.uniform(90, 170))
    tulips(c, rng, 1600, 780, 815, 50)


def house(c, rng, x, y):
    w, h = rng.uniform(56, 96), rng.uniform(36, 52)
    clay = rng.choice([rgb("c9a884"), rgb("d6ba96"), rgb("b8977a")])
    c.rect(x - w / 2, y - h, x + w / 2, y, clay)
    c.rect(x + w * 0.16, y - h, x + w / 2, y, darker(clay, 0.2))
    c.rect(x - w / 2 - 5, y - h - 8, x + w / 2 + 5, y - h, darker(clay, 0.35))
    c.rect(x - w * 0.3, y - h * 0.62, x - w * 0.12, y, rgb("4a6a7a"))
    c.rect(x + w * 0.26, y - h * 0.66, x + w * 0.4, y - h * 0.36, darker(clay, 0.6))


def turkmenistan(c, rng):
    sky(c, rng, 1600, 520)
    mountains(c, rng, 1600, 500, rgb("b09a92"), 90, 2.0, 2)
    sand = rng.choice([rgb("dba968"), rgb("d89f62"), rgb("e0b47a")])
    for i in range(5):
        y = 480 + 80 * i
        crest = smooth([(-80 + 1760 * j / 6, y + rng.uniform(-46, 40)) for j in range(7)], False, 12)
        tone = mix(lighter(sand, 0.3), darker(sand, 0.12), i / 4)
        c.poly([*crest, (1700, 960), (-80, 960)], tone)
        for j in range(0, len(crest) - 14, 22):
            part = crest[j : j + 14]
            c.poly(
                [*part, *[(x + 40 + 6 * n, yy + 34 + 5 * n) for n, (x, yy) in enumerate(reversed(part))]],
                (*darker(tone, 0.22), 110),
            )
        c.line(crest, lighter(tone, 0.35), 3)
        if i == 2:
            for n in range(6):
                animal(
                    c,
                    "camel",
                    420 + n * 118,
                    634 + 12 * math.sin(n * 1.7),
                    0.24,
                    rng.choice([rgb("7a5236"), rgb("8a6040"), rgb("5f4030")]),
                )
                c.poly(
                    moved(
                        [(-60, -350), (60, -350), (80, -230), (-80, -230)],
                        420 + n * 118,
                        634 + 12 * math.sin(n * 1.7),
                        0.24,
                    ),
                    (MADDER, INDIGO, WINE)[n % 3],
                )
    for _ in range(9):
        x, y = rng.uniform(40, 1560), rng.uniform(700, 810)
        for _ in range(9):
            a = rng.uniform(-1.1, 1.1)
            c.line(
                smooth(
                    [(x, y), (x + 22 * math.sin(a), y - 22), (x + 44 * math.sin(a * 1.3), y - 44 * math.cos(a * 0.6))],
                    False,
                ),
                rgb("6a6a44"),
                3,
            )
    for i in range(40):
        y = 720 + i * 3
        x = rng.uniform(0, 1600)
        c.line(
            smooth([(x - 60, y), (x - 20, y - 4), (x + 20, y + 3), (x + 70, y)], False), (*darker(sand, 0.25), 60), 2
        )


GROUNDS = {
    "KZ": (TEAL, IVORY, SAFFRON),
    "KG": (MADDER, IVORY, NIGHT),
    "TJ": (rgb("2f5a46"), IVORY, POMEGRANATE),
    "TM": (WINE, IVORY, SAFFRON),
    "UZ": (INDIGO, IVORY, TURQUOISE),
    "AZ": (rgb("5a2030"), rgb("ead2a0"), TURQUOISE),
}


def ornament(c, rng, country, w, y0, y1):
    """A band of the country's own ornament between two lines."""
    ground, light, accent = GROUNDS[country]
    c.rect(-10, y0, w + 10, y1 + 10, ground)
    for y, tone, t in ((y0, accent, 5), (y0 + 9, light, 2), (y1 - 9, light, 2), (y1, accent, 5)):
        c.line([(-10, y), (w + 10, y)], tone, t)
    mid, r = (y0 + y1) / 2, (y1 - y0) * 0.34
    n = round(w / (r * 2.9))
    for i in range(n + 1):
        x = w * i / n
        between = x + w / n / 2
        if country in ("KZ", "KG"):
            horns(c, x, mid, r * 1.02, light if i % 2 else accent, r * 0.17, 45 * (country == "KG"))
            c.poly(moved([(0, -1), (0.6, 0), (0, 1), (-0.6, 0)], between, mid, r * 0.6), accent)
        elif country == "TJ":
            rosette(c, x, mid, r, (accent, light, SAFFRON, ground), rng, 12)
            for s in (-1, 1):
                c.poly(moved(LEAF, between, mid, r * 0.7, 90 * s), SAFFRON)
        elif country == "TM":
            shape = [
                (-1.2, -0.45),
                (-0.6, -0.95),
                (0.6, -0.95),
                (1.2, -0.45),
                (1.2, 0.45),
                (0.6, 0.95),
                (-0.6, 0.95),
                (-1.2, 0.45),
            ]
            for f, tone in ((1, light), (0.86, NIGHT), (0.62, accent), (0.4, light), (0.22, ground)):
                c.poly(moved(shape, x, mid, r * f), tone)
            c.poly(moved(star(4, 0.4), between, mid, r * 0.6), light)
        elif country == "UZ":
            c.poly(moved(star(8, 0.765), x, mid, r), accent)
            c.line(moved(star(8, 0.765), x, mid, r), light, 3, closed=True)
            petals(c, x, mid, r * 0.6, 8, light, LEAF)
            c.poly(moved(star(4, 0.5), between, mid, r * 0.6), light)
        else:
            buta(c, x, mid, r, (light, ground, accent), flip=i % 2 == 1)
            petals(c, between, mid, r * 0.4, 8, accent)


LANDSCAPES = {
    "KZ": kazakhstan,
    "KG": kyrgyzstan,
    "TJ": tajikistan,
    "TM": turkmenistan,
    "UZ": uzbekistan,
    "AZ": azerbaijan,
}


def scene(country, rng, k):
    """The landscape (1600 by 900 units at k), its lowest tenth a band of ornament. KeyError for another country."""
    c = Canvas.blank(1600, 900, k)
    LANDSCAPES[country](c, rng)
    ornament(c, rng, country, 1600, 818, 892)
    return c.img
