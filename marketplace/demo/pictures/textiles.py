"""Patterns of woven, printed and pieced cloth: ikat, silk, keteni, block print, patchwork, yurt bands."""

import math

from PIL import Image

from .canvas import box, darker, lighter, mix, moved, oval, smooth
from .motifs import BUTA, DROP, TULIP, buta, girih, horns, khatam, petals, rosette, star
from .palette import (
    BLACK,
    BRICK,
    CREAM,
    EMBROIDERY,
    GREEN,
    IKAT,
    INDIGO,
    IVORY,
    MADDER,
    NIGHT,
    PLUM,
    POMEGRANATE,
    RUGS,
    SAFFRON,
    TEAL,
    TURQUOISE,
    WALNUT,
    WINE,
    WOOL,
)


def feather(img, rng, strip, reach):
    """Blur along the warp: each strip of threads slips a little up or down, as dyed threads do on the loom."""
    w, h = img.size
    soft = img.resize((w, max(1, h // 5)), Image.Resampling.BOX).resize((w, h), Image.Resampling.BICUBIC)
    img = Image.blend(img, soft, 0.5)
    out = img.copy()
    x, slip = 0, 0.0
    while x < w:
        step = max(1, round(strip * rng.uniform(0.5, 1.6)))
        slip = slip * 0.55 + rng.uniform(-1, 1) * reach
        out.paste(img.crop((x, 0, min(w, x + step), h)), (x, round(slip)))
        x += step
    return out


def nest(c, shape, x, y, rx, ry, colours, shrink=0.24):
    """The same shape inside itself, a colour for each."""
    for i, colour in enumerate(colours):
        f = 1 - i * shrink
        if f <= 0.08:
            break
        c.poly([(x + px * rx * f, y + py * ry * f) for px, py in shape], colour)


def comb(c, x, y, w, h, teeth, colour):
    for i in range(teeth):
        tx = x - w / 2 + w * (i + 0.5) / teeth
        c.poly([(tx - w / teeth * 0.28, y), (tx + w / teeth * 0.28, y), (tx, y + h)], colour)


IKAT_SHAPES = [
    [(0, -1), (1, 0), (0, 1), (-1, 0)],
    smooth([(0, -1), (0.55, -0.62), (0.95, 0), (0.55, 0.62), (0, 1), (-0.55, 0.62), (-0.95, 0), (-0.55, -0.62)]),
    [
        (0, -1),
        (0.4, -0.55),
        (0.9, -0.5),
        (0.62, 0),
        (0.9, 0.5),
        (0.4, 0.55),
        (0, 1),
        (-0.4, 0.55),
        (-0.9, 0.5),
        (-0.62, 0),
        (-0.9, -0.5),
        (-0.4, -0.55),
    ],
    [(x * 2.1, y * 0.9) for x, y in DROP],
    star(8, 0.62),
    [
        (0, -1),
        (0.85, -0.3),
        (0.45, -0.3),
        (0.85, 0.5),
        (0.2, 0.35),
        (0.2, 1),
        (-0.2, 1),
        (-0.2, 0.35),
        (-0.85, 0.5),
        (-0.45, -0.3),
        (-0.85, -0.3),
    ],
]


def ikat(c, rng, w, h):
    ground, *inks = rng.choice(IKAT)
    rng.shuffle(inks)
    c.rect(0, 0, w, h, ground)
    columns = rng.choice([2, 3, 3, 4])
    cw = w / columns
    repeat = cw * rng.uniform(1.25, 1.8)
    major, minor = rng.sample(IKAT_SHAPES, 2)
    striped, offset, teeth, side = rng.random() < 0.4, rng.random() < 0.6, rng.choice([0, 5, 7]), rng.random() < 0.6
    for i in range(-1, columns + 1):
        x = (i + 0.5) * cw
        if striped and i % 2:
            c.rect(x - cw / 2, 0, x + cw / 2, h, inks[3])
        if side:
            c.rect(x - cw / 2 - cw * 0.05, 0, x - cw / 2 + cw * 0.05, h, inks[1])
        shift = repeat / 2 if offset and i % 2 else 0
        for j in range(-1, math.ceil(h / repeat) + 2):
            y = j * repeat + shift
            nest(c, major, x, y, cw * 0.42, repeat * 0.36, (inks[0], inks[1], ground, inks[2], inks[0]), 0.22)
            if teeth:
                comb(c, x, y + repeat * 0.3, cw * 0.5, repeat * 0.13, teeth, inks[2])
                comb(c, x, y - repeat * 0.3, cw * 0.5, -repeat * 0.13, teeth, inks[2])
            nest(c, minor, x - cw / 2, y + repeat / 2, cw * 0.2, repeat * 0.2, (inks[2], ground, inks[0]), 0.3)
            nest(c, minor, x + cw / 2, y + repeat / 2, cw * 0.2, repeat * 0.2, (inks[2], ground, inks[0]), 0.3)
    c.img.paste(feather(c.img, rng, 3.2 * c.k, 7 * c.k))


def silk(c, rng, w, h):
    """Striped or checked silk with a figured band."""
    ground, *inks = rng.choice(IKAT)
    c.rect(0, 0, w, h, ground)
    x = 0.0
    widths = [rng.choice([8, 14, 26, 44, 70]) for _ in range(7)]
    colours = [rng.choice(inks) for _ in range(7)]
    i = 0
    while x < w:
        c.rect(x, 0, x + widths[i % 7], h, colours[i % 7])
        x += widths[i % 7] + rng.choice([6, 10]) + widths[(i + 3) % 7] * 0.4
        i += 1
    if rng.random() < 0.5:
        y = 0.0
        i = 0
        while y < h:
            c.rect(0, y, w, y + widths[i % 7], (*colours[i % 7], 110))
            y += widths[i % 7] * 2 + 22
            i += 1
    for y in (h * 0.07, h * 0.93):
        c.rect(0, y - 30, w, y + 30, inks[0])
        for j in range(round(w / 44) + 1):
            c.poly(moved(star(8, 0.6), j * 44, y, 17), ground)
            c.disc(j * 44, y, 6, inks[1])


def keteni(c, rng, w, h):
    """Turkmen home-spun silk: one deep colour, narrow stripes at the selvedge, a strip of embroidery."""
    ground = rng.choice([WINE, POMEGRANATE, GREEN, PLUM, NIGHT, MADDER, TEAL])
    accent = rng.choice([SAFFRON, IVORY, TURQUOISE])
    c.rect(0, 0, w, h, ground)
    for x, t, colour in ((0.04, 8, accent), (0.065, 4, BLACK), (0.085, 10, lighter(ground, 0.25)), (0.11, 3, accent)):
        c.rect(w * x, 0, w * x + t, h, colour)
        c.rect(w * (1 - x) - t, 0, w * (1 - x), h, colour)
    mid, kind = w * rng.choice([0.5, 0.36, 0.64]), rng.randrange(3)
    c.rect(mid - 66, 0, mid + 66, h, darker(ground, 0.35))
    n = round(h / 66)
    for j in range(n + 1):
        y = j * h / n
        if kind == 0:
            horns(c, mid, y, 44, accent, 4.5, arms=4)
        elif kind == 1:
            nest(c, star(8, 0.7), mid, y, 40, 30, (accent, ground, IVORY, ground), 0.26)
        else:
            nest(c, IKAT_SHAPES[0], mid, y, 46, 33, (accent, darker(ground, 0.4), IVORY, MADDER), 0.24)
        for s in (-1, 1):
            c.disc(mid + s * 56, y, 5, accent)
            c.disc(mid + s * 56, y + 33, 4, IVORY)


def block_print(c, rng, w, h):
    ground, ink, second = rng.choice(
        [
            (IVORY, INDIGO, MADDER),
            (CREAM, MADDER, BLACK),
            (INDIGO, IVORY, INDIGO),
            (CREAM, WALNUT, BRICK),
            (IVORY, BLACK, MADDER),
            (MADDER, CREAM, BLACK),
            (WOOL, TEAL, WINE),
            (SAFFRON, WINE, NIGHT),
        ]
    )
    c.rect(0, 0, w, h, ground)
    cell = rng.choice([62, 78, 96])
    kind, half_drop = rng.randrange(5), rng.random() < 0.6
    border = rng.choice([0, 90, 120])
    for j in range(-1, round(h / cell) + 2):
        for i in range(-1, round(w / cell) + 2):
            x = i * cell + (cell / 2 if half_drop and j % 2 else 0) + rng.uniform(-1.5, 1.5)
            y = j * cell + rng.uniform(-1.5, 1.5)
            one = mix(ink, ground, rng.uniform(0, 0.16))
            if kind == 0:
                c.poly(moved(BUTA, x, y, cell * 0.42), one)
                c.poly(moved(BUTA, x, y, cell * 0.3), ground)
                petals(c, x - 2, y + cell * 0.1, cell * 0.16, 6, second)
            elif kind == 1:
                petals(c, x, y, cell * 0.44, 8, one)
                c.disc(x, y, cell * 0.14, ground)
                c.disc(x, y, cell * 0.08, second)
            elif kind == 2:
                c.line(moved(star(8, 0.765), x, y, cell * 0.46), one, 4, closed=True)
                c.poly(moved(star(8, 0.5), x, y, cell * 0.26), second)
            elif kind == 3:
                c.poly(moved(TULIP, x, y - cell * 0.12, cell * 0.26), one)
                c.line([(x, y + cell * 0.1), (x, y + cell * 0.4)], one, 4)
                for s in (-1, 1):
                    c.poly(moved(DROP, x + s * cell * 0.2, y + cell * 0.25, cell * 0.13, s * 50), second)
            else:
                horns(c, x, y, cell * 0.5, one, 5, arms=4)
                c.disc(x + cell / 2, y + cell / 2, 6, second)
    if border:
        for y0, y1 in ((0, border), (h - border, h)):
            c.rect(0, y0, w, y1, ink)
            for j in range(round(w / 64) + 1):
                buta(
                    c,
                    j * 64,
                    (y0 + y1) / 2,
                    border * 0.3,
                    (ground, ink, second if second != ink else ground),
                    flip=j % 2 == 1,
                )
            for y in (y0 + 8, y1 - 8):
                for j in range(round(w / 18) + 1):
                    c.disc(j * 18, y, 4, ground)


def patchwork(c, rng, w, h):
    """Qurak: triangles and squares of left-over cloth, each with its own print."""
    colours = list(rng.choice(RUGS)) + list(rng.choice(IKAT))
    n = rng.choice([5, 6, 7])
    cell = w / n
    kind = rng.randrange(4)
    palette = {}
    for j in range(math.ceil(h / cell)):
        for i in range(n):
            x, y = i * cell, j * cell
            key = (min(i, n - 1 - i), j % n, kind)
            a, b = palette.setdefault(key, rng.sample(colours, 2))
            c.rect(x, y, x + cell, y + cell, a)
            m = x + cell / 2, y + cell / 2
            if kind == 0:
                flip = (i < n / 2) == (j % 2 == 0)
                c.poly(
                    [(x, y), (x + cell, y), (x, y + cell)] if flip else [(x, y), (x + cell, y), (x + cell, y + cell)], b
                )
            elif kind == 1:
                c.poly([(m[0], y), (x + cell, m[1]), (m[0], y + cell), (x, m[1])], b)
                c.poly(box(m[0] - cell * 0.15, m[1] - cell * 0.15, m[0] + cell * 0.15, m[1] + cell * 0.15), a)
            elif kind == 2:
                c.poly([(x, y), m, (x, y + cell)], b)
                c.poly([(x + cell, y), m, (x + cell, y + cell)], b)
            else:
                for t in range(4):
                    c.rect(
                        x + t * cell / 8,
                        y + t * cell / 8,
                        x + cell - t * cell / 8,
                        y + cell - t * cell / 8,
                        (a, b)[t % 2],
                    )
            if rng.random() < 0.5:
                for _ in range(7):
                    c.disc(x + rng.uniform(8, cell - 8), y + rng.uniform(8, cell - 8), 3, lighter(b, 0.4))
    for i in range(n + 1):
        c.line([(i * cell, 0), (i * cell, h)], (30, 20, 16, 70), 2)
    for j in range(math.ceil(h / cell) + 1):
        c.line([(0, j * cell), (w, j * cell)], (30, 20, 16, 70), 2)
    for t in range(-20, 40):
        c.line([(t * 36, 0), (t * 36 + h, h)], (255, 250, 240, 40), 1.4)


def yurt_band(c, rng, w, h):
    """Long woven bands side by side, ivory ground with lozenges, hooks and trees in madder and indigo."""
    n = rng.choice([2, 3])
    gap = 26
    ground = rng.choice([IVORY, CREAM, WOOL])
    inks = rng.choice(
        [(MADDER, INDIGO, SAFFRON), (WINE, NIGHT, GREEN), (BRICK, TEAL, BLACK), (POMEGRANATE, INDIGO, GREEN)]
    )
    bw = (w - gap * (n - 1)) / n
    c.rect(0, 0, w, h, darker(ground, 0.75))
    for i in range(n):
        x0 = i * (bw + gap)
        c.rect(x0, 0, x0 + bw, h, ground)
        for t, colour in ((0.0, inks[0]), (0.07, ground), (0.1, inks[1])):
            c.rect(x0 + bw * t, 0, x0 + bw * (t + 0.05), h, colour)
            c.rect(x0 + bw * (0.95 - t), 0, x0 + bw * (1 - t), h, colour)
        mid, step, kind = x0 + bw / 2, bw * rng.uniform(0.75, 1.05), rng.randrange(4)
        for j in range(math.ceil(h / step) + 1):
            y = j * step
            a, b = inks[j % 2], inks[2 - j % 2]
            if kind == 0:
                nest(c, IKAT_SHAPES[0], mid, y, bw * 0.33, step * 0.48, (a, ground, b, ground, a), 0.21)
            elif kind == 1:
                horns(c, mid, y, bw * 0.42, a, bw * 0.045)
                c.disc(mid, y + step / 2, bw * 0.06, b)
            elif kind == 2:
                c.poly(moved(star(8, 0.765), mid, y, bw * 0.33), a)
                c.poly(moved(star(4, 0.45), mid, y, bw * 0.22), ground)
                c.line([(x0 + bw * 0.18, y + step / 2), (x0 + bw * 0.82, y + step / 2)], b, 8)
            else:
                for t in range(4):
                    c.line(
                        [
                            (mid - bw * 0.3, y + step * 0.1 * t + bw * 0.2),
                            (mid, y + step * 0.1 * t),
                            (mid + bw * 0.3, y + step * 0.1 * t + bw * 0.2),
                        ],
                        (a, b, a, inks[0])[t],
                        bw * 0.035,
                    )


def kelaghayi(c, rng, w, h):
    """The silk square of Sheki and Basqal: resist-printed butas at the corners and along a wide border."""
    ground, ink = rng.choice(
        [
            (WINE, CREAM),
            (BLACK, CREAM),
            (POMEGRANATE, HONEY_LIGHT),
            (IVORY, WALNUT),
            (NIGHT, CREAM),
            (BRICK, IVORY),
            (TEAL, CREAM),
            (PLUM, ROSE_LIGHT),
            (SAFFRON, WINE),
        ]
    )
    second = rng.choice([mix(ink, ground, 0.4), BRICK, SAFFRON])
    c.rect(0, 0, w, h, ground)
    for inset, width in ((0.03, 5), (0.05, 2), (0.19, 4), (0.205, 2)):
        c.line(box(w * inset, h * inset, w * (1 - inset), h * (1 - inset)), ink, width, closed=True)
    n = rng.choice([7, 9])
    for i in range(n):
        t = 0.12 + 0.76 * i / (n - 1)
        for x, y, turn in ((t, 0.12, 0), (t, 0.88, 180), (0.12, t, -90), (0.88, t, 90)):
            if min(x, 1 - x) < 0.2 and min(y, 1 - y) < 0.2 and i not in (0, n - 1):
                continue
            buta(c, w * x, h * y, w * 0.045, (ink, ground, second), turn, i % 2 == 1)
    for x, y, turn in ((0.3, 0.3, 135), (0.7, 0.3, 225), (0.7, 0.7, 315), (0.3, 0.7, 45)):
        buta(c, w * x, h * y, w * 0.1, (ink, ground, second), turn)
        for s in (-1, 1):
            petals(
                c, w * (x + s * 0.085), h * (y - s * 0.085 * (1 if (x < 0.5) == (y < 0.5) else -1)), w * 0.025, 8, ink
            )
    if rng.random() < 0.6:
        rosette(c, w / 2, h / 2, w * 0.11, (ink, ground, second, ink), rng, 12)
        for r in (0.125, 0.135):
            c.line(oval(w / 2, h / 2, w * r), ink, 2, closed=True)
    girih(
        c,
        w * 0.28,
        h * 0.28,
        w * 0.72,
        h * 0.72,
        w * 0.11,
        lambda x, y, r: petals(c, x, y, w * 0.016, 6, ink, DROP),
        lambda x, y, r: c.disc(x, y, 3, second),
    )


HONEY_LIGHT, ROSE_LIGHT = (240, 214, 150), (232, 190, 184)


def headscarf(c, rng, w, h):
    """A printed woollen square: garlands of roses round a plain field."""
    colours = rng.choice(EMBROIDERY)
    ground = rng.choice([colours[0], WINE, BLACK, NIGHT, GREEN])
    c.rect(0, 0, w, h, ground)
    c.line(box(w * 0.03, h * 0.03, w * 0.97, h * 0.97), colours[1], 10, closed=True)
    for i in range(9):
        t = 0.12 + 0.76 * i / 8
        for x, y in ((t, 0.12), (t, 0.88), (0.12, t), (0.88, t)):
            for _ in range(3):
                a = rng.uniform(0, 360)
                c.poly(
                    moved(DROP, w * x + 26 * math.cos(a), h * y + 26 * math.sin(a), 22, math.degrees(a) + 90),
                    GREEN if ground != GREEN else SAFFRON,
                )
            rosette(c, w * x, h * y, w * rng.uniform(0.028, 0.044), colours[1:5], rng)
    for x, y in ((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)):
        rosette(c, w * x, h * y, w * 0.07, colours[1:5], rng)
    khatam(c, w / 2, h / 2, w * 0.1, colours[1])
    rosette(c, w / 2, h / 2, w * 0.08, colours[1:5], rng)
