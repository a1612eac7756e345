"""Curved ornament for court carpets, on a fine grid of knots."""

import math

from PIL import Image, ImageDraw

from .canvas import darker, mix
from .motifs import scallop


def blob(d, cx, cy, rx, ry, lobes, fill):
    d.polygon([(cx + x * rx, cy + y * ry) for x, y in scallop(lobes, 0.14, 120)], fill=fill)


def palmette(d, x, y, r, a, b):
    for i in range(8):
        t = math.pi * i / 4
        px, py = x + r * 0.62 * math.cos(t), y + r * 0.62 * math.sin(t)
        d.ellipse((px - r * 0.36, py - r * 0.36, px + r * 0.36, py + r * 0.36), fill=a)
    d.ellipse((x - r * 0.4, y - r * 0.4, x + r * 0.4, y + r * 0.4), fill=b)


def scroll(d, x, y, r, turn, colour, leaf, flower):
    """A spiral stem with leaves and a palmette at its heart."""
    last = None
    for i in range(34):
        t = i / 33
        a = turn + t * 2 * math.pi * 1.2
        q = r * (1 - 0.85 * t)
        p = (x + q * math.cos(a), y + q * math.sin(a))
        if last:
            d.line((*last, *p), fill=colour)
        if i % 5 == 2:
            d.ellipse((p[0] - 1.6, p[1] - 1.6, p[0] + 1.6, p[1] + 1.6), fill=leaf)
        last = p
    palmette(d, x, y, max(2.5, r * 0.26), flower, leaf)


def court_carpet(rng, w, h, colours, borders):
    """The upper left quarter is what counts: the caller mirrors it."""
    field, a, b, e, f, g = colours
    img = Image.new("RGB", (w, h), field)
    d = ImageDraw.Draw(img)
    x = borders(img, d, rng, colours, field, wide=rng.choice([17, 21]))
    cx, cy = w / 2, h / 2
    stem = mix(field, b, 0.7)
    for _ in range(26):
        px, py = rng.uniform(x, cx), rng.uniform(x, cy)
        scroll(d, px, py, rng.uniform(8, 15), rng.uniform(0, 6), stem, rng.choice([e, f]), rng.choice([a, b, g]))
    lobes = rng.choice([12, 16, 20])
    rx = (cx - x) * rng.uniform(0.66, 0.86)
    ry = min((cy - x) * 0.74, rx * rng.uniform(1.15, 1.6))
    corner = rng.choice([a, e])
    for grow, tone in ((1.0, b), (0.965, corner)):
        d.polygon(
            [(x + px * rx * 0.85 * grow, x + py * ry * 0.75 * grow) for px, py in scallop(lobes, 0.12, 120)], fill=tone
        )
    for i in range(4):
        scroll(d, x + rx * (0.14 + 0.14 * i), x + ry * (0.5 - 0.13 * i), 9, i, stem, b, f)
    blob(d, cx, cy - ry * 1.14, rx * 0.16, ry * 0.16, 6, b)
    blob(d, cx, cy - ry * 1.14, rx * 0.12, ry * 0.12, 6, a)
    for grow, tone in ((1.0, darker(a, 0.4)), (0.97, b), (0.94, a), (0.62, b), (0.59, e), (0.3, b), (0.26, f)):
        blob(d, cx, cy, rx * grow, ry * grow, lobes, tone)
    for i in range(9):
        t = math.pi + math.pi / 2 * i / 8
        scroll(d, cx + rx * 0.76 * math.cos(t), cy + ry * 0.76 * math.sin(t), 8, i, b, f, e)
        palmette(d, cx + rx * 0.44 * math.cos(t), cy + ry * 0.44 * math.sin(t), 4, b, a)
    palmette(d, cx, cy, rx * 0.2, b, a)
    return restore_border(img, x, colours, borders, rng)


def restore_border(img, x, colours, borders, rng):
    """Scrolls may run over the border: draw it again and put the field inside it."""
    frame = Image.new("RGB", img.size, colours[0])
    inner = borders(frame, ImageDraw.Draw(frame), rng, colours, colours[0], wide=17)
    frame.paste(img.crop((inner, inner, img.width - inner, img.height - inner)), (inner, inner))
    return frame
