"""Lacquer boxes of papier-mâché."""

import math

from .canvas import box, lighter, moved, oval, smooth, solid
from .motifs import DROP, LEAF, TULIP, petals, rosette, scallop, vine
from .palette import (
    BLACK,
    GOLD,
    IVORY,
    NIGHT,
    POMEGRANATE,
    SKY,
    TURQUOISE,
    WINE,
    rgb,
)
from .solids import GROUND
from .stage import flat_shadow, stand_shadow, standing, top_down


def lacquer(c, rng):
    """Papier-mâché: a lacquered box, dark ground, gold stems and flowers."""
    ground = rng.choice([BLACK, NIGHT, WINE, rgb("1f3f3a"), rgb("5a1f24"), rgb("203a66"), rgb("7a3a1e")])
    inks = [rng.choice([POMEGRANATE, rgb("d8623f")]), rng.choice([SKY, TURQUOISE]), GOLD, IVORY]
    if rng.random() < 0.5:
        top_down(c, rng)
        r = 350
        kind = rng.randrange(3)
        shape = moved(
            [
                oval(0, 0, 1, n=60),
                scallop(8, 0.08),
                smooth(
                    [(-1, -0.68), (0, -0.74), (1, -0.68), (1.04, 0), (1, 0.68), (0, 0.74), (-1, 0.68), (-1.04, 0)],
                    steps=8,
                ),
            ][kind],
            480,
            600,
            r,
        )
        flat_shadow(c, shape, 26, 36, 26, 0.6)
        solid(
            c,
            shape,
            ground,
            lambda p: flowers_in_gold(p, rng, 480, 600, r, inks, ground, shape),
            lambda lit: [lit.poly(moved(shape, 150, 150), 88)],
            shadow=False,
            blur_shade=60,
        )
        c.soft(oval(370, 440, 120, 40), (255, 250, 240), 34, 0.4)
        return
    standing(c, rng)
    w, h, lid = 560, rng.uniform(190, 240), 74
    x0, x1, y1 = 480 - w / 2, 480 + w / 2, GROUND + 10
    stand_shadow(c, 480, y1, w / 2, 200)
    for top, bottom, grow in ((y1 - h, y1, 0), (y1 - h - lid, y1 - h - 4, 8)):
        shape = box(x0 - grow, top, x1 + grow, bottom)
        solid(
            c,
            shape,
            ground,
            None,
            lambda lit, t=top, b=bottom: [lit.rect(0, t, 960, t + 16, 172), lit.rect(0, b - 18, 960, b, 86)],
            shadow=False,
            blur_shade=8,
        )
        c.line(box(x0 - grow + 12, top + 12, x1 + grow - 12, bottom - 12), GOLD, 3, closed=True)
    surface = [
        (x0 - 8, y1 - h - lid),
        (x0 + 70, y1 - h - lid - 150),
        (x1 - 70, y1 - h - lid - 150),
        (x1 + 8, y1 - h - lid),
    ]
    solid(
        c,
        surface,
        lighter(ground, 0.06),
        lambda p: (
            [
                vine(
                    p,
                    [(480, y1 - h - lid - 76), (480 + s * 120, y1 - h - lid - 110), (480 + s * 220, y1 - h - lid - 60)],
                    GOLD,
                    3,
                    (GOLD, inks[1]),
                    rng,
                    24,
                    24,
                )
                for s in (-1, 1)
            ]
            + [
                p.line(
                    [(480 + (x - 480) * 0.92, y1 - h - lid - 75 + (y - y1 + h + lid + 75) * 0.84) for x, y in surface],
                    GOLD,
                    4,
                    closed=True,
                ),
                rosette(p, 480, y1 - h - lid - 76, 54, inks, rng, 10),
            ]
        ),
        shadow=False,
    )
    for i in range(5):
        x = x0 + w * (i + 0.5) / 5
        rosette(c, x, y1 - h / 2, 36 if i % 2 else 46, inks, rng, 8)
        for s in (-1, 1):
            c.poly(moved(LEAF, x + s * 36, y1 - h / 2 + 34, 30, s * 60), GOLD)
        petals(c, x, y1 - h - lid / 2, 15, 6, inks[i % 2])
    c.soft(
        [
            (x0 + 20, y1 - h - lid - 20),
            (x0 + 150, y1 - h - lid - 140),
            (x0 + 250, y1 - h - lid - 140),
            (x0 + 120, y1 - h - lid - 20),
        ],
        (255, 252, 244),
        16,
        0.35,
    )
    c.soft(box(x0 + 30, y1 - h + 10, x0 + 80, y1 - 20), (255, 250, 240), 16, 0.25)


def flowers_in_gold(p, rng, x, y, r, inks, ground, shape):
    for q, tone, width in ((0.94, GOLD, 7), (0.9, inks[0], 3), (0.68, GOLD, 3)):
        p.line([(x + (a - x) * q, y + (b - y) * q) for a, b in shape], tone, width, closed=True)
    n = rng.choice([6, 8])
    for i in range(n):
        a = 2 * math.pi * i / n
        for bend in (-0.3, 0.3):
            vine(
                p,
                [
                    (x, y),
                    (x + r * 0.25 * math.cos(a + bend), y + r * 0.25 * math.sin(a + bend)),
                    (x + r * 0.46 * math.cos(a), y + r * 0.46 * math.sin(a)),
                ],
                GOLD,
                2.5,
                (GOLD, inks[1]),
                rng,
                20,
                20,
            )
        petals(p, x + r * 0.5 * math.cos(a), y + r * 0.46 * math.sin(a), r * 0.1, 8, inks[i % 2])
        p.disc(x + r * 0.5 * math.cos(a), y + r * 0.46 * math.sin(a), r * 0.03, GOLD)
    m = n * 3
    outer = [(x + (a - x) * 0.8, y + (b - y) * 0.8) for a, b in shape]
    for i in range(m):
        px, py = outer[len(outer) * i // m]
        p.poly(
            moved((DROP, TULIP)[i % 2], px, py, r * 0.055, math.degrees(math.atan2(py - y, px - x)) + 90), inks[i % 3]
        )
    rosette(p, x, y, r * 0.22, inks, rng, 12)
