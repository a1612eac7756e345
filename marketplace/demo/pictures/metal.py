"""Copper jugs and trays, chased and tinned; knives of Chust with inlaid handles."""

import math

from .canvas import darker, lighter, moved, oval, smooth, solid
from .motifs import LEAF, petals, scallop, star
from .palette import BRASS, COPPER, IVORY, STEEL, rgb
from .solids import GROUND, bands, girdle, petal_ring, plate_from_above, profile_curve, ringed, turned
from .stage import flat_shadow, standing, top_down

METALS = [COPPER, rgb("a85a3a"), BRASS, rgb("b8b4aa"), rgb("9a5a3c")]
JUGS = [
    [(120, 0), (126, 14), (96, 40), (190, 130), (216, 230), (150, 340), (72, 410), (58, 520), (84, 600)],
    [(130, 0), (134, 16), (110, 36), (204, 110), (210, 200), (110, 300), (56, 380), (54, 560), (70, 640)],
    [(110, 0), (116, 12), (80, 50), (160, 150), (200, 280), (176, 380), (90, 450), (84, 500), (110, 540)],
]


def chased(colour):
    """The four tones of engraving in a metal: body, cut line, raised ground, bright."""
    return colour, darker(colour, 0.5), darker(colour, 0.26), lighter(colour, 0.35)


def jug(c, rng):
    colour = rng.choice(METALS)
    standing(c, rng)
    s = rng.uniform(0.92, 1.04)
    profile = profile_curve([(r * s, h * s) for r, h in rng.choice(JUGS)])
    cx, base, top = 490, GROUND, profile[-1][1]
    side = rng.choice([-1, 1])
    grip = smooth(
        [
            (cx - side * 60 * s, base - top * 0.94),
            (cx - side * 180 * s, base - top * 0.98),
            (cx - side * 250 * s, base - top * 0.74),
            (cx - side * 210 * s, base - top * 0.5),
            (cx - side * 170 * s, base - top * 0.42),
        ],
        False,
    )
    spout = [
        (cx + side * 150 * s, base - top * 0.34),
        (cx + side * 232 * s, base - top * 0.46),
        (cx + side * 262 * s, base - top * 0.76),
        (cx + side * 312 * s, base - top * 0.95),
        (cx + side * 286 * s, base - top * 0.97),
        (cx + side * 228 * s, base - top * 0.8),
        (cx + side * 168 * s, base - top * 0.54),
    ]
    for shift, tone, width in (
        (5, darker(colour, 0.6), 26),
        (0, darker(colour, 0.2), 24),
        (-4, lighter(colour, 0.2), 10),
        (-6, lighter(colour, 0.7), 3),
    ):
        c.line(moved(grip, shift, shift), tone, width * s)
    outline = smooth(spout)
    solid(
        c,
        outline,
        colour,
        None,
        lambda lit: [lit.poly(moved(outline, 18 if side > 0 else 24, 10), 80)],
        shadow=False,
        blur_shade=8,
    )
    c.soft(
        moved(oval(0, 0, 8 * s, 90 * s), cx + side * 246 * s, base - top * 0.66, 1, side * 14), (255, 246, 230), 6, 0.6
    )
    turned(c, profile, cx, base, colour, lambda p: bands(p, profile, rng, chased(colour)), 0.95)
    lid = profile_curve(
        [
            (profile[-1][0], 0),
            (profile[-1][0] * 0.9, 16),
            (40 * s, 50),
            (16 * s, 74),
            (10 * s, 88),
            (18 * s, 104),
            (3, 124),
        ]
    )
    turned(
        c,
        lid,
        cx,
        base - top,
        darker(colour, 0.08),
        lambda p: girdle(p, 12, 10, darker(colour, 0.4)),
        0.8,
        shadow=False,
    )


def engraved(p, cx, cy, r, rng, colours):
    body, cut, ground, bright, _ = colours
    p.disc(cx, cy, r, body)
    n = rng.choice([12, 16, 20])
    for q in (0.95, 0.9, 0.66, 0.62, 0.3):
        ringed(p, cx, cy, r * q, cut, r * 0.012)
    petal_ring(p, cx, cy, r * 0.7, r * 0.18, n, LEAF, cut)
    petal_ring(p, cx, cy, r * 0.72, r * 0.13, n, LEAF, bright)
    petal_ring(p, cx, cy, r * 0.86, r * 0.03, n, star(4), cut, 180 / n)
    p.poly(moved(star(n // 2, 0.7), cx, cy, r * 0.58), ground)
    p.poly(moved(star(n // 2, 0.7, 180 / (n // 2)), cx, cy, r * 0.54), body)
    p.line(moved(star(n // 2, 0.7), cx, cy, r * 0.58), cut, r * 0.012, closed=True)
    p.line(moved(star(n // 2, 0.55, 180 / (n // 2)), cx, cy, r * 0.58), cut, r * 0.01, closed=True)
    petals(p, cx, cy, r * 0.28, n // 2, cut, LEAF)
    petals(p, cx, cy, r * 0.2, n // 2, bright, LEAF)
    for _ in range(220):
        a, q = rng.uniform(0, 6.28), r * math.sqrt(rng.uniform(0.1, 0.8))
        p.disc(cx + q * math.cos(a), cy + q * math.sin(a), r * 0.006, cut)


def tray(c, rng):
    colour = rng.choice(METALS)
    top_down(c, rng)
    colours = (*chased(colour), colour)
    r = rng.uniform(370, 410)
    if rng.random() < 0.4:
        edge = moved(scallop(18, 0.05), 480, 600, r * 1.05)
        flat_shadow(c, edge, 20, 28, 20)
        c.poly(edge, darker(colour, 0.15))
    plate_from_above(c, 480, 600, r, rng, colours, engraved)
    for a in (25, 115, 205, 295):
        wedge = [(480, 600), *oval(480, 600, r * 0.96, n=6, start=a, end=a + 24)]
        c.soft(wedge, lighter(colour, 0.9), 22, 0.5 if a == 205 else 0.34)
        wedge = [(480, 600), *oval(480, 600, r * 0.96, n=6, start=a + 42, end=a + 66)]
        c.soft(wedge, darker(colour, 0.5), 26, 0.3)


def copper(c, rng):
    rng.choice([jug, jug, tray])(c, rng)


HANDLES = [rgb("efe6d2"), rgb("3a2018"), rgb("2a2a2c"), rgb("7a2a22"), rgb("1f5a5a"), rgb("8a5a34"), rgb("25406e")]


def one_knife(c, rng, x, y, size, turn):
    """A Chust knife: broad blade with an upturned point, a bolster of chased brass, a handle set with dots."""

    def at(points):
        return moved(points, x, y, size, turn)

    belly = rng.uniform(34, 52)
    blade = [
        (0, -26),
        *smooth([(0, -26), (150, -30), (270, -40), (372, -78)], False),
        *smooth([(372, -78), (330, -10), (230, belly * 0.75), (90, belly), (0, 24)], False),
    ]
    handle = smooth(
        [(-4, -24), (-90, -20), (-190, -26), (-262, -34), (-284, -14), (-270, 18), (-190, 22), (-90, 24), (-4, 26)]
    )
    colour = rng.choice(HANDLES)

    def blade_paint(p):
        p.poly(at([(0, -26), (150, -30), (270, -40), (372, -78), (320, -40), (150, -10), (0, -6)]), darker(STEEL, 0.32))
        p.line(at(smooth([(10, -8), (150, -12), (270, -24), (350, -60)], False)), lighter(STEEL, 0.7), 2.5 * size)
        p.poly(
            at([(0, 8), (90, 30), (230, belly * 0.6), (340, -30), (230, belly * 0.8), (90, belly), (0, 26)]),
            lighter(STEEL, 0.75),
        )
        for i in range(5):
            p.line(at([(30 + i * 26, -20), (44 + i * 26, -16), (30 + i * 26, -12)]), darker(STEEL, 0.6), 2 * size)

    solid(c, at(blade), STEEL, blade_paint)

    def handle_paint(p):
        spots = [IVORY, rgb("b0402a"), rgb("2f9aa0"), BRASS]
        for i in range(7):
            for s in (-1, 1):
                ((px, py),) = at([(-40 - i * 33, s * 9)])
                p.disc(px, py, 6.5 * size, darker(colour, 0.4))
                p.disc(px, py, 5 * size, spots[(i + (s > 0)) % 4] if colour != IVORY else spots[1 + (i % 3)])
            ((px, py),) = at([(-56 - i * 33, 0)])
            p.disc(px, py, 3 * size, BRASS)
        p.line(at([(-20, -16), (-260, -24)]), lighter(colour, 0.55), 5 * size)
        p.line(at([(-20, 21), (-260, 17)]), darker(colour, 0.6), 8 * size)

    solid(c, at(handle), colour, handle_paint)
    solid(
        c,
        at([(-30, -30), (12, -32), (12, 34), (-30, 32)]),
        BRASS,
        lambda p: [
            p.line(
                at([(-24 + i * 8, -28), (-24 + i * 8, 30)]),
                (darker(BRASS, 0.5), lighter(BRASS, 0.6))[i % 2],
                2.4 * size,
            )
            for i in range(5)
        ],
    )


def sheath(c, rng, x, y, size, turn):
    leather = rng.choice([rgb("5a2a1e"), rgb("2a2220"), rgb("7a4a2c"), rgb("6a1f24")])
    shape = moved(
        smooth([(-20, -52), (200, -60), (360, -86), (392, -70), (360, -20), (220, 50), (-20, 54)]), x, y, size, turn
    )

    def paint(p):
        p.line(moved([(0, -40), (200, -48), (350, -72)], x, y, size, turn), lighter(leather, 0.4), 3 * size)
        for i in range(5):
            ((px, py),) = moved([(40 + i * 62, -6 - i * 6)], x, y, size, turn)
            petals(p, px, py, 24 * size, 6, BRASS)
            p.disc(px, py, 6 * size, leather)

    solid(c, shape, leather, paint, lambda lit: lit.poly(moved(shape, 0, 26 * size), 84), blur_shade=10)


def knife(c, rng):
    top_down(c, rng)
    turn = rng.choice([-58, -50, -35, 40, 52, -125])
    roll = rng.random()
    if roll < 0.4:
        one_knife(c, rng, 450, 620, 1.36, turn)
    elif roll < 0.75:
        one_knife(c, rng, 380, 560, 1.24, turn)
        dx, dy = (-math.sin(math.radians(turn)), math.cos(math.radians(turn)))
        sign = 1 if dx > 0 else -1
        sheath(c, rng, 440 + sign * dx * 190, 650 + sign * dy * 190, 1.16, turn)
    else:
        for i in range(3):
            one_knife(c, rng, 460 + (i - 1) * 20, 330 + i * 270, 1.15, rng.uniform(-12, 0))


def metal(c, rng):
    rng.choice([tray, jug])(c, rng)
