"""Makers' portraits: a head and shoulders in the dress of the country, the face left in calm planes of colour."""

import math

from PIL import Image

from .canvas import Canvas, box, darker, lighter, mix, moved, oval, smooth, solid
from .cloth import woven
from .garments import cut_from
from .motifs import DROP, LEAF, horns, petals, rosette, star
from .palette import (
    EMBROIDERY,
    GOLD,
    INDIGO,
    IVORY,
    MADDER,
    NIGHT,
    PLUM,
    POMEGRANATE,
    SAFFRON,
    TEAL,
    WINE,
    WOOL,
    rgb,
)
from .scenes import GROUNDS
from .textiles import block_print, ikat, silk
from .worn import fall, headwear

SKINS = [rgb("d9a87e"), rgb("cf9a70"), rgb("e2b48c"), rgb("c48c62"), rgb("d6a482")]
HAIR = [rgb("2a1f1c"), rgb("3a2a22"), rgb("8a8078"), rgb("c9c2b8"), rgb("1f1a1a")]


def backdrop(c, rng, country):
    """A quiet wall with a large faint pattern of the country, lighter round the head."""
    ground, light, accent = GROUNDS[country]
    tone = mix(
        rng.choice([ground, accent, rgb("b59a7a"), rgb("8fa09a"), rgb("c9a58a")]),
        (222, 206, 184),
        rng.uniform(0.55, 0.8),
    )
    c.img.paste(tone, (0, 0, *c.img.size))
    ink = (*mix(tone, ground, 0.5), 90)
    cell = rng.choice([120, 150, 180])
    for j in range(round(800 / cell) + 2):
        for i in range(round(800 / cell) + 2):
            x, y = i * cell + (cell / 2 if j % 2 else 0), j * cell
            if country in ("KZ", "KG"):
                horns(c, x, y, cell * 0.42, ink, cell * 0.06)
            elif country == "TM":
                for f in (0.42, 0.28, 0.12):
                    c.line(
                        moved(
                            [
                                (-1.2, -0.45),
                                (-0.6, -0.95),
                                (0.6, -0.95),
                                (1.2, -0.45),
                                (1.2, 0.45),
                                (0.6, 0.95),
                                (-0.6, 0.95),
                                (-1.2, 0.45),
                            ],
                            x,
                            y,
                            cell * f * 0.8,
                        ),
                        ink,
                        5,
                        closed=True,
                    )
            elif country == "UZ":
                c.line(moved(star(8, 0.765), x, y, cell * 0.46), ink, 5, closed=True)
                petals(c, x, y, cell * 0.24, 8, ink, LEAF)
            elif country == "TJ":
                petals(c, x, y, cell * 0.4, 12, ink)
            else:
                c.line(moved(DROP, x, y, cell * 0.42, 20), ink, 6, closed=True)
                petals(c, x, y + 8, cell * 0.16, 6, ink)
    c.soft(oval(360, 330, 330, 330), lighter(tone, 0.55), 120, 0.65)
    c.soft([(560, 0), (820, 0), (820, 820), (660, 820)], darker(tone, 0.5), 90, 0.4)


def shoulders(c, rng, woman, country):
    """The garment: open robe over a shirt, or a dress with an embroidered breast."""
    inks = rng.choice(EMBROIDERY)[1:]
    cloth = rng.choice(
        [POMEGRANATE, WINE, TEAL, PLUM, INDIGO, NIGHT, MADDER, rgb("4f6a4a"), rgb("8a6a4a"), rgb("3f4a4a")]
    )
    shape = smooth(
        [
            (400 - 96, 548),
            (400 - 190, 590),
            (400 - 290, 660),
            (400 - 340, 860),
            (400 + 340, 860),
            (400 + 290, 660),
            (400 + 190, 590),
            (400 + 96, 548),
            (400, 580),
        ],
        True,
        8,
    )
    pattern = rng.choice([ikat, silk, block_print, None, None])
    if country in ("KZ", "KG") and pattern is ikat:
        pattern = None
    paint = cut_from(pattern, rng) if pattern else lambda p: p.img.paste(woven(p.img, "plain", 1.6 * p.k))
    c.soft(moved(shape, 26, 10), (40, 28, 24), 30, 0.4)
    solid(
        c,
        shape,
        cloth,
        paint,
        lambda lit: [
            lit.poly(moved(shape, 230, 30), 84),
            lit.poly([(180, 580), (300, 560), (250, 860), (110, 860)], 146),
            lit.poly([(300, 640), (330, 640), (290, 860), (250, 860)], 96),
            lit.poly([(520, 640), (548, 640), (590, 860), (550, 860)], 92),
        ],
        shadow=False,
        blur_shade=26,
    )
    if woman:
        plastron = smooth([(322, 556), (400, 610), (478, 556), (500, 700), (470, 850), (330, 850), (300, 700)])
        solid(
            c,
            plastron,
            darker(cloth, 0.4),
            lambda p: (
                [rosette(p, 400, 668 + i * 86, 36, inks, rng, 10) for i in range(3)]
                + [
                    p.poly(moved(LEAF, 400 + s * 40, 700 + i * 86, 32, s * 60), inks[3])
                    for s in (-1, 1)
                    for i in range(3)
                ]
            ),
            shadow=False,
        )
        c.line(plastron, GOLD, 6, closed=True)
        for i in range(13):
            t = i / 12
            x, y = 400 - 84 + 168 * t, 566 + 66 * math.sin(math.pi * t)
            c.disc(x, y, 10, darker(inks[i % 2], 0.3))
            c.disc(x - 1, y - 2, 8, inks[i % 2])
    else:
        shirt = smooth([(318, 548), (400, 590), (482, 548), (452, 700), (430, 860), (370, 860), (348, 700)], True, 6)
        solid(
            c,
            shirt,
            rng.choice([IVORY, WOOL, rgb("d8d2c4"), rgb("b9c0c0")]),
            lambda p: p.line([(400, 590), (400, 860)], (150, 136, 118), 3),
            lambda lit: lit.rect(410, 540, 500, 860, 104),
            shadow=False,
            blur_shade=14,
        )
        for s in (-1, 1):
            edge = smooth([(400 + s * 92, 546), (400 + s * 60, 680), (400 + s * 36, 860)], False)
            c.line(edge, darker(cloth, 0.5), 26)
            c.line(moved(edge, -3, 0), rng.choice([inks[0], SAFFRON, IVORY]), 6)


def head(c, rng, skin, woman, hair):
    """Neck and face: an oval with a lit and a shaded side, brows and closed, downcast lids; nothing more."""
    c.poly(smooth([(400 - 56, 440), (400 - 60, 560), (400, 604), (400 + 60, 560), (400 + 56, 440)]), darker(skin, 0.18))
    c.soft(oval(410, 505, 66, 34), darker(skin, 0.55), 14, 0.5)
    jaw = 0.94 if woman else 1.0
    face = smooth(
        [
            (400, 206),
            (484, 240),
            (512, 330),
            (496 * jaw + 400 * (1 - jaw), 420),
            (452, 486),
            (400, 512 if woman else 520),
            (348, 486),
            (304 * jaw + 400 * (1 - jaw), 420),
            (288, 330),
            (316, 240),
        ],
        True,
        8,
    )
    for s in (-1, 1):
        c.disc(400 + s * 110, 366, 18, darker(skin, 0.12 if s < 0 else 0.3), 30)
    solid(
        c,
        face,
        skin,
        None,
        lambda lit: [
            lit.poly([(428, 190), (540, 190), (540, 540), (404, 540), (420, 420)], 100),
            lit.poly([(290, 260), (390, 250), (372, 430), (310, 420)], 142),
        ],
        shadow=False,
        blur_shade=30,
    )
    nose = smooth([(404, 340), (416, 394), (424, 414), (400, 424)], False)
    c.soft([(404, 330), (430, 412), (404, 426)], darker(skin, 0.4), 7, 0.5)
    c.line(nose[6:], darker(skin, 0.32), 3)
    brow = hair if sum(hair) < 420 else darker(hair, 0.25)
    for s in (-1, 1):
        x = 400 + s * 54
        c.line(
            smooth([(x - 30, 322 + (4 if s > 0 else 8)), (x, 312), (x + 30, 322 + (8 if s > 0 else 4))], False),
            brow,
            6 if woman else 9,
        )
        c.soft(oval(x, 348, 28, 10), darker(skin, 0.4), 7, 0.4)
        c.line(smooth([(x - 26, 350), (x, 360), (x + 26, 350)], False), darker(skin, 0.72), 5)
    lips = mix(skin, rgb("a8463c"), 0.5 if woman else 0.3)
    c.poly(smooth([(366, 458), (388, 451), (400, 455), (412, 451), (434, 458), (400, 471)]), lips)
    c.line(smooth([(364, 458), (400, 461), (436, 458)], False), darker(lips, 0.4), 3)
    for s in (-1, 1):
        c.soft(oval(400 + s * 66, 414, 26, 20), rgb("c8604a"), 18, 0.2)
    return face


def beard(c, rng, hair):
    kind = rng.randrange(4)
    if kind == 0:
        return
    tone = hair
    c.poly(
        smooth([(352, 446), (380, 434), (400, 440), (420, 434), (448, 446), (424, 448), (400, 446), (376, 448)]), tone
    )
    if kind > 1:
        low = 560 if kind == 3 else 528
        shape = smooth(
            [
                (298, 400),
                (312, 440),
                (352, 470),
                (400, 476),
                (448, 470),
                (488, 440),
                (502, 400),
                (486, 480),
                (446, low - 20),
                (400, low),
                (354, low - 20),
                (314, 480),
            ],
            True,
            6,
        )
        solid(
            c,
            shape,
            tone,
            lambda p: [
                p.line([(310 + i * 12, 450), (330 + i * 9, low)], (*lighter(tone, 0.3), 90), 3) for i in range(16)
            ],
            lambda lit: lit.rect(420, 380, 540, 600, 96),
            shadow=False,
            blur_shade=14,
        )


def portrait(country, rng, k, woman=None):
    """The portrait (800 by 800 units at k). KeyError for a country that is not one of the six."""
    c = Canvas(Image.new("RGB", (round(800 * k), round(800 * k))), k)
    backdrop(c, rng, country)
    drawn = rng.random() < 0.52
    woman = drawn if woman is None else woman
    skin = rng.choice(SKINS)
    hair = rng.choice(HAIR)
    shoulders(c, rng, woman, country)
    veil = (
        rng.choice([POMEGRANATE, IVORY, TEAL, PLUM, SAFFRON, WINE, rgb("d8c4b0"), rgb("8fa8b0")])
        if rng.random() < 0.62 and woman
        else None
    )
    c.soft(oval(440, 380, 130, 170), (40, 28, 22), 34, 0.25)
    if veil:
        fall(c, veil)
    head(c, rng, skin, woman, hair)
    if not woman:
        beard(c, rng, hair)
    headwear(c, rng, country, woman, hair, veil)
    ground, light, accent = GROUNDS[country]
    c.line(box(14, 14, 786, 786), light, 3, closed=True)
    return c.img
