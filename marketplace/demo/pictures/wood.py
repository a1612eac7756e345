"""Carved panels, shebeke windows, chests, cradles, spoons, boards for backgammon."""

import math

from .canvas import box, darker, lighter, moved, oval, smooth, solid
from .motifs import DROP, LEAF, girih, petals, pointed_arch, star
from .palette import CHOCOLATE, WALNUT, rgb
from .stage import flat_shadow, top_down, wall

WOODS = [WALNUT, rgb("8a5c38"), rgb("a5713f"), rgb("5a3a28"), rgb("b78a5a"), rgb("7a4630")]


def grain(p, rng, x0, y0, x1, y1, colour, upright=True):
    for _ in range(round((x1 - x0 + y1 - y0) / 9)):
        if upright:
            x, b = rng.uniform(x0, x1), rng.uniform(-8, 8)
            p.line([(x, y0), (x + b, (y0 + y1) / 2), (x - b, y1)], (*darker(colour, 0.5), 40), rng.uniform(1, 3))
        else:
            y, b = rng.uniform(y0, y1), rng.uniform(-5, 5)
            p.line([(x0, y), ((x0 + x1) / 2, y + b), (x1, y - b)], (*darker(colour, 0.5), 40), rng.uniform(1, 3))


def raised(p, points, colour, depth=4):
    """A carved form: shadow below right, light on the upper left edge."""
    p.poly(moved(points, depth, depth * 1.2), darker(colour, 0.6))
    p.poly(moved(points, -depth * 0.5, -depth * 0.6), lighter(colour, 0.3))
    p.poly(points, colour)


def ridge(p, points, colour, width, closed=False):
    p.line(moved(points, 3, 4), darker(colour, 0.6), width + 2, closed)
    p.line(points, colour, width, closed)
    p.line(moved(points, -1.6, -2), lighter(colour, 0.35), max(1.4, width * 0.25), closed)


def islimi(p, rng, x0, y0, x1, y1, colour):
    """Scrolling stems with leaves, mirrored about the middle."""
    if x1 - x0 > 1.7 * (y1 - y0):
        mid = (x0 + x1) / 2
        islimi(p, rng, x0, y0, mid, y1, colour)
        islimi(p, rng, mid, y0, x1, y1, colour)
        return
    cx, w = (x0 + x1) / 2, (x1 - x0) / 2
    n = max(1, round((y1 - y0) / (w * 1.05)))
    for j in range(n):
        cy = y0 + (y1 - y0) * (j + 0.5) / n
        r = min(w * 0.46, (y1 - y0) / n * 0.46)
        for s in (-1, 1):
            pts = [
                (
                    cx + s * (w * 0.5 - r * (1 - t / 30) * math.cos(t / 3.6)),
                    cy + r * (1 - t / 30) * math.sin(t / 3.6) * (-1 if j % 2 else 1),
                )
                for t in range(26)
            ]
            ridge(p, pts, colour, r * 0.12)
            for t in range(2, 24, 4):
                raised(p, moved(LEAF, *pts[t], r * 0.42, t * 29 * s), colour, 3)
            raised(p, moved(star(6, 0.6), *pts[-1], r * 0.24), colour, 3)
        raised(p, moved(DROP, cx, cy, r * 0.34, 180 * (j % 2)), colour, 4)
        for s in (-1, 1):
            for t in (-1, 1):
                raised(
                    p,
                    moved(LEAF, cx + s * w * 0.94, cy + t * r * 0.7, r * 0.46, -s * 60 - 60 * (t + 1) * s / 2),
                    colour,
                    3,
                )
                raised(p, moved(LEAF, cx, cy + t * r * 0.5, r * 0.5, 90 - 90 * t), colour, 3)


def girih_panel(p, rng, x0, y0, x1, y1, colour):
    cell = (x1 - x0) / rng.choice([2, 3])
    turn = rng.choice([0, 22.5])

    def one(x, y, r):
        ridge(p, moved(star(8, 0.765, turn), x, y, r * 0.98), colour, r * 0.09, True)
        ridge(p, moved(star(8, 0.5, turn + 22.5), x, y, r * 0.62), colour, r * 0.06, True)
        raised(p, moved(star(8, 0.7), x, y, r * 0.24), lighter(colour, 0.1), 3)

    girih(
        p,
        x0,
        y0,
        x1,
        y1,
        cell,
        one,
        lambda x, y, r: [ridge(p, moved(star(4, 0.5, turn), x, y, r * 0.8), colour, r * 0.07, True)],
    )


def carved_rect(c, rng, x0, y0, x1, y1, colour, draw):
    """A sunk field with its carving inside a moulding."""
    deep = darker(colour, 0.52)
    part = c.sub(box(x0, y0, x1, y1), deep, pad=0)
    draw(part, rng, x0, y0, x1, y1, colour)
    c.paste(part)
    c.soft(box(x0, y0, x1, y0 + 10), CHOCOLATE, 6, 0.6)
    c.soft(box(x0, y0, x0 + 8, y1), CHOCOLATE, 6, 0.5)
    ridge(c, box(x0 - 5, y0 - 5, x1 + 5, y1 + 5), colour, 12, True)


def panel(c, rng):
    """A carved door leaf or panel hung on a wall."""
    wall(c, rng)
    colour = rng.choice(WOODS)
    w, h = rng.choice([(520, 860), (600, 900), (640, 800), (440, 900)])
    x0, y0, x1, y1 = 480 - w / 2, 600 - h / 2, 480 + w / 2, 600 + h / 2
    flat_shadow(c, box(x0, y0, x1, y1), 22, 26, 20, 0.55)
    c.rect(x0, y0, x1, y1, colour)
    grain(c, rng, x0, y0, x1, y1, colour)
    ridge(c, box(x0 + 8, y0 + 8, x1 - 8, y1 - 8), lighter(colour, 0.06), 12, True)
    draw = [islimi, girih_panel]
    rng.shuffle(draw)
    style, m = rng.randrange(3), 52
    if style == 0:
        cut = y0 + h * rng.choice([0.26, 0.3])
        carved_rect(c, rng, x0 + m, y0 + m, x1 - m, cut, colour, draw[0])
        carved_rect(c, rng, x0 + m, cut + m, x1 - m, y1 - m, colour, draw[1])
    elif style == 1:
        carved_rect(c, rng, x0 + m, y0 + m, x1 - m, y1 - m, colour, draw[0])
    else:
        for i in range(3):
            a, b = y0 + m + (h - m) * i / 3, y0 + (h - m) * (i + 1) / 3
            carved_rect(c, rng, x0 + m, a, x1 - m, b, colour, draw[i % 2])
    c.soft([(x0, y0), (x0 + w * 0.5, y0), (x0 + w * 0.2, y1), (x0, y1)], (255, 236, 200), 60, 0.14)


def shebeke(c, rng):
    """Coloured glass in a lattice of beech put together without nails, the sun behind it."""
    wall(c, rng, rng.choice([rgb("d8c4a6"), rgb("c9b8a0"), rgb("a8988a")]))
    frame = rng.choice(WOODS[:4])
    w, h = rng.choice([(560, 900), (620, 880), (500, 860)])
    arched = rng.random() < 0.6
    outline = (
        pointed_arch(480, 1050, w / 2, 480, 130) if arched else box(480 - w / 2, 600 - h / 2, 480 + w / 2, 600 + h / 2)
    )
    outer = (
        pointed_arch(480, 1090, w / 2 + 44, 476, 70)
        if arched
        else box(436 - w / 2, 556 - h / 2, 524 + w / 2, 644 + h / 2)
    )
    flat_shadow(c, outer, 12, 18, 18, 0.5)
    c.poly(outer, darker(frame, 0.1))
    c.line(outer, lighter(frame, 0.25), 4, closed=True)
    glass = [
        rng.choice(g)
        for g in (
            [rgb("c8342f"), rgb("b3243a")],
            [rgb("2a5ab0"), rgb("1f6fb0")],
            [rgb("e8b13a"), rgb("f0c860")],
            [rgb("2f8f5a"), rgb("3f9a86")],
            [rgb("efe6d0"), rgb("d8e6e0")],
        )
    ]
    part = c.sub(outline, glass[4])
    cell = w / rng.choice([3, 4, 5])
    turn, six = rng.choice([0, 22.5]), rng.random() < 0.4

    def knot(x, y, r):
        part.poly(moved(star(8, 0.765, turn), x, y, r), glass[(round(x / cell) + round(y / cell)) % 2])
        part.poly(moved(star(6 if six else 8, 0.55), x, y, r * 0.62), glass[2])
        part.disc(x, y, r * 0.24, glass[3])
        for i in range(8):
            a = math.radians(i * 45 + turn)
            part.line(
                [
                    (x + r * 0.26 * math.cos(a), y + r * 0.26 * math.sin(a)),
                    (x + r * 1.1 * math.cos(a), y + r * 1.1 * math.sin(a)),
                ],
                frame,
                cell * 0.035,
            )
        ridge(part, moved(star(8, 0.765, turn), x, y, r), frame, cell * 0.05, True)
        ridge(part, moved(star(6 if six else 8, 0.55), x, y, r * 0.62), frame, cell * 0.04, True)
        ridge(part, oval(x, y, r * 0.25, n=20), frame, cell * 0.035, True)

    def between(x, y, r):
        part.poly(moved(star(4, 0.5), x, y, r * 0.8), glass[3])
        ridge(part, moved(star(4, 0.5), x, y, r * 0.8), frame, cell * 0.04, True)

    girih(part, 480 - w / 2, 100, 480 + w / 2, 1060, cell, knot, between)
    sun = rng.uniform(300, 620)
    part.soft(oval(sun, rng.uniform(300, 600), 150, 220), (255, 246, 214), 110, 0.5)
    mask = c.sub(outline, 0, "L")
    mask.poly(outline, 255)
    c.paste(part, mask)
    ridge(c, outline, frame, 16, True)
    for i in range(12):
        x, y = rng.uniform(100, 860), rng.uniform(1090, 1190)
        c.soft(oval(x, y, 40, 16), glass[i % 4], 14, 0.3)


def spoons(c, rng):
    """Ladles and spoons with carved handles, in a row or crossed."""
    top_down(c, rng)
    n = rng.choice([2, 3, 4])
    for i in range(n):
        colour = rng.choice(WOODS)
        x = 480 + (i - (n - 1) / 2) * 200
        turn, s = rng.uniform(-9, 9), rng.uniform(0.92, 1.1)
        wide, long = rng.uniform(78, 104), rng.uniform(110, 140)

        def at(points, x=x, turn=turn, s=s):
            return moved(points, x, 640, s, turn)

        bowl = oval(0, -330, wide, long, 40)
        stem = smooth(
            [
                (-20, -220),
                (-13, -60),
                (-16, 120),
                (-34, 260),
                (-30, 360),
                (0, 400),
                (30, 360),
                (34, 260),
                (16, 120),
                (13, -60),
                (20, -220),
            ]
        )
        for shape in (at(stem), at(bowl)):
            solid(
                c,
                shape,
                colour,
                lambda p, q=shape, tone=colour: grain(
                    p, rng, min(a for a, _ in q), min(b for _, b in q), max(a for a, _ in q), max(b for _, b in q), tone
                ),
                lambda lit, q=shape: [lit.poly(moved(q, 26, 20), 92)],
                blur_shade=12,
            )
        hollow = at(oval(0, -330, wide * 0.84, long * 0.86, 40))
        solid(
            c,
            hollow,
            darker(colour, 0.25),
            None,
            lambda lit, q=hollow: [lit.poly(moved(q, 24, 36), 158), lit.poly(moved(q, -40, -60), 84)],
            shadow=False,
            blur_shade=16,
        )
        for t in range(4):
            ((px, py),) = at([(0, 180 + t * 50)])
            petals(c, px, py, 18 * s, 6, darker(colour, 0.55), LEAF)
        c.line(at([(-14, -40), (14, -40)]), darker(colour, 0.5), 4)
        c.line(at([(-14, -20), (14, -20)]), darker(colour, 0.5), 4)
