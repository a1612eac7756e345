"""For the house and the steppe: baskets, candles, soap, yurts."""

import math

from .canvas import box, darker, lighter, mix, moved, oval, smooth, solid
from .land import mountains, sky, steppe
from .motifs import LEAF, horns, petals, star
from .palette import CAMEL, CHOCOLATE, HONEY, IVORY, OCHRE, RUGS, SAGE, WOOL, rgb
from .smallwear import tassel
from .solids import GROUND, mouth, profile_curve, radius_at, turned
from .stage import flat_shadow, standing, studio, top_down

WILLOWS = [CAMEL, rgb("a8773f"), rgb("c9a468"), rgb("8a5a34"), rgb("d8bd8a")]


def plait(surface, profile, rng, colour, second):
    """Willow woven over stakes: each row passes before and behind in turn."""
    top, step, n = profile[-1][1], 17, rng.choice([16, 20, 24])
    band = range(rng.randrange(4, 8), rng.randrange(9, 13)) if second else ()
    for j in range(round(top / step) + 1):
        y = j * step + step / 2
        tone = second if j in band else colour
        for i in range(n):
            a0 = -96 + 192 * (i + (0.5 if j % 2 else 0)) / n
            w = 192 / n
            shade = lighter(tone, 0.16) if radius_at(profile, y) else tone
            surface.poly(
                [
                    (a0 - w * 0.5, y - step * 0.42),
                    (a0, y - step * 0.5),
                    (a0 + w * 0.42, y - step * 0.42),
                    (a0 + w * 0.42, y + step * 0.4),
                    (a0, y + step * 0.5),
                    (a0 - w * 0.5, y + step * 0.4),
                ],
                mix(shade, darker(tone, 0.2), 0.3 + 0.4 * ((i * 7 + j * 3) % 5) / 5),
            )
            surface.line([(a0 - w * 0.5, y - step * 0.5), (a0 + w * 0.42, y - step * 0.5)], darker(tone, 0.5), 2)
            surface.line([(a0 + w * 0.46, y - step * 0.5), (a0 + w * 0.46, y + step * 0.5)], darker(tone, 0.6), 3)


def basket(c, rng):
    standing(c, rng)
    colour = rng.choice(WILLOWS)
    second = rng.choice([None, rgb("7a2f26"), rgb("3f5a4a"), darker(colour, 0.45), rgb("2f4a6a")])
    s = rng.uniform(0.95, 1.12)
    shape = rng.choice(
        [
            [(170, 0), (200, 60), (240, 180), (262, 260)],
            [(230, 0), (250, 90), (250, 200), (236, 280)],
            [(190, 0), (270, 90), (280, 160), (200, 290), (190, 330)],
            [(200, 0), (280, 70), (330, 140)],
        ]
    )
    profile = profile_curve([(r * s, h * s) for r, h in shape])
    handle = rng.random() < 0.55
    r, h = profile[-1]
    arch = oval(480, GROUND - h, r * 0.93, 260 * s, 40, 180, 360)
    turned(c, profile, 480, GROUND, darker(colour, 0.35), lambda p: plait(p, profile, rng, colour, second), 0.0)
    mouth(c, profile, 480, GROUND, colour, darker(colour, 0.7))
    if rng.random() < 0.6:
        fruit = rng.choice([rgb("b3342a"), rgb("d98a2f"), rgb("8a9a3f"), rgb("7a2a3a")])
        for i in range(13):
            x, y = 480 + (i % 7 - 3) * r * 0.25, GROUND - h - 14 - 34 * (i // 7)
            c.disc(x, y, 42, darker(fruit, 0.3))
            c.disc(x - 3, y - 4, 38, mix(fruit, rgb("d98a2f"), 0.3 * rng.random()))
            c.soft(oval(x - 14, y - 16, 9), (255, 246, 230), 6, 0.6)
            c.line([(x, y - 34), (x + 4, y - 48)], CHOCOLATE, 4)
        front = oval(480, GROUND - h, r, r * 0.16, 40, 0, 180)
        c.line(front, darker(colour, 0.4), 24)
        c.line(moved(front, 0, -2), colour, 18)
    else:
        c.line(oval(480, GROUND - h, r, r * 0.16, 60), darker(colour, 0.35), 20, closed=True)
        c.line(oval(480, GROUND - h - 3, r, r * 0.16, 60), lighter(colour, 0.2), 9, closed=True)
    for t in range(60):
        a = 2 * math.pi * t / 60
        if math.sin(a) > -0.1:
            x, y = 480 + r * math.cos(a), GROUND - h + r * 0.16 * math.sin(a)
            c.line([(x - 6, y - 8), (x + 6, y + 8)], darker(colour, 0.5), 3)
    if handle:
        for shift, tone, w in ((4, darker(colour, 0.6), 28), (0, colour, 24), (-4, lighter(colour, 0.3), 8)):
            c.line(moved(arch, shift, shift), tone, w)
        for i in range(0, len(arch), 1):
            x, y = arch[i]
            c.line([(x - 9, y - 9), (x + 9, y + 9)], darker(colour, 0.4), 4)


def one_candle(c, rng, x, base, r, h, colour, lit):
    profile = profile_curve([(r, 0), (r, h * 0.3), (r, h * 0.7), (r * 0.98, h)])
    kind = rng.randrange(4)

    def paint(p):
        for i in range(9):
            a = -90 + i * 22.5
            if kind == 0:
                p.poly([(a - 9, h * 0.2), (a, h * 0.36), (a + 9, h * 0.2), (a, h * 0.04)], darker(colour, 0.2))
            elif kind == 1:
                p.line([(a - 40, 0), (a + 40, h)], darker(colour, 0.18), r * 0.1)
            elif kind == 2:
                for t in range(6):
                    p.poly(
                        [
                            (a + q * 11 * math.cos(u), h * (0.1 + t * 0.17) + 11 * math.sin(u))
                            for q in (1,)
                            for u in (0, 1.05, 2.1, 3.15, 4.2, 5.25)
                        ],
                        darker(colour, 0.2),
                    )

    turned(c, profile, x, base, colour, paint, 0.25)
    mouth(c, profile, x, base, lighter(colour, 0.3), lighter(colour, 0.12))
    y = base - h
    c.line([(x, y), (x + 2, y - 26)], CHOCOLATE, 5)
    if lit:
        c.soft(oval(x, y - 60, 150, 170), (255, 200, 110), 90, 0.55)
        c.soft(oval(x, y + 26, r * 0.9, 60), (255, 224, 160), 26, 0.6)
        c.poly(
            moved(smooth([(0, -96), (20, -40), (16, -8), (0, 0), (-16, -8), (-20, -40)]), x + 2, y - 14), (250, 176, 66)
        )
        c.poly(
            moved(smooth([(0, -70), (12, -34), (10, -8), (0, 0), (-10, -8), (-12, -34)]), x + 2, y - 14),
            (255, 236, 170),
        )


def candle(c, rng):
    studio(c, rng, rng.choice([rgb("5a4a42"), rgb("4a4440"), rgb("3f4a50"), rgb("8a6a58"), None]))
    tones = rng.sample([HONEY, OCHRE, IVORY, rgb("a5523a"), rgb("6a7a5a"), rgb("5a6a80"), rgb("7a3a44")], 3)
    lit = rng.random() < 0.75
    if rng.random() < 0.3:
        one_candle(c, rng, 480, GROUND, rng.uniform(100, 140), rng.uniform(300, 420), tones[0], lit)
        return
    for i, (x, base) in enumerate(((320, GROUND - 30), (620, GROUND - 10), (470, GROUND + 46))):
        one_candle(c, rng, x, base, rng.uniform(64, 96), rng.uniform(170, 440) * (0.7 if i == 2 else 1), tones[i], lit)


def bar(c, rng, x, y, w, h, turn, colour):
    pts = moved(
        smooth(
            [
                (-w, -h * 0.7),
                (-w * 0.8, -h),
                (w * 0.8, -h),
                (w, -h * 0.7),
                (w, h * 0.7),
                (w * 0.8, h),
                (-w * 0.8, h),
                (-w, h * 0.7),
            ],
            steps=5,
        ),
        x,
        y,
        1,
        turn,
    )
    flat_shadow(c, pts, 14, 22, 14, 0.55)
    c.poly(moved(pts, 5, 12), darker(colour, 0.35))
    kind = rng.randrange(4)

    def paint(p):
        for _ in range(30):
            a, b = moved([(rng.uniform(-w, w), rng.uniform(-h, h))], x, y, 1, turn)[0]
            p.soft(
                oval(a, b, rng.uniform(8, 40), rng.uniform(5, 20)),
                rng.choice([lighter(colour, 0.4), darker(colour, 0.2)]),
                14,
                0.35,
            )
        for _ in range(40):
            a, b = moved([(rng.uniform(-w, w), rng.uniform(-h, h))], x, y, 1, turn)[0]
            p.poly(moved(LEAF, a, b, rng.uniform(5, 13), rng.uniform(0, 360)), (*darker(colour, 0.45), 150))
        for shift, tone in ((2, lighter(colour, 0.5)), (0, darker(colour, 0.32))):
            q = min(w, h) * 0.62
            if kind == 0:
                horns(p, x + shift, y + shift, q, tone, 7, turn)
            elif kind == 1:
                p.line(moved(star(8, 0.6), x + shift, y + shift, q, turn), tone, 7, closed=True)
                petals(p, x + shift, y + shift, q * 0.5, 8, tone, LEAF)
            elif kind == 2:
                petals(p, x + shift, y + shift, q, 10, tone, LEAF, turn)
            else:
                p.line(
                    moved(box(-w * 0.8, -h * 0.76, w * 0.8, h * 0.76), x + shift, y + shift, 1, turn),
                    tone,
                    5,
                    closed=True,
                )
                petals(p, x + shift, y + shift, q * 0.7, 6, tone)

    solid(
        c,
        pts,
        colour,
        paint,
        lambda lit: [lit.poly(moved(pts, w * 0.5, h * 0.5), 104), lit.poly(moved(pts, -w * 1.3, -h * 0.7), 150)],
        shadow=False,
        blur_shade=30,
    )


def soap(c, rng):
    top_down(c, rng)
    tones = rng.sample(
        [rgb("e6d8b8"), rgb("b8925a"), SAGE, rgb("c9a0a0"), rgb("8a6a4a"), rgb("d8c9a0"), rgb("a3b0a8"), rgb("e8e0d0")],
        3,
    )
    n = rng.choice([1, 2, 3])
    for i in range(n):
        x, y = [(480, 600), (400 + 150 * (i % 2), 420 + 350 * i), (370 + 210 * (i % 2), 300 + 300 * i)][n - 1]
        bar(c, rng, x, y, (290, 230, 190)[n - 1], (200, 156, 122)[n - 1], rng.uniform(-22, 22), tones[i])
    for _ in range(rng.choice([4, 8])):
        x, y = rng.uniform(80, 880), rng.choice([rng.uniform(60, 200), rng.uniform(1000, 1140)])
        turn = rng.uniform(0, 360)
        c.soft(moved(LEAF, x + 5, y + 8, 90, turn), CHOCOLATE, 6, 0.35)
        c.poly(moved(LEAF, x, y, 90, turn), rgb("7d8a5c"))
        c.line(moved([(0, 0), (0, -0.9)], x, y, 90, turn), rgb("5d6a42"), 2.5)


def yurt(c, rng):
    """A yurt set up in its summer pasture."""
    horizon = rng.uniform(640, 720)
    sky(c, rng, 960, horizon)
    mountains(c, rng, 960, horizon, rng.choice([(150, 165, 185), (132, 150, 150), (170, 150, 150)]))
    steppe(c, rng, 960, horizon, 1200, rng.choice([rgb("8f9a5c"), rgb("a8a060"), rgb("7f9060"), rgb("b8a468")]))
    for x, y, s in ((rng.uniform(50, 110), horizon + 36, 0.16), (rng.uniform(840, 920), horizon + 44, 0.19)):
        if rng.random() < 0.6:
            pitch(c, rng, x, y, s)
    pitch(c, rng, 480 + rng.uniform(-40, 40), 960, rng.uniform(0.92, 1.04))


def pitch(c, rng, x, base, s):
    """One yurt: felt walls under a reed screen or plain, domed roof, patterned bands, a painted door."""
    felt = rng.choice([IVORY, WOOL, rgb("ded2bc"), rgb("cfc4b0"), rgb("8a7a6a")])
    bands = rng.choice(RUGS)

    def at(points):
        return moved(points, x, base, s)

    c.soft(moved(oval(0, 0, 420 * s, 36 * s), x + 60 * s, base + 4), (30, 30, 20), 22 * s, 0.5)
    wall_shape = at([(-360, 0), (-372, -220), (372, -220), (360, 0), *oval(0, 0, 360, 26, 16, 0, 180)])

    def walls(p):
        p.poly(at([(-380, -176), (380, -176), (380, -214), (-380, -214)]), bands[1])
        for i in range(17):
            p.poly(
                moved([(0, -1), (0.8, 0), (0, 1), (-0.8, 0)], *at([(-352 + i * 44, -195)])[0], 17 * s),
                bands[(3, 4)[i % 2]],
            )
        for i in range(28):
            p.line(at([(-364 + i * 27, -170), (-364 + i * 27, 10)]), (*darker(felt, 0.4), 40), 2)
        for i in range(9):
            horns(p, *at([(-330 + i * 82, -80)])[0], 52 * s, bands[0], 6 * s)

    solid(
        c,
        wall_shape,
        felt,
        walls,
        lambda lit: [
            lit.poly(at([(40, -230), (400, -230), (400, 40), (40, 40)]), 92),
            lit.poly(at([(-300, -230), (-160, -230), (-160, 40), (-300, 40)]), 150),
        ],
        shadow=False,
        blur_shade=50 * s,
    )
    roof = at(
        smooth(
            [
                (-388, -210),
                (-330, -330),
                (-190, -420),
                (-70, -462),
                (70, -462),
                (190, -420),
                (330, -330),
                (388, -210),
                (0, -196),
            ],
            steps=6,
        )
    )

    def roof_paint(p):
        for q in (-0.62, -0.2, 0.2, 0.62):
            p.line(at(smooth([(q * 560, -206), (q * 420, -330), (q * 120, -462)], False)), bands[1], 15 * s)
            p.line(at(smooth([(q * 560, -206), (q * 420, -330), (q * 120, -462)], False)), bands[4], 4 * s)
        for q in (-0.85, -0.42, 0, 0.42, 0.85):
            horns(p, *at([(q * 360, -276 - 70 * (1 - abs(q)))])[0], 70 * s, bands[0], 8 * s)

    solid(
        c,
        roof,
        lighter(felt, 0.12),
        roof_paint,
        lambda lit: [
            lit.poly(at([(60, -480), (420, -480), (420, -180), (120, -180)]), 88),
            lit.poly(at([(-300, -400), (-60, -460), (-80, -220), (-340, -220)]), 150),
        ],
        shadow=False,
        blur_shade=46 * s,
    )
    crown = at(smooth([(-84, -452), (-60, -496), (0, -512), (60, -496), (84, -452), (0, -438)]))
    solid(
        c,
        crown,
        rgb("7a3a26"),
        lambda p: [p.line(at([(t, -520), (t * 1.3, -436)]), rgb("b5663a"), 4) for t in range(-60, 70, 20)],
        shadow=False,
    )
    c.poly(at([(-92, 22), (-92, -208), (92, -208), (92, 22)]), darker(bands[0], 0.4))
    c.poly(at([(-78, 22), (-78, -196), (78, -196), (78, 22)]), bands[0] if sum(bands[0]) < 480 else rgb("8a3a26"))
    for q in (-1, 1):
        c.line(at(box(q * 40 - 30, -180, q * 40 + 30, 8)), bands[3], 5 * s, closed=True)
        horns(c, *at([(q * 39, -90)])[0], 40 * s, bands[3], 5 * s)
    for i in range(7):
        tassel(c, *at([(-300 + i * 100, -172)])[0], 44 * s, bands[1 + i % 4])


def home(c, rng):
    rng.choice([basket, candle, soap])(c, rng)
