"""Socks, mittens, boots, belts and bags, laid on a table or standing on it."""

import math

from PIL import Image

from .canvas import box, darker, lighter, mix, moved, oval, smooth, solid
from .carpets import diamond, knots, star8
from .cloth import woven
from .garments import cut_from
from .motifs import DROP, horns, petals, rosette, star
from .palette import BRASS, EMBROIDERY, IVORY, MADDER, RUGS, SILVER, rgb
from .stage import GROUND, stand_shadow, standing, top_down
from .textiles import ikat, patchwork, yurt_band


def knitted(part, rng, colours, cell=11):
    """Rows of knitted figures, stitch by stitch."""
    w, h = part.img.size
    gw, gh = max(8, round(w / part.k / cell)), max(8, round(h / part.k / cell))
    img, d = knots(gw, gh, colours[0])
    y = rng.randrange(3)
    while y < gh:
        size = rng.choice([2, 5, 7, 9])
        ground, ink, second = rng.sample(colours, 3)
        d.rectangle((0, y, gw, y + size - 1), fill=ground)
        mid = y + size // 2
        for i in range(gw // (size + 1) + 2):
            x = i * (size + 1)
            if size == 2:
                d.point([(x, y), (x + 1, y + 1)], fill=ink)
            elif size == 5:
                diamond(d, x, mid, 2, ink)
            elif size == 7:
                star8(d, x, mid, 3, ink)
                d.point([(x, mid)], fill=second)
            else:
                diamond(d, x, mid, 4, ink)
                diamond(d, x, mid, 2, second)
        y += size
    part.img.paste(img.resize((w, h), Image.Resampling.NEAREST))
    part.img.paste(woven(part.img, "diagonal", 3 * part.k))


def pair(c, rng, draw):
    """Two of the same: the second slightly turned, drawn from the same random state."""
    state = rng.getstate()
    draw(c, rng, 0)
    rng.setstate(state)
    draw(c, rng, 1)


def sock_shape(x, y, s, turn, flip):
    pts = [
        (-80, -330),
        (80, -330),
        (84, -60),
        (96, 60),
        (190, 150),
        (300, 190),
        (312, 256),
        (240, 292),
        (80, 286),
        (-40, 260),
        (-92, 160),
        (-84, 0),
    ]
    return moved(smooth(pts, steps=5), x, y, s, turn, flip)


def socks(c, rng):
    """Jurab of the Pamirs: bands of figures from the toe to the cuff."""
    top_down(c, rng)
    colours = list(rng.choice(RUGS)) + [IVORY]
    cuff = rng.choice(colours)
    lean = rng.uniform(-12, 12)

    def one(cv, r, i):
        outline = sock_shape(330 + i * 200, 560 + i * 50, 1.25, lean + i * 9, False)
        solid(
            cv,
            outline,
            colours[0],
            lambda p: knitted(p, r, colours),
            lambda lit: [lit.poly(moved(outline, 70, 40), 92), lit.poly(moved(outline, -170, -30), 116)],
            blur_shade=22,
        )
        top = moved([(-84, -330), (84, -330), (86, -270), (-86, -270)], 330 + i * 200, 560 + i * 50, 1.25, lean + i * 9)
        cv.poly(top, cuff)
        for t in range(15):
            x = -80 + t * 11.4
            cv.line(
                moved([(x, -330), (x, -270)], 330 + i * 200, 560 + i * 50, 1.25, lean + i * 9), darker(cuff, 0.3), 3
            )

    pair(c, rng, one)


def gloves(c, rng):
    """Mittens or gloves with a patterned back."""
    top_down(c, rng)
    colours = list(rng.choice(RUGS)) + [IVORY]
    fingers = rng.random() < 0.35
    tilt = rng.uniform(4, 14)

    def one(cv, r, i):
        x, y, turn, flip = 300 + i * 370, 610, (-tilt, tilt)[i], i == 1
        pts = [
            (-110, 300),
            (110, 300),
            (128, 60),
            (150, -120),
            (128, -280),
            (0, -350),
            (-124, -280),
            (-140, -90),
            (-118, 40),
        ]
        thumb = moved(
            smooth([(90, 70), (170, 0), (246, -130), (228, -190), (170, -180), (124, -90), (100, 0)]),
            x,
            y,
            1.12,
            turn,
            flip,
        )
        parts = [thumb]
        if fingers:
            pts = [(-110, 300), (110, 300), (128, 60), (140, -90), (-140, -90), (-118, 40)]
            for fx, top in ((-100, -260), (-34, -330), (34, -340), (100, -280)):
                parts.append(
                    moved(
                        smooth([(fx - 34, -60), (fx - 34, top + 34), (fx, top), (fx + 34, top + 34), (fx + 34, -60)]),
                        x,
                        y,
                        1.12,
                        turn,
                        flip,
                    )
                )
        body = moved(smooth(pts, steps=5), x, y, 1.12, turn, flip)
        for outline in (*parts, body):
            solid(
                cv,
                outline,
                colours[0],
                lambda p: knitted(p, r, colours),
                lambda lit, o=outline: [lit.poly(moved(o, 60, 30), 94), lit.poly(moved(o, -150, -40), 114)],
                blur_shade=20,
            )
        cuff = moved([(-118, 210), (118, 210), (112, 330), (-112, 330)], x, y, 1.12, turn, flip)
        solid(
            cv,
            cuff,
            colours[1],
            lambda p: [
                p.line(moved([(t, 210), (t, 330)], x, y, 1.12, turn, flip), darker(colours[1], 0.35), 5)
                for t in range(-112, 120, 14)
            ],
            shadow=False,
        )

    pair(c, rng, one)


def boots(c, rng):
    """Soft high boots with applied horns, or low slippers with turned-up toes."""
    standing(c, rng)
    leather = rng.choice([rgb("6a3a22"), rgb("2e2622"), rgb("8a2a26"), rgb("7a5634"), rgb("24483e"), rgb("3a2a4a")])
    ink = rng.choice([rgb("d9a850"), IVORY, rgb("c8563a"), rgb("7fb3ad")])
    high = rng.random() < 0.65
    kind, felt = rng.randrange(3), rng.random() < 0.3
    ground = rgb("cfc3ae") if felt else leather

    def one(cv, r, i):
        x, y, s = 380 + i * 180, GROUND - 26 + i * 46, 1.12
        if high:
            pts = [
                (-100, -520),
                (110, -520),
                (104, -250),
                (112, -130),
                (210, -76),
                (286, -40),
                (296, -4),
                (250, 6),
                (-110, 6),
                (-124, -60),
                (-108, -200),
                (-112, -380),
            ]
        else:
            pts = [
                (-130, -150),
                (30, -140),
                (90, -96),
                (210, -66),
                (300, -86),
                (330, -132),
                (340, -80),
                (300, -10),
                (220, 6),
                (-130, 6),
                (-150, -60),
            ]
        outline = moved(smooth(pts, steps=5), x, y, s)
        stand_shadow(cv, x + 80 * s, y + 4, 200 * s, 200)

        def paint(p):
            if high:
                for t in range(2 + kind):
                    horns(
                        p,
                        x - 4,
                        y - (430 - t * 140) * s,
                        (86 - 10 * t) * s,
                        ink,
                        9,
                        edge=darker(ground, 0.5),
                        edge_width=2,
                    )
                p.line(moved([(-110, -490), (110, -490)], x, y, s), ink, 14)
                p.line(moved([(-110, -470), (110, -470)], x, y, s), darker(ink, 0.4), 5)
                horns(p, x + 150 * s, y - 50 * s, 50 * s, ink, 7, 90, arms=1)
            else:
                rosette(p, x + 120 * s, y - 50 * s, 40 * s, [ink, IVORY, MADDER, ink], r, 8)
                for t in range(6):
                    petals(p, x + (-110 + t * 34) * s, y - 60 * s, 15 * s, 6, ink)
                p.line(moved(smooth([(-130, -146), (30, -136), (90, -92)], False), x, y, s), ink, 10)
            p.rect(x - 200 * s, y - 18 * s, x + 400 * s, y + 20, darker(leather, 0.6))

        solid(
            cv,
            outline,
            ground,
            paint,
            lambda lit: [
                lit.poly(moved(outline, 76, 20), 84),
                lit.poly(moved([(-80, -500), (-30, -500), (-30, -130), (-60, -130)], x, y, s), 178),
            ],
            shadow=False,
            blur_shade=20,
        )

    pair(c, rng, one)


def belt(c, rng):
    """A leather belt set with silver, coiled or laid in a curve."""
    top_down(c, rng)
    leather = rng.choice([rgb("5a2e1e"), rgb("241f1e"), rgb("7a4a2a"), rgb("7a2420")])
    metal = rng.choice([SILVER, SILVER, BRASS])
    width = rng.uniform(74, 96)
    if rng.random() < 0.5:
        path = [
            (480 + (90 + t * 1.9) * math.cos(t / 18), 610 + (90 + t * 1.9) * math.sin(t / 18)) for t in range(0, 160, 2)
        ]
        width = 70
    else:
        amp = rng.uniform(90, 190)
        path = smooth(
            [(120, 200), (480, 200 + amp), (760, 420), (480, 640), (220, 800), (420, 1010), (830, 1010)], False, 14
        )
    c.soft(
        moved([(x, y - width / 2) for x, y in path] + [(x, y + width / 2) for x, y in reversed(path)], 14, 18),
        (30, 18, 14),
        12,
        0.5,
    )
    c.line(path, darker(leather, 0.5), width + 4)
    c.line(path, leather, width)
    c.line(moved(path, -3, -5), lighter(leather, 0.12), width * 0.72)
    c.line(path, darker(leather, 0.1), width * 0.6)
    kind, run, stone = rng.randrange(3), 0.0, rng.choice([rgb("b0402a"), rgb("2f9aa0"), rgb("2a4a92")])
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        run += math.hypot(x1 - x0, y1 - y0)
        if run > width * 1.28:
            run = 0.0
            stud(c, x1, y1, width * 0.4, math.degrees(math.atan2(y1 - y0, x1 - x0)), metal, stone, kind)
    x, y = path[-1]
    turn = math.degrees(math.atan2(y - path[-3][1], x - path[-3][0]))
    stud(c, x, y, width * 0.86, turn, metal, stone, 1)


def stud(c, x, y, r, turn, metal, stone, kind):
    shape = {0: star(8, 0.8), 1: box(-0.95, -1, 0.95, 1), 2: oval(0, 0, 1, n=24)}[kind]
    c.poly(moved(shape, x + 4, y + 5, r, turn), (20, 14, 12))
    c.poly(moved(shape, x, y, r, turn), darker(metal, 0.3))
    c.poly(moved(shape, x - 1.5, y - 2, r * 0.92, turn), metal)
    c.line(moved(shape, x, y, r * 0.7, turn), darker(metal, 0.4), 2, closed=True)
    petals(c, x, y, r * 0.6, 8, darker(metal, 0.25), DROP)
    c.disc(x, y, r * 0.28, darker(stone, 0.4))
    c.disc(x, y, r * 0.24, stone)
    c.disc(x - r * 0.08, y - r * 0.08, r * 0.07, (255, 240, 230))
    c.line(moved(oval(0, 0, 0.84, n=10, start=190, end=270), x, y, r), (255, 255, 250), 2)


def bag(c, rng):
    """A shoulder bag of ikat, felt, patchwork or woven band, with tassels."""
    standing(c, rng)
    way = rng.randrange(5)
    colours = rng.choice(RUGS)
    base, half, height = GROUND, rng.uniform(230, 285), rng.uniform(360, 440)
    top = base - height
    strap = smooth(
        [
            (480 - half * 0.8, top + 20),
            (480 - half * 0.7, top - 180),
            (480 - 60, top - 330),
            (480 + 90, top - 320),
            (480 + half * 0.74, top - 160),
            (480 + half * 0.8, top + 20),
        ],
        False,
    )
    for shift, tone, w in (
        (8, (40, 26, 20, 90), 26),
        (0, darker(colours[0], 0.3), 24),
        (-3, lighter(colours[0], 0.12), 10),
    ):
        c.line(moved(strap, shift, shift), tone, w)
    body = smooth(
        [
            (480 - half * 0.92, top),
            (480, top + 6),
            (480 + half * 0.92, top),
            (480 + half * 1.02, base - height * 0.4),
            (480 + half * 0.96, base - 16),
            (480, base + 6),
            (480 - half * 0.96, base - 16),
            (480 - half * 1.02, base - height * 0.4),
        ],
        steps=8,
    )
    stand_shadow(c, 480, base, half, 240)
    paint = [
        cut_from(ikat, rng),
        cut_from(patchwork, rng, "plain"),
        cut_from(yurt_band, rng, "rib"),
        lambda p: knitted(p, rng, list(colours), 12),
        lambda p: [
            p.img.paste(woven(p.img, "felt", 2 * p.k)),
            horns(p, 480, base - height * 0.48, half * 0.6, colours[2], half * 0.1, edge=colours[4], edge_width=4),
        ],
    ][way]
    solid(
        c,
        body,
        colours[0],
        paint,
        lambda lit: [
            lit.poly(moved(body, half * 0.9, 30), 78),
            lit.poly(moved(body, -half * 1.3, 0), 110),
            lit.rect(0, base - 60, 960, base + 20, 96),
        ],
        shadow=False,
        blur_shade=36,
    )
    if rng.random() < 0.65:
        flap = smooth(
            [
                (480 - half * 0.94, top - 4),
                (480, top - 10),
                (480 + half * 0.94, top - 4),
                (480 + half * 0.8, top + height * 0.34),
                (480, top + height * 0.52),
                (480 - half * 0.8, top + height * 0.34),
            ]
        )
        solid(
            c,
            flap,
            darker(colours[1], 0.1),
            lambda p: [
                p.line([(480 + (x - 480) * 0.9, top + (y - top) * 0.9) for x, y in flap], colours[4], 5, closed=True),
                rosette(p, 480, top + height * 0.22, half * 0.22, list(rng.choice(EMBROIDERY))[1:5], rng, 10),
            ],
            lambda lit: [lit.poly(moved(flap, half * 0.8, 30), 90)],
            blur_shade=24,
        )
        c.disc(480, top + height * 0.47, 15, darker(BRASS, 0.3))
        c.disc(477, top + height * 0.465, 12, BRASS)
    for i in range(5):
        tassel(c, 480 - half * 0.8 + i * half * 0.4, base - 6, 62, colours[(i % 3) + 1])


def tassel(c, x, y, length, colour):
    for i in range(9):
        c.line(
            [(x, y), (x + (i - 4) * 2.6, y + length + (i % 3) * 3)],
            mix(darker(colour, 0.3), lighter(colour, 0.3), i / 8),
            3.4,
        )
    c.disc(x, y, 9, darker(colour, 0.2))
    c.rect(x - 7, y + 12, x + 7, y + 18, lighter(colour, 0.4))
