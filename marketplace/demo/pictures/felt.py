"""Felt rugs: shyrdak and syrmak of cut and stitched felt, ala-kiyiz of pressed-in wool."""

import math

from PIL import Image, ImageFilter

from .canvas import box, darker, lighter, mix, moved
from .motifs import horns, star
from .palette import FELTS, IVORY, MADDER, SAFFRON


def stitched(c, w, h, rng, colour):
    """Quilting: rows of small stitches across the whole felt."""
    tone = (*darker(colour, 0.5), 46)
    for y in range(14, round(h), 22):
        for x in range(0, round(w), 12):
            c.line([(x, y), (x + 6, y)], tone, 1.4)


def felt_horn(c, x, y, size, colour, cord, turn=0.0, arms=4, width=0.11):
    horns(c, x, y, size, colour, size * width, turn, arms, stem=0.5, curl=0.44, edge=cord, edge_width=size * 0.014)
    c.poly(moved(star(4, 0.6), x, y, size * 0.2, turn), colour)


def shyrdak(c, rng, w, h):
    """Two felts cut together and exchanged: the horns of one are the ground of the other."""
    a, b = rng.choice(FELTS)
    if rng.random() < 0.5:
        a, b = b, a
    cord = rng.choice([IVORY, SAFFRON, lighter(a, 0.6), MADDER if MADDER not in (a, b) else IVORY])
    border = w * 0.15
    c.rect(0, 0, w, h, b)
    c.rect(border, border, w - border, h - border, a)
    n = max(4, round(w / border * 0.8))
    m = max(5, round(n * h / w))
    border_horns(c, w, h, border, n, m, a, cord)
    c.line(box(border, border, w - border, h - border), cord, 5, closed=True)
    iw, ih = w - 2 * border, h - 2 * border
    layout = rng.randrange(3)
    if layout == 0:
        rows = max(2, round(ih / iw * rng.choice([1, 2])))
        cols = max(1, round(rows * iw / ih))
        cw, ch = iw / cols, ih / rows
        for j in range(rows):
            for i in range(cols):
                cx, cy = border + (i + 0.5) * cw, border + (j + 0.5) * ch
                rhomb = [(cx, cy - ch / 2), (cx + cw / 2, cy), (cx, cy + ch / 2), (cx - cw / 2, cy)]
                c.poly(rhomb, b)
                c.line(rhomb, cord, 4, closed=True)
                felt_horn(c, cx, cy, min(cw, ch) * 0.36, a, cord)
                for s, t in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                    felt_horn(
                        c,
                        cx + s * cw * 0.36,
                        cy + t * ch * 0.36,
                        min(cw, ch) * 0.15,
                        b,
                        cord,
                        math.degrees(math.atan2(t, s)) + 90,
                        1,
                        0.16,
                    )
    elif layout == 1:
        cell = iw / rng.choice([2, 3])
        rows = max(2, round(ih / cell))
        ch = ih / rows
        for j in range(rows):
            for i in range(round(iw / cell)):
                x, y = border + i * cell, border + j * ch
                one, two = (a, b) if (i + j) % 2 else (b, a)
                c.rect(x, y, x + cell, y + ch, two)
                c.line(box(x, y, x + cell, y + ch), cord, 4, closed=True)
                felt_horn(c, x + cell / 2, y + ch / 2, min(cell, ch) * 0.46, one, cord, 45)
    else:
        c.poly([(w / 2, border), (w - border, h / 2), (w / 2, h - border), (border, h / 2)], b)
        c.line([(w / 2, border), (w - border, h / 2), (w / 2, h - border), (border, h / 2)], cord, 5, closed=True)
        felt_horn(c, w / 2, h / 2, iw * 0.4, a, cord)
        for s in (-1, 1):
            felt_horn(c, w / 2, h / 2 + s * ih * 0.32, iw * 0.16, a, cord)
            for t in (-1, 1):
                felt_horn(c, w / 2 + t * iw * 0.36, h / 2 + s * ih * 0.38, iw * 0.2, b, cord, 45)
    stitched(c, w, h, rng, b)


def border_horns(c, w, h, border, n, m, colour, cord):
    for i in range(n):
        x = border + (w - 2 * border) * (i + 0.5) / n
        felt_horn(c, x, border * 0.86, border * 0.66, colour, cord, 0, 1, 0.16)
        felt_horn(c, x, h - border * 0.86, border * 0.66, colour, cord, 180, 1, 0.16)
    for j in range(m):
        y = border + (h - 2 * border) * (j + 0.5) / m
        felt_horn(c, border * 0.86, y, border * 0.66, colour, cord, -90, 1, 0.16)
        felt_horn(c, w - border * 0.86, y, border * 0.66, colour, cord, 90, 1, 0.16)


def syrmak(c, rng, w, h):
    """Kazakh felt: large sweeping horns in two or three colours, each outlined by a twisted cord, close quilting."""
    a, b = rng.choice(FELTS)
    third = rng.choice([f[0] for f in FELTS if f[0] not in (a, b)])
    cord = rng.choice([IVORY, lighter(b, 0.5)])
    c.rect(0, 0, w, h, a)
    edge = w * 0.1
    c.rect(edge * 0.5, edge * 0.5, w - edge * 0.5, h - edge * 0.5, third)
    c.rect(edge, edge, w - edge, h - edge, a)
    c.line(box(edge, edge, w - edge, h - edge), cord, 6, closed=True)
    n, m = 11, round(11 * h / w)
    for i in range(n):
        x = w * (i + 0.5) / n
        for y, s in ((edge, -1), (h - edge, 1)):
            c.poly([(x - w / n / 2, y), (x + w / n / 2, y), (x, y + s * edge * 0.46)], b)
    for j in range(m):
        y = h * (j + 0.5) / m
        for x, s in ((edge, -1), (w - edge, 1)):
            c.poly([(x, y - h / m / 2), (x, y + h / m / 2), (x + s * edge * 0.46, y)], b)
    rows = rng.choice([2, 3])
    ch = (h - 2 * edge) / rows
    turn = rng.choice([0, 45])
    for j in range(rows):
        y = edge + ch * (j + 0.5)
        size = min((w - 2 * edge) * 0.5, ch * 0.56)
        felt_horn(c, w / 2, y, size, b, cord, turn)
        felt_horn(c, w / 2, y, size * 0.46, third, cord, turn + 45)
        for s in (-1, 1):
            felt_horn(c, w / 2 + s * (w / 2 - edge), y, size * 0.5, third, cord, -90 * s, 1, 0.16)
            for t in (-1, 1):
                felt_horn(c, w / 2 + s * (w / 2 - edge) * 0.8, y + t * ch * 0.42, size * 0.3, b, cord, 45)
    for inset in range(1, 60):
        tone = (*darker(a, 0.6), 26)
        c.line(
            box(inset * 18, inset * 18, max(inset * 18, w - inset * 18), max(inset * 18, h - inset * 18)),
            tone,
            1.5,
            closed=True,
        )


def ala_kiyiz(c, rng, w, h):
    """Dyed wool laid on wool and rolled: everything has a soft, wandering edge."""
    a, b = rng.choice(FELTS)
    inks = rng.sample([f[0] for f in FELTS if f[0] not in (a, b)], 3)
    c.rect(0, 0, w, h, a)
    border = w * 0.13
    for i, tone in enumerate((b, inks[0], a)):
        c.rect(border * 0.3 * i, border * 0.3 * i, w - border * 0.3 * i, h - border * 0.3 * i, tone)
    c.rect(border, border, w - border, h - border, mix(a, inks[1], 0.25))
    rows = rng.choice([2, 3, 4])
    cols = max(1, rows - rng.choice([1, 2]))
    cw, ch = (w - 2 * border) / cols, (h - 2 * border) / rows
    kind = rng.randrange(3)
    for j in range(rows):
        for i in range(cols):
            x, y = border + (i + 0.5) * cw, border + (j + 0.5) * ch
            size = min(cw, ch) * 0.5
            one, two = (b, inks[2]) if (i + j) % 2 else (inks[2], b)
            if kind == 0:
                c.poly([(x, y - ch / 2), (x + cw / 2, y), (x, y + ch / 2), (x - cw / 2, y)], inks[0])
            elif kind == 1:
                c.disc(x, y, size * 0.95, inks[0])
            horns(c, x, y, size, one, size * 0.17, 45 * (kind == 2), stem=0.5, curl=0.46)
            c.disc(x, y, size * 0.16, two)
    c.img.paste(wandering(c.img, rng, 9 * c.k))
    for _ in range(900):
        x, y = rng.uniform(0, w), rng.uniform(0, h)
        tone = (*rng.choice([lighter(a, 0.5), darker(b, 0.2), inks[0]]), 50)
        c.line([(x, y), (x + rng.uniform(-16, 16), y + rng.uniform(-16, 16))], tone, 1.4)


def wandering(img, rng, reach):
    """The image with every edge moved a little this way and that, and softened."""
    w, h = img.size
    nx, ny = 26, max(10, round(26 * h / w))
    shift = {
        (i, j): (rng.uniform(-reach, reach), rng.uniform(-reach, reach)) for i in range(nx + 1) for j in range(ny + 1)
    }
    mesh = []
    for j in range(ny):
        for i in range(nx):
            corners = []
            for di, dj in ((0, 0), (0, 1), (1, 1), (1, 0)):
                x, y = w * (i + di) / nx, h * (j + dj) / ny
                dx, dy = shift[i + di, j + dj]
                corners += [min(w - 1, max(0, x + dx)), min(h - 1, max(0, y + dy))]
            mesh.append(
                ((round(w * i / nx), round(h * j / ny), round(w * (i + 1) / nx), round(h * (j + 1) / ny)), corners)
            )
    out = img.transform(img.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    return out.filter(ImageFilter.GaussianBlur(reach * 0.2))
