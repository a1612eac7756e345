"""Robes, dresses and waistcoats on a rail against a wall."""

from .canvas import Canvas, darker, lighter, mix, moved, oval, smooth, solid
from .cloth import rod, woven
from .embroidery import chakan, gold_embroidery, gold_thread, petals_gold
from .motifs import BUTA, LEAF, horns, petals, rosette, star
from .palette import (
    BRASS,
    EMBROIDERY,
    GREEN,
    INDIGO,
    IVORY,
    MADDER,
    NIGHT,
    PLUM,
    POMEGRANATE,
    SAFFRON,
    TEAL,
    WALNUT,
    WINE,
)
from .stage import wall
from .textiles import block_print, ikat, silk


def cut_from(pattern, rng, weave="silk"):
    """A paint function that covers a part with a cloth pattern."""

    def paint(part):
        k = part.k
        own = Canvas(part.img, k)
        state = rng.getstate()
        pattern(own, rng, part.img.width / k, part.img.height / k)
        rng.setstate(state)
        part.img.paste(woven(part.img, weave, 1.4 * k))

    return paint


def hanging_folds(lit, rng, x0, x1, y0, y1, n, power=34):
    """Soft vertical folds between two heights, spreading downward."""
    mid = (x0 + x1) / 2
    for i in range(n):
        x = x0 + (x1 - x0) * (i + rng.uniform(0.3, 0.7)) / n
        spread = (x - mid) * 0.22
        w = (x1 - x0) / n * 0.3
        top = y0 + rng.uniform(0, 0.35) * (y1 - y0)
        lit.poly([(x, top), (x + w + spread, y1), (x - w + spread, y1)], 128 - power)
        lit.poly([(x + w * 1.4, top), (x + w * 2.4 + spread, y1), (x + w + spread, y1)], 128 + power // 2)


def hanger(c, cx, y, half):
    c.line([(cx, y - 60), (cx, y - 20)], (90, 84, 78), 6)
    c.line(oval(cx + 12, y - 66, 14, n=16, start=-180, end=60), (90, 84, 78), 6)
    arms = [(cx - half, y + 26), (cx - half * 0.4, y - 6), (cx, y - 18), (cx + half * 0.4, y - 6), (cx + half, y + 26)]
    c.line(smooth(arms, False), darker(WALNUT, 0.2), 18)
    c.line(moved(smooth(arms, False), 0, -4), lighter(WALNUT, 0.25), 5)


def mirror(points, cx=480):
    """The points and, back again, their mirror image about the middle."""
    return list(points) + [(2 * cx - x, y) for x, y in reversed(points)]


ROBE_CLOTHS = [
    (ikat, "silk"),
    (ikat, "silk"),
    (silk, "silk"),
    (gold_embroidery, "velvet"),
    (chakan, "silk"),
    (block_print, "plain"),
]


def robe(c, rng):
    """A chapan: straight, wide-sleeved, open in front so that the lining shows."""
    wall(c, rng)
    pattern, weave = rng.choice(ROBE_CLOTHS)
    paint = cut_from(pattern, rng, weave)
    trim = rng.choice([WINE, NIGHT, GREEN, PLUM, SAFFRON, INDIGO, BRASS])
    lining = rng.choice([IVORY, SAFFRON, mix(POMEGRANATE, IVORY, 0.35), mix(TEAL, IVORY, 0.3), (214, 186, 150)])
    y0, hem = 235, rng.uniform(1050, 1110)
    flare = rng.uniform(210, 260)
    reach, drop = rng.uniform(400, 436), rng.uniform(300, 500)
    rod(c, 30, 930, 150)
    hanger(c, 480, 238, 170)
    for s in (-1, 1):
        sleeve = [
            (480 + s * 150, y0 + 26),
            (480 + s * 210, y0 + 44),
            (480 + s * reach, y0 + drop),
            (480 + s * (reach - 104), y0 + drop + 50),
            (480 + s * 176, y0 + 250),
        ]
        solid(
            c,
            sleeve,
            trim,
            paint,
            lambda lit, q=s: [
                lit.poly(
                    [
                        (480 + q * 176, y0 + 290),
                        (480 + q * (reach - 96), y0 + drop + 66),
                        (480 + q * (reach - 70), y0 + drop + 20),
                        (480 + q * 190, y0 + 180),
                    ],
                    84,
                ),
                lit.line([(480 + q * 210, y0 + 60), (480 + q * (reach - 20), y0 + drop)], 160, 26),
            ],
            blur_shade=16,
        )
        cuff = [
            (480 + s * reach, y0 + drop),
            (480 + s * (reach - 104), y0 + drop + 50),
            (480 + s * (reach - 112), y0 + drop + 28),
            (480 + s * (reach - 10), y0 + drop - 22),
        ]
        c.poly(cuff, trim)
    body = mirror([(480 - 70, y0 - 8), (480 - 165, y0 + 30), (480 - 186, y0 + 290), (480 - flare, hem)])
    solid(
        c, body, trim, paint, lambda lit: hanging_folds(lit, rng, 480 - 190, 480 + 190, y0 + 200, hem, 7), blur_shade=12
    )
    opening = [(480 - 66, y0 - 6), (480 + 66, y0 - 6), (480 + 62, hem - 2), (480 - 62, hem - 2)]
    gap = rng.uniform(0.25, 1.0)
    opening = [(480 + (x - 480) * (1 if y < y0 + 50 else gap), y) for x, y in opening]
    solid(
        c,
        [opening[0], opening[1], (480 + 40, y0 + 260), opening[2], opening[3], (480 - 40, y0 + 260)],
        lining,
        cut_from(silk, rng) if rng.random() < 0.4 else None,
        lambda lit: [
            lit.rect(420, y0 - 10, 446, hem, 80),
            lit.poly([(440, y0 - 10), (520, y0 - 10), (500, y0 + 60), (460, y0 + 60)], 70),
        ],
        shadow=False,
        blur_shade=12,
    )
    for s in (-1, 1):
        edge = [(480 + s * 66, y0 - 8), (480 + s * 40, y0 + 260), (480 + s * 62 * gap, hem)]
        c.line(moved(edge, s * 3, 4), (20, 12, 10, 90), 18)
        c.line(edge, trim, 16)
        c.line(moved(edge, -2, 0), lighter(trim, 0.35), 3)
    c.line(smooth([(480 - flare, hem), (480, hem + 5), (480 + flare, hem)], False), trim, 12)


def dress(c, rng):
    """A long tunic dress: yoke or plastron embroidered, wide straight sleeves."""
    wall(c, rng)
    plain = rng.choice([POMEGRANATE, WINE, TEAL, GREEN, PLUM, INDIGO, MADDER, SAFFRON, IVORY, NIGHT])
    pattern = rng.choice([ikat, chakan, None, None, silk])
    paint = cut_from(pattern, rng) if pattern else lambda part: part.img.paste(woven(part.img, "silk", 1.4 * part.k))
    inks = rng.choice(EMBROIDERY)[1:]
    y0, hem, flare = 220, rng.uniform(1060, 1110), rng.uniform(250, 310)
    rod(c, 30, 930, 140)
    hanger(c, 480, 226, 140)
    out, down = rng.uniform(240, 300), rng.uniform(330, 420)
    for s in (-1, 1):
        sleeve = [
            (480 + s * 110, y0 + 14),
            (480 + s * 160, y0 + 34),
            (480 + s * out, y0 + down),
            (480 + s * (out - 110), y0 + down + 34),
            (480 + s * 118, y0 + 220),
        ]
        solid(
            c,
            sleeve,
            plain,
            paint,
            lambda lit, q=s: [
                lit.poly(
                    [
                        (480 + q * 118, y0 + 220),
                        (480 + q * (out - 110), y0 + down),
                        (480 + q * (out - 80), y0 + down),
                        (480 + q * 140, y0 + 120),
                    ],
                    82,
                )
            ],
            blur_shade=14,
        )
        for t in (0, 18):
            c.line(
                [
                    (480 + s * (out - 5 - t * 0.1), y0 + down - 12 - t),
                    (480 + s * (out - 108 - t * 0.1), y0 + down + 22 - t),
                ],
                inks[t > 0],
                10,
            )
    waist = rng.uniform(120, 140)
    body = mirror([(480 - 58, y0 - 6), (480 - 128, y0 + 18), (480 - waist, y0 + 300), (480 - flare, hem)])
    solid(c, body, plain, paint, lambda lit: hanging_folds(lit, rng, 330, 630, y0 + 260, hem, 8, 40), blur_shade=12)
    neck = oval(480, y0 - 6, 58, 40, 20, 180, 0)
    c.poly(neck, darker(plain, 0.5))
    yoke(c, rng, y0, inks, plain)
    for t, tone in ((14, inks[0]), (34, inks[1]), (46, inks[2])):
        c.line(
            smooth([(480 - flare + t * 0.3, hem - t), (480, hem - t + 5), (480 + flare - t * 0.3, hem - t)], False),
            tone,
            8 if t < 40 else 4,
        )


def yoke(c, rng, y0, inks, plain):
    kind = rng.randrange(3)
    depth = rng.uniform(200, 420)
    if kind == 0:
        shape = smooth(
            [
                (480 - 56, y0 + 2),
                (480 - 62, y0 + depth * 0.6),
                (480, y0 + depth),
                (480 + 62, y0 + depth * 0.6),
                (480 + 56, y0 + 2),
                (480, y0 + 44),
            ]
        )
    elif kind == 1:
        shape = [(480 - 58, y0 + 4), (480 - 66, y0 + depth), (480 + 66, y0 + depth), (480 + 58, y0 + 4), (480, y0 + 40)]
    else:
        shape = smooth(
            [
                (480 - 62, y0),
                (480 - 100, y0 + 60),
                (480 - 84, y0 + 150),
                (480, y0 + 190),
                (480 + 84, y0 + 150),
                (480 + 100, y0 + 60),
                (480 + 62, y0),
                (480, y0 + 46),
            ]
        )
    ground = rng.choice([darker(plain, 0.5), IVORY, inks[3]])
    solid(c, shape, ground, shadow=False)
    c.line(shape, inks[0], 7, closed=True)
    c.line([(480 + (x - 480) * 0.86, y0 + (y - y0) * 0.95) for x, y in shape], inks[1], 3, closed=True)
    step = 62
    y = y0 + 84
    while y < y0 + (depth if kind < 2 else 190) - 34:
        rosette(c, 480, y, 25, inks, rng, 8)
        for s in (-1, 1):
            c.poly(moved(LEAF, 480 + s * 26, y + 18, 22, s * 60), inks[3])
            c.disc(480 + s * 40, y - 20, 4.5, inks[2])
        y += step
    c.line([(480, y0 + 34), (480, y0 + 84)], darker(ground, 0.6), 3)


def waistcoat(c, rng):
    wall(c, rng)
    ground = rng.choice([WINE, NIGHT, GREEN, PLUM, INDIGO, TEAL, (46, 36, 32), POMEGRANATE])
    style = rng.randrange(4)
    inks = rng.choice(EMBROIDERY)[1:]
    y0, hem = 260, rng.uniform(880, 1010)
    rod(c, 30, 930, 170)
    hanger(c, 480, 262, 190)
    half, flare = 232, rng.uniform(236, 270)
    back = mirror(
        [(480 - 84, y0 - 12), (480 - 190, y0 + 30), (480 - half + 40, y0 + 220), (480 - flare + 20, hem - 10)]
    )
    solid(
        c,
        back,
        darker(ground, 0.5),
        lambda p: [p.rect(300, y0 - 30, 660, hem, mix(inks[0], ground, 0.5))],
        lambda lit: lit.rect(200, 200, 800, 1100, 92),
    )
    for s in (-1, 1):
        shape = [
            (480 + s * 80, y0 - 14),
            (480 + s * 194, y0 + 28),
            (480 + s * 176, y0 + 130),
            (480 + s * 186, y0 + 240),
            (480 + s * half, y0 + 320),
            (480 + s * flare, hem),
            (480 + s * 30, hem + 14),
            (480 + s * 12, y0 + 260),
        ]

        def paint(p, q=s):
            p.img.paste(woven(p.img, "velvet", p.k))
            decorate_front(p, rng, q, y0, hem, flare, ground, inks, style)

        state = rng.getstate()
        solid(
            c, shape, ground, paint, lambda lit: hanging_folds(lit, rng, 270, 690, y0 + 300, hem, 6, 24), blur_shade=14
        )
        if s < 0:
            rng.setstate(state)
        edge = inks[0] if style else BRASS
        c.line(shape, edge, 8, closed=True)
        c.line(moved(shape, 0, -1), lighter(edge, 0.4), 2, closed=True)
    for i in range(4):
        y = y0 + 300 + i * (hem - y0 - 360) / 4
        c.disc(482, y, 12, darker(BRASS, 0.3))
        c.disc(480, y - 2, 10, BRASS)
        c.disc(477, y - 5, 4, lighter(BRASS, 0.7))


def decorate_front(p, rng, s, y0, hem, flare, ground, inks, style):
    x = 480 + s * 120
    if style == 0:
        path = smooth(
            [(480 + s * 60, hem - 30), (480 + s * 90, hem - 180), (480 + s * 60, y0 + 280), (480 + s * 110, y0 + 120)],
            False,
        )
        gold_thread(p, path, 6)
        for i in range(3, len(path), 4):
            petals_gold(p, path[i][0] + s * (20 if i % 8 else -14), path[i][1], 22, 6)
    elif style == 1:
        for i in range(3):
            y = hem - 90 - i * 190
            horns(
                p, x + (20 * s if i < 2 else 0), y, 76 - i * 8, inks[i % 2], 11, edge=darker(ground, 0.5), edge_width=3
            )
    elif style == 2:
        for i in range(5):
            y = hem - 70 - i * 130
            rosette(p, x + s * (40 if i % 2 else -30), y, 44, inks, rng, 10)
            p.poly(moved(LEAF, x, y - 60, 34, 50 * s), inks[3])
    else:
        for j in range(12):
            for i in range(6):
                px, py = 480 + s * (50 + i * 62 + (31 if j % 2 else 0)), y0 + 30 + j * 66
                p.poly(moved(BUTA, px, py, 20, 0, s > 0), inks[0])
                p.poly(moved(BUTA, px, py, 11, 0, s > 0), ground)
    for i in range(10):
        px = 480 + s * (36 + (flare - 40) * i / 9)
        p.poly(moved(star(4, 0.5), px, hem - 24, 11), inks[1])
    petals(p, 480 + s * 136, y0 + 60, 24, 8, inks[1])
