"""Dombra, komuz, dutar, tar, rubab and frame drums, leaning on a wall or lying on cloth."""

import math

from .canvas import darker, lighter, mix, moved, oval, smooth, solid
from .motifs import petals, star
from .palette import BRASS, CHOCOLATE, IVORY, WALNUT, rgb
from .solids import GROUND, mouth, profile_curve, turned
from .stage import flat_shadow, standing, top_down, wall
from .wood import WOODS, grain

PALE = [rgb("d9b57c"), rgb("cfa066"), rgb("e0c294"), rgb("c58f55")]


def strung(c, rng, body, neck, pegs, strings, face, wood_tone, skin=None, frets=0, hole=None, turn=0.0, strips=0):
    """A lute: `body` outline about (0, 0), neck (half width, length), all upright and then turned about the middle."""
    (half, length, head), cx, cy = neck, 480, 600

    def at(points):
        return moved(points, cx, cy + 230, 1, turn)

    neck_shape = [(-half, 0), (-half * 0.8, -length), (half * 0.8, -length), (half, 0)]
    head_shape = smooth(
        [
            (-half * 0.9, -length + 6),
            (-half * 1.5, -length - head * 0.4),
            (-half * 0.9, -length - head),
            (half * 0.9, -length - head),
            (half * 1.5, -length - head * 0.4),
            (half * 0.9, -length + 6),
        ],
        steps=4,
    )
    for shape in (neck_shape, head_shape):
        solid(
            c,
            at(shape),
            darker(wood_tone, 0.25),
            None,
            lambda lit, s=shape: lit.poly(
                at([(half * 0.2, -length - head), (half * 2, -length - head), (half * 2, 20), (half * 0.2, 20)]), 84
            ),
            blur_shade=4,
        )
    for i in range(pegs):
        s = 1 if i % 2 else -1
        y = -length - head * (0.2 + 0.6 * (i // 2) / max(1, (pegs - 1) // 2))
        c.line(at([(s * half, y), (s * (half + 46), y - 6)]), darker(wood_tone, 0.5), 11)
        ((px, py),) = at([(s * (half + 52), y - 7)])
        c.disc(px + 2, py + 3, 17, CHOCOLATE)
        c.disc(px, py, 16, wood_tone)
        c.disc(px - 4, py - 5, 6, lighter(wood_tone, 0.5))
    outline = at(body)

    def paint(p):
        if strips:
            for i in range(strips):
                t = -1 + 2 * i / strips
                p.poly(
                    at([(t * 260, 320), ((t + 2 / strips) * 260, 320), ((t + 2 / strips) * 40, -300), (t * 40, -300)]),
                    (wood_tone, lighter(wood_tone, 0.22))[i % 2],
                )
        inner = [(x * 0.93, y * 0.95) for x, y in body]
        p.poly(at(inner), face)
        xs, ys = [x for x, _ in at(inner)], [y for _, y in at(inner)]
        part = p.sub(at(inner), face)
        if not skin:
            grain(part, rng, min(xs), min(ys), max(xs), max(ys), face)
        mask = p.sub(at(inner), 0, "L")
        mask.poly(at(inner), 255)
        p.paste(part, mask)
        p.line(at(inner), darker(wood_tone, 0.3), 5, closed=True)
        if skin:
            p.poly(at(skin), rgb("eadfc6"))
            p.line(at(skin), darker(wood_tone, 0.4), 5, closed=True)

    solid(
        c,
        outline,
        wood_tone,
        paint,
        lambda lit: [lit.poly(moved(outline, 90, 50), 96), lit.poly(moved(outline, -170, -60), 146)],
        blur_shade=26,
    )
    for i in range(frets):
        y = -length * (0.95 - 0.7 * (i / frets) ** 0.8)
        c.line(at([(-half * 0.95, y), (half * 0.95, y)]), IVORY, 4)
    if hole is not None:
        ((px, py),) = at([(0, hole)])
        c.disc(px, py, 22, darker(face, 0.3))
        c.disc(px, py, 17, CHOCOLATE)
        petals(c, px, py, 46, 12, (*darker(face, 0.5), 120))
        c.disc(px, py, 19, CHOCOLATE)
    low = max(y for _, y in body) * 0.62
    c.line(at([(-46, low), (46, low)]), CHOCOLATE, 14)
    c.line(at([(-44, low - 4), (44, low - 4)]), lighter(wood_tone, 0.3), 4)
    gap = half * 1.1 / max(1, strings)
    for i in range(strings):
        t = (i - (strings - 1) / 2) * gap
        c.line(at([(t * 0.9 + 3, -length - head * 0.3), (t * 1.5 + 3, low + 3)]), (30, 20, 14, 120), 2)
        c.line(at([(t * 0.9, -length - head * 0.3), (t * 1.5, low)]), (246, 236, 214), 2.2)
    return at


def inlay(c, at, rng, y0, y1, n, colour):
    for i in range(n):
        ((px, py),) = at([(0, y0 + (y1 - y0) * i / max(1, n - 1))])
        c.poly(moved(star(4, 0.5), px, py, 12), colour)


def place(c, rng):
    """Against a wall or on cloth; gives the angle it leans at."""
    if rng.random() < 0.6:
        wall(c, rng)
    else:
        top_down(c, rng)
    return rng.uniform(-16, 16)


def pear(w, top, bottom, neck=26, square=0.6):
    half = [
        (neck, top),
        (w * 0.62, top * square),
        (w, bottom * 0.2),
        (w * 0.86, bottom * 0.72),
        (w * 0.4, bottom * 0.98),
        (0, bottom),
    ]
    return smooth([(-neck, top), (neck, top)] + half[1:] + [(-x, y) for x, y in reversed(half[1:-1])], steps=7)


def dombra(c, rng):
    turn, tone = place(c, rng), rng.choice(WOODS)
    face = rng.choice(PALE)
    if rng.random() < 0.6:
        body = pear(rng.uniform(150, 175), -210, rng.uniform(250, 280))
    else:
        body = smooth(
            [
                (-24, -190),
                (24, -190),
                (110, -150),
                (150, 60),
                (160, 230),
                (70, 262),
                (0, 266),
                (-70, 262),
                (-160, 230),
                (-150, 60),
                (-110, -150),
            ]
        )
    at = strung(c, rng, body, (19, 610, 120), 2, 2, face, tone, frets=14, hole=40, turn=turn)
    ornament = darker(face, 0.55)
    for s in (-1, 1):
        for i in range(5):
            ((px, py),) = at([(s * (70 + 12 * i), 150 - i * 34)])
            petals(c, px, py, 17, 6, ornament)


def komuz(c, rng):
    turn, tone = place(c, rng), rng.choice(WOODS)
    body = pear(rng.uniform(118, 150), -270, rng.uniform(240, 280), 30, 0.5)
    at = strung(c, rng, body, (26, 560, 120), 3, 3, lighter(tone, rng.uniform(0.1, 0.35)), tone, turn=turn)
    inlay(c, at, rng, -80, 60, 3, darker(tone, 0.5))


def dutar(c, rng):
    turn, tone = place(c, rng), rng.choice([rgb("b5723a"), rgb("a8612f"), rgb("8a4a2a")])
    body = pear(rng.uniform(140, 165), -280, rng.uniform(260, 285), 20, 0.42)
    at = strung(
        c, rng, body, (15, 660, 90), 2, 2, rng.choice(PALE), tone, frets=13, turn=turn, strips=rng.choice([8, 10, 12])
    )
    inlay(c, at, rng, -560, -330, 6, IVORY)
    for i in range(3):
        ((px, py),) = at([(0, 10 + i * 40)])
        c.disc(px, py, 5, CHOCOLATE)


def tar(c, rng):
    """The Azerbaijani tar: a body in a figure of eight, covered with skin, mother of pearl on the neck."""
    turn, tone = place(c, rng), rng.choice([rgb("7a3a22"), rgb("8a4a2a"), rgb("5a2a1c")])
    half = [(26, -250), (100, -226), (128, -130), (64, -50), (60, -30), (150, 60), (172, 170), (120, 250), (0, 276)]
    body = smooth([(-x, y) for x, y in reversed(half[:-1])] + half, steps=6)
    small = smooth([(0, -226), (80, -206), (102, -130), (40, -56), (0, -50), (-40, -56), (-102, -130), (-80, -206)])
    big = smooth(
        [(0, -22), (60, -4), (126, 80), (144, 170), (98, 226), (0, 246), (-98, 226), (-144, 170), (-126, 80), (-60, -4)]
    )
    at = strung(c, rng, body, (24, 610, 140), 6, 5, darker(tone, 0.1), tone, skin=big, frets=16, turn=turn)
    c.poly(at(small), rgb("e8dcc2"))
    c.line(at(small), darker(tone, 0.4), 5, closed=True)
    for t in (-10, -5, 0, 5, 10):
        c.line(at([(t, -740), (t * 1.5, 150)]), (246, 236, 214), 2)
    for i in range(12):
        for s in (-1, 1):
            ((px, py),) = at([(s * 16, -590 + i * 28)])
            c.poly(moved(star(4, 0.6), px, py, 7), (236, 230, 220))


def rubab(c, rng):
    """Pamir or Kashgar rubab: horns at the shoulder, skin belly, a long neck."""
    turn, tone = place(c, rng), rng.choice(WOODS)
    r = rng.uniform(140, 165)
    half = [
        (24, -250),
        (60, -220),
        (128, -214),
        (150, -250),
        (142, -170),
        (74, -120),
        (r, 0),
        (r * 1.02, 130),
        (r * 0.66, 240),
        (0, 270),
    ]
    body = smooth([(-x, y) for x, y in reversed(half[:-1])] + half, steps=6)
    skin = smooth(
        [
            (0, -90),
            (r * 0.56, -60),
            (r * 0.86, 40),
            (r * 0.84, 140),
            (r * 0.5, 214),
            (0, 236),
            (-r * 0.5, 214),
            (-r * 0.84, 140),
            (-r * 0.86, 40),
            (-r * 0.56, -60),
        ]
    )
    at = strung(c, rng, body, (22, 610, 120), 5, 5, mix(tone, WALNUT, 0.5), tone, skin=skin, frets=9, turn=turn)
    inlay(c, at, rng, -560, -280, 9, IVORY)
    for s in (-1, 1):
        ((px, py),) = at([(s * 60, -170)])
        petals(c, px, py, 26, 8, IVORY)


def drum(c, rng):
    """A doira with rings inside the hoop, or a pair of clay nagara with laced skins."""
    if rng.random() < 0.55:
        place(c, rng)
        r, tone = rng.uniform(330, 370), rng.choice(WOODS)
        x, y = 480, 600
        flat_shadow(c, oval(x, y, r), 26, 34, 22, 0.55)
        c.poly(oval(x + 10, y + 14, r), darker(tone, 0.4))
        c.poly(oval(x, y, r), tone)
        c.line(oval(x, y, r * 0.985), lighter(tone, 0.4), 4, closed=True)
        for i in range(36):
            a = 2 * math.pi * i / 36
            c.poly(
                moved(star(4, 0.5), x + r * 0.955 * math.cos(a), y + r * 0.955 * math.sin(a), 12, math.degrees(a)),
                IVORY if i % 2 else BRASS,
            )
        skin = rgb("e6d5b2")
        part = c.sub(oval(x, y, r * 0.91), skin)
        part.soft(oval(x - 80, y - 100, r * 0.5), lighter(skin, 0.5), 90, 0.7)
        part.soft(oval(x + 130, y + 160, r * 0.5, r * 0.4), darker(skin, 0.3), 90, 0.5)
        for _ in range(60):
            part.soft(
                oval(rng.uniform(150, 800), rng.uniform(280, 920), rng.uniform(4, 22)), darker(skin, 0.2), 12, 0.16
            )
        if rng.random() < 0.6:
            ink = rng.choice([rgb("8a3a26"), rgb("26406e"), rgb("3a241c")])
            part.line(oval(x, y, r * 0.6), (*ink, 190), 5, closed=True)
            for i in range(16):
                a = 2 * math.pi * i / 16
                part.poly(moved(star(8, 0.6), x + r * 0.72 * math.cos(a), y + r * 0.72 * math.sin(a), 20), (*ink, 170))
            petals(part, x, y, r * 0.4, 12, (*ink, 150))
            part.disc(x, y, r * 0.1, skin)
        mask = c.sub(oval(x, y, r * 0.91), 0, "L")
        mask.disc(x, y, r * 0.91, 255)
        c.paste(part, mask)
        return
    standing(c, rng)
    clay = rng.choice([rgb("a8623f"), rgb("7a4a34"), rgb("2f7a80"), rgb("8a3a2a")])
    for cx, s, base in ((330, 0.98, GROUND - 20), (660, 0.76, GROUND + 26)):
        profile = profile_curve([(80 * s, 0), (120 * s, 40 * s), (200 * s, 190 * s), (220 * s, 300 * s)])

        def lacing(p, s=s):
            for i in range(13):
                a = -90 + i * 15
                p.line([(a, 292 * s), (a + 7.5, 90 * s), (a + 15, 292 * s)], (236, 220, 190), 5)
            p.poly(
                [(t, 300 * s) for t in range(-96, 97, 8)]
                + [(t, 250 * s - 8 * math.cos(t / 6)) for t in range(96, -97, -8)],
                (226, 206, 170),
            )

        turned(c, profile, cx, base, clay, lacing, 0.3)
        mouth(c, profile, cx, base, rgb("cdb48a"), rgb("e9dcc0"))


def instrument(c, rng):
    rng.choice([dombra, dutar, rubab, drum])(c, rng)
