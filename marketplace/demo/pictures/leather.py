"""Saddles and whips, and other work in leather."""

import math

from .canvas import box, darker, lighter, mix, moved, oval, smooth, solid
from .motifs import horns, petals, scallop, star
from .palette import BRASS, RUGS, SILVER, rgb
from .smallwear import belt, stud, tassel
from .stage import GROUND, flat_shadow, stand_shadow, studio, top_down, wall
from .wood import WOODS

LEATHERS = [rgb("6a3520"), rgb("8a4a28"), rgb("3a2620"), rgb("7a2a22"), rgb("9a6236"), rgb("5a3a2a")]


def saddle(c, rng):
    """A high-pommelled saddle over a felt cloth, on a wooden stand."""
    studio(c, rng)
    leather, metal, felt = rng.choice(LEATHERS), rng.choice([SILVER, BRASS]), rng.choice(RUGS)
    stone = rng.choice([rgb("b0402a"), rgb("2f9aa0"), rgb("2a4a92")])
    y = GROUND - 240
    for x in (300, 660):
        c.line([(x, y + 60), (x - 50 if x < 480 else x + 50, GROUND + 50)], darker(WOODS[0], 0.3), 34)
        c.line([(x, y + 60), (x - 50 if x < 480 else x + 50, GROUND + 50)], WOODS[1], 24)
    stand_shadow(c, 480, GROUND + 50, 300, 200, 0.35)
    blanket = smooth(
        [
            (180, y - 40),
            (480, y - 20),
            (780, y - 40),
            (820, y + 220),
            (760, y + 290),
            (480, y + 300),
            (200, y + 290),
            (140, y + 220),
        ],
        steps=5,
    )

    def cloth(p):
        for q, tone in ((0.93, felt[1]), (0.9, felt[4]), (0.86, felt[0])):
            p.poly([(480 + (x - 480) * q, y + 130 + (py - y - 130) * q) for x, py in blanket], tone)
        for x in (250, 480, 710):
            horns(p, x, y + 200, 78, felt[2], 10, edge=felt[1], edge_width=3)

    solid(c, blanket, felt[2], cloth, lambda lit: [lit.poly(moved(blanket, 300, 30), 92)], blur_shade=30)
    for i in range(13):
        tassel(c, 196 + i * 47, y + 284, 44, felt[1 + i % 4])
    flap = smooth(
        [
            (330, y - 70),
            (480, y - 40),
            (630, y - 70),
            (680, y + 110),
            (600, y + 215),
            (480, y + 232),
            (360, y + 215),
            (280, y + 110),
        ],
        steps=6,
    )

    def tooled(p):
        for q in (0.92, 0.86):
            p.line(
                [(480 + (x - 480) * q, y + 80 + (py - y - 80) * q) for x, py in flap],
                lighter(leather, 0.3),
                4,
                closed=True,
            )
        horns(p, 480, y + 110, 88, darker(leather, 0.5), 9)
        for s in (-1, 1):
            petals(p, 480 + s * 130, y + 100, 40, 8, darker(leather, 0.45))

    solid(
        c,
        flap,
        leather,
        tooled,
        lambda lit: [lit.poly(moved(flap, 150, 30), 82), lit.poly(moved(flap, -230, -40), 150)],
        blur_shade=30,
    )
    seat = smooth(
        [
            (190, y - 120),
            (236, y - 286),
            (284, y - 300),
            (318, y - 190),
            (420, y - 128),
            (560, y - 128),
            (660, y - 180),
            (720, y - 226),
            (776, y - 214),
            (790, y - 150),
            (700, y - 50),
            (480, y - 10),
            (270, y - 50),
        ],
        steps=7,
    )

    def seat_paint(p):
        rim = seat[: len(seat) * 9 // 13]
        p.line(rim, metal, 26)
        p.line(moved(rim, -2, -4), lighter(metal, 0.6), 6)
        for i in range(3, len(rim), 5):
            p.disc(*rim[i], 6, darker(metal, 0.4))
        p.line(smooth([(250, y - 80), (480, y - 40), (710, y - 84)], False), lighter(leather, 0.3), 4)

    solid(
        c,
        seat,
        leather,
        seat_paint,
        lambda lit: [
            lit.poly([(200, y - 60), (480, y - 60), (800, y - 130), (800, y), (200, y + 10)], 78),
            lit.poly([(330, y - 170), (430, y - 120), (560, y - 122), (540, y - 90), (420, y - 90)], 178),
        ],
        blur_shade=24,
    )
    stud(c, 262, y - 250, 30, 0, metal, stone, 2)
    stud(c, 748, y - 186, 24, 0, metal, stone, 2)
    for x in (380, 584):
        c.line([(x, y + 30), (x - 6, y + 230)], darker(leather, 0.4), 22)
        c.line([(x - 3, y + 30), (x - 9, y + 230)], lighter(leather, 0.1), 8)
        ring = moved(scallop(3, 0.05), x - 6, y + 280, 52)
        c.line(moved(ring, 4, 6), (30, 20, 16), 13, closed=True)
        c.line(ring, metal, 11, closed=True)
        c.line(moved(ring, -2, -2), lighter(metal, 0.6), 3, closed=True)


def whip(c, rng):
    """A qamshy: a wooden handle bound with metal, a plaited lash laid in a curve."""
    if rng.random() < 0.5:
        wall(c, rng)
    else:
        top_down(c, rng)
    leather, tone, metal = rng.choice(LEATHERS), rng.choice(WOODS), rng.choice([SILVER, BRASS, SILVER])
    flip = rng.random() < 0.5
    x0, y0 = 300, 1000
    x1, y1 = 520, 420
    swing, low = rng.uniform(120, 220), rng.uniform(700, 920)
    lash = smooth(
        [
            (x1, y1),
            (600, 300),
            (600 + swing * 0.7, 330),
            (620 + swing, 500),
            (640 + swing * 0.6, low - 60),
            (700, low),
            (640, low + 90),
        ],
        False,
        16,
    )

    def at(points):
        return [(960 - x, y) for x, y in points] if flip else points

    wide = 30.0
    c.soft(
        at(moved([(x - 14, y) for x, y in lash] + [(x + 14, y) for x, y in reversed(lash)], 10, 14)),
        (30, 18, 12),
        10,
        0.5,
    )
    for i, (x, y) in enumerate(lash):
        w = wide * (1 - 0.55 * i / len(lash))
        ((px, py),) = at([(x, y)])
        c.disc(px, py, w / 2 + 1.5, darker(leather, 0.5))
    for i in range(len(lash) - 1):
        (xa, ya), (xb, yb) = lash[i], lash[i + 1]
        w = wide * (1 - 0.55 * i / len(lash)) / 2
        a = math.atan2(yb - ya, xb - xa)
        for s in (-1, 1):
            c.line(
                at(
                    [
                        (xa + s * w * math.sin(a), ya - s * w * math.cos(a)),
                        (
                            xb - s * w * 0.2 * math.sin(a) + 5 * math.cos(a),
                            yb + s * w * 0.2 * math.cos(a) + 5 * math.sin(a),
                        ),
                    ]
                ),
                (leather, lighter(leather, 0.22))[s > 0],
                w * 0.95,
            )
    ex, ey = at([lash[-1]])[0]
    tassel(c, ex, ey, 96, leather)
    c.soft(at(moved([(x0 - 20, y0), (x1 - 20, y1), (x1 + 20, y1), (x0 + 20, y0)], 12, 16)), (30, 18, 12), 10, 0.55)
    c.line(at([(x0, y0), (x1, y1)]), darker(tone, 0.5), 48)
    c.line(at([(x0 - 1, y0 - 1), (x1 - 1, y1 - 1)]), tone, 43)
    c.line(at([(x0 - 9, y0 - 5), (x1 - 9, y1 - 5)]), lighter(tone, 0.4), 8)
    kind = rng.randrange(3)
    for i in range(26):
        t = (i + 0.5) / 26
        ((px, py),) = at([(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)])
        if i in (0, 1, 2, 8, 9, 17, 18, 24, 25):
            d = 24
            turn = 20 if not flip else -20
            c.line(moved([(-d, 0), (d, 0)], px, py, 1, turn), darker(metal, 0.35), 17)
            c.line(moved([(-d, -2), (d, -2)], px, py, 1, turn), lighter(metal, 0.2), 9)
            c.line(moved([(-d * 0.6, -3), (-d * 0.2, -3)], px, py, 1, turn), (255, 255, 250), 6)
        elif kind:
            c.poly(moved(star(4, 0.5), px, py, 12), metal if kind == 1 else darker(tone, 0.5))
    loop = smooth([(x0, y0), (x0 - 70, y0 + 60), (x0 - 40, y0 + 140), (x0 + 30, y0 + 120), (x0, y0)], False)
    c.line(at(loop), darker(leather, 0.2), 10)


def leather(c, rng):
    """A tooled flask, or a belt."""
    if rng.random() < 0.4:
        belt(c, rng)
        return
    top_down(c, rng)
    tone = rng.choice(LEATHERS)
    s = rng.uniform(0.95, 1.1)
    shape = moved(
        smooth(
            [
                (-60, -400),
                (60, -400),
                (54, -300),
                (110, -230),
                (290, -120),
                (330, 60),
                (250, 260),
                (0, 340),
                (-250, 260),
                (-330, 60),
                (-290, -120),
                (-110, -230),
                (-54, -300),
            ],
            steps=6,
        ),
        480,
        640,
        s,
    )

    def paint(p):
        for q in (0.92, 0.87):
            p.line([(480 + (x - 480) * q, 660 + (y - 660) * q) for x, y in shape], darker(tone, 0.45), 5, closed=True)
        horns(p, 480, 680, 190 * s, darker(tone, 0.5), 20)
        horns(p, 477, 677, 190 * s, lighter(tone, 0.22), 12)
        for i in range(4):
            a = math.radians(45 + 90 * i)
            petals(p, 480 + 215 * math.cos(a), 690 + 190 * math.sin(a), 46, 8, darker(tone, 0.5))
            p.disc(480 + 215 * math.cos(a), 690 + 190 * math.sin(a), 12, BRASS)

    flat_shadow(c, shape, 24, 30, 24)
    solid(
        c,
        shape,
        tone,
        paint,
        lambda lit: [lit.poly(moved(shape, 170, 70), 84), lit.poly(moved(shape, -330, -80), 150)],
        blur_shade=44,
    )
    c.rect(480 - 46, 640 - 450 * s, 480 + 46, 640 - 386 * s, mix(tone, (30, 20, 14), 0.5))
    c.line(box(480 - 46, 640 - 450 * s, 480 + 46, 640 - 386 * s), lighter(tone, 0.3), 5, closed=True)
    c.soft(oval(380, 560, 60, 130), (255, 240, 214), 40, 0.25)
