"""Miniatures, lacquer boxes, handmade paper and abstract calligraphy."""

import math

from .canvas import box, clouds, darker, lighter, mix, moved, multiply, oval, smooth, solid
from .motifs import DROP, LEAF, TULIP, petals, pointed_arch, rosette, scallop, star, vine
from .palette import BLACK, CREAM, GOLD, GREEN, INDIGO, IVORY, MADDER, NIGHT, PLUM, POMEGRANATE, ROSE, SAFFRON, SKY, TEAL, TURQUOISE, WALNUT, WINE, rgb
from .solids import GROUND
from .stage import flat_shadow, stand_shadow, standing, top_down, wall
from .wood import ridge

LEAF_TONE = rgb("e9dcbe")


def sheet(c, rng, x0, y0, x1, y1, colour=LEAF_TONE, deckle=3.0):
    """A sheet of paper with a soft torn edge."""
    pts = []
    for (ax, ay), (bx, by) in (((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))):
        n = 26
        pts += [(ax + (bx - ax) * i / n + rng.uniform(-deckle, deckle), ay + (by - ay) * i / n + rng.uniform(-deckle, deckle)) for i in range(n)]
    flat_shadow(c, pts, 9, 12, 11, 0.5)
    part = c.sub(pts, colour)
    part.img.paste(multiply(part.img, clouds(part.img.size, rng, 12, 232, 255)))
    for _ in range(120):
        x, y, a = rng.uniform(x0, x1), rng.uniform(y0, y1), rng.uniform(0, 6.28)
        part.line([(x, y), (x + 9 * math.cos(a), y + 9 * math.sin(a)), (x + 18 * math.cos(a + 0.6), y + 18 * math.sin(a + 0.6))], (*darker(colour, 0.35), 60), 1.2)
    mask = c.sub(pts, 0, "L")
    mask.poly(pts, 255)
    c.paste(part, mask)


def margin(c, rng, x0, y0, x1, y1, inks):
    """Ruled frames and a border of small flowers about a painted page."""
    for inset, tone, width in ((0, GOLD, 7), (9, inks[0], 4), (46, inks[0], 3), (53, GOLD, 5)):
        c.line(box(x0 + inset, y0 + inset, x1 - inset, y1 - inset), tone, width, closed=True)
    for length, at in ((x1 - x0, lambda t, o: (x0 + t, y0 + o)), (y1 - y0, lambda t, o: (x0 + o, y0 + t))):
        other = y1 - y0 if length == x1 - x0 else x1 - x0
        n = round(length / 44)
        for o in (28, other - 28):
            for i in range(1, n):
                px, py = at(length * i / n, o)
                petals(c, px, py, 12, 6, inks[i % 3])
                c.disc(px, py, 3.5, GOLD)


def figure(c, rng, x, y, s, robe, sash, turban):
    """A small seated or standing figure of a garden scene, seen at three quarters; the face is left plain."""
    c.poly(moved(smooth([(0, -92), (34, -70), (44, 10), (70, 92), (-66, 92), (-44, 10), (-34, -70)]), x, y, s), darker(robe, 0.35))
    c.poly(moved(smooth([(0, -90), (30, -70), (40, 10), (62, 90), (-60, 90), (-42, 10), (-32, -70)]), x, y, s), robe)
    for t in range(3):
        c.line(moved([(-20 + t * 18, 20), (-34 + t * 30, 86)], x, y, s), darker(robe, 0.3), 2)
    c.line(moved([(-42, 0), (42, 4)], x, y, s), sash, 9 * s)
    c.line(moved(smooth([(26, -56), (62, -20), (34, 0)], False), x, y, s), darker(robe, 0.2), 17 * s)
    c.disc(x, y - 112 * s, 22 * s, rgb("dcb48c"), 26 * s)
    c.poly(moved(smooth([(-32, -122), (0, -164), (34, -124), (0, -112)]), x, y, s), turban)
    c.line(moved([(-26, -126), (20, -146)], x, y, s), darker(turban, 0.2), 3)


def miniature(c, rng):
    """A garden, a horseman's hill or a pavilion, painted inside a ruled margin."""
    if rng.random() < 0.5:
        top_down(c, rng)
    else:
        wall(c, rng)
    w, h = rng.uniform(600, 660), rng.uniform(860, 940)
    x0, y0, x1, y1 = 480 - w / 2, 600 - h / 2, 480 + w / 2, 600 + h / 2
    sheet(c, rng, x0, y0, x1, y1)
    inks = rng.choice([(INDIGO, MADDER, GREEN), (WINE, INDIGO, TEAL), (TEAL, POMEGRANATE, INDIGO), (MADDER, PLUM, GREEN)])
    a, b, d, e = x0 + 34, y0 + 34, x1 - 34, y1 - 34
    margin(c, rng, a, b, d, e, inks)
    a, b, d, e = a + 58, b + 58, d - 58, e - 58
    sky = rng.choice([GOLD, SKY, rgb("2f4a86"), rgb("e8cf9a"), rgb("c8b0c0")])
    land = rng.choice([rgb("9db08a"), rgb("c9a0a0"), rgb("a9b8c4"), rgb("d8b98a"), rgb("7f9a86")])
    part = c.sub(box(a, b, d, e), sky, pad=0)
    painted_ground(part, rng, a, b, d, e, land)
    kind = rng.randrange(3)
    robes = rng.sample([MADDER, INDIGO, GREEN, SAFFRON, PLUM, TURQUOISE, POMEGRANATE, ROSE], 4)
    if kind == 0:
        pavilion(part, rng, a, d, e, inks)
    else:
        tree(part, rng, (a + d) / 2 + rng.choice([-110, 110]), e - 150, inks)
    spots = [(a + 120, e - 130), (d - 110, e - 110), ((a + d) / 2, e - 190)]
    for i, (x, y) in enumerate(spots[: rng.choice([1, 2, 3])]):
        figure(part, rng, x, y, 0.95, robes[i], robes[3], (IVORY, robes[(i + 1) % 3])[i % 2])
    c.paste(part)
    c.line(box(a, b, d, e), GOLD, 5, closed=True)
    c.soft([(x0, y0), (x0 + 260, y0), (x0 + 120, y1), (x0, y1)], (255, 244, 220), 60, 0.16)


def painted_ground(p, rng, a, b, d, e, land):
    for i in range(3):
        tone = mix(land, (255, 250, 235), 0.3 - 0.15 * i)
        top = b + (e - b) * (0.3 + 0.16 * i)
        n = 7
        ridge_line = smooth([(a - 40 + (d - a + 80) * j / n, top + rng.uniform(-46, 46)) for j in range(n + 1)], False)
        p.poly([*ridge_line, (d + 40, e + 10), (a - 40, e + 10)], tone)
        p.line(ridge_line, darker(tone, 0.3), 3)
    for _ in range(46):
        x, y = rng.uniform(a, d), rng.uniform(b + (e - b) * 0.5, e)
        petals(p, x, y, 10, 5, rng.choice([POMEGRANATE, IVORY, SAFFRON, INDIGO]))
        p.poly(moved(LEAF, x, y + 3, 13, 160), GREEN)
        p.poly(moved(LEAF, x, y + 3, 13, 200), GREEN)


def tree(p, rng, x, y, inks):
    trunk = smooth([(x - 14, y), (x - 26, y - 150), (x + 10, y - 300), (x + 4, y - 420)], False)
    p.line(trunk, WALNUT, 20)
    p.line(moved(trunk, -4, 0), lighter(WALNUT, 0.3), 4)
    bloom = rng.choice([ROSE, IVORY, POMEGRANATE, GREEN])
    for _ in range(34):
        px, py = x + rng.gauss(0, 70), y - 380 + rng.gauss(0, 80)
        p.disc(px, py, 24, rng.choice([GREEN, darker(GREEN, 0.2), rgb("6a8a5a")]))
    for _ in range(60):
        petals(p, x + rng.gauss(0, 78), y - 380 + rng.gauss(0, 86), 11, 5, bloom)


def pavilion(p, rng, a, d, e, inks):
    mid, top = (a + d) / 2, e - 430
    p.rect(mid - 130, top, mid + 130, e - 60, lighter(inks[1], 0.55))
    for j in range(7):
        for i in range(6):
            p.poly(moved(star(8, 0.6), mid - 110 + i * 44, top + 24 + j * 54, 15), (inks[0], TURQUOISE)[(i + j) % 2])
    arch = pointed_arch(mid, e - 60, 74, top + 190, top + 76)
    p.poly(arch, darker(inks[0], 0.3))
    p.line(arch, GOLD, 6)
    dome = smooth([(mid - 100, top), (mid - 108, top - 60), (mid - 60, top - 140), (mid, top - 186), (mid + 60, top - 140), (mid + 108, top - 60), (mid + 100, top)])
    p.poly(dome, TURQUOISE)
    for i in range(-3, 4):
        p.line(smooth([(mid + i * 28, top), (mid + i * 31, top - 60), (mid + i * 16, top - 140), (mid, top - 184)], False), darker(TURQUOISE, 0.25), 3)
    p.rect(mid - 150, top - 8, mid + 150, top + 14, inks[1])


def lacquer(c, rng):
    """Papier-mâché: a lacquered box, dark ground, gold stems and flowers."""
    ground = rng.choice([BLACK, NIGHT, WINE, rgb("1f3f3a"), rgb("5a1f24"), rgb("203a66"), rgb("7a3a1e")])
    inks = [rng.choice([POMEGRANATE, rgb("d8623f")]), rng.choice([SKY, TURQUOISE]), GOLD, IVORY]
    if rng.random() < 0.5:
        top_down(c, rng)
        r = 350
        kind = rng.randrange(3)
        shape = moved([oval(0, 0, 1, n=60), scallop(8, 0.08), smooth([(-1, -0.68), (0, -0.74), (1, -0.68), (1.04, 0), (1, 0.68), (0, 0.74), (-1, 0.68), (-1.04, 0)], steps=8)][kind], 480, 600, r)
        flat_shadow(c, shape, 26, 36, 26, 0.6)
        solid(c, shape, ground, lambda p: flowers_in_gold(p, rng, 480, 600, r, inks, ground, shape),
              lambda lit: [lit.poly(moved(shape, 150, 150), 88)], shadow=False, blur_shade=60)
        c.soft(oval(370, 440, 120, 40), (255, 250, 240), 34, 0.4)
        return
    standing(c, rng)
    w, h, lid = 560, rng.uniform(190, 240), 74
    x0, x1, y1 = 480 - w / 2, 480 + w / 2, GROUND + 10
    stand_shadow(c, 480, y1, w / 2, 200)
    for top, bottom, grow in ((y1 - h, y1, 0), (y1 - h - lid, y1 - h - 4, 8)):
        shape = box(x0 - grow, top, x1 + grow, bottom)
        solid(c, shape, ground, None, lambda lit, t=top, b=bottom: [lit.rect(0, t, 960, t + 16, 172), lit.rect(0, b - 18, 960, b, 86)], shadow=False, blur_shade=8)
        c.line(box(x0 - grow + 12, top + 12, x1 + grow - 12, bottom - 12), GOLD, 3, closed=True)
    surface = [(x0 - 8, y1 - h - lid), (x0 + 70, y1 - h - lid - 150), (x1 - 70, y1 - h - lid - 150), (x1 + 8, y1 - h - lid)]
    solid(c, surface, lighter(ground, 0.06), lambda p: [vine(p, [(480, y1 - h - lid - 76), (480 + s * 120, y1 - h - lid - 110), (480 + s * 220, y1 - h - lid - 60)], GOLD, 3, (GOLD, inks[1]), rng, 24, 24)
                                                        for s in (-1, 1)] + [p.line([(480 + (x - 480) * 0.92, y1 - h - lid - 75 + (y - y1 + h + lid + 75) * 0.84) for x, y in surface], GOLD, 4, closed=True),
                                                                            rosette(p, 480, y1 - h - lid - 76, 54, inks, rng, 10)], shadow=False)
    for i in range(5):
        x = x0 + w * (i + 0.5) / 5
        rosette(c, x, y1 - h / 2, 36 if i % 2 else 46, inks, rng, 8)
        for s in (-1, 1):
            c.poly(moved(LEAF, x + s * 36, y1 - h / 2 + 34, 30, s * 60), GOLD)
        petals(c, x, y1 - h - lid / 2, 15, 6, inks[i % 2])
    c.soft([(x0 + 20, y1 - h - lid - 20), (x0 + 150, y1 - h - lid - 140), (x0 + 250, y1 - h - lid - 140), (x0 + 120, y1 - h - lid - 20)], (255, 252, 244), 16, 0.35)
    c.soft(box(x0 + 30, y1 - h + 10, x0 + 80, y1 - 20), (255, 250, 240), 16, 0.25)


def flowers_in_gold(p, rng, x, y, r, inks, ground, shape):
    for q, tone, width in ((0.94, GOLD, 7), (0.9, inks[0], 3), (0.68, GOLD, 3)):
        p.line([(x + (a - x) * q, y + (b - y) * q) for a, b in shape], tone, width, closed=True)
    n = rng.choice([6, 8])
    for i in range(n):
        a = 2 * math.pi * i / n
        for bend in (-0.3, 0.3):
            vine(p, [(x, y), (x + r * 0.25 * math.cos(a + bend), y + r * 0.25 * math.sin(a + bend)), (x + r * 0.46 * math.cos(a), y + r * 0.46 * math.sin(a))], GOLD, 2.5, (GOLD, inks[1]), rng, 20, 20)
        petals(p, x + r * 0.5 * math.cos(a), y + r * 0.46 * math.sin(a), r * 0.1, 8, inks[i % 2])
        p.disc(x + r * 0.5 * math.cos(a), y + r * 0.46 * math.sin(a), r * 0.03, GOLD)
    m = n * 3
    outer = [(x + (a - x) * 0.8, y + (b - y) * 0.8) for a, b in shape]
    for i in range(m):
        px, py = outer[len(outer) * i // m]
        p.poly(moved((DROP, TULIP)[i % 2], px, py, r * 0.055, math.degrees(math.atan2(py - y, px - x)) + 90), inks[i % 3])
    rosette(p, x, y, r * 0.22, inks, rng, 12)


def stack_of_paper(c, rng):
    """Sheets of mulberry paper, plain and dyed, some with pressed petals."""
    top_down(c, rng)
    tones = rng.sample([LEAF_TONE, CREAM, rgb("d9b98a"), rgb("b9a27a"), rgb("c9d0c0"), rgb("b76a5a"), rgb("6f8aa0"), rgb("e6d6d0"), rgb("d8a54a")], rng.choice([3, 4, 5]))
    for i, tone in enumerate(tones):
        dx, dy = rng.uniform(-90, 90), rng.uniform(-80, 80)
        w, h = rng.uniform(430, 560), rng.uniform(560, 720)
        sheet(c, rng, 480 - w / 2 + dx, 600 - h / 2 + dy, 480 + w / 2 + dx, 600 + h / 2 + dy, tone, 5)
    for _ in range(rng.choice([0, 5, 9])):
        x, y = rng.uniform(330, 640), rng.uniform(380, 820)
        petals(c, x, y, 24, 5, rng.choice([ROSE, SAFFRON, PLUM, INDIGO]))
        c.poly(moved(LEAF, x + 10, y + 18, 50, rng.uniform(90, 240)), rgb("7a8a5a"))
    if rng.random() < 0.5:
        y = rng.uniform(540, 680)
        c.line([(120, y), (840, y + 14)], rgb("8a2a26"), 7)
        c.line([(470, 160), (486, 1040)], rgb("8a2a26"), 7)
        for s in (-1, 1):
            c.line(oval(478 + s * 52, y + 6, 50, 26), rgb("8a2a26"), 7, closed=True)


def stroke(c, points, width, colour, angle=52):
    """A reed pen's stroke: its width depends on its direction."""
    path = smooth(points, False, 14)
    nx, ny = math.cos(math.radians(angle)) * width / 2, -math.sin(math.radians(angle)) * width / 2
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        c.poly([(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)], colour)


def calligraphy(c, rng):
    """Free strokes of a reed pen, after the rhythm of nastaliq; they spell nothing."""
    (top_down if rng.random() < 0.5 else wall)(c, rng)
    paper = rng.choice([LEAF_TONE, CREAM, rgb("24406a"), rgb("3a2a26"), rgb("c9d4cc"), rgb("e2c39a")])
    dark = sum(paper) < 330
    ink = rng.choice([GOLD, IVORY] if dark else [BLACK, INDIGO, rgb("4a2a1c"), WINE])
    x0, y0, x1, y1 = 150, 190, 810, 1010
    sheet(c, rng, x0, y0, x1, y1, paper)
    for inset, tone, width in ((40, GOLD, 6), (52, ink, 2)):
        c.line(box(x0 + inset, y0 + inset, x1 - inset, y1 - inset), tone, width, closed=True)
    for _ in range(9):
        x, y = rng.uniform(260, 700), rng.uniform(320, 880)
        c.soft(oval(x, y, 90, 30), GOLD, 30, 0.14)
    rows = rng.choice([1, 2, 3])
    for j in range(rows):
        y = 600 + (j - (rows - 1) / 2) * 230
        size = (1.4, 1.0, 0.8)[rows - 1]
        x = 720
        while x > 330:
            kind, w = rng.randrange(4), rng.uniform(100, 210) * size
            pen = 34 * size
            if kind == 0:
                stroke(c, [(x, y - 60 * size), (x - w * 0.2, y + 20 * size), (x - w * 0.6, y + 66 * size), (x - w, y - 10 * size)], pen, ink)
            elif kind == 1:
                stroke(c, [(x, y - 190 * size), (x - 10, y - 60 * size), (x - 26, y + 20 * size)], pen * 0.8, ink)
                w *= 0.35
            elif kind == 2:
                stroke(c, [(x, y - 20 * size), (x - w * 0.3, y - 70 * size), (x - w * 0.5, y), (x - w * 0.9, y + 90 * size), (x - w * 0.3, y + 120 * size)], pen * 0.9, ink)
            else:
                stroke(c, [(x + 30, y - 130 * size), (x - w * 0.7, y - 60 * size), (x - w * 0.8, y + 10 * size), (x - w * 0.2, y + 30 * size)], pen * 0.9, ink)
            for t in range(rng.choice([0, 1, 2, 3])):
                c.poly(moved([(0, -1), (1, 0), (0, 1), (-1, 0)], x - w * 0.5 + t * 26 * size, y + rng.choice([-110, 130]) * size, 12 * size, 8), ink)
            x -= w * rng.uniform(0.75, 0.95)
    for x in (x0 + 90, x1 - 90):
        for y in (y0 + 90, y1 - 90):
            petals(c, x, y, 30, 8, GOLD, LEAF)
    if rng.random() < 0.6:
        ridge(c, [(700, 1080), (880, 860)], rgb("b08a5e"), 18)


def painting(c, rng):
    rng.choice([miniature, lacquer])(c, rng)
