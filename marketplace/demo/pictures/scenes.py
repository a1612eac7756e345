"""Landscapes of the six countries in layers, as a colour print has them, above a band of ornament."""

import math

from PIL import Image

from .canvas import Canvas, box, darker, lighter, mix, moved, oval, smooth
from .motifs import LEAF, buta, horns, petals, pointed_arch, rosette, star
from .palette import GOLD, INDIGO, IVORY, MADDER, NIGHT, POMEGRANATE, SAFFRON, TEAL, TURQUOISE, WINE, rgb

SKIES = [(rgb("7fa8b8"), rgb("f0dcb8")), (rgb("9fb4c0"), rgb("f3d9c0")), (rgb("6f97b5"), rgb("e9e0c6")), (rgb("c9b09a"), rgb("f5dcae")), (rgb("8aa0b8"), rgb("f0c8a0")),
         (rgb("5f86a2"), rgb("f2d2a2"))]


def sky(c, rng, w, horizon):
    """A sky that pales to the horizon, a low sun, thin clouds."""
    top, low = rng.choice(SKIES)
    small = Image.new("RGB", (1, 8))
    for i in range(8):
        small.putpixel((0, i), mix(top, low, (i / 7) ** 0.8))
    height = round((horizon + 30) * c.k - c.oy)
    if height > 0:
        c.img.paste(small.resize((c.img.width, height), Image.Resampling.BICUBIC), (0, 0))
    x, y = rng.uniform(0.15, 0.85) * w, horizon * rng.uniform(0.3, 0.62)
    c.soft(oval(x, y, 130), lighter(low, 0.7), 90, 0.6)
    c.disc(x, y, 44, lighter(low, 0.75))
    for _ in range(7):
        cx, cy, r = rng.uniform(0, w), rng.uniform(0.1, 0.6) * horizon, rng.uniform(90, 240)
        c.soft(oval(cx, cy, r, rng.uniform(5, 14)), lighter(low, 0.6), 10, 0.5)
        c.soft(oval(cx + r * 0.3, cy - 12, r * 0.5, 8), lighter(low, 0.7), 8, 0.4)
    for _ in range(rng.choice([0, 3, 5])):
        bx, by, s = rng.uniform(0.2, 0.8) * w, rng.uniform(0.15, 0.45) * horizon, rng.uniform(9, 17)
        c.line(smooth([(bx - s, by - s * 0.3), (bx - s * 0.4, by - s * 0.5), (bx, by), (bx + s * 0.4, by - s * 0.5), (bx + s, by - s * 0.3)], False), (60, 50, 50), 2)
    return low


def ridge_points(rng, w, base, height, step, rough):
    """A broken skyline from left to right: summits and saddles, then halved and shaken again and again."""
    n = max(3, round(w / 250))
    pts = [(-60 + (w + 120) * (i + rng.uniform(-0.25, 0.25) * (0 < i < n)) / n, base - height * (rng.uniform(0.7, 1) if i % 2 else rng.uniform(0.25, 0.6)))
           for i in range(n + 1)]
    drop = height * 0.3
    while pts[1][0] - pts[0][0] > step:
        new = [pts[0]]
        for a, b in zip(pts, pts[1:], strict=False):
            new += [((a[0] + b[0]) / 2, min(base - 4, (a[1] + b[1]) / 2 + drop * rng.uniform(-0.5, 0.5))), b]
        pts, drop = new, drop * rough
    return pts


def mountains(c, rng, w, horizon, tone, height=300, snow=0.5, layers=3):
    """Ranges one behind the other, the far ones pale; above `snow` of the height they are white."""
    for i in range(layers):
        far = 1 - i / layers
        colour = mix(tone, (236, 226, 214), far * 0.6)
        high = height * (1 - 0.27 * i)
        base = horizon + 10 * i
        pts = ridge_points(rng, w, base, high, 40, 0.56)
        foot = [(w + 60, horizon + 40), (-60, horizon + 40)]
        c.poly([*pts, *foot], mix((250, 248, 244), colour, far * 0.3))
        line = base - high * snow
        rock = [(x, max(y, line + high * 0.16 * (rng.uniform(0.2, 1) if n % 2 else -rng.uniform(0.2, 1)) + (y - line) * 0.35)) for n, (x, y) in enumerate(pts)]
        c.poly([*rock, *foot], colour)
        for (x0, y0), (x1, y1), (x2, y2) in zip(pts, pts[1:], pts[2:], strict=False):
            if y1 < y0 and y1 < y2:
                depth = (horizon - y1) * rng.uniform(0.45, 0.85)
                c.poly([(x1, y1), (x2, y2), (x2 + depth * 0.3, y2 + depth * 0.4), (x1 + depth * 0.2, y1 + depth)], (*darker(colour, 0.4), 90))


def steppe(c, rng, w, top, bottom, tone):
    """Rolling grass in bands, tufts and small flowers near by."""
    for i in range(5):
        y = top + (bottom - top) * (i / 5) ** 1.2
        n = 7
        line = smooth([(-60 + (w + 120) * j / n, y + rng.uniform(-1, 1) * (8 + 9 * i)) for j in range(n + 1)], False)
        c.poly([*line, (w + 60, bottom + 60), (-60, bottom + 60)], mix(lighter(tone, 0.32), darker(tone, 0.16), i / 4))
    for _ in range(300):
        t = rng.random() ** 0.6
        x, y = rng.uniform(0, w), top + (bottom - top) * t
        c.line([(x, y), (x + rng.uniform(-4, 4) * (0.4 + t), y - 18 * t - 3)], (*(lighter(tone, 0.3) if rng.random() < 0.5 else darker(tone, 0.3)), 130), 1 + 2 * t)


def tulips(c, rng, w, y0, y1, n=60):
    for _ in range(n):
        t = rng.random()
        x, y = rng.uniform(0, w), y0 + (y1 - y0) * t
        s = 5 + 9 * t
        c.line([(x, y), (x, y + s * 2.4)], rgb("4f6a3a"), 2)
        c.poly(moved(smooth([(0, 0.6), (-0.7, 0), (-0.6, -0.9), (0, -0.4), (0.6, -0.9), (0.7, 0)]), x, y, s), rng.choice([MADDER, POMEGRANATE, SAFFRON]))


def kazakhstan(c, rng):
    from .home import pitch

    sky(c, rng, 1600, 500)
    mountains(c, rng, 1600, 505, rgb("7f8fa8"), 190, 0.55)
    steppe(c, rng, 1600, 490, 830, rng.choice([rgb("a8a05a"), rgb("93a060"), rgb("b8a262")]))
    for x, y, s in ((1270, 590, 0.3), (1130, 572, 0.24), (rng.uniform(330, 480), 690, 0.56)):
        pitch(c, rng, x, y, s)
    for i in range(4):
        animal(c, "horse", 700 + i * 92 + rng.uniform(-20, 20), 640 + rng.uniform(-16, 30), 0.17, rng.choice([rgb("6a3a22"), rgb("3a2a24"), rgb("b08a5e"), rgb("8a5a3a")]), rng.random() < 0.5)
    tulips(c, rng, 1600, 700, 800)


def animal(c, kind, x, y, s, colour, flip=False):
    """A beast in silhouette with a little light on its back."""
    from .toys import ANIMALS

    body, legs = ANIMALS[kind]
    c.soft(oval(x + 12 * s, y, 240 * s, 14 * s), (40, 34, 20), 10 * s + 2, 0.4)
    for lx, w in legs:
        c.poly(moved([(lx - w * 0.3, -160), (lx + w * 0.3, -160), (lx + w * 0.16, 0), (lx - w * 0.16, 0)], x, y, s, 0, flip), darker(colour, 0.25))
    c.poly(moved(smooth(body), x, y, s, 0, flip), colour)
    c.poly(moved(smooth([(-200, -150), (200, -160), (190, -112), (-190, -110)]), x, y, s, 0, flip), darker(colour, 0.3))
    c.line(moved([(-218, -220), (-250, -120)], x, y, s, 0, flip), darker(colour, 0.3), 16 * s)


def kyrgyzstan(c, rng):
    from .home import pitch

    low = sky(c, rng, 1600, 470)
    tone = rgb("6f88a8")
    mountains(c, rng, 1600, 470, tone, 370, 0.4)
    lake = rng.choice([rgb("3f86a0"), rgb("4a93a8"), rgb("2f7894")])
    c.rect(0, 470, 1600, 900, lake)
    for i in range(60):
        y = 474 + 200 * (i / 60) ** 1.4
        x, r = rng.uniform(0, 1600), rng.uniform(30, 190)
        c.line([(x - r, y), (x + r, y)], (*(lighter(low, 0.3) if i % 2 else darker(lake, 0.25)), 80), 1.5 + 3 * i / 60)
    c.soft(box(-20, 462, 1620, 480), lighter(low, 0.4), 8, 0.6)
    shore = smooth([(-60, 690), (200, 650), (480, 676), (800, 730), (1120, 720), (1400, 668), (1660, 650)], False)
    grass = rng.choice([rgb("7f9a58"), rgb("8fa060")])
    c.poly([*shore, (1660, 960), (-60, 960)], grass)
    c.line(shore, rgb("d9c9a0"), 8)
    for _ in range(260):
        x, y = rng.uniform(0, 1600), rng.uniform(735, 840)
        c.line([(x, y), (x + rng.uniform(-4, 4), y - 16)], (*darker(grass, 0.3), 130), 2)
    pitch(c, rng, rng.uniform(260, 340), 770, 0.5)
    pitch(c, rng, rng.uniform(1290, 1380), 746, 0.38)
    for i in range(3):
        animal(c, "horse", 640 + i * 110, 778 + rng.uniform(-8, 22), 0.18, rng.choice([rgb("5a3422"), rgb("d9c9b0"), rgb("3a2c28")]), i == 1)
    tulips(c, rng, 1600, 770, 815, 36)


def poplar(c, rng, x, y, h):
    tone = rng.choice([rgb("6f8a3f"), rgb("b89a3a"), rgb("587a44")])
    c.line([(x, y), (x, y - h * 0.3)], rgb("5a4432"), 5)
    c.poly(moved(smooth([(0, -1), (0.13, -0.6), (0.14, -0.25), (0, -0.1), (-0.14, -0.25), (-0.13, -0.6)]), x, y, h), tone)
    c.poly(moved(smooth([(0, -1), (0.13, -0.6), (0.14, -0.25), (0.04, -0.12), (0.05, -0.5)]), x, y, h), darker(tone, 0.25))


def tajikistan(c, rng):
    sky(c, rng, 1600, 520)
    mountains(c, rng, 1600, 540, rgb("8a7f94"), 470, 0.34, 3)
    for i, (tone, base) in enumerate(((rgb("a08a70"), 560), (rgb("8f8060"), 640))):
        pts = ridge_points(rng, 1600, base, 120 - 20 * i, 60, 0.5)
        c.poly([*pts, (1640, 920), (-40, 920)], tone)
    valley = smooth([(-60, 690), (300, 660), (700, 690), (1100, 664), (1660, 700)], False)
    c.poly([*valley, (1660, 960), (-60, 960)], rgb("9aa05c"))
    river = smooth([(760, 664), (700, 700), (860, 735), (640, 790), (760, 860)], False)
    for w, tone in ((96, rgb("d8d2bc")), (74, rgb("5f9fb0")), (30, rgb("9cc8cc"))):
        c.line(river, tone, w * 0.6)
    for i in range(11):
        x = rng.choice([rng.uniform(60, 560), rng.uniform(980, 1540)])
        house(c, rng, x, 716 + rng.uniform(-26, 46))
    for _ in range(22):
        x = rng.choice([rng.uniform(20, 600), rng.uniform(900, 1580)])
        poplar(c, rng, x, 720 + rng.uniform(-30, 76), rng.uniform(90, 170))
    tulips(c, rng, 1600, 780, 815, 50)


def house(c, rng, x, y):
    w, h = rng.uniform(56, 96), rng.uniform(36, 52)
    clay = rng.choice([rgb("c9a884"), rgb("d6ba96"), rgb("b8977a")])
    c.rect(x - w / 2, y - h, x + w / 2, y, clay)
    c.rect(x + w * 0.16, y - h, x + w / 2, y, darker(clay, 0.2))
    c.rect(x - w / 2 - 5, y - h - 8, x + w / 2 + 5, y - h, darker(clay, 0.35))
    c.rect(x - w * 0.3, y - h * 0.62, x - w * 0.12, y, rgb("4a6a7a"))
    c.rect(x + w * 0.26, y - h * 0.66, x + w * 0.4, y - h * 0.36, darker(clay, 0.6))


def turkmenistan(c, rng):
    sky(c, rng, 1600, 520)
    mountains(c, rng, 1600, 500, rgb("b09a92"), 90, 2.0, 2)
    sand = rng.choice([rgb("dba968"), rgb("d89f62"), rgb("e0b47a")])
    for i in range(5):
        y = 480 + 80 * i
        crest = smooth([(-80 + 1760 * j / 6, y + rng.uniform(-46, 40)) for j in range(7)], False, 12)
        tone = mix(lighter(sand, 0.3), darker(sand, 0.12), i / 4)
        c.poly([*crest, (1700, 960), (-80, 960)], tone)
        for j in range(0, len(crest) - 14, 22):
            part = crest[j:j + 14]
            c.poly([*part, *[(x + 40 + 6 * n, yy + 34 + 5 * n) for n, (x, yy) in enumerate(reversed(part))]], (*darker(tone, 0.22), 110))
        c.line(crest, lighter(tone, 0.35), 3)
        if i == 2:
            for n in range(6):
                animal(c, "camel", 420 + n * 118, 634 + 12 * math.sin(n * 1.7), 0.24, rng.choice([rgb("7a5236"), rgb("8a6040"), rgb("5f4030")]))
                c.poly(moved([(-60, -350), (60, -350), (80, -230), (-80, -230)], 420 + n * 118, 634 + 12 * math.sin(n * 1.7), 0.24), (MADDER, INDIGO, WINE)[n % 3])
    for _ in range(9):
        x, y = rng.uniform(40, 1560), rng.uniform(700, 810)
        for _ in range(9):
            a = rng.uniform(-1.1, 1.1)
            c.line(smooth([(x, y), (x + 22 * math.sin(a), y - 22), (x + 44 * math.sin(a * 1.3), y - 44 * math.cos(a * 0.6))], False), rgb("6a6a44"), 3)
    for i in range(40):
        y = 720 + i * 3
        x = rng.uniform(0, 1600)
        c.line(smooth([(x - 60, y), (x - 20, y - 4), (x + 20, y + 3), (x + 70, y)], False), (*darker(sand, 0.25), 60), 2)


def tiled_dome(c, x, y, r, colour):
    """A ribbed dome on a drum."""
    c.rect(x - r * 0.86, y - r * 0.1, x + r * 0.86, y + r * 0.62, rgb("d9b98c"))
    c.rect(x + r * 0.2, y - r * 0.1, x + r * 0.86, y + r * 0.62, rgb("bf9a70"))
    for i in range(11):
        c.poly(moved(star(8, 0.6), x - r * 0.76 + i * r * 0.152, y + r * 0.24, r * 0.075), (INDIGO, TURQUOISE)[i % 2])
    c.rect(x - r * 0.86, y + r * 0.04, x + r * 0.86, y + r * 0.09, INDIGO)
    c.rect(x - r * 0.86, y + r * 0.4, x + r * 0.86, y + r * 0.45, TURQUOISE)
    shape = smooth([(x - r * 0.86, y), (x - r, y - r * 0.4), (x - r * 0.72, y - r * 0.98), (x, y - r * 1.5), (x + r * 0.72, y - r * 0.98), (x + r, y - r * 0.4), (x + r * 0.86, y)], True, 10)
    c.poly([p for p in shape if p[1] <= y + 1], colour)
    for i in range(-6, 7):
        t = i / 6.5
        rib = smooth([(x + t * r * 0.86, y), (x + t * r, y - r * 0.4), (x + t * r * 0.72, y - r * 0.98), (x, y - r * 1.46)], False)
        c.line(rib, darker(colour, 0.14 + 0.2 * max(0, t)), r * 0.035)
        c.line(moved(rib, -r * 0.03, 0), lighter(colour, 0.22 - 0.2 * t), r * 0.02)
    c.line([(x, y - r * 1.46), (x, y - r * 1.72)], GOLD, 4)
    c.disc(x, y - r * 1.62, 6, GOLD)


def portal(c, rng, x, base, w, h):
    """The tall front of a madrasa: a pointed arch in a frame of tiles."""
    brick = rgb("d8b78a")
    c.rect(x - w / 2, base - h, x + w / 2, base, brick)
    c.rect(x + w * 0.3, base - h, x + w / 2, base, darker(brick, 0.16))
    for inset, tone, width in ((10, INDIGO, 12), (30, TURQUOISE, 6), (46, INDIGO, 4)):
        c.line([(x - w / 2 + inset, base), (x - w / 2 + inset, base - h + inset), (x + w / 2 - inset, base - h + inset), (x + w / 2 - inset, base)], tone, width)
    for i in range(9):
        for j in range(3):
            c.poly(moved(star(8, 0.6), x - w * 0.34 + i * w * 0.085, base - h + 74 + j * 30, 12), (INDIGO, TURQUOISE, IVORY)[(i + j) % 3])
    arch = pointed_arch(x, base, w * 0.33, base - h * 0.4, base - h * 0.68)
    c.poly(pointed_arch(x, base, w * 0.36, base - h * 0.4, base - h * 0.72), INDIGO)
    c.poly(arch, rgb("8a6a4e"))
    c.poly([(px + 18, py) for px, py in pointed_arch(x, base, w * 0.26, base - h * 0.36, base - h * 0.6)], rgb("6a4e3a"))
    c.poly(pointed_arch(x, base, w * 0.1, base - h * 0.2, base - h * 0.3), rgb("3a2a22"))
    for i in range(7):
        c.poly(moved(star(6, 0.5), x - w * 0.2 + i * w * 0.067, base - h * 0.5 - 22 * math.sin(math.pi * i / 6), 10), TURQUOISE)


def minaret(c, rng, x, base, w, h, cut=False):
    brick = rgb("d2ac7e")
    for i in range(12):
        t0, t1 = i / 12, (i + 1) / 12
        a, b = w * (1 - 0.34 * t0) / 2, w * (1 - 0.34 * t1) / 2
        tone = ((TURQUOISE, rgb("2f7f90"), IVORY, INDIGO) if cut else (brick, rgb("c39a6a"), brick, TURQUOISE))[i % 4]
        c.poly([(x - a, base - h * t0), (x + a, base - h * t0), (x + b, base - h * t1), (x - b, base - h * t1)], tone)
        c.poly([(x + a * 0.3, base - h * t0), (x + a, base - h * t0), (x + b, base - h * t1), (x + b * 0.3, base - h * t1)], darker(tone, 0.24))
        for j in range(3):
            c.poly(moved(star(4, 0.5), x + (j - 1) * b * 0.56, base - h * (t0 + t1) / 2, w * 0.11), darker(tone, 0.25))
    if not cut:
        c.rect(x - w * 0.42, base - h - 12, x + w * 0.42, base - h + 12, darker(brick, 0.2))
        c.rect(x - w * 0.3, base - h - 60, x + w * 0.3, base - h - 12, brick)
        c.poly(smooth([(x - w * 0.32, base - h - 60), (x - w * 0.2, base - h - 96), (x, base - h - 124), (x + w * 0.2, base - h - 96), (x + w * 0.32, base - h - 60)]), TURQUOISE)


def uzbekistan(c, rng):
    sky(c, rng, 1600, 640)
    for i in range(16):
        x, h = i * 108 - 20 + rng.uniform(-20, 20), rng.uniform(60, 150)
        c.rect(x, 660 - h, x + rng.uniform(80, 150), 700, mix(rgb("cda67a"), (236, 214, 184), 0.5))
    c.rect(-10, 655, 1610, 760, mix(rgb("cda67a"), (236, 214, 184), 0.35))
    shift = rng.uniform(-90, 90)
    khiva = rng.random() < 0.5
    tiled_dome(c, 420 + shift, 470, 118, rgb("2f93a0"))
    tiled_dome(c, 1240 + shift, 500, 96, rgb("3aa0a8"))
    c.rect(250 + shift, 540, 1400 + shift, 760, rgb("d2ad80"))
    for i in range(13):
        x = 300 + shift + i * 86
        c.poly(pointed_arch(x, 740, 30, 640, 590), INDIGO)
        c.poly(pointed_arch(x, 740, 25, 642, 598), rgb("7a5a42"))
        c.rect(x - 40, 560, x + 40, 572, TURQUOISE)
    minaret(c, rng, 190 + shift * 0.5, 760, 130 if khiva else 84, 330 if khiva else 500, khiva)
    minaret(c, rng, 1450 + shift * 0.5, 760, 76, 470)
    portal(c, rng, 820 + shift, 760, 380, 500)
    c.rect(0, 740, 1600, 900, rgb("e0c49a"))
    c.soft(box(0, 738, 1600, 752), rgb("7a5a3a"), 8, 0.5)
    for i in range(14):
        c.line([(i * 130 - 60, 900), (200 + i * 92, 748)], (150, 116, 80, 70), 2)
    for x in (60, 640 + shift * 0.3, 1020, 1560):
        poplar(c, rng, x, 790, rng.uniform(140, 190))
        c.soft(oval(x + 30, 792, 50, 8), rgb("6a4e34"), 8, 0.4)


def azerbaijan(c, rng):
    low = sky(c, rng, 1600, 500)
    mountains(c, rng, 1600, 470, rgb("8a90a6"), 230, 0.5, 2)
    sea = rng.choice([rgb("3f7f92"), rgb("4a8a9a"), rgb("36708a")])
    c.rect(0, 500, 1600, 900, sea)
    for i in range(70):
        y = 506 + 220 * (i / 70) ** 1.4
        x, r = rng.uniform(0, 1600), rng.uniform(30, 170)
        c.line([(x - r, y), (x + r, y)], (*(lighter(low, 0.3) if i % 2 else darker(sea, 0.25)), 84), 1.5 + 3 * i / 70)
    for _ in range(3):
        x, y = rng.uniform(950, 1540), rng.uniform(530, 610)
        c.poly([(x, y), (x + 54, y), (x + 44, y + 12), (x + 8, y + 12)], rgb("5a3a2a"))
        c.poly([(x + 26, y - 4), (x + 26, y - 62), (x + 54, y - 8)], IVORY)
    stone = rgb("d3b68a")
    for _ in range(26):
        x, y = rng.uniform(-40, 820), rng.uniform(560, 720)
        w, h = rng.uniform(70, 130), rng.uniform(60, 120)
        tone = mix(stone, rng.choice([rgb("c09a6e"), rgb("e6d0aa"), rgb("b8906a")]), 0.7)
        c.rect(x, y - h, x + w, y + 90, tone)
        c.rect(x + w * 0.7, y - h, x + w, y + 90, darker(tone, 0.18))
        c.rect(x - 4, y - h - 7, x + w + 4, y - h, darker(tone, 0.34))
        for i in range(2):
            c.poly(pointed_arch(x + w * (0.24 + 0.3 * i), y - h * 0.3, 9, y - h * 0.55, y - h * 0.72), rgb("5a4436"))
    maiden(c, 430 + rng.uniform(-90, 120), 740, stone)
    wall_of_city(c, rng, stone)
    for x in (40, 150, 880, 1010, 1130):
        c.line([(x, 810), (x, 760)], rgb("5a4432"), 7)
        c.disc(x, 736, 38, rgb("5f7a4a"), 30)
        c.disc(x + 14, 742, 26, rgb("4a6440"), 22)


def maiden(c, x, base, stone):
    """The Maiden Tower: a ribbed cylinder with its straight buttress."""
    c.rect(x + 60, base - 360, x + 130, base + 60, darker(stone, 0.3))
    for i in range(14):
        t = -1 + 2 * i / 14
        tone = mix(lighter(stone, 0.16), darker(stone, 0.36), (t + 1) / 2)
        c.rect(x + t * 96, base - 390, x + (t + 1 / 7) * 96 + 1, base + 60, tone)
    for j in range(22):
        y = base - 384 + j * 20
        c.line(smooth([(x - 96, y), (x, y + 9), (x + 96, y)], False), (90, 66, 44, 110), 3 if j > 9 else 2)
    c.poly(oval(x, base - 390, 96, 13), lighter(stone, 0.22))
    for y in (base - 300, base - 210, base - 120):
        c.poly(pointed_arch(x - 20, y, 9, y - 24, y - 38), rgb("4a3626"))


def wall_of_city(c, rng, stone):
    c.rect(-10, 740, 1600, 900, darker(stone, 0.1))
    for i in range(27):
        c.rect(i * 62 - 10, 718, i * 62 + 28, 744, darker(stone, 0.1))
        c.rect(i * 62 + 20, 718, i * 62 + 28, 744, darker(stone, 0.3))
    for j in range(5):
        for i in range(30):
            x = i * 58 + (29 if j % 2 else 0)
            c.line([(x, 752 + j * 20), (x, 770 + j * 20)], (100, 74, 50, 70), 2)
        c.line([(0, 750 + j * 20), (1600, 750 + j * 20)], (100, 74, 50, 80), 2)
    for x in (620, 1310):
        c.rect(x - 70, 676, x + 70, 900, mix(stone, darker(stone, 0.2), 0.4))
        c.rect(x + 20, 676, x + 70, 900, darker(stone, 0.25))
        for i in range(4):
            c.rect(x - 76 + i * 42, 656, x - 50 + i * 42, 682, darker(stone, 0.14))


GROUNDS = {"KZ": (TEAL, IVORY, SAFFRON), "KG": (MADDER, IVORY, NIGHT), "TJ": (rgb("2f5a46"), IVORY, POMEGRANATE), "TM": (WINE, IVORY, SAFFRON), "UZ": (INDIGO, IVORY, TURQUOISE),
           "AZ": (rgb("5a2030"), rgb("ead2a0"), TURQUOISE)}


def ornament(c, rng, country, w, y0, y1):
    """A band of the country's own ornament between two lines."""
    ground, light, accent = GROUNDS[country]
    c.rect(-10, y0, w + 10, y1 + 10, ground)
    for y, tone, t in ((y0, accent, 5), (y0 + 9, light, 2), (y1 - 9, light, 2), (y1, accent, 5)):
        c.line([(-10, y), (w + 10, y)], tone, t)
    mid, r = (y0 + y1) / 2, (y1 - y0) * 0.34
    n = round(w / (r * 2.9))
    for i in range(n + 1):
        x = w * i / n
        between = x + w / n / 2
        if country in ("KZ", "KG"):
            horns(c, x, mid, r * 1.02, light if i % 2 else accent, r * 0.17, 45 * (country == "KG"))
            c.poly(moved([(0, -1), (0.6, 0), (0, 1), (-0.6, 0)], between, mid, r * 0.6), accent)
        elif country == "TJ":
            rosette(c, x, mid, r, (accent, light, SAFFRON, ground), rng, 12)
            for s in (-1, 1):
                c.poly(moved(LEAF, between, mid, r * 0.7, 90 * s), SAFFRON)
        elif country == "TM":
            shape = [(-1.2, -0.45), (-0.6, -0.95), (0.6, -0.95), (1.2, -0.45), (1.2, 0.45), (0.6, 0.95), (-0.6, 0.95), (-1.2, 0.45)]
            for f, tone in ((1, light), (0.86, NIGHT), (0.62, accent), (0.4, light), (0.22, ground)):
                c.poly(moved(shape, x, mid, r * f), tone)
            c.poly(moved(star(4, 0.4), between, mid, r * 0.6), light)
        elif country == "UZ":
            c.poly(moved(star(8, 0.765), x, mid, r), accent)
            c.line(moved(star(8, 0.765), x, mid, r), light, 3, closed=True)
            petals(c, x, mid, r * 0.6, 8, light, LEAF)
            c.poly(moved(star(4, 0.5), between, mid, r * 0.6), light)
        else:
            buta(c, x, mid, r, (light, ground, accent), flip=i % 2 == 1)
            petals(c, between, mid, r * 0.4, 8, accent)


LANDSCAPES = {"KZ": kazakhstan, "KG": kyrgyzstan, "TJ": tajikistan, "TM": turkmenistan, "UZ": uzbekistan, "AZ": azerbaijan}


def scene(country, rng, k):
    """The landscape (1600 by 900 units at k), its lowest tenth a band of ornament. KeyError for another country."""
    c = Canvas.blank(1600, 900, k)
    LANDSCAPES[country](c, rng)
    ornament(c, rng, country, 1600, 818, 892)
    return c.img
