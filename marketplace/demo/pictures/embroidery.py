"""Patterns of embroidered cloth: suzani, gold thread on velvet, chakan, tush kyiz."""

import math

from .canvas import box, darker, lighter, mix, moved, oval, smooth
from .motifs import DROP, LEAF, POMEGRANATE_FRUIT, TULIP, buta, horns, petals, rosette, star, vine
from .palette import (
    BLACK,
    EMBROIDERY,
    GOLD,
    GREEN,
    HONEY,
    INDIGO,
    IVORY,
    MADDER,
    NIGHT,
    PLUM,
    POMEGRANATE,
    SAFFRON,
    TEAL,
    WINE,
)


def stitches(c, rng, w, h, share=0.5):
    """The lie of couched thread: short pale and dark strokes over the whole cloth."""
    for _ in range(round(w * h / 420 * share)):
        x, y = rng.uniform(0, w), rng.uniform(0, h)
        tone = (255, 250, 240, 34) if rng.random() < 0.5 else (20, 10, 10, 30)
        c.line([(x, y), (x + rng.uniform(-5, 5), y + 12)], tone, 1.3)


def garland(c, x, y, r, stem, leaves, rng, buds):
    """A wreath of leaves round a flower."""
    turns = rng.choice([10, 12, 16])
    c.line(oval(x, y, r, n=60), stem, 4, closed=True)
    for i in range(turns):
        a = 360 * i / turns
        px, py = x + r * math.cos(math.radians(a)), y + r * math.sin(math.radians(a))
        c.poly(moved(LEAF, px, py, r * 0.3, a + 40), leaves[0])
        c.poly(moved(LEAF, px, py, r * 0.24, a + 150), leaves[1])
        if i % 2 == 0:
            c.disc(
                x + r * 1.22 * math.cos(math.radians(a + 12)),
                y + r * 1.22 * math.sin(math.radians(a + 12)),
                r * 0.05,
                buds,
            )


def suzani(c, rng, w, h):
    ground, a, b, d, leaf, accent = rng.choice(EMBROIDERY)
    c.rect(0, 0, w, h, ground)
    border = w * rng.choice([0.15, 0.18])
    layout = rng.randrange(4)
    crown = rng.choice([8, 12, 16])
    inner = (border, border, w - border, h - border)
    iw, ih = w - 2 * border, h - 2 * border

    def flower(x, y, r):
        garland(c, x, y, r * 1.22, leaf, (leaf, d), rng, accent)
        rosette(c, x, y, r, (a, b, accent, d), rng, crown)

    if layout == 0:
        nx, ny = 2, max(2, round(ih / iw * 2))
        for j in range(ny):
            for i in range(nx):
                flower(border + iw * (i + 0.5) / nx, border + ih * (j + 0.5) / ny, min(iw / nx, ih / ny) * 0.33)
    elif layout == 1:
        flower(w / 2, h / 2, iw * 0.29)
        for x, y in ((0.18, 0.14), (0.82, 0.14), (0.82, 0.86), (0.18, 0.86)):
            flower(border + iw * x, border + ih * y, iw * 0.13)
        for s in (-1, 1):
            vine(
                c,
                [
                    (w / 2, h / 2 + s * iw * 0.4),
                    (w / 2 + 40 * s, h / 2 + s * ih * 0.34),
                    (w / 2, h / 2 + s * ih * 0.43),
                ],
                leaf,
                4,
                (leaf, d),
                rng,
                30,
                30,
                b,
            )
    elif layout == 2:
        for j in range(4):
            for i in range(3):
                if (i + j) % 2 == 0:
                    flower(border + iw * (i + 0.5) / 3, border + ih * (j + 0.5) / 4, iw * 0.125)
                else:
                    x, y = border + iw * (i + 0.5) / 3, border + ih * (j + 0.5) / 4
                    c.poly(moved(POMEGRANATE_FRUIT, x, y, iw * 0.1), b)
                    c.poly(moved(POMEGRANATE_FRUIT, x, y, iw * 0.066), accent)
                    for s in (-1, 1):
                        vine(
                            c,
                            [(x, y + iw * 0.1), (x + s * iw * 0.1, y + iw * 0.08), (x + s * iw * 0.13, y - iw * 0.04)],
                            leaf,
                            3.5,
                            (leaf, d),
                            rng,
                            22,
                            22,
                        )
    else:
        base = h - border * 1.1
        for s in (-1, 0, 1):
            top = [
                (w / 2, base),
                (w / 2 + s * iw * 0.2, h * 0.62),
                (w / 2 + s * iw * 0.26, h * 0.42),
                (w / 2 + s * iw * 0.16, h * 0.26),
            ]
            vine(c, top, leaf, 5, (leaf, d), rng, 40, 40)
        for x, y, r in (
            (0.5, 0.2, 0.15),
            (0.22, 0.36, 0.12),
            (0.78, 0.36, 0.12),
            (0.5, 0.5, 0.13),
            (0.24, 0.66, 0.1),
            (0.76, 0.66, 0.1),
        ):
            rosette(c, border + iw * x, border + ih * y, iw * r, (a, b, accent, d), rng, crown)
        c.poly([(w / 2 - 60, base - 40), (w / 2 + 60, base - 40), (w / 2 + 34, base + 30), (w / 2 - 34, base + 30)], a)
    suzani_border(c, rng, w, h, border, inner, (a, b, accent, d), leaf)
    stitches(c, rng, w, h)


def suzani_border(c, rng, w, h, border, inner, colours, leaf):
    a, b, accent, d = colours
    c.line(box(*inner), a, 5, closed=True)
    c.line(box(12, 12, w - 12, h - 12), a, 6, closed=True)
    for length, place in ((w, lambda t, o: (t, o)), (h, lambda t, o: (o, t))):
        n = max(3, round(length / (border * 1.35)))
        for far in (False, True):
            edge = (h if length == w else w) - border / 2 if far else border / 2
            waves = [
                place(length * i / (n * 2), edge + (border * 0.2 if i % 2 else -border * 0.2)) for i in range(n * 2 + 1)
            ]
            vine(c, waves, leaf, 3.5, (leaf, d), rng, border * 0.2, border * 0.22)
            for i in range(n):
                x, y = place(length * (i + 0.5) / n, edge)
                rosette(c, x, y, border * 0.29, (b, a, accent, d), rng, 8)


def gold_thread(c, points, width=4.0, closed=False):
    """Metal thread laid on velvet: shadow, body, light."""
    c.line(moved(points, 1.5, 2), (10, 4, 6, 130), width + 2, closed)
    c.line(points, (176, 128, 52), width, closed)
    c.line(moved(points, -0.8, -0.8), (240, 208, 128), max(1, width * 0.4), closed)


def gold_fill(c, points):
    """A motif filled with metal thread, its stitches to be seen."""
    c.poly(moved(points, 2, 3), (10, 4, 6, 130))
    c.poly(points, (190, 142, 62))
    x0, x1 = min(p[0] for p in points), max(p[0] for p in points)
    y0, y1 = min(p[1] for p in points), max(p[1] for p in points)
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    c.poly([(cx + (x - cx) * 0.7 - 1, cy + (y - cy) * 0.7 - 1) for x, y in points], (226, 186, 104))
    c.poly([(cx + (x - cx) * 0.3, cy + (y - cy) * 0.3) for x, y in points], (176, 128, 52))


def gold_embroidery(c, rng, w, h):
    """Bukhara zarduzi: gold couched over velvet."""
    ground = rng.choice([WINE, NIGHT, (24, 60, 48), PLUM, BLACK, (110, 20, 34), (20, 70, 80)])
    c.rect(0, 0, w, h, ground)
    c.soft(oval(w * 0.35, h * 0.3, w * 0.4, h * 0.3), lighter(ground, 0.25), w * 0.12, 0.5)
    style = rng.randrange(3)
    for inset, width in ((0.035, 7), (0.055, 3), (0.17, 5)):
        gold_thread(c, box(w * inset, w * inset, w - w * inset, h - w * inset), width, True)
    band = w * 0.112
    n, m = 6, max(4, round(6 * h / w))
    spots = [(w * (i + 0.5) / n, y) for i in range(n) for y in (band, h - band)]
    spots += [(x, h * (j + 0.5) / m) for j in range(1, m - 1) for x in (band, w - band)]
    for x, y in spots:
        petals_gold(c, x, y, w * 0.042, rng.choice([6, 8]))
    cx, cy = w / 2, h / 2
    r = w * 0.25
    for j in range(round(h / w * 13)):
        for i in range(13):
            x, y = w * (0.2 + i * 0.05 + (0.025 if j % 2 else 0)), w * 0.21 + j * w * 0.075
            if x < w * 0.81 and y < h - w * 0.2 and math.hypot(x - cx, (y - cy) * 0.8) > r * 1.25:
                gold_fill(c, moved(DROP, x, y, w * 0.011))
    if style == 0:
        for i in range(8):
            gold_fill(c, moved(BUTA_LIKE, *polar(cx, cy, r * 0.72, i * 45), r * 0.3, i * 45))
        petals_gold(c, cx, cy, r * 0.34, 12)
        gold_thread(c, oval(cx, cy, r * 1.16), 5, True)
    elif style == 1:
        for s in (-1, 1):
            for t in (-1, 1):
                path = smooth(
                    [
                        (cx, cy),
                        (cx + s * r * 0.6, cy + t * r * 0.3),
                        (cx + s * r, cy + t * r * 0.9),
                        (cx + s * r * 0.3, cy + t * r * 1.2),
                        (cx + s * r * 0.2, cy + t * r * 0.8),
                    ],
                    False,
                )
                gold_thread(c, path, 6)
                for i in range(6, len(path), 5):
                    gold_fill(c, moved(LEAF, *path[i], r * 0.2, rng.uniform(0, 360)))
        petals_gold(c, cx, cy, r * 0.4, 8)
        for t in (-1, 1):
            gold_fill(c, moved(TULIP, cx, cy + t * r * 1.5, r * 0.24, 0 if t < 0 else 180))
    else:
        for j in range(-2, 3):
            for i in range(-1, 2):
                x, y = cx + i * w * 0.2 + (w * 0.1 if j % 2 else 0), cy + j * h * 0.125
                if abs(x - cx) < w * 0.28:
                    petals_gold(c, x, y, w * 0.06, 8)
                    gold_fill(c, moved(DROP, x, y + w * 0.1, w * 0.028))
    for s in (-1, 1):
        for t in (-1, 1):
            gold_fill(
                c,
                moved(
                    BUTA_LIKE,
                    cx + s * w * 0.26,
                    cy + t * (h / 2 - w * 0.26),
                    w * 0.07,
                    math.degrees(math.atan2(t, s)) - 90,
                ),
            )


BUTA_LIKE = smooth(
    [(0, -1), (0.42, -0.4), (0.5, 0.2), (0.24, 0.6), (0, 0.46), (-0.24, 0.6), (-0.5, 0.2), (-0.42, -0.4)], steps=4
)


def polar(cx, cy, r, degrees):
    a = math.radians(degrees - 90)
    return cx + r * math.cos(a), cy + r * math.sin(a)


def petals_gold(c, x, y, r, n):
    for i in range(n):
        gold_fill(c, moved(LEAF, x, y, r, 360 * i / n))
    c.disc(x, y, r * 0.24, (150, 30, 40))
    c.disc(x - r * 0.06, y - r * 0.06, r * 0.08, (240, 200, 180))


def chakan(c, rng, w, h):
    """Kulob chakan: large bright flowers on satin, sun discs, pomegranates and almonds."""
    ground, *inks = rng.choice(
        [
            (MADDER, IVORY, SAFFRON, GREEN, BLACK),
            (IVORY, POMEGRANATE, INDIGO, GREEN, SAFFRON),
            (BLACK, POMEGRANATE, SAFFRON, TEAL, IVORY),
            (SAFFRON, MADDER, GREEN, INDIGO, IVORY),
            (POMEGRANATE, HONEY, IVORY, TEAL, NIGHT),
        ]
    )
    c.rect(0, 0, w, h, ground)
    step = w / rng.choice([2, 3])
    kind = rng.randrange(3)
    for j in range(-1, math.ceil(h / step) + 1):
        for i in range(-1, math.ceil(w / step) + 1):
            x, y = (i + 0.5 + (j % 2) * 0.5) * step, (j + 0.5) * step
            if (i + j + kind) % 2:
                petals(c, x, y, step * 0.4, 14, inks[0])
                petals(c, x, y, step * 0.3, 14, inks[1], LEAF)
                c.disc(x, y, step * 0.15, inks[2])
                petals(c, x, y, step * 0.12, 6, inks[0])
            elif kind == 0:
                c.poly(moved(POMEGRANATE_FRUIT, x, y, step * 0.33), inks[0])
                c.poly(moved(POMEGRANATE_FRUIT, x, y, step * 0.22), inks[1])
                c.disc(x, y + step * 0.02, step * 0.09, inks[2])
            elif kind == 1:
                buta(c, x, y, step * 0.34, (inks[0], inks[2], inks[1]), flip=j % 2 == 1)
            else:
                for t in (0, 90, 180, 270):
                    c.poly(moved(TULIP, *polar(x, y, step * 0.22, t), step * 0.17, t), inks[0])
                c.disc(x, y, step * 0.1, inks[1])
            for s in (-1, 1):
                vine(
                    c,
                    [
                        (x + s * step * 0.42, y - step * 0.3),
                        (x + s * step * 0.5, y),
                        (x + s * step * 0.42, y + step * 0.3),
                    ],
                    inks[2],
                    4,
                    (inks[2], inks[1]),
                    rng,
                    step * 0.1,
                    step * 0.12,
                )
    stitches(c, rng, w, h, 0.7)


def tush_kyiz(c, rng, w, h):
    """Wall hanging: dark cloth framed on three sides in red, horns and plants in chain stitch."""
    ground, frame = rng.choice(
        [(BLACK, MADDER), (NIGHT, WINE), (WINE, NIGHT), (BLACK, (30, 72, 60)), ((60, 20, 30), BLACK), (TEAL, WINE)]
    )
    inks = rng.sample([SAFFRON, IVORY, POMEGRANATE, (90, 150, 90), (110, 150, 190), (220, 140, 110)], 4)
    edge = w * 0.2
    c.rect(0, 0, w, h, frame)
    c.rect(edge, edge, w - edge, h, ground)
    c.line([(edge, h), (edge, edge), (w - edge, edge), (w - edge, h)], inks[0], 6)
    for t in (-8, 10):
        c.line([(edge + t, h), (edge + t, edge + t), (w - edge - t, edge + t), (w - edge - t, h)], inks[1], 2.5)
    n = round((h - edge) / (edge * 1.15))
    for j in range(n + 1):
        y = edge * 0.5 + j * (h - edge * 0.5) / n
        for x in (edge / 2, w - edge / 2):
            horns(c, x, y, edge * 0.5, inks[j % 2], 6, 45 * (j % 2), edge=darker(frame, 0.5), edge_width=2)
            c.disc(x, y, 9, inks[2])
    for i in range(1, 4):
        x = edge * 0.5 + i * (w - edge) / 4
        horns(c, x, edge / 2, edge * 0.5, inks[i % 2], 6, 45 * (i % 2))
        rosette(c, x, edge / 2, edge * 0.14, inks, rng, 8)
    for s in (-1, 1):
        drop = [(edge, edge), (w / 2, edge), (w / 2, edge + h * 0.26)]
        c.poly([(x if s > 0 else w - x, y) for x, y in drop], mix(ground, frame, 0.75))
        c.line([(w / 2, edge + h * 0.26), (w / 2 - s * (w / 2 - edge), edge)], inks[0], 4)
    horns(c, w / 2, edge + h * 0.1, w * 0.14, inks[0], 7)
    middle = edge + h * 0.52
    rosette(c, w / 2, middle, w * 0.14, inks, rng, 12)
    garland(c, w / 2, middle, w * 0.17, inks[3], (inks[3], inks[2]), rng, inks[1])
    for s in (-1, 1):
        vine(
            c,
            [
                (w / 2, h - 12),
                (w / 2 + s * w * 0.12, h * 0.88),
                (w / 2 + s * w * 0.22, h * 0.7),
                (w / 2 + s * w * 0.2, h * 0.5),
            ],
            inks[3],
            5,
            (inks[3], inks[1]),
            rng,
            34,
            36,
            inks[2],
        )
        rosette(c, w / 2 + s * w * 0.2, h * 0.86, w * 0.06, inks, rng, 8)
    for x in range(20):
        c.poly(moved(star(4, 0.4), (x + 0.5) * w / 20, h - 12, 9), IVORY if x % 2 else GOLD)
    stitches(c, rng, w, h, 0.4)
