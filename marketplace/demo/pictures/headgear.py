"""Skullcaps, kalpaks, telpeks and fur-trimmed hats on a table or a wooden block."""

import math

from .canvas import darker, lighter, mix, moved, oval, smooth, solid
from .garments import cut_from
from .motifs import DROP, LEAF, horns, petals, star
from .palette import (
    BLACK,
    CHOCOLATE,
    EMBROIDERY,
    GREEN,
    INDIGO,
    IVORY,
    MADDER,
    NIGHT,
    PLUM,
    POMEGRANATE,
    SAFFRON,
    TEAL,
    WALNUT,
    WINE,
    WOOL,
)
from .solids import GROUND, girdle, motif, profile_curve, round_motifs, turned
from .stage import flat_shadow, stand_shadow, standing, top_down
from .textiles import ikat


def block(c, cx, base, height):
    """A turned stand under a hat; returns the height of its top."""
    profile = profile_curve(
        [(120, 0), (124, 12), (60, 34), (34, 60), (30, height - 40), (60, height - 10), (64, height)]
    )
    turned(c, profile, cx, base, WALNUT, None, 0.4)
    return base - height


KALAMPIR = smooth(
    [(0.62, -0.7), (0.1, -0.62), (-0.45, -0.2), (-0.6, 0.3), (-0.25, 0.62), (0.2, 0.42), (0.28, 0.0), (0.5, -0.3)],
    steps=4,
)


def skullcap(c, rng):
    """A four-sided doppi: almonds (kalampir) on the crown, little arches on the band; or a round flowered cap."""
    square = rng.random() < 0.55
    ground, ink = rng.choice(
        [(NIGHT, IVORY), (BLACK, IVORY), ((26, 60, 50), IVORY), (WINE, SAFFRON), (PLUM, IVORY), ((28, 40, 90), IVORY)]
    )
    inks = rng.choice(EMBROIDERY)[1:]
    if rng.random() < 0.5:
        return cap_from_above(c, rng, ground, ink, inks, square)
    standing(c, rng)
    base = block(c, 480, GROUND, 130) + 10 if rng.random() < 0.5 else GROUND
    s = 1.25
    if square:
        outline = [
            (480 - 205 * s, base),
            (480 - 196 * s, base - 96 * s),
            (480 - 30 * s, base - 236 * s),
            (480 + 190 * s, base - 108 * s),
            (480 + 205 * s, base),
        ]
        crown_l = [(480 - 196 * s, base - 96 * s), (480 - 30 * s, base - 236 * s), (480 + 20 * s, base - 84 * s)]
        stand_shadow(c, 480, base, 210 * s, 160)
        outline = outline[:-1] + oval(480, base, 205 * s, 26 * s, 16, 0, 180)[:-1]

        def paint(p):
            for t, shape in enumerate(
                (
                    crown_l,
                    [(480 - 30 * s, base - 236 * s), (480 + 190 * s, base - 108 * s), (480 + 20 * s, base - 84 * s)],
                )
            ):
                p.poly(shape, lighter(ground, 0.06 if t == 0 else 0.0))
                cx, cy = sum(x for x, _ in shape) / 3, sum(y for _, y in shape) / 3
                p.poly(moved(KALAMPIR, cx, cy, 66 * s, -20 + 20 * t, t == 1), ink)
                p.poly(moved(KALAMPIR, cx, cy, 50 * s, -20 + 20 * t, t == 1), ground)
                petals(p, cx, cy, 26 * s, 7, ink, LEAF)
                p.line(shape, ink, 4, closed=True)
            for i in range(8):
                x = 480 - 190 * s + i * 54 * s
                y = base - 26 * s + 20 * s * math.cos((x - 480) / 205 / s * 1.5)
                p.line(oval(x, y + 6, 22 * s, 46 * s, 16, 180, 360), ink, 5)
                p.line(oval(x, y + 6, 14 * s, 32 * s, 16, 180, 360), ink, 3)
                p.poly(moved(DROP, x, y - 6 * s, 12 * s), ink)
            p.line(oval(480, base - 92 * s, 200 * s, 18 * s, 20, 0, 180), ink, 4)
            p.line(oval(480, base - 8, 204 * s, 24 * s, 20, 0, 180), ink, 6)

        solid(
            c,
            outline,
            ground,
            paint,
            lambda lit: [
                lit.poly(
                    [(480 + 20 * s, base - 250 * s), (760, base - 250 * s), (760, base + 60), (560, base + 60)], 92
                ),
                lit.poly([(200, base - 300), (400, base - 300), (380, base + 50), (240, base + 50)], 146),
            ],
            shadow=False,
            blur_shade=26,
        )
        return None
    profile = profile_curve(
        [(200 * s, 0), (204 * s, 60 * s), (196 * s, 110 * s), (150 * s, 160 * s), (70 * s, 184 * s), (4, 190 * s)]
    )

    def round_paint(p):
        girdle(p, 8, 12, inks[0])
        girdle(p, 104 * s, 6, inks[1])
        n = rng.choice([7, 9])
        round_motifs(
            p,
            56 * s,
            40 * s,
            n,
            lambda x, y, sx, sy: [
                motif(p, DROP, x, y, sx * 0.9, sy, inks[0]),
                motif(p, DROP, x, y, sx * 0.5, sy * 0.55, inks[1]),
            ],
        )
        round_motifs(p, 140 * s, 24 * s, n, lambda x, y, sx, sy: [motif(p, star(8), x, y, sx * 0.8, sy, inks[2])])

    turned(c, profile, 480, base, ground, round_paint, 0.12)
    return None


def cap_from_above(c, rng, ground, ink, inks, square):
    top_down(c, rng)
    r, turn = 330, rng.uniform(0, 90)
    rim = [(480 + px * r, 600 + py * r) for px, py in (moved(oval(0, 0, 1), turn=turn))]
    if square:
        rim = smooth(
            [
                (480 + r * q * math.cos(math.radians(turn + a)), 600 + r * q * math.sin(math.radians(turn + a)))
                for a, q in (
                    (0, 1.08),
                    (45, 0.93),
                    (90, 1.08),
                    (135, 0.93),
                    (180, 1.08),
                    (225, 0.93),
                    (270, 1.08),
                    (315, 0.93),
                )
            ]
        )
    flat_shadow(c, rim, 26, 34, 26, 0.6)

    def paint(p):
        if not square:
            for q, tone in ((0.96, inks[0]), (0.9, ground), (0.72, inks[1]), (0.69, ground)):
                p.disc(480, 600, r * q, tone)
            for i in range(14):
                a = math.radians(i * 360 / 14)
                p.poly(
                    moved(DROP, 480 + r * 0.8 * math.cos(a), 600 + r * 0.8 * math.sin(a), 34, math.degrees(a) + 90),
                    inks[i % 3],
                )
            petals(p, 480, 600, r * 0.62, 12, inks[0], LEAF)
            petals(p, 480, 600, r * 0.45, 12, inks[1], LEAF)
            p.disc(480, 600, r * 0.14, inks[2])
            return
        for i in range(4):
            a = turn + i * 90
            p.line([(480, 600), moved([(r * 1.08, 0)], 480, 600, 1, a)[0]], ink, 5)
            x, y = moved([(r * 0.52, 0)], 480, 600, 1, a + 45)[0]
            p.poly(moved(KALAMPIR, x, y, 105, a + 110), ink)
            p.poly(moved(KALAMPIR, x, y, 84, a + 110), ground)
            petals(p, x - 4, y + 4, 44, 9, ink, LEAF)
            for t in range(5):
                px, py = moved([(r * (0.78 + 0.02 * abs(t - 2)), 0)], 480, 600, 1, a + 9 + t * 18)[0]
                p.line(oval(px, py, 20, n=20), ink, 4, closed=True)
                p.disc(px, py, 7, ink)

    def shade(lit):
        for i in range(4):
            a = turn + i * 90
            tone = 128 + round(34 * math.cos(math.radians(a + 45 - 225)))
            lit.poly(
                [(480, 600), *[moved([(r * 1.2, 0)], 480, 600, 1, a + t * 15)[0] for t in range(7)]],
                tone if square else (tone + 128) // 2,
            )

    solid(c, rim, ground, paint, shade, shadow=False, blur_shade=10)


def kalpak(c, rng):
    """The tall white felt hat, four panels edged in black, brim turned up, a tassel."""
    standing(c, rng)
    s = rng.uniform(1.0, 1.12)
    base = block(c, 480, GROUND, 150) + 20
    felt = rng.choice([IVORY, WOOL, (232, 226, 214), (206, 198, 186)])
    trim = rng.choice([BLACK, NIGHT, WINE, GREEN, INDIGO])
    lean = rng.uniform(-14, 14)
    top = (480 + lean, base - 500 * s)
    crown = smooth(
        [
            (480 - 200 * s, base - 60),
            (480 - 190 * s, base - 190 * s),
            (480 - 140 * s, base - 350 * s),
            (480 - 60 * s, base - 470 * s),
            top,
            (480 + 60 * s, base - 470 * s),
            (480 + 140 * s, base - 350 * s),
            (480 + 190 * s, base - 190 * s),
            (480 + 200 * s, base - 60),
            (480, base - 20),
        ]
    )

    def paint(p):
        for x in (-0.36, 0.42):
            seam = smooth(
                [
                    (top[0], top[1]),
                    (480 + x * 130 * s, base - 380 * s),
                    (480 + x * 260 * s, base - 200 * s),
                    (480 + x * 290 * s, base),
                ],
                False,
            )
            p.line(seam, trim, 7)
        for x in (-0.9, 0.02, 0.92):
            horns(p, 480 + x * 130 * s, base - 230 * s, 76 * s, trim, 8, arms=rng.choice([1, 4]))

    solid(
        c,
        crown,
        felt,
        paint,
        lambda lit: [lit.poly(moved(crown, 190, 0), 78), lit.poly(moved(crown, -280, -10), 112)],
        blur_shade=44,
    )
    brim = [
        (480 - 240 * s, base - 120 * s),
        *smooth(
            [
                (480 - 222 * s, base),
                (480 - 110 * s, base + 26),
                (480, base + 32),
                (480 + 110 * s, base + 26),
                (480 + 222 * s, base),
            ],
            False,
        ),
        (480 + 240 * s, base - 120 * s),
        *smooth([(480 + 120 * s, base - 76 * s), (480, base - 62 * s), (480 - 120 * s, base - 76 * s)], False),
    ]
    lined = rng.choice([trim, trim, felt])
    solid(
        c,
        brim,
        lined,
        lambda p: [
            horns(p, 480 + x * 150 * s, base - 36 * s, 44 * s, felt if lined == trim else trim, 6) for x in (-1, 0, 1)
        ],
        lambda lit: [
            lit.poly([(480 + 80 * s, base - 200), (800, base - 200), (800, base + 60), (480 + 140 * s, base + 60)], 84)
        ],
        blur_shade=30,
    )
    c.line(brim, lighter(trim, 0.1) if lined != trim else felt, 5, closed=True)
    for i in range(9):
        c.line([top, (top[0] + (i - 4) * 5, top[1] + 70 + 6 * math.sin(i))], trim, 4)
    c.disc(*top, 11, trim)


def fur(c, rng, shape, colour, length, n, spin=1.0):
    """A shaggy fleece over a shape given as (x, y) points it may sprout from."""
    for i in range(n):
        x, y = shape(rng)
        tone = mix(darker(colour, 0.45), lighter(colour, 0.35), rng.random() ** 1.2)
        a = rng.uniform(-1, 1) * spin
        curl = [(x, y)]
        for t in range(1, 6):
            curl.append(
                (
                    x + length * t / 5 * math.sin(a + t * 0.5 * (1 if i % 2 else -1)),
                    y + length * t / 5 * abs(math.cos(a)),
                )
            )
        c.line(curl, tone, rng.uniform(3, 6))


def locks(c, rng, shape, colour, n):
    """Tight hanging curls of sheepskin, the lower ones under the upper: each a hook, dark beneath and lit above."""
    for x, y in sorted((shape(rng) for _ in range(n)), key=lambda p: -p[1]):
        r, start = rng.uniform(12, 20), rng.uniform(120, 220)
        hook = [(x + rng.uniform(-5, 5), y - 1.5 * r)] + oval(
            x, y, r, r * 1.15, 12, start, start - rng.uniform(230, 330)
        )
        tone = mix(darker(colour, 0.3), lighter(colour, 0.3), rng.random())
        c.line(moved(hook, 2, 3), darker(colour, 0.62), 7)
        c.line(hook, tone, 6)
        c.line(moved(hook, -1, -1.5), lighter(tone, 0.22), 2)


def telpek(c, rng):
    """The Turkmen sheepskin hat: long curls, white, brown or black."""
    standing(c, rng)
    colour = rng.choice([(236, 228, 212), (44, 36, 34), (96, 66, 44), (180, 160, 136), (30, 28, 30), (222, 206, 180)])
    base = block(c, 480, GROUND, 130) + 40
    w, h = rng.uniform(214, 240), rng.uniform(330, 400)
    body = smooth(
        [
            (480 - w, base - 30),
            (480 - w * 1.06, base - h * 0.55),
            (480 - w * 0.8, base - h * 0.95),
            (480, base - h * 1.06),
            (480 + w * 0.8, base - h * 0.95),
            (480 + w * 1.06, base - h * 0.55),
            (480 + w, base - 30),
            (480, base),
        ]
    )
    solid(c, body, darker(colour, 0.3))

    def place(r):
        u, v = r.uniform(-1, 1), r.uniform(-1, 1)
        bulge = 1 - abs(v) ** 3 * 0.22
        return 480 + w * 1.02 * u * bulge, base - h * 0.52 + h * 0.5 * v * (1 - abs(u) ** 3 * 0.2)

    locks(c, rng, place, colour, 640)
    c.soft(moved(oval(0, 0, w * 0.6, h * 0.7), 480 + w * 0.66, base - h * 0.4), darker(colour, 0.8), 70, 0.5)
    c.soft(oval(480 - w * 0.4, base - h * 0.75, w * 0.36, h * 0.2), (255, 248, 232), 50, 0.34)
    c.soft(oval(480, base + 30, w * 0.9, 26), CHOCOLATE, 14, 0.4)


def hat(c, rng):
    """A pointed or domed hat of velvet or ikat with a fur band."""
    standing(c, rng)
    base = block(c, 480, GROUND, 150) + 14
    ground = rng.choice([POMEGRANATE, WINE, INDIGO, TEAL, PLUM, GREEN, MADDER, NIGHT])
    fur_colour = rng.choice([(74, 50, 36), (150, 112, 74), (40, 34, 32), (214, 200, 178), (176, 96, 50)])
    tall = rng.uniform(260, 400)
    point = smooth(
        [
            (480 - 206, base - 90),
            (480 - 190, base - 160),
            (480 - 120, base - 90 - tall * 0.62),
            (480 - 20, base - 90 - tall),
            (480 + 20, base - 90 - tall),
            (480 + 120, base - 90 - tall * 0.62),
            (480 + 190, base - 160),
            (480 + 206, base - 90),
            (480, base - 60),
        ]
    )
    paint = (
        cut_from(ikat, rng)
        if rng.random() < 0.35
        else lambda p: (
            [horns(p, 480 + x * 140, base - 190 - (60 if x == 0 else 0), 84, (226, 186, 104), 8) for x in (-1, 0, 1)]
            + [p.line([(480, base - 90 - tall), (480 + x * 200, base - 60)], (210, 160, 80), 5) for x in (-0.8, 0.8)]
        )
    )
    solid(
        c,
        point,
        ground,
        paint,
        lambda lit: [lit.poly(moved(point, 180, 20), 76), lit.poly(moved(point, -290, 0), 108)],
        blur_shade=40,
    )
    c.disc(480, base - 92 - tall, 14, (226, 186, 104))
    c.disc(476, base - 97 - tall, 5, (255, 240, 200))
    band = smooth(
        [
            (480 - 226, base - 110),
            (480, base - 76),
            (480 + 226, base - 110),
            (480 + 236, base - 30),
            (480, base + 16),
            (480 - 236, base - 30),
        ]
    )
    solid(c, band, darker(fur_colour, 0.3))

    def place(r):
        x = r.uniform(-232, 232)
        return 480 + x, base - 70 + 26 * math.cos(x / 232 * 1.5) + r.uniform(-44, 34)

    fur(c, rng, place, fur_colour, 30, 1300, 1.5)
    c.soft([(560, base - 110), (730, base - 120), (730, base + 20), (600, base + 40)], darker(fur_colour, 0.8), 40, 0.5)
    c.soft([(300, base - 100), (440, base - 80), (440, base - 50), (290, base - 60)], (255, 248, 230), 20, 0.3)
