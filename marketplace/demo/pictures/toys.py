"""Dolls, felt animals, clay whistles."""

import math

from .animals import ANIMALS
from .canvas import darker, lighter, mix, moved, oval, smooth, solid
from .cloth import woven
from .garments import cut_from
from .motifs import LEAF, horns, petals, star
from .palette import BLACK, CHOCOLATE, EMBROIDERY, FELTS, GOLD, IVORY, POMEGRANATE, WOOL, rgb
from .stage import GROUND, stand_shadow, standing
from .textiles import ikat, patchwork, silk


def side_light(outline, dx=70):
    return lambda lit: [lit.poly(moved(outline, dx, 24), 88), lit.poly(moved(outline, -dx * 1.9, -20), 140)]


def one_doll(c, rng, x, s):
    """A rag doll with a plain linen face, as grandmothers make them."""
    base = GROUND + 6
    inks = rng.choice(EMBROIDERY)[1:]
    dress, scarf = rng.choice(inks), rng.choice(inks)
    stand_shadow(c, x, base, 130 * s, 200)

    def at(points):
        return moved(points, x, base, s)

    for q in (-1, 1):
        arm = at(
            smooth([(q * 50, -400), (q * 120, -330), (q * 178, -240), (q * 146, -216), (q * 92, -280), (q * 40, -330)])
        )
        solid(
            c,
            arm,
            darker(dress, 0.15),
            cut_from(ikat, rng) if rng.random() < 0.4 else None,
            side_light(arm, 30),
            shadow=False,
            blur_shade=10,
        )
        ((hx, hy),) = at([(q * 166, -222)])
        c.disc(hx, hy, 19 * s, rgb("e6cfae"))
    skirt = at(
        smooth(
            [(-60, -410), (60, -410), (74, -300), (150, -40), (146, 0), (0, 14), (-146, 0), (-150, -40), (-74, -300)],
            steps=6,
        )
    )
    solid(
        c,
        skirt,
        dress,
        cut_from(rng.choice([ikat, silk, patchwork]), rng),
        side_light(skirt),
        shadow=False,
        blur_shade=26,
    )
    apron = at([(-40, -330), (40, -330), (62, -70), (-62, -70)])
    if rng.random() < 0.6:
        solid(
            c,
            apron,
            scarf,
            lambda p: [petals(p, *at([(0, -200)])[0], 34 * s, 8, IVORY), p.line(at([(-60, -88), (60, -88)]), IVORY, 5)],
            shadow=False,
        )
    c.line(at([(-66, -330), (66, -330)]), inks[2], 15 * s)
    ((fx, fy),) = at([(0, -470)])
    c.disc(fx + 3, fy + 4, 80 * s, CHOCOLATE, 88 * s)
    c.disc(fx, fy, 78 * s, rgb("ead6b6"), 86 * s)
    c.soft(oval(fx + 34 * s, fy + 20 * s, 40 * s, 60 * s), rgb("b08a66"), 22 * s, 0.4)
    for q in (-1, 1):
        c.line(at(smooth([(q * 18, -478), (q * 28, -484), (q * 40, -478)], False)), BLACK, 4)
        c.disc(*at([(q * 40, -448)])[0], 12 * s, (206, 110, 96, 110))
    c.line(at(smooth([(-10, -430), (0, -426), (10, -430)], False)), POMEGRANATE, 4)
    if rng.random() < 0.5:
        hood = at(
            smooth(
                [
                    (-84, -470),
                    (-70, -560),
                    (0, -600),
                    (70, -560),
                    (84, -470),
                    (104, -330),
                    (60, -340),
                    (58, -500),
                    (0, -530),
                    (-58, -500),
                    (-60, -340),
                    (-104, -330),
                ],
                steps=6,
            )
        )
        solid(c, hood, scarf, None, side_light(hood, 60), shadow=False, blur_shade=16)
        for i in range(7):
            px, py = at([(-54 + i * 18, -520 - 12 * math.sin(math.pi * i / 6))])[0]
            c.disc(px, py, 6 * s, GOLD)
    else:
        cap = at(smooth([(-84, -508), (-72, -566), (0, -590), (72, -566), (84, -508), (0, -520)], steps=6))
        solid(
            c,
            cap,
            darker(scarf, 0.2),
            lambda p: [p.poly(moved(star(4, 0.5), *at([(t, -540)])[0], 16 * s), IVORY) for t in (-50, 0, 50)],
            shadow=False,
        )
        for q in (-1, 1):
            for t in range(9):
                c.disc(*at([(q * (80 + t), -490 + t * 24)])[0], 11 * s, (rgb("2e211c"), rgb("453028"))[t % 2])


def doll(c, rng):
    standing(c, rng)
    if rng.random() < 0.55:
        one_doll(c, rng, 480, 1.15)
    else:
        one_doll(c, rng, 330, 0.9)
        one_doll(c, rng, 640, 0.86)


def one_animal(c, rng, x, s, kind):
    body, legs = ANIMALS[kind]
    a, b = rng.choice(FELTS)
    if kind == "sheep":
        a = rng.choice([IVORY, WOOL, rgb("6a5a4c")])
    base = GROUND + 8
    flip = rng.random() < 0.5

    def at(points):
        return moved(points, x, base, s, 0, flip)

    stand_shadow(c, x, base, 210 * s, 160)
    for lx, w in legs:
        leg = at(smooth([(lx - w / 2, -160), (lx + w / 2, -160), (lx + w * 0.4, -10), (lx, 4), (lx - w * 0.4, -10)]))
        solid(
            c,
            leg,
            darker(a, 0.12),
            lambda p: p.img.paste(woven(p.img, "felt", 1.4 * p.k)),
            side_light(leg, 16),
            shadow=False,
            blur_shade=8,
        )
        c.line(at([(lx - w * 0.36, -16), (lx + w * 0.36, -16)]), b, 12 * s)
    outline = at(smooth(body, steps=6))

    def paint(p):
        p.img.paste(woven(p.img, "felt", 1.4 * p.k))
        if kind == "leopard":
            for _ in range(44):
                px, py = at([(rng.uniform(-210, 290), rng.uniform(-330, -110))])[0]
                p.disc(px, py, 13 * s, darker(a, 0.6))
                p.disc(px, py, 6 * s, mix(a, b, 0.2))
        elif kind == "sheep":
            for _ in range(120):
                px, py = at([(rng.uniform(-230, 180), rng.uniform(-320, -110))])[0]
                p.line(oval(px, py, 13 * s, n=10, start=0, end=270), darker(a, 0.25), 3)
        else:
            saddle = at([(-80, -360), (80, -360), (92, -170), (-92, -170)])
            p.poly(saddle, b)
            horns(p, *at([(0, -230)])[0], 56 * s, lighter(a, 0.4), 7)
            p.line(at([(-92, -176), (92, -176)]), lighter(a, 0.5), 7)

    solid(
        c,
        outline,
        a,
        paint,
        lambda lit: [
            lit.poly(at([(-260, -170), (330, -190), (330, -60), (-260, -60)]), 82),
            lit.poly(at([(-200, -260), (200, -270), (200, -230), (-200, -220)]), 160),
        ],
        shadow=False,
        blur_shade=26,
    )
    head = {"camel": (268, -390), "horse": (252, -384), "sheep": (250, -296), "leopard": (262, -282)}[kind]
    ex, ey = at([head])[0]
    c.disc(ex, ey, 9 * s, BLACK)
    c.disc(ex - 2, ey - 3, 3 * s, IVORY)
    if kind in ("horse", "camel"):
        for i in range(10):
            t = i / 9
            mx, my = (200 - 80 * t, -440 + 160 * t) if kind == "horse" else (206 - 20 * t, -420 + 150 * t)
            c.line(at([(mx, my), (mx - 30, my + 26 + 10 * (i % 2))]), darker(b, 0.2), 7)
    tail = at(smooth([(-218, -220), (-262, -180), (-258, -90 if kind != "leopard" else -240)], False))
    c.line(tail, darker(a, 0.3) if kind != "horse" else darker(b, 0.2), (10 if kind != "leopard" else 22) * s)


def felt_toy(c, rng):
    standing(c, rng)
    kinds = rng.sample(list(ANIMALS), 2)
    if rng.random() < 0.6:
        one_animal(c, rng, 470, 1.2, kinds[0])
    else:
        one_animal(c, rng, 390, 0.92, kinds[0])
        one_animal(c, rng, 690, 0.55, kinds[1])


def clay_toy(c, rng):
    """Whistles of painted clay: dragons, rams, birds with striped necks."""
    standing(c, rng)
    clay = rng.choice([rgb("d9b48c"), rgb("c98a5e"), rgb("e6d6bc"), rgb("b8704a")])
    inks = rng.sample([rgb("b0402a"), rgb("2f6f8f"), rgb("3f6b46"), rgb("dfa32f"), rgb("5a2a45")], 3)
    many = [(480, 1.25)] if rng.random() < 0.5 else [(320, 0.85), (650, 0.78)]
    for x, s in many:
        kind, flip = rng.randrange(3), rng.random() < 0.5
        shapes = [
            [
                (-190, -60),
                (-250, -150),
                (-216, -176),
                (-150, -140),
                (-40, -170),
                (60, -180),
                (100, -260),
                (120, -340),
                (180, -366),
                (250, -330),
                (252, -300),
                (190, -286),
                (176, -210),
                (170, -100),
                (110, -40),
                (-120, -30),
            ],
            [
                (-210, -110),
                (-276, -190),
                (-230, -206),
                (-120, -190),
                (20, -200),
                (70, -290),
                (130, -330),
                (180, -300),
                (226, -280),
                (180, -262),
                (150, -180),
                (90, -90),
                (-60, -60),
            ],
            [
                (-180, -70),
                (-200, -170),
                (-100, -210),
                (60, -200),
                (110, -250),
                (100, -320),
                (150, -350),
                (230, -320),
                (262, -270),
                (200, -250),
                (180, -120),
                (130, -50),
                (-130, -40),
            ],
        ]

        def at(points, x=x, s=s, flip=flip):
            return moved(points, x, GROUND + 6, s, 0, flip)

        stand_shadow(c, x, GROUND + 6, 170 * s, 140)
        for lx in (-120, -70, 90, 140) if kind != 1 else (-20, 30):
            leg = at(smooth([(lx - 26, -90), (lx + 26, -90), (lx + 20, -4), (lx, 4), (lx - 20, -4)]))
            solid(c, leg, darker(clay, 0.15), None, side_light(leg, 16), shadow=False, blur_shade=8)
        outline = at(smooth(shapes[kind], steps=7))

        def paint(p, at=at, kind=kind, s=s):
            for i in range(9):
                px = -190 + i * 36
                p.line(at(smooth([(px, -200), (px + 14, -130), (px, -40)], False)), inks[i % 3], 10 * s)
            for i in range(6):
                p.line(at([(80 + i * 6, -220 - i * 18), (190 + i * 6, -210 - i * 18)]), inks[i % 2], 7 * s)
            for i in range(16):
                p.disc(*at([(-180 + i * 22, -120 + 26 * math.sin(i))])[0], 6.5 * s, IVORY)
            if kind == 1:
                for i in range(4):
                    p.poly(
                        moved(
                            LEAF,
                            *at([(-90 + i * 20, -120)])[0],
                            90 * s,
                            -70 if at([(1, 0)])[0][0] > at([(0, 0)])[0][0] else 70,
                        ),
                        inks[i % 3],
                    )

        solid(
            c,
            outline,
            clay,
            paint,
            lambda lit, at=at: [
                lit.poly(at([(-260, -110), (260, -130), (260, 0), (-260, 0)]), 84),
                lit.poly(at([(-200, -190), (60, -190), (60, -160), (-200, -150)]), 172),
            ],
            shadow=False,
            blur_shade=22,
        )
        ex, ey = at([(190, -316 if kind != 1 else -296)])[0]
        c.disc(ex, ey, 12 * s, IVORY)
        c.disc(ex, ey, 6 * s, BLACK)
        if kind != 1:
            curl = [(150 + 40 * math.cos(t / 3), -356 + 40 * math.sin(t / 3) * (1 - t / 30)) for t in range(-5, 14)]
            c.line(at(curl), darker(clay, 0.35), 20 * s)
            c.line(moved(at(curl), -2, -4), inks[0], 9 * s)
        c.disc(*at([(-222, -172)])[0], 8 * s, CHOCOLATE)


def toy(c, rng):
    rng.choice([felt_toy, clay_toy, doll])(c, rng)
