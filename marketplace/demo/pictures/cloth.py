"""From a pattern to a piece of cloth in a room: weave, fringe, and ways to hang, lay, fold or show it close."""

import math
from functools import lru_cache

from PIL import Image, ImageChops, ImageFilter

from .canvas import Canvas, box, clouds, darker, lighter, mix, moved, multiply, noise, oval, tiled
from .palette import CHOCOLATE, WALNUT
from .stage import boards, flat_shadow, linen, studio, wall


@lru_cache(maxsize=24)
def weave_tile(kind, cell):
    """A square of texture; `cell` is the thread's width in pixels."""
    n = 60
    if kind == "felt":
        fine = noise(240, 240, 205, 255, 11).filter(ImageFilter.GaussianBlur(max(0.6, cell * 0.35)))
        return ImageChops.multiply(fine, noise(60, 60, 215, 255, 12).resize((240, 240), Image.Resampling.BICUBIC))
    if kind == "satin":
        return noise(n * 4, 1, 228, 255, 13).resize((240, 240), Image.Resampling.NEAREST)
    if kind == "velvet":
        return noise(240, 240, 222, 255, 14).filter(ImageFilter.GaussianBlur(0.7))
    w, h = {"plain": (2, 2), "knot": (2, 2), "rib": (1, 2), "silk": (1, 2), "diagonal": (4, 4)}[kind]
    low = {"plain": 222, "knot": 196, "rib": 192, "silk": 234, "diagonal": 190}[kind]
    unit = Image.new("L", (w * 2, h * 2), 255)
    for y in range(h * 2):
        for x in range(w * 2):
            dark = {
                "plain": (x + y) % 2,
                "knot": y % 2 or x % 2 and y % 4 == 0,
                "rib": y % 2,
                "silk": (x + y) % 2,
                "diagonal": (x + y) % 4 == 0,
            }[kind]
            unit.putpixel((x, y), low if dark else 255)
    grid = tiled(unit, (n * 2, n * 2)).resize((n * 2 * cell, n * 2 * cell), Image.Resampling.BILINEAR)
    return ImageChops.multiply(grid, noise(*grid.size, 226, 255, 15))


def woven(img, kind, cell):
    return multiply(img, tiled(weave_tile(kind, max(1, round(cell))), img.size))


def make_cloth(spec, rng, k, part=None):
    """The cloth as an RGB image at k pixels per unit; `part` (x, y, w, h) cuts out a piece of it."""
    x, y, w, h = part or (0, 0, spec["w"], spec["h"])
    c = Canvas(Image.new("RGB", (round(w * k), round(h * k))), k, x * k, y * k)
    spec["pattern"](c, rng, spec["w"], spec["h"])
    img = woven(c.img, spec["weave"], spec.get("cell", 2) * k * 0.62)
    return multiply(img, clouds(img.size, rng, 7, 232, 255))


def homography(source, target):
    """The eight numbers of the projective map that takes the four target points to the four source points."""
    rows = []
    for (u, v), (x, y) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        pivot = max(range(i, 8), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(8):
            if r != i and rows[r][i]:
                factor = rows[r][i]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[i], strict=True)]
    return [row[8] for row in rows]


def project(m, x, y):
    d = m[6] * x + m[7] * y + 1
    return (m[0] * x + m[1] * y + m[2]) / d, (m[3] * x + m[4] * y + m[5]) / d


def lay_quad(c, cloth, quad):
    """The cloth stretched to four points (units): top left, top right, bottom right, bottom left."""
    px = c.px(quad)
    x0, y0 = (math.floor(min(p[i] for p in px)) for i in (0, 1))
    x1, y1 = (math.ceil(max(p[i] for p in px)) for i in (0, 1))
    w, h = cloth.size
    local = [(x - x0, y - y0) for x, y in px]
    m = homography([(0, 0), (w, 0), (w, h), (0, h)], local)
    img = cloth.transform((x1 - x0, y1 - y0), Image.Transform.PERSPECTIVE, m, Image.Resampling.BILINEAR)
    f = 2
    mask = Canvas.blank(x1 - x0, y1 - y0, f, 0, "L")
    mask.poly(local, 255)
    c.img.paste(img, (x0, y0), mask.img.reduce(f))


def fringe(c, rng, start, end, length, colour, drop=(0, 1)):
    """Warp ends along an edge, in little knotted tassels."""
    span = math.hypot(end[0] - start[0], end[1] - start[1])
    n = round(span / 9)
    for i in range(n + 1):
        t = (i + rng.uniform(-0.2, 0.2)) / n
        x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t
        tone = mix(lighter(colour, 0.2), darker(colour, 0.25), rng.random())
        for _ in range(3):
            sway = rng.uniform(-4, 4)
            reach = length * rng.uniform(0.8, 1.05)
            c.line(
                [
                    (x, y),
                    (x + sway * 0.3 + drop[0] * reach * 0.5, y + drop[1] * reach * 0.5),
                    (x + sway + drop[0] * reach, y + drop[1] * reach),
                ],
                tone,
                1.5,
            )


def turned(quad, angle, cx=480, cy=600):
    return [(cx + x, cy + y) for x, y in moved([(x - cx, y - cy) for x, y in quad], turn=angle)]


def laid(c, rng, cloth, spec):
    """Flat on a floor, seen from above, a little turned; sometimes with a corner folded back."""
    ground = (boards if rng.random() < 0.5 else linen)(c, rng)
    w, h = spec["w"], spec["h"]
    scale = min(800 / w, 1010 / h) * rng.uniform(0.92, 1.0)
    w, h = w * scale, h * scale
    quad = turned(box(480 - w / 2, 600 - h / 2, 480 + w / 2, 600 + h / 2), rng.uniform(-7, 7))
    before = c.img.copy() if rng.random() < 0.5 else None
    flat_shadow(c, quad, 10, 14, 14, 0.55)
    ends = spec.get("fringe")
    if ends:
        down = ((quad[3][0] - quad[0][0]) / h, (quad[3][1] - quad[0][1]) / h)
        fringe(c, rng, quad[0], quad[1], 34, ends, (-down[0], -down[1]))
        fringe(c, rng, quad[3], quad[2], 34, ends, down)
    lay_quad(c, cloth, quad)
    c.line(quad, (20, 12, 10, 60), 2, closed=True)
    if before:
        turned_corner(c, rng, quad, before, spec)
    return ground


def turned_corner(c, rng, quad, before, spec):
    """The lower right corner folded back on itself, showing the reverse."""
    tr, br, bl = quad[1], quad[2], quad[3]
    t = rng.uniform(0.2, 0.32)
    a = tuple(p + (q - p) * t for p, q in zip(br, tr, strict=True))
    b = tuple(p + (q - p) * t * rng.uniform(1.1, 1.6) for p, q in zip(br, bl, strict=True))
    nx, ny = b[1] - a[1], a[0] - b[0]
    d = ((br[0] - a[0]) * nx + (br[1] - a[1]) * ny) / (nx * nx + ny * ny)
    tip = (br[0] - 1.8 * d * nx, br[1] - 1.8 * d * ny)
    out = [a, (a[0] + 60, a[1] - 10), (br[0] + 90, br[1] + 90), (b[0] - 10, b[1] + 70), b]
    part = c.sub(out)
    part.img.paste(
        before.crop((round(part.ox), round(part.oy), round(part.ox) + part.img.width, round(part.oy) + part.img.height))
    )
    part.soft([a, (a[0] + 24, a[1] + 40), (b[0] + 40, b[1] + 24), b], CHOCOLATE, 14, 0.5)
    mask = c.sub(out, 0, "L")
    mask.poly(out, 255)
    c.paste(part, mask)
    back = spec.get("back") or (190, 170, 140)
    c.soft([a, tip, b], (20, 12, 10), 16, 0.5)
    flap = c.sub([a, tip, b], back)
    flap.soft([a, b, (b[0] - 30 * nx / abs(nx or 1), b[1] - 10), (a[0] - 30, a[1] - 30)], lighter(back, 0.5), 14, 0.7)
    flap.soft([tip, mix2(tip, a, 0.5), mix2(tip, b, 0.5)], darker(back, 0.5), 20, 0.5)
    flap.img.paste(woven(flap.img, "plain", 2 * c.k))
    mask = c.sub([a, tip, b], 0, "L")
    mask.poly([a, tip, b], 255)
    c.paste(flap, mask)


def mix2(p, q, t):
    return (p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t)


def folds(cloth, rng, waves, depth, sway):
    """The cloth hanging in soft vertical folds: an RGBA image, a little narrower, with an uneven lower edge."""
    w, h = cloth.size
    phase, second = rng.uniform(0, 6.28), rng.uniform(0, 6.28)

    def wave(x):
        t = x / w * 2 * math.pi
        return 0.7 * math.sin(waves * t + phase) + 0.3 * math.sin(waves * 2.3 * t + second)

    row = Image.new("L", (160, 1))
    row.putdata([round(min(255, max(0, 128 + depth * (wave(x * w / 160 - w / waves / 9))))) for x in range(160)])
    shade = row.resize((w, h), Image.Resampling.BICUBIC)
    lit = ImageChops.hard_light(cloth, Image.merge("RGB", (shade,) * 3))
    padded = Image.new("RGBA", (w, h + 8), (0, 0, 0, 0))
    padded.paste(lit, (0, 0))
    out_h = h + math.ceil(sway) + 2
    columns, mesh = 40, []
    for i in range(columns):
        x0, x1 = round(w * i / columns), round(w * (i + 1) / columns)
        s0, s1 = (h * out_h / (h + sway * wave(x) * 0.9 - 2) for x in (x0, x1))
        u0, u1 = (min(w - 0.5, max(0.5, x + wave(x + w / waves / 4) * w / waves / 26)) for x in (x0, x1))
        mesh.append(((x0, 0, x1, out_h), (u0, 0, u0, s0, u1, s1, u1, 0)))
    return padded.transform((w, out_h), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)


def hung(c, rng, cloth, spec):
    """On a wooden rod against a wall."""
    colour = wall(c, rng)
    w = min(760, 1000 * spec["w"] / spec["h"]) * rng.uniform(0.92, 1)
    h = w * spec["h"] / spec["w"]
    left, top = 480 - w / 2, (1180 - h) / 2 - 10
    size = (round(w * c.k), round(h * c.k))
    stiff = spec.get("stiff", False)
    img = folds(
        cloth.resize(size, Image.Resampling.BICUBIC),
        rng,
        rng.choice([2, 3]) if stiff else rng.choice([3, 4, 5]),
        rng.uniform(7, 11) if stiff else rng.uniform(18, 28),
        (3 if stiff else 9) * c.k,
    )
    ends = spec.get("fringe")
    bottom = top + h
    flat_shadow(c, box(left, top, left + w, bottom), 22, 26, 22, 0.42)
    if ends:
        fringe(c, rng, (left + 2, bottom - 6), (left + w - 2, bottom - 6), 42, ends)
    c.img.paste(img, (round(left * c.k), round(top * c.k)), img)
    rod(c, left - 44, left + w + 44, top - 4)
    return colour


def rod(c, x0, x1, y, colour=WALNUT):
    c.soft(box(x0 + 12, y + 14, x1 + 14, y + 30), CHOCOLATE, 9, 0.4)
    c.rect(x0, y - 9, x1, y + 9, colour)
    c.rect(x0, y - 7, x1, y - 3, lighter(colour, 0.3))
    c.rect(x0, y + 4, x1, y + 9, darker(colour, 0.35))
    for x in (x0, x1):
        c.disc(x, y, 14, darker(colour, 0.2))
        c.disc(x - 3, y - 4, 5, lighter(colour, 0.3))


def in_perspective(c, rng, cloth, spec):
    """On the floor of a room, seen from a standing person's height."""
    colour = wall(c, rng)
    floor = mix(WALNUT, (200, 170, 130), rng.random())
    c.rect(-10, 330, 970, 1210, floor)
    for i in range(-14, 30):
        x = 480 + (i - 8) * 46
        c.line([(480 + (x - 480) * 0.72, 330), (480 + (x - 480) * 2.6, 1210)], (*darker(floor, 0.4), 60), 1.6)
    c.rect(-10, 300, 970, 332, lighter(colour, 0.3))
    c.soft(box(-20, 330, 980, 350), darker(floor, 0.6), 9, 0.5)
    far = rng.uniform(255, 285)
    near = rng.uniform(430, 462)
    top, bottom = 400, 400 + min(710, (far + near) * spec["h"] / spec["w"] * 0.66)
    skew = rng.uniform(-40, 40)
    quad = [(480 - far + skew, top), (480 + far + skew, top), (480 + near, bottom), (480 - near, bottom)]
    flat_shadow(c, quad, 6, 12, 9, 0.55)
    ends = spec.get("fringe")
    if ends:
        fringe(c, rng, quad[0], quad[1], 12, ends, (0, -1))
        fringe(c, rng, quad[3], quad[2], 34, ends)
    lay_quad(c, cloth, quad)
    c.soft(
        [(quad[0][0] - 50, top - 60), (480, top - 60), (480 + near * 0.2, bottom), (480 - near, bottom)],
        (255, 244, 220),
        70,
        0.16,
    )
    return colour


def stacked(c, rng, cloth, spec):
    """Folded and piled on a table: the top piece is ours, the ones below are its sisters."""
    studio(c, rng, horizon=640)
    n, thick = rng.choice([3, 4, 5]), rng.uniform(84, 104)
    base, width = 1050, rng.uniform(700, 780)
    c.soft(oval(500, base + 4, width * 0.56, 34), CHOCOLATE, 16, 0.6)
    k = c.k
    for i in range(n):
        w = width * rng.uniform(0.95, 1.02)
        x = 480 - w / 2 + rng.uniform(-12, 12)
        y = base - (i + 1) * thick
        piece = cloth if i == n - 1 else make_cloth({**spec, "h": 300}, rng, k * 0.8)
        for j in range(2):
            yy, th = y + j * thick / 2, thick / 2
            size = (round(w * k), round(th * k) + 1)
            cut = rng.uniform(0, 0.5) * piece.height
            strip = piece.crop((0, round(cut), piece.width, round(cut + th * k * piece.width / (w * k)))).resize(size)
            lit = Image.new("L", (1, 8))
            lit.putdata([92, 138, 146, 138, 128, 112, 88, 52])
            strip = ImageChops.hard_light(strip, Image.merge("RGB", (lit.resize(size, Image.Resampling.BICUBIC),) * 3))
            mask = Canvas.blank(*size, 2, 0, "L")
            mask.draw.rounded_rectangle((0, 0, size[0] * 2 - 1, size[1] * 2 - 1), th * k * 0.9, fill=255)
            c.img.paste(strip, (round(x * k), round(yy * k)), mask.img.reduce(2))
    top_y, depth = base - n * thick, rng.uniform(190, 240)
    quad = [
        (480 - width * 0.4, top_y - depth),
        (480 + width * 0.4, top_y - depth),
        (480 + width * 0.49, top_y + 8),
        (480 - width * 0.49, top_y + 8),
    ]
    piece = cloth.crop((0, 0, cloth.width, min(cloth.height, round(cloth.width * 0.62))))
    lay_quad(c, piece, quad)
    c.soft(
        [(x, y) for x, y in (quad[0], quad[1], (700, top_y - depth * 0.5), (260, top_y - depth * 0.5))],
        (255, 246, 226),
        40,
        0.25,
    )
    c.soft(box(480 - width * 0.49, top_y - 6, 480 + width * 0.49, top_y + 12), (255, 246, 226), 6, 0.25)


def close(c, rng, spec, pattern_rng, k):
    """A part of the cloth so near that the threads show, with a soft fold across it."""
    zoom = rng.uniform(2.0, 2.5)
    w, h = 960 / zoom, 1200 / zoom
    w, h = min(w, spec["w"]), min(h, spec["h"])
    x, y = rng.uniform(0, spec["w"] - w) * 0.8, rng.uniform(0, spec["h"] - h) * 0.8
    img = make_cloth({**spec, "cell": spec.get("cell", 2)}, pattern_rng, max(960 / w, 1200 / h) * k, (x, y, w, h))
    c.img.paste(img.crop((0, 0, *c.img.size)) if img.size >= c.img.size else img.resize(c.img.size))
    angle = rng.choice([-1, 1]) * rng.uniform(0.5, 1.1)
    dx, dy = 1200 * math.cos(angle), 1200 * math.sin(angle)
    for _ in range(rng.choice([1, 2])):
        px, py = rng.uniform(200, 760), rng.uniform(250, 950)
        for shift, tone, power in ((34, (18, 10, 12), 0.5), (-40, (255, 244, 224), 0.3)):
            c.soft(
                [
                    (px - dx, py - dy + shift),
                    (px + dx, py + dy + shift),
                    (px + dx, py + dy + shift + 60),
                    (px - dx, py - dy + shift + 60),
                ],
                tone,
                34,
                power,
            )


DISPLAYS = {"hung": hung, "laid": laid, "floor": in_perspective, "stack": stacked}


def draw_cloth(spec, pattern_rng, rng, view, k):
    """A picture (960 by 1200 units at k) of the cloth whose spec names pattern, w, h, weave, fringe, back and ways."""
    c = Canvas.blank(960, 1200, k)
    way = pattern_rng.choice(spec.get("ways", ["hung", "laid"]))
    if view:
        close(c, rng, spec, pattern_rng, k)
    else:
        DISPLAYS[way](c, rng, make_cloth(spec, pattern_rng, k * (1.15 if way != "floor" else 1.3)), spec)
    return c.img
