"""What the people in the portraits wear on their heads."""

import math

from .canvas import darker, lighter, moved, oval, smooth, solid
from .headgear import KALAMPIR, fur
from .motifs import DROP, horns, petals, star
from .palette import (
    BLACK,
    EMBROIDERY,
    GOLD,
    INDIGO,
    IVORY,
    MADDER,
    NIGHT,
    POMEGRANATE,
    SAFFRON,
    TEAL,
    WINE,
    rgb,
)


def crown_shape(top, side=120, base=286):
    return smooth(
        [
            (400 - side, base),
            (400 - side * 0.98, base - (base - top) * 0.5),
            (400 - side * 0.5, top + 8),
            (400, top),
            (400 + side * 0.5, top + 8),
            (400 + side * 0.98, base - (base - top) * 0.5),
            (400 + side, base),
            (400, base + 16),
        ],
        True,
        6,
    )


def shaded(c, shape, colour, paint=None, dx=90):
    solid(
        c,
        shape,
        colour,
        paint,
        lambda lit: [lit.poly(moved(shape, dx, 16), 84), lit.poly(moved(shape, -dx * 1.8, -10), 138)],
        shadow=False,
        blur_shade=18,
    )


def kalpak_on(c, rng):
    trim = rng.choice([BLACK, NIGHT, WINE])
    shaded(
        c,
        smooth([(278, 262), (300, 150), (350, 50), (400, 18), (450, 50), (500, 150), (522, 262), (400, 280)], True, 6),
        IVORY,
        lambda p: (
            [
                p.line(smooth([(400, 18), (400 + x * 60, 130), (400 + x * 84, 280)], False), trim, 6)
                for x in (-1, 0.15, 1)
            ]
            + [horns(p, 400 + x * 66, 170, 34, trim, 5) for x in (-0.75, 0.85)]
        ),
    )
    shaded(
        c,
        smooth([(262, 214), (400, 250), (538, 214), (530, 292), (400, 318), (270, 292)], True, 6),
        trim,
        lambda p: [horns(p, 400 + x * 84, 272, 24, IVORY, 4) for x in (-1, 0, 1)],
    )


def fur_hat(c, rng, velvet_top):
    tone = rng.choice([rgb("6a4a34"), rgb("3a2e2a"), rgb("9a6a40"), rgb("cdbfa8")])
    if velvet_top:
        shaded(
            c,
            crown_shape(86, 116),
            velvet_top,
            lambda p: (
                [p.line([(400, 86), (400 + x * 110, 290)], GOLD, 4) for x in (-0.6, 0, 0.6)]
                + [horns(p, 400 + x * 60, 176, 34, GOLD, 4) for x in (-1, 1)]
            ),
        )
    shape = smooth(
        [(264, 226), (330, 196), (400, 190), (470, 196), (536, 226), (540, 290), (400, 304), (260, 290)], True, 6
    )
    shaded(c, shape, darker(tone, 0.3))
    fur(c, rng, lambda r: (r.uniform(262, 538), r.uniform(206, 284)), tone, 22, 520, 1.5)


def telpek_on(c, rng):
    tone = rng.choice([rgb("2a2423"), rgb("efe6d6"), rgb("5a4030")])
    shape = smooth(
        [(232, 280), (210, 180), (270, 80), (400, 50), (530, 80), (590, 180), (568, 280), (400, 300)], True, 6
    )
    shaded(c, shape, darker(tone, 0.3))

    def place(r):
        a, q = r.uniform(0, 6.283), math.sqrt(r.random())
        return 400 + 186 * q * math.cos(a), 168 + 108 * q * math.sin(a)

    fur(c, rng, place, tone, 38, 900, 0.9)
    c.soft(oval(530, 210, 60, 90), (10, 6, 6), 34, 0.4)


def cap(c, rng, round_cap):
    ground, ink = rng.choice([(NIGHT, IVORY), (BLACK, IVORY), (rgb("1f4a3e"), IVORY), (WINE, SAFFRON)])
    inks = rng.choice(EMBROIDERY)[1:]

    def paint(p):
        if round_cap:
            for i in range(9):
                p.poly(moved(DROP, 290 + i * 27.5, 220, 24), inks[i % 3])
                p.poly(moved(star(6, 0.5), 304 + i * 24, 172, 10), inks[(i + 1) % 3])
            p.rect(250, 254, 550, 268, inks[0])
        else:
            for s in (-1, 1):
                p.poly(moved(KALAMPIR, 400 + s * 54, 186, 44, 10 * s, s > 0), ink)
                p.poly(moved(KALAMPIR, 400 + s * 54, 186, 33, 10 * s, s > 0), ground)
                petals(p, 400 + s * 54, 188, 15, 6, ink)
            for i in range(7):
                p.line(oval(298 + i * 34, 266, 13, 24, 14, 180, 360), ink, 4)
            p.line([(400, 138), (400, 236)], ink, 3)
            p.line(smooth([(280, 238), (400, 246), (520, 238)], False), ink, 3)

    if round_cap:
        shaded(c, crown_shape(146, 122, 276), ground, paint)
    else:
        shaded(c, [(280, 280), (284, 210), (400, 128), (516, 210), (520, 280), (400, 294)], ground, paint)


def papakha(c, rng):
    tone = rng.choice([rgb("2e2826"), rgb("5a4638"), rgb("8a7f76")])
    shaded(
        c,
        smooth(
            [(276, 284), (262, 130), (330, 104), (400, 98), (470, 104), (538, 130), (524, 284), (400, 298)], True, 6
        ),
        darker(tone, 0.2),
    )
    fur(c, rng, lambda r: (r.uniform(272, 528), r.uniform(112, 272)), tone, 15, 1000, 2.6)
    c.soft([(470, 110), (540, 120), (530, 290), (470, 290)], (10, 6, 6), 24, 0.45)


def scarf(c, rng, hair, country, tone):
    """A kerchief or shawl about the head; the hair shows at the brow."""
    ink = rng.choice([lighter(tone, 0.6), darker(tone, 0.5), GOLD])
    c.poly(
        smooth(
            [(296, 330), (318, 240), (400, 214), (482, 240), (504, 330), (470, 270), (400, 246), (330, 270)], True, 6
        ),
        hair,
    )
    shape = smooth(
        [
            (282, 400),
            (268, 300),
            (296, 190),
            (400, 138),
            (504, 190),
            (532, 300),
            (520, 420),
            (514, 470),
            (500, 420),
            (500, 300),
            (470, 240),
            (400, 222),
            (330, 240),
            (300, 300),
            (300, 420),
            (286, 470),
            (280, 420),
        ],
        True,
        7,
    )

    def paint(p):
        for i in range(12):
            for j in range(12):
                x, y = 250 + j * 28 + (14 if i % 2 else 0), 150 + i * 38
                if country == "AZ":
                    p.poly(moved(DROP, x, y, 10, 20), ink)
                elif country == "TM":
                    p.poly(moved(star(4, 0.5), x, y, 9), ink)
                else:
                    petals(p, x, y, 9, 6, ink)

    shaded(c, shape, tone, paint, 120)
    c.line(smooth([(300, 420), (300, 300), (330, 240), (400, 222), (470, 240), (500, 300), (500, 420)], False), ink, 5)
    if country in ("KZ", "KG", "TM", "TJ") and rng.random() < 0.6:
        for i in range(9):
            t = -1 + i / 4
            x, y = 400 + t * 92, 238 + 44 * t * t
            c.line([(x, y), (x, y + 22)], rgb("b9b8b4"), 3)
            c.disc(x, y + 28, 8, rgb("8a8a88"))
            c.disc(x - 1, y + 26, 6, rgb("d6d4d0"))
            c.disc(x, y, 6, MADDER)


def braided(c, rng, hair):
    for s in (-1, 1):
        for t in range(9):
            y = 400 + t * 34
            x = 400 + s * (118 + 8 * math.sin(t * 0.7))
            c.disc(x + 3, y + 3, 22, darker(hair, 0.5), 24)
            c.disc(x, y, 20, (hair, lighter(hair, 0.16))[t % 2], 22)


def headwear(c, rng, country, woman, hair, veil):
    if woman:
        if veil:
            scarf(c, rng, hair, country, veil)
            return
        c.poly(
            smooth(
                [
                    (286, 400),
                    (284, 280),
                    (330, 216),
                    (400, 200),
                    (470, 216),
                    (516, 280),
                    (514, 400),
                    (486, 300),
                    (400, 250),
                    (314, 300),
                ],
                True,
                6,
            ),
            hair,
        )
        braided(c, rng, hair)
        if country in ("KZ", "KG"):
            fur_hat(c, rng, rng.choice([WINE, POMEGRANATE, INDIGO, TEAL]))
        else:
            cap(c, rng, True)
        return
    c.poly(
        smooth(
            [
                (288, 370),
                (286, 280),
                (340, 216),
                (460, 216),
                (514, 280),
                (512, 370),
                (490, 300),
                (400, 262),
                (310, 300),
            ],
            True,
            6,
        ),
        hair,
    )
    if country == "KG":
        kalpak_on(c, rng)
    elif country == "KZ":
        fur_hat(c, rng, rng.choice([WINE, INDIGO, rgb("4f6a4a"), NIGHT]))
    elif country == "TM":
        telpek_on(c, rng)
    elif country == "AZ":
        papakha(c, rng)
    else:
        cap(c, rng, country == "TJ")


def fall(c, tone):
    """The part of a shawl that falls behind the neck on the shoulders."""
    shape = smooth(
        [(290, 300), (262, 470), (216, 620), (300, 660), (400, 640), (500, 660), (584, 620), (538, 470), (510, 300)],
        True,
        7,
    )
    c.soft(moved(shape, 8, 14), (30, 20, 18), 14, 0.4)
    solid(
        c,
        shape,
        darker(tone, 0.12),
        None,
        lambda lit: [
            lit.poly([(400 + i * 44, 420), (420 + i * 44, 420), (430 + i * 62, 680), (396 + i * 62, 680)], 92)
            for i in range(-3, 4)
        ],
        shadow=False,
        blur_shade=14,
    )
