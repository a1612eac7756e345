"""Domes of Samarkand and Khiva, old Baku by the Caspian."""

import math

from .canvas import box, darker, lighter, mix, moved, oval, smooth
from .land import mountains, poplar, sky
from .motifs import pointed_arch, star
from .palette import GOLD, INDIGO, IVORY, TURQUOISE, rgb


def tiled_dome(c, x, y, r, colour):
    """A ribbed dome on a drum."""
    c.rect(x - r * 0.86, y - r * 0.1, x + r * 0.86, y + r * 0.62, rgb("d9b98c"))
    c.rect(x + r * 0.2, y - r * 0.1, x + r * 0.86, y + r * 0.62, rgb("bf9a70"))
    for i in range(11):
        c.poly(moved(star(8, 0.6), x - r * 0.76 + i * r * 0.152, y + r * 0.24, r * 0.075), (INDIGO, TURQUOISE)[i % 2])
    c.rect(x - r * 0.86, y + r * 0.04, x + r * 0.86, y + r * 0.09, INDIGO)
    c.rect(x - r * 0.86, y + r * 0.4, x + r * 0.86, y + r * 0.45, TURQUOISE)
    shape = smooth(
        [
            (x - r * 0.86, y),
            (x - r, y - r * 0.4),
            (x - r * 0.72, y - r * 0.98),
            (x, y - r * 1.5),
            (x + r * 0.72, y - r * 0.98),
            (x + r, y - r * 0.4),
            (x + r * 0.86, y),
        ],
        True,
        10,
    )
    c.poly([p for p in shape if p[1] <= y + 1], colour)
    for i in range(-6, 7):
        t = i / 6.5
        rib = smooth(
            [(x + t * r * 0.86, y), (x + t * r, y - r * 0.4), (x + t * r * 0.72, y - r * 0.98), (x, y - r * 1.46)],
            False,
        )
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
        c.line(
            [
                (x - w / 2 + inset, base),
                (x - w / 2 + inset, base - h + inset),
                (x + w / 2 - inset, base - h + inset),
                (x + w / 2 - inset, base),
            ],
            tone,
            width,
        )
    for i in range(9):
        for j in range(3):
            c.poly(
                moved(star(8, 0.6), x - w * 0.34 + i * w * 0.085, base - h + 74 + j * 30, 12),
                (INDIGO, TURQUOISE, IVORY)[(i + j) % 3],
            )
    arch = pointed_arch(x, base, w * 0.33, base - h * 0.4, base - h * 0.68)
    c.poly(pointed_arch(x, base, w * 0.36, base - h * 0.4, base - h * 0.72), INDIGO)
    c.poly(arch, rgb("8a6a4e"))
    c.poly(
        [(px + 18, py) for px, py in pointed_arch(x, base, w * 0.26, base - h * 0.36, base - h * 0.6)], rgb("6a4e3a")
    )
    c.poly(pointed_arch(x, base, w * 0.1, base - h * 0.2, base - h * 0.3), rgb("3a2a22"))
    for i in range(7):
        c.poly(
            moved(star(6, 0.5), x - w * 0.2 + i * w * 0.067, base - h * 0.5 - 22 * math.sin(math.pi * i / 6), 10),
            TURQUOISE,
        )


def minaret(c, rng, x, base, w, h, cut=False):
    brick = rgb("d2ac7e")
    for i in range(12):
        t0, t1 = i / 12, (i + 1) / 12
        a, b = w * (1 - 0.34 * t0) / 2, w * (1 - 0.34 * t1) / 2
        tone = ((TURQUOISE, rgb("2f7f90"), IVORY, INDIGO) if cut else (brick, rgb("c39a6a"), brick, TURQUOISE))[i % 4]
        c.poly([(x - a, base - h * t0), (x + a, base - h * t0), (x + b, base - h * t1), (x - b, base - h * t1)], tone)
        c.poly(
            [
                (x + a * 0.3, base - h * t0),
                (x + a, base - h * t0),
                (x + b, base - h * t1),
                (x + b * 0.3, base - h * t1),
            ],
            darker(tone, 0.24),
        )
        for j in range(3):
            c.poly(moved(star(4, 0.5), x + (j - 1) * b * 0.56, base - h * (t0 + t1) / 2, w * 0.11), darker(tone, 0.25))
    if not cut:
        c.rect(x - w * 0.42, base - h - 12, x + w * 0.42, base - h + 12, darker(brick, 0.2))
        c.rect(x - w * 0.3, base - h - 60, x + w * 0.3, base - h - 12, brick)
        c.poly(
            smooth(
                [
                    (x - w * 0.32, base - h - 60),
                    (x - w * 0.2, base - h - 96),
                    (x, base - h - 124),
                    (x + w * 0.2, base - h - 96),
                    (x + w * 0.32, base - h - 60),
                ]
            ),
            TURQUOISE,
        )


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
