"""Round things: bodies turned on a lathe or wheel, seen a little from above, and plates seen from above."""

import math

from PIL import ImageFilter

from .canvas import box, darker, lighter, mix, moved, oval, smooth, solid
from .motifs import DROP, LEAF, TULIP, petals, rosette, star
from .stage import GROUND, stand_shadow

TILT = 0.16  # how much of a circle's depth is seen


def profile_curve(points):
    """(radius, height) corners as a smooth run of them from foot to lip."""
    return smooth(points, closed=False, steps=8)


def radius_at(profile, height):
    for (r0, h0), (r1, h1) in zip(profile, profile[1:], strict=False):
        if h0 <= height <= h1 and h1 > h0:
            return r0 + (r1 - r0) * (height - h0) / (h1 - h0)
    return profile[-1][0] if height > profile[-1][1] else profile[0][0]


def silhouette(profile, cx, base):
    """Outline of the body, its foot and lip rounded as circles seen from above."""
    right = [(cx + r, base - h) for r, h in profile]
    left = [(cx - r, base - h) for r, h in reversed(profile)]
    r_top, h_top = profile[-1]
    r_foot, h_foot = profile[0]
    lip = oval(cx, base - h_top, r_top, r_top * TILT, 16, 0, -180)
    foot = oval(cx, base - h_foot, r_foot, r_foot * TILT, 16, 180, 0)
    return right + lip + left + foot


def turned(c, profile, cx, base, colour, paint=None, gloss=0.6, shadow=True):
    """A body on the ground. `paint(surface, around)` decorates: x is an angle in degrees (0 faces us), y a height."""
    outline = silhouette(profile, cx, base)
    top = profile[-1][1]
    if shadow:
        stand_shadow(c, cx, base, profile[0][0] * 1.1, top)

    def on_surface(angle, height):
        r = radius_at(profile, height)
        a = math.radians(max(-95, min(95, angle)))
        return cx + r * math.sin(a), base - height + r * TILT * math.cos(a)

    part = c.sub(outline, colour)
    if paint:
        paint(part.warped(on_surface))
    part.light(body_light(c, outline, on_surface, top, gloss))
    mask = c.sub(outline, 0, "L")
    mask.poly(outline, 255)
    c.paste(part, mask)
    highlight(c, on_surface, profile, gloss)
    return on_surface


def body_light(c, outline, on_surface, top, gloss):
    """Light from the upper left round a body: lit cheek, core of shadow, a little light thrown back from the right."""
    lit = c.sub(outline, 70, "L")
    steps = 26
    for i in range(steps):
        a0, a1 = -95 + 190 * i / steps, -95 + 190 * (i + 1.3) / steps
        mid = (a0 + a1) / 2
        value = 128 + 40 * math.cos(math.radians(mid + 38)) - 52 * max(0, math.sin(math.radians(mid - 8))) ** 1.5
        if gloss > 0.9:
            value += 26 * math.cos(math.radians(mid * 3.4 + 60))
        if mid > 66:
            value += (mid - 66) * 0.9
        if mid < -62:
            value -= (-62 - mid) * 1.4
        edge0 = [on_surface(a0, top * t / 14) for t in range(-1, 16)]
        edge1 = [on_surface(a1, top * t / 14) for t in range(-1, 16)]
        lit.poly(edge0 + edge1[::-1], round(max(20, min(235, value))))
    f = max(1, round(5 * c.k))
    img = (
        lit.img.reduce(f).filter(ImageFilter.GaussianBlur(2)).resize(lit.img.size, 3)
        if min(lit.img.size) > 8 * f
        else lit.img
    )
    lit.img = img
    lit.draw = None
    return lit


def highlight(c, on_surface, profile, gloss):
    if gloss <= 0:
        return
    top, foot = profile[-1][1], profile[0][1]
    span = top - foot
    a, b = foot + span * 0.42, foot + span * 0.86
    shape = [on_surface(-48, a + (b - a) * t / 8) for t in range(9)] + [
        on_surface(-38, b - (b - a) * t / 8) for t in range(9)
    ]
    c.soft(shape, (255, 252, 240), 7, gloss)
    shape = [on_surface(58, a + (b - a) * t / 8) for t in range(9)] + [
        on_surface(66, b - (b - a) * t / 8) for t in range(9)
    ]
    c.soft(shape, (255, 240, 220), 9, gloss * 0.35)


def mouth(c, profile, cx, base, rim, inside):
    """The open lip of a body: rim and the dark within."""
    r, h = profile[-1]
    y = base - h
    c.poly(oval(cx, y, r, r * TILT), rim)
    c.poly(oval(cx, y + 1, r * 0.94, r * TILT * 0.88), inside)
    part = oval(cx - r * 0.2, y - r * TILT * 0.2, r * 0.5, r * TILT * 0.4)
    c.soft(part, darker(inside, 0.5), 6, 0.6)


def girdle(surface, height, width, colour, fall=2):
    """A stripe round the body."""
    surface.poly(
        [(a, height - width / 2) for a in range(-96, 97, 8)] + [(a, height + width / 2) for a in range(96, -97, -8)],
        colour,
    )


def round_motifs(surface, height, size, n, draw):
    """Calls draw(x, y, sx, sy) at n places round the body; sx and sy are the motif's size in degrees and units."""
    for i in range(n):
        angle = -90 + 180 * (i + 0.5) / n
        draw(angle, height, 180 / n * 0.42, size)


def motif(surface, shape, angle, height, sx, sy, fill, turn=0.0):
    surface.poly([(angle + x * sx, height - y * sy) for x, y in moved(shape, turn=turn)], fill)


def bands(surface, profile, rng, colours):
    """Ornament in belts, from the foot to the lip, as potters and coppersmiths lay it out."""
    ground, a, b, d = (list(colours) * 2)[:4]
    top = profile[-1][1]
    y = top * 0.1
    while y < top * 0.97:
        size = top * rng.choice([0.07, 0.12, 0.2, 0.26])
        size = min(size, top * 0.98 - y)
        if size < top * 0.03:
            break
        mid = y + size / 2
        girdle(surface, y, 4, a)
        kind = rng.randrange(5)
        n = rng.choice([5, 7, 9, 11])
        if size < top * 0.1:
            for i in range(22):
                motif(surface, star(4, 0.5), -90 + i * 8.4, mid, 3.4, size * 0.32, (a, b)[i % 2])
        else:
            for i in range(n):
                angle = -90 + 180 * (i + 0.5) / n
                sx = 180 / n * 0.44
                if kind == 0:
                    for t in range(8):
                        motif(surface, LEAF, angle, mid, sx, size * 0.44, (a, b)[t % 2], t * 45)
                elif kind == 1:
                    motif(surface, DROP, angle, mid, sx * 1.6, size * 0.42, a)
                    motif(surface, DROP, angle, mid, sx * 0.9, size * 0.25, d)
                elif kind == 2:
                    motif(surface, star(8, 0.7), angle, mid, sx, size * 0.42, b)
                    motif(surface, star(8, 0.7), angle, mid, sx * 0.55, size * 0.24, ground)
                elif kind == 3:
                    motif(surface, TULIP, angle, mid, sx, size * 0.4, b, 180 * (i % 2))
                    motif(surface, LEAF, angle + 90 / n, mid - size * 0.3, sx * 0.8, size * 0.6, a)
                else:
                    surface.poly([(angle - sx, y), (angle, y + size), (angle + sx, y)], (b, a)[i % 2])
        y += size
        girdle(surface, y, 4, a)
        y += top * 0.015


def plate_from_above(c, cx, cy, r, rng, colours, style):
    """A dish seen from above, its rings of ornament; colours are ground, dark, mid, bright, accent."""
    ground, dark, mid, bright, accent = colours
    c.soft(oval(cx + r * 0.06, cy + r * 0.1, r * 0.99), (28, 18, 14), r * 0.06, 0.62)
    part = c.sub(oval(cx, cy, r), ground)
    part.disc(cx, cy, r, darker(dark, 0.15))
    part.disc(cx, cy, r * 0.985, ground)
    style(part, cx, cy, r, rng, colours)
    lit = c.sub(oval(cx, cy, r), 128, "L")
    rim(lit, cx, cy, r)
    f = max(1, round(4 * c.k))
    small = lit.img.reduce(f).filter(ImageFilter.GaussianBlur(r * c.k / f / 40))
    part.light(small.resize(lit.img.size, 3))
    mask = c.sub(oval(cx, cy, r), 0, "L")
    mask.disc(cx, cy, r, 255)
    c.paste(part, mask)
    for a0, a1, q, power in ((200, 250, 0.9, 0.75), (215, 236, 0.5, 0.55), (30, 60, 0.93, 0.35)):
        arc = oval(cx, cy, r * q, n=14, start=a0, end=a1) + oval(cx, cy, r * (q - 0.035), n=14, start=a1, end=a0)
        c.soft(arc, (255, 253, 245), r * 0.012, power)


def rim(lit, cx, cy, r):
    """Light on a dish: the lip, the wall that falls inward, the flat well."""
    for i in range(36):
        a0, a1 = i * 10, i * 10 + 11
        lean = math.cos(math.radians(a0 + 5 - 225))
        outer = [(cx, cy)] + oval(cx, cy, r, n=3, start=a0, end=a1)
        lit.poly(outer, round(128 + 16 * lean))
        inner = [(cx, cy)] + oval(cx, cy, r * 0.72, n=3, start=a0, end=a1)
        lit.poly(inner, round(124 - 34 * lean))
    lit.disc(cx, cy, r * 0.56, 128)


def ringed(c, cx, cy, r, colour, width):
    c.line(oval(cx, cy, r, n=72), colour, width, closed=True)


def petal_ring(c, cx, cy, r, size, n, shape, colour, turn=0.0, inward=False):
    for i in range(n):
        a = 360 * i / n + turn
        x, y = cx + r * math.sin(math.radians(a)), cy - r * math.cos(math.radians(a))
        c.poly(moved(shape, x, y, size, a + (180 if inward else 0)), colour)


def on_table(c, profile, cx, colour, base=GROUND, **kw):
    return turned(c, profile, cx, base, colour, **kw)


__all__ = [
    "GROUND",
    "TILT",
    "bands",
    "box",
    "girdle",
    "highlight",
    "lighter",
    "mix",
    "motif",
    "mouth",
    "on_table",
    "petal_ring",
    "petals",
    "plate_from_above",
    "profile_curve",
    "radius_at",
    "ringed",
    "rosette",
    "round_motifs",
    "silhouette",
    "solid",
    "turned",
]
