"""Where things stand: a studio table, a plaster niche, a wall, boards, linen. Light comes from the upper left."""

import math

from PIL import Image, ImageChops

from .canvas import Canvas, box, clouds, darker, lighter, mix, moved, multiply, noise, oval, tiled
from .motifs import pointed_arch
from .palette import DEEP_WALLS, GREY, NIGHT, TABLES, WALLS, WALNUT

GROUND = 930  # the line, in design units, where standing things touch their support


def gradient(size, top_left, bottom_right):
    """A diagonal run of colour over an image."""
    small = Image.new("RGB", (4, 4))
    for y in range(4):
        for x in range(4):
            small.putpixel((x, y), mix(top_left, bottom_right, (x + y * 1.4) / 7.2))
    return small.resize(size, Image.Resampling.BICUBIC)


def wall(c, rng, colour=None):
    """Plaster with uneven tone and a slant of window light."""
    colour = colour or rng.choice(WALLS)
    base = gradient((c.img.width // 4 + 1, c.img.height // 4 + 1), lighter(colour, 0.2), darker(colour, 0.1))
    base = multiply(base, clouds(base.size, rng, 9, 244, 255))
    c.img.paste(base.resize(c.img.size, Image.Resampling.BILINEAR))
    x = rng.uniform(-250, 350)
    if rng.random() < 0.6:
        for i in range(2):
            left = x + i * 210
            c.soft(
                [(left, 90), (left + 170, 40), (left + 420, 800), (left + 230, 860)], lighter(colour, 0.75), 24, 0.45
            )
    return colour


def studio(c, rng, colour=None, table=None, horizon=None):
    """A wall and a table top."""
    colour = wall(c, rng, colour)
    horizon = horizon or rng.choice([760, 790, 820])
    table = table or rng.choice(
        [t for t in TABLES if sum(map(abs, (a - b for a, b in zip(t, colour, strict=True)))) > 60]
    )
    y = round(horizon * c.k - c.oy)
    if y < c.img.height:
        top = max(0, y)
        size = (c.img.width, c.img.height - top)
        c.img.paste(gradient(size, lighter(table, 0.16), darker(table, 0.14)), (0, top))
        for _ in range(26):
            gy = horizon + 400 * rng.random() ** 1.5
            x = rng.uniform(-100, 900)
            c.line([(x, gy), (x + rng.uniform(120, 420), gy + rng.uniform(-3, 3))], (*darker(table, 0.3), 26), 1.6)
    c.soft(box(-60, horizon - 5, 1020, horizon + 7), darker(table, 0.6), 7, 0.42)
    return table


def niche(c, rng, colour=None):
    """An arched niche in a thick wall, as tea bowls and jugs are kept in."""
    colour = wall(c, rng, colour or rng.choice(WALLS))
    half, top = rng.choice([300, 330]), rng.choice([130, 170])
    arch = pointed_arch(480, GROUND + 60, half, 480, top)
    rim = darker(colour, 0.12)
    c.poly(pointed_arch(480, GROUND + 60, half + 34, 470, top - 42), lighter(colour, 0.24))
    c.line(pointed_arch(480, GROUND + 60, half + 34, 470, top - 42), rim, 2.5)
    c.line(pointed_arch(480, GROUND + 60, half + 18, 474, top - 22), rim, 2)
    inside = darker(mix(colour, rng.choice([WALNUT, NIGHT, (110, 60, 40)]), rng.uniform(0.2, 0.75)), 0.12)
    part = c.sub(arch, inside)
    part.img.paste(gradient(part.img.size, darker(inside, 0.38), lighter(inside, 0.12)))
    part.soft(
        [(480 + half * 0.2, 300), (480 + half, 330), (480 + half, 960), (480 + half * 0.5, 960)],
        lighter(inside, 0.4),
        60,
        0.5,
    )
    part.rect(0, GROUND - 50, 960, GROUND + 80, lighter(colour, 0.06))
    part.soft(box(0, GROUND - 62, 960, GROUND - 44), darker(inside, 0.4), 9, 0.6)
    mask = c.sub(arch, 0, "L")
    mask.poly(arch, 255)
    c.paste(part, mask)
    c.rect(480 - half - 60, GROUND + 58, 480 + half + 60, GROUND + 92, lighter(colour, 0.2))
    c.soft(box(480 - half - 60, GROUND + 94, 480 + half + 66, GROUND + 110), darker(colour, 0.6), 10, 0.5)
    return colour


def boards(c, rng, colour=None):
    """A floor or table of boards, seen from above."""
    colour = colour or rng.choice(TABLES)
    c.img.paste(darker(colour, 0.35), (0, 0, *c.img.size))
    width = rng.choice([120, 150, 190])
    x = -rng.uniform(0, width)
    while x < 960:
        tone = mix(lighter(colour, 0.1), darker(colour, 0.14), rng.random())
        c.rect(x + 1, -10, x + width - 1.5, 1300, tone)
        for _ in range(9):
            gx = x + rng.uniform(6, width - 6)
            bend = rng.uniform(-10, 10)
            c.line(
                [(gx, -10), (gx + bend, 400), (gx - bend, 800), (gx, 1300)],
                (*darker(tone, 0.35), 46),
                rng.uniform(1, 3),
            )
        x += width
    return colour


def linen(c, rng, colour=None):
    """Cloth spread flat, woven plain; also a dark one for silver."""
    colour = colour or rng.choice(WALLS)
    c.img.paste(gradient(c.img.size, lighter(colour, 0.12), darker(colour, 0.14)))
    tile = tiled(noise(3, 2, 232, 255, 3), (240, 240))
    c.img.paste(multiply(c.img, tiled(multiply_l(tile, noise(240, 240, 236, 255, 5)), c.img.size)))
    for _ in range(rng.choice([1, 2, 3])):
        x, y, a = rng.uniform(0, 960), rng.uniform(0, 1200), rng.uniform(-0.9, 0.9)
        dx, dy = 900 * math.cos(a), 900 * math.sin(a)
        c.soft(
            [(x - dx, y - dy), (x + dx, y + dy), (x + dx, y + dy + 34), (x - dx, y - dy + 34)],
            darker(colour, 0.5),
            24,
            0.25,
        )
        c.soft(
            [(x - dx, y - dy - 30), (x + dx, y + dy - 30), (x + dx, y + dy - 8), (x - dx, y - dy - 8)],
            lighter(colour, 0.6),
            20,
            0.3,
        )
    return colour


def multiply_l(a, b):
    """Product of two L images."""
    return ImageChops.multiply(a, b)


def velvet(c, rng, colour=None):
    """A dark ground for metal."""
    return linen(c, rng, colour or darker(rng.choice(DEEP_WALLS), 0.25))


def top_down(c, rng):
    """Any ground for things seen from above."""
    return rng.choice([linen, boards, linen])(c, rng)


def standing(c, rng):
    """Any place for things that stand on GROUND."""
    roll = rng.random()
    if roll < 0.38:
        return niche(c, rng)
    if roll < 0.8:
        return studio(c, rng)
    return studio(c, rng, rng.choice(DEEP_WALLS))


def stand_shadow(c, x, y, half, height, strength=0.5):
    """What a standing thing throws: dark where it touches, long and pale to the right."""
    dark = (32, 20, 14)
    c.soft(
        [
            (x - half * 0.8, y - 6),
            (x + half * 0.9, y - 14),
            (x + half + height * 0.62, y + 6),
            (x + half + height * 0.66, y + 34),
            (x + half * 0.6, y + 30),
            (x - half * 0.7, y + 16),
        ],
        dark,
        22,
        strength * 0.6,
    )
    c.soft(oval(x + 8, y + 3, half * 1.0, 16), dark, 9, strength)


def flat_shadow(c, outline, dx=12, dy=16, blur=16, strength=0.5):
    c.soft(moved(outline, dx, dy), (34, 20, 14), blur, strength)


def new_picture(k, zoom=1.0, focus=(480, 600)):
    """A picture canvas; with zoom it shows the part round the focus larger."""
    w, h = round(960 * k), round(1200 * k)
    fx = min(max(focus[0], 480 / zoom), 960 - 480 / zoom)
    fy = min(max(focus[1], 600 / zoom), 1200 - 600 / zoom)
    return Canvas(Image.new("RGB", (w, h), GREY), k * zoom, (fx * zoom - 480) * k, (fy * zoom - 600) * k)
