"""Ornament shared by the crafts: leaves, rosettes, almonds, horns, stars, vines."""

import math

from .canvas import moved, oval, smooth

LEAF = smooth([(0, 0), (0.24, -0.3), (0.2, -0.7), (0, -1), (-0.2, -0.7), (-0.24, -0.3)], steps=4)
PETAL = smooth([(0, 0), (0.3, -0.5), (0.32, -0.85), (0, -1), (-0.32, -0.85), (-0.3, -0.5)], steps=4)
DROP = smooth(
    [(0, -1), (0.28, -0.42), (0.42, 0.1), (0.3, 0.5), (0, 0.66), (-0.3, 0.5), (-0.42, 0.1), (-0.28, -0.42)], steps=3
)
BUTA = smooth(
    [
        (0.55, -1.0),
        (0.2, -0.95),
        (-0.12, -0.62),
        (-0.45, -0.1),
        (-0.5, 0.42),
        (-0.2, 0.8),
        (0.22, 0.78),
        (0.48, 0.42),
        (0.42, 0.0),
        (0.2, -0.38),
        (0.22, -0.7),
        (0.42, -0.8),
    ],
    steps=4,
)
TULIP = smooth(
    [
        (0, 0.9),
        (-0.42, 0.55),
        (-0.52, -0.1),
        (-0.7, -0.8),
        (-0.26, -0.38),
        (0, -1),
        (0.26, -0.38),
        (0.7, -0.8),
        (0.52, -0.1),
        (0.42, 0.55),
    ],
    steps=3,
)
POMEGRANATE_FRUIT = smooth(
    [
        (0, 0.8),
        (-0.5, 0.6),
        (-0.75, 0.1),
        (-0.55, -0.4),
        (-0.2, -0.6),
        (-0.28, -1),
        (0, -0.8),
        (0.28, -1),
        (0.2, -0.6),
        (0.55, -0.4),
        (0.75, 0.1),
        (0.5, 0.6),
    ],
    steps=3,
)


def star(points, inner=0.5, turn=0.0):
    """A star of the given number of points and outer radius 1."""
    out = []
    for i in range(points * 2):
        a = math.pi * i / points + math.radians(turn) - math.pi / 2
        r = 1 if i % 2 == 0 else inner
        out.append((r * math.cos(a), r * math.sin(a)))
    return out


def scallop(lobes, depth=0.12, n=96):
    """A round outline with lobes, radius about 1."""
    out = []
    for i in range(n):
        a = 2 * math.pi * i / n
        r = 1 - depth + depth * abs(math.cos(a * lobes / 2))
        out.append((r * math.cos(a), r * math.sin(a)))
    return out


def horn(stem=0.5, size=0.5, n=16, turns=1.1):
    """One side of the ram's horn: a stem upward that curls out and back in, as a polyline from the origin."""
    pts = [(0.0, 0.0), (0.0, -stem * 0.5)]
    cx, cy = size * 0.5, -stem
    for i in range(n + 1):
        t = i / n
        a = math.pi + t * turns * 2 * math.pi
        r = size * 0.5 * (1 - 0.72 * t)
        pts.append((cx + r * math.cos(a), cy + r * math.sin(a)))
    return pts


def horns(c, x, y, size, colour, width, turn=0.0, arms=4, stem=0.45, curl=0.5, edge=None, edge_width=0):
    """Ram's horns (qoshqar muyiz) round a centre: `arms` stems, each splitting in two curls."""
    strokes = []
    for i in range(arms):
        for flip in (False, True):
            strokes.append(moved(horn(stem, curl), x, y, size, turn + 360 * i / arms, flip))
    if edge:
        for stroke in strokes:
            c.line(stroke, edge, width + 2 * edge_width)
    for stroke in strokes:
        c.line(stroke, colour, width)


def petals(c, x, y, r, n, fill, shape=PETAL, turn=0.0, start=0.0):
    for i in range(n):
        a = turn + 360 * i / n
        base = math.radians(a)
        c.poly(moved(shape, x + start * math.sin(base), y - start * math.cos(base), r, a), fill)


def rosette(c, x, y, r, colours, rng, petal_count=None):
    """A suzani flower: rings of colour, a crown of petals, a seeded heart."""
    n = petal_count or rng.choice([8, 10, 12, 16])
    a, b, d, e = (list(colours) * 2)[:4]
    style = rng.randrange(4)
    turn = rng.uniform(0, 360 / n)
    if style == 0:
        c.poly(moved(scallop(n, 0.1), x, y, r, turn), a)
        c.poly(moved(scallop(n, 0.1), x, y, r * 0.84, turn), b)
        petals(c, x, y, r * 0.74, n, a, LEAF, turn)
    elif style == 1:
        petals(c, x, y, r, n, a, PETAL, turn)
        petals(c, x, y, r * 0.78, n, d, LEAF, turn)
        c.disc(x, y, r * 0.42, b)
    elif style == 2:
        c.disc(x, y, r, a)
        c.poly(moved(star(n, 0.72), x, y, r * 0.9, turn), b)
        c.disc(x, y, r * 0.58, d)
    else:
        petals(c, x, y, r, n, b, DROP, turn, 0)
        c.poly(moved(scallop(n, 0.16), x, y, r * 0.8, turn), a)
        c.disc(x, y, r * 0.5, b)
    c.disc(x, y, r * 0.4, e)
    c.poly(moved(star(8, 0.55), x, y, r * 0.33, turn), a)
    c.disc(x, y, r * 0.12, b)
    for i in range(n):
        angle = 2 * math.pi * (i + 0.5) / n
        c.disc(x + r * 0.5 * math.cos(angle), y + r * 0.5 * math.sin(angle), r * 0.035, d)


def vine(c, points, colour, width, leaf_colours, rng, leaf=26, gap=34, flower=None):
    """A stem along the points with leaves to both sides, and at its end a flower colour if given."""
    path = smooth(points, closed=False, steps=10)
    c.line(path, colour, width)
    run, side = gap * 0.5, 1
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        run += math.hypot(x1 - x0, y1 - y0)
        if run >= gap:
            run = 0
            side = -side
            turn = math.degrees(math.atan2(y1 - y0, x1 - x0)) + 90 + side * 55
            c.poly(moved(LEAF, x1, y1, leaf * rng.uniform(0.85, 1.1), turn), leaf_colours[side > 0])
    if flower:
        (x0, y0), (x1, y1) = path[-2:]
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0)) + 90
        c.poly(moved(TULIP, x1, y1, leaf * 0.8, turn), flower)


def buta(c, x, y, size, colours, turn=0.0, flip=False):
    """The almond of Azerbaijan: nested outlines, a little flower inside."""
    a, b, d = (list(colours) * 2)[:3]
    c.poly(moved(BUTA, x, y, size, turn, flip), a)
    c.poly(moved(BUTA, x, y, size * 0.8, turn, flip), b)
    c.poly(moved(BUTA, x, y, size * 0.6, turn, flip), d)
    ((fx, fy),) = moved([(0.0, 0.28)], x, y, size, turn, flip)
    petals(c, fx, fy, size * 0.2, 6, a, PETAL)
    c.disc(fx, fy, size * 0.06, b)


def girih(c, x0, y0, x1, y1, cell, draw_star, cross=None):
    """Stars of eight points in a square grid: calls draw_star(x, y, r) at knots and cross(x, y, r) between them."""
    rows, cols = math.ceil((y1 - y0) / cell), math.ceil((x1 - x0) / cell)
    for j in range(rows + 1):
        for i in range(cols + 1):
            draw_star(x0 + i * cell, y0 + j * cell, cell * 0.5)
            if cross:
                cross(x0 + (i + 0.5) * cell, y0 + (j + 0.5) * cell, cell * 0.5)


STAR8 = star(8, 0.765)


def khatam(c, x, y, r, fill):
    """Two crossed squares."""
    c.poly(moved(STAR8, x, y, r), fill)


def pointed_arch(cx, base, half, spring, top, n=12):
    """Outline of a pointed (keel) arch: straight jambs from base to spring, then two arcs to the top."""
    left = []
    for i in range(n + 1):
        t = i / n
        a = t * math.pi / 2
        left.append((cx - half * math.cos(a) ** 0.85, spring - (spring - top) * (0.88 * math.sin(a) + 0.12 * t**4)))
    right = [(2 * cx - x, y) for x, y in reversed(left[:-1])]
    return [(cx - half, base), *left, *right, (cx + half, base)]


def ring(c, x, y, r, width, fill, ry=None):
    c.line(oval(x, y, r, ry, n=64), fill, width, closed=True)
