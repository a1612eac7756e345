"""Miniature painting: a ruled page with a garden or a pavilion."""

from .canvas import box, darker, lighter, mix, moved, smooth
from .lacquer import lacquer
from .motifs import LEAF, petals, pointed_arch, star
from .palette import (
    GOLD,
    GREEN,
    INDIGO,
    IVORY,
    MADDER,
    PLUM,
    POMEGRANATE,
    ROSE,
    SAFFRON,
    SKY,
    TEAL,
    TURQUOISE,
    WALNUT,
    WINE,
    rgb,
)
from .paper import sheet
from .stage import top_down, wall


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
    c.poly(
        moved(smooth([(0, -92), (34, -70), (44, 10), (70, 92), (-66, 92), (-44, 10), (-34, -70)]), x, y, s),
        darker(robe, 0.35),
    )
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
    inks = rng.choice(
        [(INDIGO, MADDER, GREEN), (WINE, INDIGO, TEAL), (TEAL, POMEGRANATE, INDIGO), (MADDER, PLUM, GREEN)]
    )
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
    dome = smooth(
        [
            (mid - 100, top),
            (mid - 108, top - 60),
            (mid - 60, top - 140),
            (mid, top - 186),
            (mid + 60, top - 140),
            (mid + 108, top - 60),
            (mid + 100, top),
        ]
    )
    p.poly(dome, TURQUOISE)
    for i in range(-3, 4):
        p.line(
            smooth([(mid + i * 28, top), (mid + i * 31, top - 60), (mid + i * 16, top - 140), (mid, top - 184)], False),
            darker(TURQUOISE, 0.25),
            3,
        )
    p.rect(mid - 150, top - 8, mid + 150, top + 14, inks[1])


def painting(c, rng):
    rng.choice([miniature, lacquer])(c, rng)
