"""Makers' portraits: a head and shoulders in the dress of the country, the face left in calm planes of colour."""

import math

from PIL import Image

from .canvas import Canvas, box, darker, lighter, mix, moved, oval, smooth, solid
from .cloth import woven
from .garments import cut_from
from .headgear import KALAMPIR, fur
from .motifs import DROP, LEAF, horns, petals, rosette, star
from .palette import BLACK, EMBROIDERY, GOLD, INDIGO, IVORY, MADDER, NIGHT, PLUM, POMEGRANATE, SAFFRON, TEAL, WINE, WOOL, rgb
from .scenes import GROUNDS
from .textiles import block_print, ikat, silk

SKINS = [rgb("d9a87e"), rgb("cf9a70"), rgb("e2b48c"), rgb("c48c62"), rgb("d6a482")]
HAIR = [rgb("2a1f1c"), rgb("3a2a22"), rgb("8a8078"), rgb("c9c2b8"), rgb("1f1a1a")]


def backdrop(c, rng, country):
    """A quiet wall with a large faint pattern of the country, lighter round the head."""
    ground, light, accent = GROUNDS[country]
    tone = mix(rng.choice([ground, accent, rgb("b59a7a"), rgb("8fa09a"), rgb("c9a58a")]), (222, 206, 184), rng.uniform(0.55, 0.8))
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
                    c.line(moved([(-1.2, -0.45), (-0.6, -0.95), (0.6, -0.95), (1.2, -0.45), (1.2, 0.45), (0.6, 0.95), (-0.6, 0.95), (-1.2, 0.45)], x, y, cell * f * 0.8), ink, 5, closed=True)
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
    cloth = rng.choice([POMEGRANATE, WINE, TEAL, PLUM, INDIGO, NIGHT, MADDER, rgb("4f6a4a"), rgb("8a6a4a"), rgb("3f4a4a")])
    shape = smooth([(400 - 96, 548), (400 - 190, 590), (400 - 290, 660), (400 - 340, 860), (400 + 340, 860), (400 + 290, 660), (400 + 190, 590), (400 + 96, 548), (400, 580)], True, 8)
    pattern = rng.choice([ikat, silk, block_print, None, None])
    if country in ("KZ", "KG") and pattern is ikat:
        pattern = None
    paint = cut_from(pattern, rng) if pattern else lambda p: p.img.paste(woven(p.img, "plain", 1.6 * p.k))
    c.soft(moved(shape, 26, 10), (40, 28, 24), 30, 0.4)
    solid(c, shape, cloth, paint, lambda lit: [lit.poly(moved(shape, 230, 30), 84), lit.poly([(180, 580), (300, 560), (250, 860), (110, 860)], 146),
                                               lit.poly([(300, 640), (330, 640), (290, 860), (250, 860)], 96), lit.poly([(520, 640), (548, 640), (590, 860), (550, 860)], 92)], shadow=False, blur_shade=26)
    if woman:
        plastron = smooth([(322, 556), (400, 610), (478, 556), (500, 700), (470, 850), (330, 850), (300, 700)])
        solid(c, plastron, darker(cloth, 0.4), lambda p: [rosette(p, 400, 668 + i * 86, 36, inks, rng, 10) for i in range(3)] + [
            p.poly(moved(LEAF, 400 + s * 40, 700 + i * 86, 32, s * 60), inks[3]) for s in (-1, 1) for i in range(3)], shadow=False)
        c.line(plastron, GOLD, 6, closed=True)
        for i in range(13):
            t = i / 12
            x, y = 400 - 84 + 168 * t, 566 + 66 * math.sin(math.pi * t)
            c.disc(x, y, 10, darker(inks[i % 2], 0.3))
            c.disc(x - 1, y - 2, 8, inks[i % 2])
    else:
        shirt = smooth([(318, 548), (400, 590), (482, 548), (452, 700), (430, 860), (370, 860), (348, 700)], True, 6)
        solid(c, shirt, rng.choice([IVORY, WOOL, rgb("d8d2c4"), rgb("b9c0c0")]), lambda p: p.line([(400, 590), (400, 860)], (150, 136, 118), 3),
              lambda lit: lit.rect(410, 540, 500, 860, 104), shadow=False, blur_shade=14)
        for s in (-1, 1):
            edge = smooth([(400 + s * 92, 546), (400 + s * 60, 680), (400 + s * 36, 860)], False)
            c.line(edge, darker(cloth, 0.5), 26)
            c.line(moved(edge, -3, 0), rng.choice([inks[0], SAFFRON, IVORY]), 6)


def head(c, rng, skin, woman, hair):
    """Neck and face: an oval with a lit and a shaded side, brows and closed, downcast lids; nothing more."""
    c.poly(smooth([(400 - 56, 440), (400 - 60, 560), (400, 604), (400 + 60, 560), (400 + 56, 440)]), darker(skin, 0.18))
    c.soft(oval(410, 505, 66, 34), darker(skin, 0.55), 14, 0.5)
    jaw = 0.94 if woman else 1.0
    face = smooth([(400, 206), (484, 240), (512, 330), (496 * jaw + 400 * (1 - jaw), 420), (452, 486), (400, 512 if woman else 520), (348, 486),
                   (304 * jaw + 400 * (1 - jaw), 420), (288, 330), (316, 240)], True, 8)
    for s in (-1, 1):
        c.disc(400 + s * 110, 366, 18, darker(skin, 0.12 if s < 0 else 0.3), 30)
    solid(c, face, skin, None, lambda lit: [lit.poly([(428, 190), (540, 190), (540, 540), (404, 540), (420, 420)], 100), lit.poly([(290, 260), (390, 250), (372, 430), (310, 420)], 142)],
          shadow=False, blur_shade=30)
    nose = smooth([(404, 340), (416, 394), (424, 414), (400, 424)], False)
    c.soft([(404, 330), (430, 412), (404, 426)], darker(skin, 0.4), 7, 0.5)
    c.line(nose[6:], darker(skin, 0.32), 3)
    brow = hair if sum(hair) < 420 else darker(hair, 0.25)
    for s in (-1, 1):
        x = 400 + s * 54
        c.line(smooth([(x - 30, 322 + (4 if s > 0 else 8)), (x, 312), (x + 30, 322 + (8 if s > 0 else 4))], False), brow, 6 if woman else 9)
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
    c.poly(smooth([(352, 446), (380, 434), (400, 440), (420, 434), (448, 446), (424, 448), (400, 446), (376, 448)]), tone)
    if kind > 1:
        low = 560 if kind == 3 else 528
        shape = smooth([(298, 400), (312, 440), (352, 470), (400, 476), (448, 470), (488, 440), (502, 400), (486, 480), (446, low - 20), (400, low), (354, low - 20), (314, 480)], True, 6)
        solid(c, shape, tone, lambda p: [p.line([(310 + i * 12, 450), (330 + i * 9, low)], (*lighter(tone, 0.3), 90), 3) for i in range(16)],
              lambda lit: lit.rect(420, 380, 540, 600, 96), shadow=False, blur_shade=14)


def crown_shape(top, side=120, base=286):
    return smooth([(400 - side, base), (400 - side * 0.98, base - (base - top) * 0.5), (400 - side * 0.5, top + 8), (400, top), (400 + side * 0.5, top + 8), (400 + side * 0.98, base - (base - top) * 0.5),
                   (400 + side, base), (400, base + 16)], True, 6)


def shaded(c, shape, colour, paint=None, dx=90):
    solid(c, shape, colour, paint, lambda lit: [lit.poly(moved(shape, dx, 16), 84), lit.poly(moved(shape, -dx * 1.8, -10), 138)], shadow=False, blur_shade=18)


def kalpak_on(c, rng):
    trim = rng.choice([BLACK, NIGHT, WINE])
    shaded(c, smooth([(278, 262), (300, 150), (350, 50), (400, 18), (450, 50), (500, 150), (522, 262), (400, 280)], True, 6), IVORY,
           lambda p: [p.line(smooth([(400, 18), (400 + x * 60, 130), (400 + x * 84, 280)], False), trim, 6) for x in (-1, 0.15, 1)] + [horns(p, 400 + x * 66, 170, 34, trim, 5) for x in (-0.75, 0.85)])
    shaded(c, smooth([(262, 214), (400, 250), (538, 214), (530, 292), (400, 318), (270, 292)], True, 6), trim, lambda p: [horns(p, 400 + x * 84, 272, 24, IVORY, 4) for x in (-1, 0, 1)])


def fur_hat(c, rng, velvet_top):
    tone = rng.choice([rgb("6a4a34"), rgb("3a2e2a"), rgb("9a6a40"), rgb("cdbfa8")])
    if velvet_top:
        shaded(c, crown_shape(86, 116), velvet_top, lambda p: [p.line([(400, 86), (400 + x * 110, 290)], GOLD, 4) for x in (-0.6, 0, 0.6)] + [horns(p, 400 + x * 60, 176, 34, GOLD, 4) for x in (-1, 1)])
    shape = smooth([(264, 226), (330, 196), (400, 190), (470, 196), (536, 226), (540, 290), (400, 304), (260, 290)], True, 6)
    shaded(c, shape, darker(tone, 0.3))
    fur(c, rng, lambda r: (r.uniform(262, 538), r.uniform(206, 284)), tone, 22, 520, 1.5)


def telpek_on(c, rng):
    tone = rng.choice([rgb("2a2423"), rgb("efe6d6"), rgb("5a4030")])
    shape = smooth([(232, 280), (210, 180), (270, 80), (400, 50), (530, 80), (590, 180), (568, 280), (400, 300)], True, 6)
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
    shaded(c, smooth([(276, 284), (262, 130), (330, 104), (400, 98), (470, 104), (538, 130), (524, 284), (400, 298)], True, 6), darker(tone, 0.2))
    fur(c, rng, lambda r: (r.uniform(272, 528), r.uniform(112, 272)), tone, 15, 1000, 2.6)
    c.soft([(470, 110), (540, 120), (530, 290), (470, 290)], (10, 6, 6), 24, 0.45)


def scarf(c, rng, hair, country, tone):
    """A kerchief or shawl about the head; the hair shows at the brow."""
    ink = rng.choice([lighter(tone, 0.6), darker(tone, 0.5), GOLD])
    c.poly(smooth([(296, 330), (318, 240), (400, 214), (482, 240), (504, 330), (470, 270), (400, 246), (330, 270)], True, 6), hair)
    shape = smooth([(282, 400), (268, 300), (296, 190), (400, 138), (504, 190), (532, 300), (520, 420), (514, 470), (500, 420), (500, 300), (470, 240), (400, 222), (330, 240),
                    (300, 300), (300, 420), (286, 470), (280, 420)], True, 7)

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
        c.poly(smooth([(286, 400), (284, 280), (330, 216), (400, 200), (470, 216), (516, 280), (514, 400), (486, 300), (400, 250), (314, 300)], True, 6), hair)
        braided(c, rng, hair)
        if country in ("KZ", "KG"):
            fur_hat(c, rng, rng.choice([WINE, POMEGRANATE, INDIGO, TEAL]))
        else:
            cap(c, rng, True)
        return
    c.poly(smooth([(288, 370), (286, 280), (340, 216), (460, 216), (514, 280), (512, 370), (490, 300), (400, 262), (310, 300)], True, 6), hair)
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
    shape = smooth([(290, 300), (262, 470), (216, 620), (300, 660), (400, 640), (500, 660), (584, 620), (538, 470), (510, 300)], True, 7)
    c.soft(moved(shape, 8, 14), (30, 20, 18), 14, 0.4)
    solid(c, shape, darker(tone, 0.12), None, lambda lit: [lit.poly([(400 + i * 44, 420), (420 + i * 44, 420), (430 + i * 62, 680), (396 + i * 62, 680)], 92) for i in range(-3, 4)],
          shadow=False, blur_shade=14)


def portrait(country, rng, k, woman=None):
    """The portrait (800 by 800 units at k). KeyError for a country that is not one of the six."""
    c = Canvas(Image.new("RGB", (round(800 * k), round(800 * k))), k)
    backdrop(c, rng, country)
    drawn = rng.random() < 0.52
    woman = drawn if woman is None else woman
    skin = rng.choice(SKINS)
    hair = rng.choice(HAIR)
    shoulders(c, rng, woman, country)
    veil = rng.choice([POMEGRANATE, IVORY, TEAL, PLUM, SAFFRON, WINE, rgb("d8c4b0"), rgb("8fa8b0")]) if rng.random() < 0.62 and woman else None
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
