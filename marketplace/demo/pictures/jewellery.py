"""Silver and gold on dark cloth or linen: necklaces, earrings, bracelets, rings, filigree, beads."""

import math

from .canvas import darker, lighter, moved, oval, smooth
from .motifs import DROP, LEAF, petals, scallop, star
from .palette import (
    CARNELIAN,
    CORAL,
    DEEP_WALLS,
    EMBROIDERY,
    GOLD,
    IVORY,
    LAPIS,
    NIGHT,
    SILVER,
    TURQUOISE,
    WALLS,
    WINE,
    rgb,
)
from .stage import linen, velvet

STONES = [CARNELIAN, TURQUOISE, LAPIS, rgb("c98a3a"), rgb("3f6b46"), CORAL]
PALE_SILVER, OLD_SILVER, RED_GOLD = rgb("cfcdc8"), rgb("a5a29c"), rgb("cf9a58")


def ground(c, rng):
    if rng.random() < 0.55:
        return velvet(c, rng, darker(rng.choice([*DEEP_WALLS, NIGHT, WINE]), 0.2))
    return linen(c, rng, rng.choice(WALLS))


def plate(c, shape, metal, raised=4.0):
    """A sheet of metal with a lit edge and its shadow."""
    c.soft(moved(shape, 7, 9), (16, 10, 8), 7, 0.6)
    c.poly(shape, darker(metal, 0.45))
    c.poly(moved(shape, -raised * 0.5, -raised * 0.6), lighter(metal, 0.55))
    cx = sum(x for x, _ in shape) / len(shape)
    cy = sum(y for _, y in shape) / len(shape)
    c.poly([(cx + (x - cx) * 0.95, cy + (y - cy) * 0.95) for x, y in shape], metal)
    part = c.sub(shape, 0, "L")
    part.poly([(cx + (x - cx) * 0.95, cy + (y - cy) * 0.95) for x, y in shape], 255)
    gleam = c.sub(shape, metal)
    span = max(x for x, _ in shape) - min(x for x, _ in shape)
    gleam.soft(moved(oval(0, 0, span * 0.14, span), cx - span * 0.16, cy, 1, 35), lighter(metal, 0.8), span * 0.07, 0.8)
    gleam.soft(moved(oval(0, 0, span * 0.2, span), cx + span * 0.34, cy, 1, 35), darker(metal, 0.4), span * 0.1, 0.6)
    c.paste(gleam, part)


def stone(c, x, y, r, colour, metal, ry=None):
    ry = r if ry is None else ry
    c.disc(x + 2, y + 3, r * 1.25, (20, 14, 12, 120), ry * 1.25)
    c.disc(x, y, r * 1.24, darker(metal, 0.4), ry * 1.24)
    c.disc(x - 1, y - 1, r * 1.14, lighter(metal, 0.4), ry * 1.14)
    c.disc(x, y, r, darker(colour, 0.5), ry)
    c.disc(x, y, r * 0.94, colour, ry * 0.94)
    c.soft(oval(x + r * 0.25, y + ry * 0.35, r * 0.5, ry * 0.4), lighter(colour, 0.45), r * 0.2, 0.6)
    c.disc(x - r * 0.34, y - ry * 0.38, r * 0.2, (255, 248, 240), ry * 0.16)


def grains(c, points, r, metal):
    for x, y in points:
        c.disc(x + 1, y + 1.5, r, darker(metal, 0.5))
        c.disc(x, y, r, metal)
        c.disc(x - r * 0.3, y - r * 0.3, r * 0.4, (255, 255, 250))


def wire(c, points, metal, width=3.2, closed=False):
    """Twisted wire: dark below, light above."""
    c.line(moved(points, 1, 1.6), darker(metal, 0.6), width, closed)
    c.line(points, metal, width * 0.85, closed)
    c.line(moved(points, -0.6, -0.8), lighter(metal, 0.75), max(1, width * 0.36), closed)


def curl(x, y, r, turn, flip=False):
    pts = [(r * (1 - t / 26) * math.cos(t / 3.4), r * (1 - t / 26) * math.sin(t / 3.4)) for t in range(24)]
    return moved(pts, x, y, 1, turn, flip)


def pendant(c, rng, x, y, r, metal, gem, kind, filigree=False):
    """One plaque: round, star, almond, tulip, triangle or lozenge, with stones and fringe."""
    shape = [
        oval(0, 0, 1, n=40),
        moved(scallop(10, 0.14), 0, 0),
        DROP,
        [(0, -0.8), (1.1, 0.7), (-1.1, 0.7)],
        [(0, -1.1), (0.86, 0), (0, 1.1), (-0.86, 0)],
        star(8, 0.78),
        smooth([(-0.8, -0.9), (0.8, -0.9), (0.9, 0.2), (0, 1.1), (-0.9, 0.2)], steps=5),
    ][kind]
    outline = moved(shape, x, y, r * (1.3 if kind == 2 else 1))
    if filigree:
        c.soft(moved(outline, 6, 8), (16, 10, 8), 7, 0.5)
        wire(c, outline, metal, 6, True)
        for i in range(9):
            a = i * 40
            wire(
                c,
                curl(
                    x + r * 0.62 * math.cos(math.radians(a)),
                    y + r * 0.62 * math.sin(math.radians(a)),
                    r * 0.24,
                    a,
                    i % 2 == 1,
                ),
                metal,
                3.2,
            )
            wire(
                c,
                curl(
                    x + r * 0.28 * math.cos(math.radians(a + 20)),
                    y + r * 0.28 * math.sin(math.radians(a + 20)),
                    r * 0.15,
                    a + 90,
                ),
                metal,
                2.6,
            )
    else:
        plate(c, outline, metal)
        c.line([(x + (px - x) * 0.82, y + (py - y) * 0.82) for px, py in outline], darker(metal, 0.5), 2.5, closed=True)
        petals(c, x, y, r * 0.68, 8, darker(metal, 0.38), LEAF)
        petals(c, x - 1, y - 1, r * 0.58, 8, lighter(metal, 0.35), LEAF)
    grains(c, [(x + (px - x) * 0.92, y + (py - y) * 0.92) for px, py in outline[::2]], max(2.2, r * 0.035), metal)
    stone(c, x, y, r * 0.27, gem, metal)
    if kind in (0, 1, 5) and r > 80:
        for i in range(4):
            a = math.radians(45 + 90 * i)
            stone(c, x + r * 0.6 * math.cos(a), y + r * 0.6 * math.sin(a), r * 0.09, gem, metal)


def fringe(c, x0, x1, y, length, metal, rng, n):
    """Chains with little leaves or bells."""
    bell = rng.random() < 0.5
    for i in range(n):
        x = x0 + (x1 - x0) * i / max(1, n - 1)
        end = y + length * (0.75 + 0.25 * math.sin(math.pi * i / max(1, n - 1)))
        for t in range(round((end - y) / 11)):
            wire(c, oval(x, y + 6 + t * 11, 4.5, 6.5, 12), metal, 2.4, True)
        if bell:
            grains(c, [(x, end + 10)], 11, metal)
        else:
            plate(c, moved(DROP, x, end + 16, 20, 180), metal, 2)


def chain(c, points, metal, r=7):
    run = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
        run += math.hypot(x1 - x0, y1 - y0)
        if run >= r * 1.7:
            run = 0.0
            turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
            wire(c, moved(oval(0, 0, r, r * 0.62, 14), x1, y1, 1, turn), metal, r * 0.4, True)


def loop(width, depth, top=150):
    """The line of a necklace laid out."""
    left = [
        (480 - width * 0.45, top - 80),
        (480 - width, top + depth * 0.35),
        (480 - width * 0.72, top + depth * 0.8),
        (480, top + depth),
    ]
    return smooth(left + [(960 - x, y) for x, y in reversed(left[:-1])], False, 26)


def necklace(c, rng, metals=None, filigree=False):
    ground(c, rng)
    metal = rng.choice(metals or [SILVER, PALE_SILVER, OLD_SILVER, GOLD])
    gem, kind = rng.choice(STONES), rng.randrange(7)
    path = loop(rng.uniform(240, 320), rng.uniform(430, 560))
    style = rng.randrange(3)
    bottom = max(y for _, y in path)
    if style == 0:
        chain(c, path, metal, 9)
    elif style == 1:
        string(c, path, rng, [gem, metal, gem, lighter(gem, 0.2)], 15)
    else:
        chain(c, path, metal, 8)
        for t in (0.24, 0.34, 0.42, 0.58, 0.66, 0.76):
            x, y = path[round(t * (len(path) - 1))]
            pendant(c, rng, x, y, 42, metal, gem, kind, filigree)
    size = rng.uniform(110, 165)
    fringe(
        c,
        480 - size * 0.8,
        480 + size * 0.8,
        bottom + size * 1.1,
        rng.uniform(70, 130),
        metal,
        rng,
        rng.choice([5, 7, 9]),
    )
    pendant(c, rng, 480, bottom + size * 0.75, size, metal, gem, kind, filigree)


def string(c, path, rng, colours, r):
    run, i = r * 2, 0
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        run += math.hypot(x1 - x0, y1 - y0)
        if run >= r * 1.9:
            run = 0.0
            bead(c, x1, y1, r * (0.7 if i % 4 == 3 else 1), colours[i % len(colours)])
            i += 1


def bead(c, x, y, r, colour):
    c.soft(oval(x + r * 0.4, y + r * 0.6, r), (18, 12, 10), r * 0.4, 0.55)
    c.disc(x, y, r, darker(colour, 0.35))
    c.disc(x - r * 0.1, y - r * 0.12, r * 0.84, colour)
    c.disc(x - r * 0.22, y - r * 0.26, r * 0.5, lighter(colour, 0.22))
    c.disc(x - r * 0.34, y - r * 0.4, r * 0.2, (255, 250, 244))


def earrings(c, rng, metals=None, filigree=False):
    ground(c, rng)
    metal = rng.choice(metals or [SILVER, PALE_SILVER, GOLD, RED_GOLD])
    gem, kind, style = rng.choice(STONES), rng.randrange(7), rng.randrange(3)
    size, n, drop = rng.uniform(95, 125), rng.choice([3, 5, 7]), rng.uniform(70, 150)
    for s in (-1, 1):
        x, y = 480 + s * 200, 470 + rng.uniform(-16, 16)
        wire(c, oval(x, y - size - 72, 40, 58, 30, 120, 415), metal, 7)
        pendant(c, rng, x, y, size, metal, gem, kind, filigree)
        if style == 1:
            pendant(c, rng, x, y + size * 1.6, size * 0.62, metal, gem, (kind + 2) % 7, filigree)
            fringe(c, x - size * 0.4, x + size * 0.4, y + size * 2.2, drop, metal, rng, 3)
        elif style == 2:
            for t in range(3):
                bead(c, x, y + size * 1.1 + 34 * t, 17, (gem, metal, gem)[t])
            fringe(c, x - size * 0.3, x + size * 0.3, y + size * 1.2 + 96, drop * 0.8, metal, rng, 3)
        else:
            fringe(c, x - size * 0.7, x + size * 0.7, y + size * (0.95 if kind != 3 else 0.75), drop, metal, rng, n)


def bracelet(c, rng, metals=None, filigree=False):
    """A cuff seen from above its opening: band with plaques and stones."""
    ground(c, rng)
    metal = rng.choice(metals or [SILVER, PALE_SILVER, OLD_SILVER, GOLD])
    gem, n = rng.choice(STONES), rng.choice([3, 5])
    w, h, tall = rng.uniform(290, 330), rng.uniform(110, 140), rng.uniform(130, 210)
    cy = 600
    c.soft(oval(520, cy + tall + 20, w, h), (16, 10, 8), 26, 0.6)
    back = oval(480, cy - tall * 0.1, w, h, 40, 180, 360) + oval(480, cy + tall * 0.8, w, h, 40, 360, 180)
    c.poly(back, darker(metal, 0.55))
    inside = c.sub(back, darker(metal, 0.5))
    for i in range(9):
        x = 480 - w + 2 * w * i / 8
        inside.soft(
            [(x, cy - h * 2), (x + 24, cy - h * 2), (x + 24, cy + h), (x, cy + h)],
            (darker(metal, 0.75), lighter(metal, 0.1))[i % 2],
            14,
            0.5,
        )
    mask = c.sub(back, 0, "L")
    mask.poly(back, 255)
    c.paste(inside, mask)
    front = oval(480, cy, w, h, 60, 180, 0) + oval(480, cy + tall, w, h, 60, 0, 180)
    part = c.sub(front, metal)
    for i in range(40):
        a0 = math.pi * i / 40
        x0, x1 = 480 - w * math.cos(a0), 480 - w * math.cos(a0 + math.pi / 38)
        tone = 0.55 * math.sin(a0 * 3.3 + 0.5)
        part.rect(x0, cy - 20, x1, cy + tall + h + 20, lighter(metal, tone) if tone > 0 else darker(metal, -tone * 0.9))
    mask = c.sub(front, 0, "L")
    mask.poly(front, 255)
    c.paste(part, mask)
    for t in (0.06, 0.94):
        edge = oval(480, cy + tall * t, w * 0.998, h, 60, 180, 0)
        wire(c, edge, metal, 9)
        grains(c, oval(480, cy + tall * (t + (0.1 if t < 0.5 else -0.1)), w * 0.99, h, 44, 178, 2), 4.5, metal)
    for i in range(n):
        a = math.radians(180 - 180 * (i + 0.5) / n)
        x, y = 480 + w * math.cos(a), cy + tall * 0.5 + h * math.sin(a)
        squeeze = 0.35 + 0.65 * math.sin(a)
        c.poly(moved([(px * squeeze, py) for px, py in scallop(10, 0.14)], x, y, tall * 0.36), darker(metal, 0.35))
        c.poly(
            moved([(px * squeeze, py) for px, py in scallop(10, 0.14)], x - 2, y - 3, tall * 0.33), lighter(metal, 0.3)
        )
        stone(c, x, y, tall * 0.18 * squeeze, gem, metal, tall * 0.18)
    if filigree or rng.random() < 0.5:
        for i in range(n + 1):
            a = math.radians(180 - 180 * (i + 0.001) / n)
            x, y = 480 + w * 0.97 * math.cos(a), cy + tall * 0.5 + h * math.sin(a)
            for s in (-1, 1):
                wire(c, curl(x, y + s * tall * 0.17, tall * 0.11, 90 * s), metal, 3)


def ring(c, rng, metals=None):
    ground(c, rng)
    metal = rng.choice(metals or [SILVER, PALE_SILVER, GOLD, RED_GOLD])
    places = [(480, 640, 1.0)] if rng.random() < 0.5 else [(340, 500, 0.66), (640, 760, 0.72)]
    for x, y, s in places:
        gem, kind = rng.choice(STONES), rng.randrange(4)
        r = 190 * s
        c.soft(oval(x + 30 * s, y + 60 * s, r * 1.05, r * 0.9), (14, 8, 8), 24 * s, 0.5)
        for q, tone in (
            (1.0, darker(metal, 0.5)),
            (0.985, lighter(metal, 0.35)),
            (0.95, metal),
            (0.9, darker(metal, 0.25)),
        ):
            c.line(oval(x, y, r * q, r * q * 0.94, 60), tone, 30 * s * (1.25 - (1 - q) * 5), closed=True)
        c.line(oval(x, y, r, r * 0.94, 20, 120, 165), lighter(metal, 0.9), 8 * s)
        c.line(oval(x, y, r, r * 0.94, 20, -30, 30), darker(metal, 0.6), 8 * s)
        top = y - r * 0.98
        shape = [
            oval(0, 0, 1, 0.86, 40),
            moved(scallop(12, 0.12), 0, 0),
            [(-0.9, -0.8), (0.9, -0.8), (0.9, 0.8), (-0.9, 0.8)],
            [(0, -1.1), (0.9, 0), (0, 1.1), (-0.9, 0)],
        ][kind]
        plate(c, moved(shape, x, top, 118 * s), metal)
        grains(c, moved(shape, x, top, 108 * s)[::2], 5 * s, metal)
        stone(c, x, top, 66 * s, gem, metal, 56 * s if kind == 0 else None)


def silver(c, rng):
    rng.choice([necklace, earrings, bracelet, ring])(c, rng, [SILVER, PALE_SILVER, OLD_SILVER])


def gold(c, rng):
    rng.choice([necklace, earrings, bracelet, ring])(c, rng, [GOLD, RED_GOLD])


def filigree(c, rng):
    rng.choice([necklace, earrings, bracelet])(c, rng, [PALE_SILVER, SILVER, GOLD], True)


def jewellery(c, rng):
    rng.choice([necklace, earrings, bracelet, ring])(c, rng)


def beads(c, rng):
    """Glass beads: strings in loops, or a woven collar."""
    ground(c, rng)
    colours = list(rng.choice(EMBROIDERY)) + [IVORY]
    if rng.random() < 0.5:
        for i in range(rng.choice([3, 4, 5])):
            path = loop(190 + i * 44, 330 + i * 110, 170)
            string(c, path, rng, rng.sample(colours, 4), rng.choice([10, 13, 17]))
        return
    rows, r = rng.choice([12, 15]), 10.5
    kind = rng.randrange(3)
    for j in range(rows):
        radius = 190 + j * 19
        n = round(2 * math.pi * radius * 0.62 / (r * 2))
        for i in range(n):
            a = math.radians(-20) + math.radians(220) * i / n
            t = (i / n * 12) % 1
            tone = [
                abs(t - 0.5) * 2 * rows * 0.5 > abs(j - rows / 2),
                (j // 3 + int(t * 3)) % 3,
                (j + int(t * 6)) % 4 == 0,
            ][kind]
            x, y = 480 + radius * math.cos(a), 430 + radius * math.sin(a)
            bead(c, x, y, r, colours[(int(tone) + j // 5 + 1) % len(colours)])
    for i in range(15):
        a = math.radians(-20 + 220 * (i + 0.5) / 15)
        for t in range(4):
            q = 190 + rows * 19 + t * 19
            bead(c, 480 + q * math.cos(a), 430 + q * math.sin(a), 8, colours[t % 4 + 1])
