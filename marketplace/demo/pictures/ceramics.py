"""Glazed ware: Rishtan's turquoise and cobalt, Gijduvan's ochre and green, bowls, plates, teapots."""

import math

from .canvas import darker, lighter, mix, moved, oval, smooth
from .motifs import DROP, LEAF, POMEGRANATE_FRUIT, TULIP, petals, scallop, star
from .palette import rgb
from .solids import (
    GROUND,
    TILT,
    bands,
    girdle,
    motif,
    mouth,
    petal_ring,
    plate_from_above,
    profile_curve,
    ringed,
    solid,
    turned,
)
from .stage import standing, top_down

# ground, dark, mid, bright, accent
RISHTAN = [
    (rgb("eef0ea"), rgb("1f3f86"), rgb("2d8fb0"), rgb("46b3b5"), rgb("6e4a2c")),
    (rgb("e6efee"), rgb("1d4b8c"), rgb("1f9aa6"), rgb("7cc7c2"), rgb("244a3c")),
    (rgb("3aa5b0"), rgb("173a78"), rgb("eef0ea"), rgb("1f6c8e"), rgb("5c3a26")),
    (rgb("1f4f96"), rgb("0f2450"), rgb("e9eeea"), rgb("49b4ba"), rgb("c8a24a")),
    (rgb("f0efe4"), rgb("234d6e"), rgb("2a9a8e"), rgb("3f7fc0"), rgb("7a4a2a")),
]
GIJDUVAN = [
    (rgb("c98f3e"), rgb("4a2a1c"), rgb("4a6a34"), rgb("e6c06a"), rgb("8a3a22")),
    (rgb("8a4a28"), rgb("3a2018"), rgb("d9a850"), rgb("6a7a36"), rgb("f0ddb0")),
    (rgb("5a7040"), rgb("2f2a1c"), rgb("d8aa4e"), rgb("8a4a2a"), rgb("efe0b8")),
    (rgb("dfb766"), rgb("5a3020"), rgb("7a3a22"), rgb("4f6a3a"), rgb("f4e8c8")),
    (rgb("6a3424"), rgb("2c1a14"), rgb("c8953f"), rgb("e8d09a"), rgb("56703e")),
]
CLAY = [
    (rgb("efe6d4"), rgb("5a3a2a"), rgb("a04a34"), rgb("c88a4a"), rgb("2f5a5a")),
    (rgb("f2ece0"), rgb("2a3a5a"), rgb("a8503c"), rgb("6a8a9a"), rgb("c9a14a")),
    (rgb("c9744a"), rgb("5a2a1c"), rgb("efe0c4"), rgb("8a3a26"), rgb("2f3a3a")),
    (rgb("3a4a4a"), rgb("1c2626"), rgb("d8c8a0"), rgb("7aa09a"), rgb("c0703a")),
]


def centre_star(p, cx, cy, r, rng, colours):
    ground, dark, mid, bright, accent = colours
    n = rng.choice([6, 8, 10, 12])
    p.poly(moved(star(n, 0.6), cx, cy, r * 0.5), dark)
    p.poly(moved(star(n, 0.6), cx, cy, r * 0.44), bright)
    petals(p, cx, cy, r * 0.34, n, ground, LEAF)
    petals(p, cx, cy, r * 0.25, n, dark, LEAF)
    p.disc(cx, cy, r * 0.1, accent)
    p.disc(cx, cy, r * 0.05, ground)


def centre_flower(p, cx, cy, r, rng, colours):
    ground, dark, mid, bright, accent = colours
    n = rng.choice([8, 12, 16])
    petals(p, cx, cy, r * 0.52, n, mid, DROP)
    petals(p, cx, cy, r * 0.5, n, dark, LEAF)
    p.poly(moved(scallop(n), cx, cy, r * 0.3), ground)
    petals(p, cx, cy, r * 0.28, n // 2, bright, LEAF)
    p.disc(cx, cy, r * 0.12, dark)
    p.disc(cx, cy, r * 0.06, accent)


def centre_tree(p, cx, cy, r, rng, colours):
    ground, dark, mid, bright, accent = colours
    p.disc(cx, cy, r * 0.54, ground)
    for s in (-1, 0, 1):
        stem = smooth(
            [(cx, cy + r * 0.42), (cx + s * r * 0.16, cy + r * 0.1), (cx + s * r * 0.3, cy - r * 0.18)], False
        )
        p.line(stem, dark, r * 0.016)
        for i in range(2, len(stem), 2):
            for side in (-1, 1):
                p.poly(moved(LEAF, *stem[i], r * 0.1, side * 60 + s * 20), (mid, bright)[i % 4 == 0])
    for x, y in ((0, -0.3), (-0.3, -0.2), (0.3, -0.2)):
        p.poly(moved(POMEGRANATE_FRUIT, cx + x * r, cy + y * r, r * 0.13), dark)
        p.poly(moved(POMEGRANATE_FRUIT, cx + x * r, cy + y * r, r * 0.09), accent)


def centre_lattice(p, cx, cy, r, rng, colours):
    ground, dark, mid, bright, accent = colours
    p.disc(cx, cy, r * 0.55, bright)
    n = rng.choice([8, 10, 12])
    for j, q in enumerate((0.44, 0.3, 0.16)):
        for i in range(n):
            a = 2 * math.pi * (i + j * 0.5) / n
            x, y = cx + q * r * math.cos(a), cy + q * r * math.sin(a)
            p.poly(moved(star(4, 0.5), x, y, r * q * 0.28, math.degrees(a)), (dark, ground, mid)[j])
    p.poly(moved(star(8, 0.7), cx, cy, r * 0.14), accent)
    ringed(p, cx, cy, r * 0.37, dark, r * 0.008)
    ringed(p, cx, cy, r * 0.23, dark, r * 0.008)


def dish(p, cx, cy, r, rng, colours):
    """Rings of ornament about a heart."""
    ground, dark, mid, bright, accent = colours
    p.disc(cx, cy, r * 0.94, rng.choice([ground, mid, lighter(ground, 0.3)]))
    ringed(p, cx, cy, r * 0.95, dark, r * 0.02)
    n = rng.choice([16, 20, 24])
    kind = rng.randrange(5)
    p.disc(cx, cy, r * 0.9, rng.choice([ground, bright, ground]))
    if kind == 0:
        petal_ring(p, cx, cy, r * 0.62, r * 0.26, n, DROP, dark)
        petal_ring(p, cx, cy, r * 0.66, r * 0.15, n, DROP, mid)
        petal_ring(p, cx, cy, r * 0.84, r * 0.05, n, star(4, 0.5), accent, 180 / n)
    elif kind == 1:
        petal_ring(p, cx, cy, r * 0.76, r * 0.12, n // 2, star(8, 0.7), dark)
        petal_ring(p, cx, cy, r * 0.76, r * 0.07, n // 2, star(8, 0.7), mid)
        petal_ring(p, cx, cy, r * 0.7, r * 0.14, n // 2, LEAF, mid, 360 / n)
    elif kind == 2:
        wave = [
            (
                cx + r * (0.75 + 0.09 * math.sin(i * 12 * math.pi / 90)) * math.cos(i * math.pi / 90),
                cy + r * (0.75 + 0.09 * math.sin(i * 12 * math.pi / 90)) * math.sin(i * math.pi / 90),
            )
            for i in range(180)
        ]
        p.line(wave, dark, r * 0.018, closed=True)
        petal_ring(p, cx, cy, r * 0.8, r * 0.1, 12, TULIP, mid, 7)
        petal_ring(p, cx, cy, r * 0.69, r * 0.08, 12, LEAF, accent, 22)
    elif kind == 3:
        for i in range(n):
            a0 = 360 * i / n
            wedge = oval(cx, cy, r * 0.89, n=3, start=a0, end=a0 + 180 / n) + oval(
                cx, cy, r * 0.6, n=3, start=a0 + 180 / n, end=a0
            )
            p.poly(wedge, (dark, mid)[i % 2])
        petal_ring(p, cx, cy, r * 0.75, r * 0.05, n, star(4, 0.5), ground, 90 + 270 / n)
    else:
        for q in (0.86, 0.78, 0.7, 0.64):
            ringed(p, cx, cy, r * q, (dark, mid)[round(q * 100) % 4 == 2], r * 0.02)
        petal_ring(p, cx, cy, r * 0.74, r * 0.045, n * 2, star(6, 0.5), accent)
    p.disc(cx, cy, r * 0.6, dark)
    p.disc(cx, cy, r * 0.58, ground)
    rng.choice([centre_star, centre_flower, centre_tree, centre_lattice])(p, cx, cy, r, rng, colours)


def drips(p, cx, cy, r, rng, colours):
    """Gijduvan: fields of glaze that ran in the fire, dotted with slip."""
    ground, dark, mid, bright, accent = colours
    n = rng.choice([5, 6, 8])
    p.disc(cx, cy, r * 0.95, ground)
    for i in range(n):
        a = 360 * i / n
        x, y = cx + r * 0.62 * math.sin(math.radians(a)), cy - r * 0.62 * math.cos(math.radians(a))
        p.soft(oval(x, y, r * 0.23, n=20), dark, r * 0.03, 0.95)
        p.poly(moved(scallop(8), x, y, r * 0.2), mid)
        petals(p, x, y, r * 0.17, 8, (bright, accent)[i % 2], DROP)
        p.disc(x, y, r * 0.05, dark)
        b = math.radians(a + 180 / n)
        p.poly(moved(LEAF, cx + r * 0.45 * math.sin(b), cy - r * 0.45 * math.cos(b), r * 0.42, a + 180 / n), bright)
        p.poly(moved(LEAF, cx + r * 0.5 * math.sin(b), cy - r * 0.5 * math.cos(b), r * 0.28, a + 180 / n), dark)
    for i in range(n * 6):
        a = 2 * math.pi * i / (n * 6)
        p.disc(cx + r * 0.9 * math.cos(a), cy + r * 0.9 * math.sin(a), r * 0.022, accent)
    p.disc(cx, cy, r * 0.34, dark)
    petals(p, cx, cy, r * 0.32, 10, mid, DROP)
    petals(p, cx, cy, r * 0.22, 10, accent, LEAF)
    p.disc(cx, cy, r * 0.07, dark)
    for _ in range(14):
        a, q = rng.uniform(0, 6.28), rng.uniform(0.35, 0.8)
        x, y = cx + q * r * math.cos(a), cy + q * r * math.sin(a)
        p.soft(oval(x, y, r * 0.05, n=12), bright, r * 0.05, 0.4)


def plates(c, rng, palettes, style=dish):
    top_down(c, rng)
    colours = rng.choice(palettes)
    many = rng.random()
    if many < 0.55:
        plate_from_above(c, 480 + rng.uniform(-20, 20), 600, rng.uniform(370, 420), rng, colours, style)
    elif many < 0.8:
        plate_from_above(c, 370, 400, 310, rng, colours, style)
        plate_from_above(c, 640, 860, 250, rng, rng.choice(palettes), style)
    else:
        for x, y, r in ((290, 330, 215), (700, 470, 190), (330, 830, 240), (740, 930, 160)):
            plate_from_above(c, x, y, r, rng, colours, style)


BOWLS = [
    [(110, 0), (112, 26), (130, 40), (210, 110), (262, 200), (286, 280)],
    [(100, 0), (96, 34), (190, 80), (270, 170), (296, 250)],
    [(80, 0), (84, 22), (150, 60), (190, 150), (210, 250), (228, 300)],
    [(130, 0), (126, 20), (230, 60), (320, 150), (350, 190)],
]


def bowl_at(c, rng, cx, base, size, colours):
    ground, dark, mid, bright, accent = colours
    profile = profile_curve([(r * size, h * size) for r, h in rng.choice(BOWLS)])
    turned(c, profile, cx, base, ground, lambda s: bands(s, profile, rng, (ground, dark, mid, accent)), 0.7)
    mouth(c, profile, cx, base, darker(mid, 0.1), darker(mix(ground, bright, 0.35), 0.1))
    r, h = profile[-1]
    for i in range(24):
        a = 2 * math.pi * i / 24
        c.disc(cx + r * 0.86 * math.cos(a), base - h + r * TILT * 0.8 * math.sin(a), 5 * size, dark, 2.4 * size)


def bowls(c, rng, palettes=None):
    colours = rng.choice(palettes or RISHTAN + GIJDUVAN + CLAY)
    standing(c, rng)
    roll = rng.random()
    if roll < 0.45:
        bowl_at(c, rng, 480, GROUND, 1.0, colours)
    elif roll < 0.75:
        bowl_at(c, rng, 360, GROUND - 30, 0.68, colours)
        bowl_at(c, rng, 610, GROUND + 20, 0.6, colours)
    else:
        size = 0.82
        state = rng.getstate()
        for i in range(3):
            rng.setstate(state)
            bowl_at(c, rng, 480, GROUND - i * 92 * size, size, colours)


def vase(c, rng, palettes):
    colours = rng.choice(palettes)
    ground, dark, mid, bright, accent = colours
    standing(c, rng)
    shape = rng.choice(
        [
            [(110, 0), (120, 20), (210, 160), (220, 280), (120, 420), (80, 480), (84, 540), (110, 590)],
            [(130, 0), (140, 20), (190, 200), (230, 360), (200, 460), (110, 520), (120, 560)],
            [(90, 0), (96, 30), (180, 110), (200, 220), (110, 340), (60, 430), (58, 560), (96, 620)],
        ]
    )
    profile = profile_curve(shape)
    turned(c, profile, 480, GROUND, ground, lambda s: bands(s, profile, rng, (ground, dark, mid, accent)), 0.75)
    mouth(c, profile, 480, GROUND, dark, darker(ground, 0.6))


def teapot(c, rng, palettes=None):
    colours = rng.choice(palettes or RISHTAN + GIJDUVAN + CLAY)
    ground, dark, mid, bright, accent = colours
    standing(c, rng)
    cx, base, s = 470, GROUND, rng.uniform(0.95, 1.1)
    tall = rng.choice([0.85, 1.0, 1.15])
    profile = profile_curve(
        [
            (r * s, h * s * tall)
            for r, h in [(120, 0), (128, 18), (206, 110), (222, 200), (170, 300), (96, 350), (92, 366)]
        ]
    )
    top = profile[-1][1]
    spout = smooth(
        [
            (cx + 180 * s, base - top * 0.36),
            (cx + 268 * s, base - top * 0.5),
            (cx + 300 * s, base - top * 0.82),
            (cx + 346 * s, base - top * 1.0),
            (cx + 318 * s, base - top * 1.03),
            (cx + 262 * s, base - top * 0.86),
            (cx + 190 * s, base - top * 0.7),
        ]
    )
    grip = smooth(
        [
            (cx - 160 * s, base - top * 0.78),
            (cx - 262 * s, base - top * 0.86),
            (cx - 312 * s, base - top * 0.56),
            (cx - 262 * s, base - top * 0.3),
            (cx - 180 * s, base - top * 0.26),
        ],
        False,
    )
    c.line(moved(grip, 6, 8), darker(dark, 0.5), 34 * s)
    c.line(grip, darker(mid, 0.25), 34 * s)
    c.line(moved(grip, -3, -4), mid, 24 * s)
    c.line(moved(grip, -7, -8), lighter(mid, 0.5), 6 * s)
    solid(
        c,
        spout,
        ground,
        lambda p: [p.line(oval(cx + 300 * s, base - top * 0.9, 60 * s, 20 * s), dark, 6)],
        lambda lit: lit.poly(moved(spout, 20, 14), 92),
        shadow=False,
        blur_shade=12,
    )
    turned(c, profile, cx, base, ground, lambda p: bands(p, profile, rng, (ground, dark, mid, accent)), 0.8)
    lid = profile_curve(
        [
            (98 * s, 0),
            (104 * s, 10),
            (60 * s, 44),
            (22 * s, 56),
            (16 * s, 66),
            (28 * s, 84),
            (14 * s, 102),
            (3 * s, 106),
        ]
    )
    turned(
        c,
        lid,
        cx,
        base - top,
        mid,
        lambda p: [girdle(p, 12, 8, dark), [motif(p, LEAF, -90 + i * 18, 14, 6, 30, bright) for i in range(11)]],
        0.6,
        shadow=False,
    )
    if rng.random() < 0.6:
        bowl_at(c, rng, 800 if rng.random() < 0.5 else 150, base + 26, 0.36, colours)


def shards_on_cloth(c, rng, palettes):
    """A table set: one big plate behind, a bowl before it."""
    colours = rng.choice(palettes)
    standing(c, rng)
    plate_from_above(c, 520, 600, 280, rng, colours, dish)
    bowl_at(c, rng, 360, GROUND + 24, 0.55, colours)


def rishtan(c, rng):
    rng.choice(
        [
            lambda: plates(c, rng, RISHTAN),
            lambda: plates(c, rng, RISHTAN),
            lambda: bowls(c, rng, RISHTAN),
            lambda: vase(c, rng, RISHTAN),
            lambda: shards_on_cloth(c, rng, RISHTAN),
        ]
    )()


def gijduvan(c, rng):
    rng.choice(
        [
            lambda: plates(c, rng, GIJDUVAN, drips),
            lambda: plates(c, rng, GIJDUVAN, drips),
            lambda: bowls(c, rng, GIJDUVAN),
            lambda: vase(c, rng, GIJDUVAN),
        ]
    )()


def plate(c, rng):
    style = rng.choice([dish, dish, drips])
    plates(c, rng, GIJDUVAN if style is drips else RISHTAN + CLAY, style)


def bowl(c, rng):
    bowls(c, rng)


def ceramics(c, rng):
    rng.choice(
        [
            lambda: vase(c, rng, CLAY + RISHTAN),
            lambda: shards_on_cloth(c, rng, CLAY + GIJDUVAN),
            lambda: bowls(c, rng, CLAY),
        ]
    )()


def any_teapot(c, rng):
    teapot(c, rng)
