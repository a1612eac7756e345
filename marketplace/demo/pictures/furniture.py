"""Chests, cradles and boards for backgammon."""

import math

from .canvas import box, darker, lighter, mix, moved, oval, smooth, solid
from .motifs import LEAF, petals, rosette, star
from .palette import BRASS, CHOCOLATE, EMBROIDERY, IVORY, RUGS, UMBER, WALNUT, rgb
from .smallwear import tassel
from .stage import GROUND, flat_shadow, stand_shadow, studio, top_down
from .wood import WOODS, carved_rect, girih_panel, grain, islimi, panel, raised, spoons


def chest(c, rng):
    """A bridal chest: painted or carved front, iron bands, arched or flat lid."""
    studio(c, rng)
    colour = rng.choice([*WOODS, rgb("7a2a24"), rgb("24504e"), rgb("2a3f66")])
    metal, inks = rng.choice([BRASS, rgb("9a9a98"), rgb("b06a42")]), rng.choice(EMBROIDERY)[1:]
    w, h, lid = 690, rng.uniform(300, 350), rng.uniform(90, 130)
    x0, x1, y1 = 480 - w / 2, 480 + w / 2, GROUND + 10
    y0 = y1 - h
    stand_shadow(c, 480, y1, w / 2, 260)
    c.rect(x0, y0, x1, y1, colour)
    grain(c, rng, x0, y0, x1, y1, colour, False)
    kind = rng.randrange(3)
    for i in range(3):
        a, b = x0 + 30 + (w - 60) * i / 3 + 14, x0 + 30 + (w - 60) * (i + 1) / 3 - 14
        mid, my, r = (a + b) / 2, (y0 + y1) / 2, min((b - a) / 2, h / 2 - 40) - 4
        if kind == 0:
            carved_rect(c, rng, a, y0 + 34, b, y1 - 44, colour, [girih_panel, islimi][i % 2])
        elif kind == 1:
            c.poly(box(a, y0 + 34, b, y1 - 44), darker(colour, 0.35))
            rosette(c, mid, my - 4, r * 0.9, inks, rng, 12)
            for sx in (-1, 1):
                for sy in (-1, 1):
                    petals(c, mid + sx * r * 0.85, my - 4 + sy * r * 0.85, r * 0.3, 5, inks[2], LEAF)
            c.line(box(a, y0 + 34, b, y1 - 44), inks[3], 5, closed=True)
        else:
            c.rect(a, y0 + 34, b, y1 - 44, (metal if i % 2 == 0 else darker(inks[0], 0.1)))
            for t in range(4):
                for u in range(4):
                    px, py = a + (b - a) * (t + 0.5) / 4, y0 + 34 + (h - 78) * (u + 0.5) / 4
                    raised(c, moved(star(8, 0.6), px, py, 24), lighter(metal, 0.15) if i % 2 else darker(metal, 0.2), 3)
    bow = 30 if rng.random() < 0.5 else 4
    top = [
        (x0 - 14, y0 + 8),
        (x0 + 6, y0 - lid),
        *smooth([(x0 + 6, y0 - lid), (480, y0 - lid - bow), (x1 - 6, y0 - lid)], False),
        (x1 + 14, y0 + 8),
    ]
    solid(
        c,
        top,
        lighter(colour, 0.08),
        lambda p: (
            [grain(p, rng, x0, y0 - lid - 40, x1, y0, colour, False)]
            + [
                raised(
                    p,
                    moved(star(8, 0.6), x0 + 60 + i * (w - 120) / 6, y0 - lid * 0.45, 26),
                    metal if kind else colour,
                    3,
                )
                for i in range(7)
            ]
        ),
        lambda lit: [lit.rect(0, y0 - lid - 60, 960, y0 - lid + 26, 156), lit.rect(0, y0 - 20, 960, y0 + 20, 92)],
        shadow=False,
        blur_shade=14,
    )
    c.soft(box(x0, y0 + 8, x1, y0 + 22), CHOCOLATE, 7, 0.6)
    for x in (x0, x0 + (w - 26) / 3, x0 + 2 * (w - 26) / 3, x1 - 26):
        c.rect(x, y0 + 4, x + 26, y1, darker(metal, 0.15))
        c.rect(x + 2, y0 + 4, x + 7, y1, lighter(metal, 0.35))
        for t in range(7):
            c.disc(x + 13, y0 + 24 + t * (h - 40) / 6, 5, lighter(metal, 0.2))
    raised(c, box(448, y0 - 14, 512, y0 + 62), metal, 4)
    c.disc(480, y0 + 26, 9, CHOCOLATE)
    c.rect(477, y0 + 28, 483, y0 + 46, CHOCOLATE)
    for x in (x0 + 20, x1 - 70):
        c.rect(x, y1 - 2, x + 50, y1 + 22, darker(colour, 0.4))
    c.soft([(x0, y0), (x0 + 300, y0), (x0 + 200, y1), (x0, y1)], (255, 236, 200), 60, 0.18)


def cradle(c, rng):
    """The beshik: turned rails, rockers, a bar above, a bright cover."""
    studio(c, rng)
    colour = rng.choice([rgb("a8452c"), rgb("2f6a5a"), rgb("b8772f"), rgb("2a4a80"), WALNUT, rgb("8a5c38")])
    inks, cover = rng.choice(EMBROIDERY)[1:], rng.choice(RUGS)
    y = GROUND
    stand_shadow(c, 480, y + 10, 320, 220)
    for x in (230, 730):
        arc = oval(x, y - 90, 120, 112, 24, 150, 30)
        c.line(moved(arc, 4, 6), darker(colour, 0.6), 30)
        c.line(arc, darker(colour, 0.15), 28)
        c.line(moved(arc, -2, -5), lighter(colour, 0.3), 6)
    for x, top in ((230, y - 440), (730, y - 440)):
        for i in range(14):
            t = i / 13
            r = 22 + 9 * math.sin(t * 22)
            cy = y - 40 + (top - y + 40) * t
            c.disc(x + 3, cy + 4, r, darker(colour, 0.55), 20)
            c.disc(x, cy, r, (colour, inks[0], inks[2])[i % 3], 18)
            c.disc(x - r * 0.4, cy - 4, r * 0.3, lighter(colour, 0.5), 8)
    c.line([(230, y - 446), (730, y - 446)], darker(colour, 0.4), 34)
    c.line([(230, y - 450), (730, y - 450)], colour, 28)
    c.line([(230, y - 458), (730, y - 458)], lighter(colour, 0.4), 6)
    for i in range(9):
        c.disc(270 + i * 52, y - 450, 13, inks[i % 3])
    c.rect(214, y - 170, 746, y - 104, darker(colour, 0.1))
    c.rect(214, y - 170, 746, y - 160, lighter(colour, 0.3))
    for i in range(11):
        petals(c, 242 + i * 48, y - 134, 22, 8, inks[i % 3])
    blanket = [
        (250, y - 430),
        (710, y - 430),
        (722, y - 190),
        *[(722 - i * 24, y - 180 + 8 * math.sin(i * 1.3)) for i in range(21)],
        (240, y - 190),
    ]

    def paint(p):
        for i in range(7):
            p.rect(240, y - 430 + i * 36, 740, y - 412 + i * 36, cover[1 + i % 3])
        for j in range(4):
            for i in range(9):
                p.poly(moved(star(8, 0.6), 268 + i * 54, y - 400 + j * 66, 20), cover[(i + j) % 4 + 2])

    solid(
        c,
        blanket,
        cover[0],
        paint,
        lambda lit: [
            lit.poly(
                [(250 + i * 70, y - 430), (276 + i * 70, y - 430), (270 + i * 72, y - 170), (236 + i * 72, y - 170)], 98
            )
            for i in range(7)
        ],
        blur_shade=14,
    )
    for i in range(10):
        tassel(c, 252 + i * 51, y - 184, 40, cover[1 + i % 3])


def backgammon(c, rng):
    """An open nard board with inlaid points, or a chequered board, and its pieces."""
    top_down(c, rng)
    colour = rng.choice(WOODS)
    pale, dark = rng.choice([(rgb("e0c090"), rgb("4a2a1c")), (IVORY, rgb("7a2a22")), (rgb("d8b078"), rgb("1f3f4a"))])
    chess = rng.random() < 0.35
    turn = rng.uniform(-6, 6)
    half = 400

    def at(points):
        return moved(points, 480, 600, 1, turn)

    flat_shadow(c, at(box(-half, -half, half, half)), 16, 24, 18, 0.6)
    c.poly(at(box(-half, -half, half, half)), darker(colour, 0.15))
    c.line(at(box(-half + 6, -half + 6, half - 6, half - 6)), lighter(colour, 0.25), 5, closed=True)
    for i in range(28):
        t = -half + 28 + i * (2 * half - 56) / 27
        for p in ((t, -half + 26), (t, half - 26), (-half + 26, t), (half - 26, t)):
            c.poly(at(moved(star(4, 0.5), *p, 12)), (pale, BRASS)[i % 2])
    inner = half - 50
    c.poly(at(box(-inner, -inner, inner, inner)), mix(colour, pale, 0.35))
    if chess:
        q = inner / 4
        for j in range(8):
            for i in range(8):
                c.poly(
                    at(box(-inner + i * q, -inner + j * q, -inner + (i + 1) * q, -inner + (j + 1) * q)),
                    (pale, dark)[(i + j) % 2],
                )
    else:
        q = (inner - 16) / 6
        for s in (-1, 1):
            for i in range(12):
                x = -inner + 4 + i * q + (24 if i > 5 else 0)
                c.poly(
                    at([(x + 4, s * inner), (x + q - 4, s * inner), (x + q / 2, s * inner * 0.18)]), (dark, pale)[i % 2]
                )
                c.poly(
                    at([(x + q * 0.3, s * inner), (x + q * 0.7, s * inner), (x + q / 2, s * inner * 0.5)]),
                    (BRASS, darker(colour, 0.3))[i % 2],
                )
        c.poly(at(box(-14, -half, 14, half)), darker(colour, 0.1))
        for s in (-1, 1):
            c.poly(at(moved(star(8, 0.6), s * inner / 2, 0, 62)), dark)
            c.poly(at(moved(star(8, 0.6), s * inner / 2, 0, 48)), pale)
            c.poly(at(moved(star(8, 0.6), s * inner / 2, 0, 24)), BRASS)
    spots = (
        [(rng.randrange(8), rng.randrange(8)) for _ in range(11)]
        if chess
        else [(i, j) for i in (0, 5, 7, 11) for j in range(rng.choice([2, 3, 4]))]
    )
    for n, (i, j) in enumerate(spots):
        q = inner / 4 if chess else (inner - 16) / 6
        x = -inner + (i + 0.5) * q + (28 if i > 5 and not chess else 0)
        y = -inner + (j + 0.5) * q * (1 if chess else 0.9) if n % 2 or chess else inner - (j + 0.5) * q * 0.9
        ((px, py),) = at([(x, y)])
        tone = (IVORY, UMBER)[n % 2]
        c.soft(oval(px + 6, py + 9, q * 0.4), CHOCOLATE, 6, 0.6)
        c.disc(px, py, q * 0.42, darker(tone, 0.35))
        c.disc(px - 2, py - 3, q * 0.38, tone)
        c.line(oval(px - 2, py - 3, q * 0.24, n=24), darker(tone, 0.3), 3, closed=True)
    c.soft(at([(-half, -half), (0, -half), (-half * 0.4, half), (-half, half)]), (255, 240, 210), 70, 0.14)


def wood(c, rng):
    rng.choice([panel, spoons, chest])(c, rng)
