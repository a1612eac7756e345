"""Carpets are drawn knot by knot on a small grid: a quarter is drawn and mirrored, then each knot is made large."""

from PIL import Image, ImageDraw, ImageOps

from .canvas import clouds, darker, mix, multiply
from .palette import BRICK, CORAL, CREAM, IVORY, NIGHT, RUGS, SAFFRON, WINE


def knots(w, h, ground):
    img = Image.new("RGB", (w, h), ground)
    return img, ImageDraw.Draw(img)


def octagon(d, cx, cy, rx, ry, fill, cut=0.36):
    """A stepped octagon: rows of knots that widen to the middle."""
    for y in range(-ry, ry + 1):
        t = abs(y) / ry
        half = rx if t < 1 - cut else round(rx * (1 - (t - (1 - cut)) / cut * 0.62))
        d.line((cx - half, cy + y, cx + half, cy + y), fill=fill)


def diamond(d, cx, cy, r, fill, step=1):
    for y in range(-r, r + 1):
        half = (r - abs(y)) // step * step
        d.line((cx - half, cy + y, cx + half, cy + y), fill=fill)


def cross(d, cx, cy, r, fill):
    d.rectangle((cx - r, cy, cx + r, cy), fill=fill)
    d.rectangle((cx, cy - r, cx, cy + r), fill=fill)


def hooks(d, cx, cy, r, fill):
    """Latch hooks on four diagonals, as on Caucasian and Turkmen rugs."""
    for sx in (-1, 1):
        for sy in (-1, 1):
            for t in range(2, r, 4):
                x, y = cx + sx * t, cy + sy * (r - t)
                d.line((x, y, x, y + sy * 2), fill=fill)
                d.line((x, y + sy * 2, x + sx * 2, y + sy * 2), fill=fill)


def star8(d, cx, cy, r, fill):
    diamond(d, cx, cy, r, fill)
    s = round(r * 0.68)
    d.rectangle((cx - s, cy - s, cx + s, cy + s), fill=fill)


def small_flower(d, cx, cy, a, b):
    d.point([(cx - 1, cy), (cx + 1, cy), (cx, cy - 1), (cx, cy + 1)], fill=a)
    d.point([(cx, cy)], fill=b)
    d.point([(cx - 2, cy - 2), (cx + 2, cy - 2), (cx - 2, cy + 2), (cx + 2, cy + 2)], fill=a)


def frame_band(img, d, x, width, kind, ground, a, b, rng):
    """One stripe of the border, `x` knots from the edge, all the way round."""
    w, h = img.size
    d.rectangle((x, x, w - 1 - x, h - 1 - x), fill=ground)
    m = x + width // 2
    step = max(4, width + (2 if kind in (1, 4) else 0))
    for length, place in ((w, lambda t, o: (t, o)), (h, lambda t, o: (o, t))):
        across = h if length == w else w
        n = round((length - 2 * m) / step)
        for far in (False, True):
            o = across - 1 - m if far else m
            for i in range(n + 1):
                px, py = place(m + round((length - 1 - 2 * m) * i / n), o)
                r = max(1, width // 2 - 1)
                one, two = (a, b) if i % 2 else (b, a)
                if kind == 0:
                    diamond(d, px, py, r, one)
                    d.point([(px, py)], fill=two)
                elif kind == 1:
                    octagon(d, px, py, r, r, one)
                    cross(d, px, py, max(1, r - 2), two)
                elif kind == 2:
                    hook(d, px, py, r, one, length == w, far)
                elif kind == 3:
                    small_flower(d, px, py, one, two)
                elif kind == 4:
                    star8(d, px, py, r, one)
                    diamond(d, px, py, r // 2, two)
                else:
                    d.line((px - r, py - r, px + r, py + r) if i % 2 else (px - r, py + r, px + r, py - r), fill=one)


def hook(d, x, y, r, fill, level, far):
    if level:
        d.line((x - r, y, x - r, y + (r if far else -r)), fill=fill)
        d.line((x - r, y, x + r - 1, y), fill=fill)
        d.point([(x + r - 1, y + (-1 if far else 1))], fill=fill)
    else:
        d.line((x, y - r, x + (r if far else -r), y - r), fill=fill)
        d.line((x, y - r, x, y + r - 1), fill=fill)
        d.point([(x + (-1 if far else 1), y + r - 1)], fill=fill)


def borders(img, d, rng, colours, field, wide=None):
    """A set of stripes from the edge inwards; the rest is filled with the field. Its total width is returned."""
    ground, a, b, e, f, _ = colours
    x = 0
    main = wide or rng.choice([9, 11, 13])
    plan = [
        (2, 0, darker(ground, 0.3)),
        (4, rng.choice([0, 3, 5]), b),
        (1, None, darker(a, 0.4)),
        (main, rng.choice([1, 2, 4, 1]), a),
        (1, None, darker(a, 0.4)),
        (4, rng.choice([0, 5, 2]), e),
        (1, None, ground),
    ]
    for width, kind, tone in plan:
        if kind is None or width < 4:
            d.rectangle((x, x, img.width - 1 - x, img.height - 1 - x), fill=tone)
        else:
            one = b if tone != b else ground
            frame_band(img, d, x, width, kind, tone, one, f if tone != f else ground, rng)
        x += width
    d.rectangle((x, x, img.width - 1 - x, img.height - 1 - x), fill=field)
    return x


def mirrored(img):
    """The upper left quarter mirrored to the whole."""
    w, h = img.size
    quarter = img.crop((0, 0, (w + 1) // 2, (h + 1) // 2))
    top = Image.new("RGB", (w, (h + 1) // 2))
    top.paste(quarter, (0, 0))
    top.paste(ImageOps.mirror(quarter), (w - quarter.width, 0))
    out = Image.new("RGB", (w, h))
    out.paste(top, (0, 0))
    out.paste(ImageOps.flip(top), (0, h - top.height))
    return out


def lay_knots(c, grid, rng, w, h, abrash=18):
    """The grid made large on the canvas, with the slow change of tone of hand-dyed wool."""
    rows = Image.new("L", (1, grid.height))
    tone = 0.0
    levels = []
    for _ in range(grid.height):
        tone = tone * 0.93 + rng.uniform(-1, 1) * abrash * 0.35
        levels.append(round(max(200, min(255, 242 + tone))))
    rows.putdata(levels)
    grid = multiply(grid, rows.resize(grid.size))
    grid = multiply(grid, clouds(grid.size, rng, grid.width // 2, 232, 255))
    sx, sy = grid.width / w / c.k, grid.height / h / c.k
    bounds = (
        max(0, c.ox * sx),
        max(0, c.oy * sy),
        min(grid.width, (c.ox + c.img.width) * sx),
        min(grid.height, (c.oy + c.img.height) * sy),
    )
    c.img.paste(grid.resize(c.img.size, Image.Resampling.NEAREST, bounds))


def turkmen(c, rng, w, h):
    """Rows of göls on a madder field: Tekke, Yomut, Ersari or Salor in kind."""
    ground = rng.choice([WINE, (122, 36, 34), (96, 30, 34), (138, 48, 36), (84, 34, 30)])
    ink = rng.choice([NIGHT, (28, 40, 60), (30, 52, 48)])
    light, warm = rng.choice([IVORY, CREAM]), rng.choice([BRICK, CORAL, SAFFRON])
    gw = 118
    gh = round(gw * h / w)
    img, d = knots(gw, gh, ground)
    x = borders(img, d, rng, (ground, mix(ground, ink, 0.25), light, darker(ground, 0.2), warm, ink), ground)
    nx = rng.choice([3, 4, 4])
    cell = (gw - 2 * x) / nx
    ny = max(3, round((gh - 2 * x) / (cell * rng.choice([0.66, 0.8]))))
    ch = (gh - 2 * x) / ny
    kind = rng.randrange(4)
    for j in range(ny + 1):
        for i in range(nx + 1):
            cx, cy = round(x + (i + 0.5) * cell), round(x + (j + 0.5) * ch)
            if i < nx and j < ny:
                gol(d, cx, cy, round(cell * 0.44), round(ch * 0.4), kind, (ground, ink, light, warm), (i + j) % 2)
            if 0 < i < nx + 0 and 0 < j < ny:
                sx, sy, r = round(x + i * cell), round(x + j * ch), max(3, round(min(cell, ch) * 0.2))
                diamond(d, sx, sy, r, ink)
                diamond(d, sx, sy, max(1, r - 2), warm)
                cross(d, sx, sy, r + 2, light)
                d.point([(sx, sy)], fill=ink)
    lay_knots(c, mirrored(img), rng, w, h)


def gol(d, cx, cy, rx, ry, kind, colours, odd):
    ground, ink, light, warm = colours
    if kind == 2:
        diamond(d, cx, cy, min(rx, ry + 2), ink)
        hooks(d, cx, cy, min(rx, ry) + 2, light)
        diamond(d, cx, cy, min(rx, ry) - 3, warm if odd else ground)
        diamond(d, cx, cy, min(rx, ry) - 6, light)
        cross(d, cx, cy, 2, ink)
        return
    octagon(d, cx, cy, rx, ry, ink)
    octagon(d, cx, cy, rx - 1, ry - 1, light if kind != 3 else warm)
    quarters = ((0, 0, ground if kind else warm), (1, 1, ground if kind else warm), (0, 1, ink), (1, 0, ink))
    for qx, qy, tone in quarters:
        for y in range(1, ry - 1):
            t = y / ry
            half = rx - 2 if t < 0.64 else round((rx - 2) * (1 - (t - 0.64) / 0.36 * 0.62))
            if half > 0:
                x0, x1 = (cx, cx + half) if qx else (cx - half, cx)
                yy = cy + y if qy else cy - y
                d.line((x0, yy, x1, yy), fill=tone)
    for s in (-1, 1):
        for t in (-1, 1):
            small_flower(d, cx + s * round(rx * 0.58), cy + t * round(ry * 0.45), light, warm)
    octagon(d, cx, cy, round(rx * 0.42), round(ry * 0.46), light)
    octagon(d, cx, cy, round(rx * 0.34), round(ry * 0.34), ground if kind == 1 else warm)
    star8(d, cx, cy, 2, ink)
    d.line((cx - rx + 1, cy, cx - round(rx * 0.42), cy), fill=light)
    d.line((cx + round(rx * 0.42), cy, cx + rx - 1, cy), fill=light)


def medallions(c, rng, w, h):
    """Shirvan, Quba and Karabakh: a chain of stepped and hooked medallions, the field strewn with little flowers."""
    colours = list(rng.choice(RUGS))
    field, a, b, e, f, g = colours
    gw = rng.choice([100, 120])
    gh = round(gw * h / w)
    img, d = knots(gw, gh, field)
    x = borders(img, d, rng, (field, a, b, e, f, g), field)
    for _ in range(70):
        small_flower(
            d,
            rng.randrange(x + 3, gw - x - 3),
            rng.randrange(x + 3, gh - x - 3),
            rng.choice([b, e, f]),
            rng.choice([a, g]),
        )
    n = rng.choice([1, 2, 3, 3])
    r = min((gh - 2 * x) // (2 * n), (gw - 2 * x) // 2) - 1
    kind = rng.randrange(3)
    cx = gw // 2
    for i in range(n):
        cy = round(x + (gh - 2 * x) * (i + 0.5) / n)
        medallion(d, cx, cy, r, kind, colours if i % 2 == 0 else [field, e, b, a, g, f])
    corner = round((gw - 2 * x) * 0.2)
    for t in range(corner):
        d.line((x, x + t, x + (corner - t) // 2 * 2, x + t), fill=a if n > 1 else e)
    hooks(d, x + 2, x + 2, corner, b)
    lay_knots(c, mirrored(img), rng, w, h)


def medallion(d, cx, cy, r, kind, colours):
    field, a, b, e, f, g = colours
    if kind == 0:
        diamond(d, cx, cy, r, darker(a, 0.5), 2)
        diamond(d, cx, cy, r - 2, a, 2)
        hooks(d, cx, cy, r - 3, b)
        diamond(d, cx, cy, round(r * 0.72), b, 2)
        diamond(d, cx, cy, round(r * 0.66), e, 2)
        hooks(d, cx, cy, round(r * 0.6), g)
    elif kind == 1:
        octagon(d, cx, cy, r, r, darker(a, 0.5))
        octagon(d, cx, cy, r - 1, r - 1, b)
        octagon(d, cx, cy, r - 3, r - 3, a)
        for s in (-1, 1):
            for t in (-1, 1):
                star8(d, cx + s * round(r * 0.55), cy + t * round(r * 0.55), max(3, r // 7), f)
                diamond(d, cx + s * round(r * 0.55), cy + t * round(r * 0.55), max(1, r // 14), b)
        diamond(d, cx, cy, round(r * 0.7), e)
    else:
        star8(d, cx, cy, r, darker(a, 0.5))
        star8(d, cx, cy, r - 2, a)
        star8(d, cx, cy, round(r * 0.78), b)
        star8(d, cx, cy, round(r * 0.72), e)
        for s in range(-r + 4, r - 3, 6):
            small_flower(d, cx + s, cy, b, g)
            small_flower(d, cx, cy + s, b, g)
    octagon(d, cx, cy, round(r * 0.44), round(r * 0.44), b)
    octagon(d, cx, cy, round(r * 0.38), round(r * 0.38), f)
    star8(d, cx, cy, round(r * 0.24), b)
    star8(d, cx, cy, round(r * 0.18), a)
    cross(d, cx, cy, round(r * 0.12), e)


def tabriz(c, rng, w, h):
    """Court carpets: a lobed medallion, corner pieces and scrolling stems on a fine grid."""
    from .rug_scrolls import court_carpet

    img = court_carpet(rng, 220, round(220 * h / w), rng.choice(RUGS), borders)
    lay_knots(c, mirrored(img), rng, w, h, 8)


def azerbaijani(c, rng, w, h):
    rng.choice([medallions, medallions, tabriz])(c, rng, w, h)


def kilim(c, rng, w, h):
    """Stepped lozenges and zigzags in bands, with slits between the colours."""
    colours = list(rng.choice(RUGS))
    rng.shuffle(colours)
    gw = rng.choice([62, 78])
    gh = round(gw * h / w)
    img, d = knots(gw, gh, colours[0])
    if rng.random() < 0.55:
        y = 0
        while y < gh:
            size = rng.choice([5, 9, 13, 17])
            band(d, gw, y, size, rng, colours)
            y += size
        if rng.random() < 0.8:
            img = mirrored(img)
    else:
        r = rng.choice([gw // 4, gw // 2 - 4, gw // 3])
        step = rng.choice([2, 3])
        for j in range(-1, gh // r + 2):
            for i in range(-1, gw // (2 * r) + 2):
                cx, cy = i * 2 * r + (r if j % 2 else 0), j * r
                for t, tone in enumerate(
                    (colours[1 + (i + j) % 2], colours[3], colours[2], colours[4 + (i + j) % 2], colours[0])
                ):
                    diamond(d, cx, cy, max(0, r - 1 - t * max(2, r // 5)), tone, step)
        img = mirrored(img)
    d = ImageDraw.Draw(img)
    if rng.random() < 0.6:
        for i in range(0, gh, 4):
            for x in range(4):
                tone = colours[1] if (i // 4) % 2 else colours[2]
                d.rectangle((x, i, x, i + 3 - x), fill=tone)
                d.rectangle((gw - 1 - x, i, gw - 1 - x, i + 3 - x), fill=tone)
    lay_knots(c, img, rng, w, h)


def band(d, gw, y, size, rng, colours):
    ground, a, b = rng.sample(colours, 3)
    d.rectangle((0, y, gw, y + size - 1), fill=ground)
    mid = y + size // 2
    kind = rng.randrange(4) if size > 5 else 4
    step = size + 1
    for i in range(gw // step + 2):
        cx = i * step
        if kind == 0:
            diamond(d, cx, mid, size // 2, a, 2)
            diamond(d, cx, mid, size // 4, b)
        elif kind == 1:
            for t in range(size):
                d.line((cx + abs(t - size // 2) - 2, y + t, cx + abs(t - size // 2) + 2, y + t), fill=a)
        elif kind == 2:
            star8(d, cx, mid, size // 2 - 1, a)
            diamond(d, cx, mid, size // 4, b)
        elif kind == 3:
            hooks(d, cx, mid, size // 2, a)
            diamond(d, cx, mid, 2, b)
        else:
            d.rectangle((cx, mid - 1, cx + size // 2, mid + 1), fill=a)


def sumakh(c, rng, w, h):
    """Dragons of the Quba region: large S shapes in rows, or stars in cross-shaped medallions."""
    colours = list(rng.choice(RUGS))
    field, a, b, e, f, g = colours
    gw = 92
    gh = round(gw * h / w)
    img, d = knots(gw, gh, field)
    x = borders(img, d, rng, (field, a, b, e, f, g), field, wide=7)
    if rng.random() < 0.5:
        nx, ny = rng.choice([2, 3]), rng.choice([3, 4])
        cw, ch = (gw - 2 * x) / nx, (gh - 2 * x) / ny
        for j in range(ny):
            for i in range(nx):
                x0, y0 = round(x + i * cw) + 2, round(x + j * ch) + 2
                x1, y1 = round(x + (i + 1) * cw) - 3, round(x + (j + 1) * ch) - 3
                dragon(d, x0, y0, x1, y1, (a, e, f)[(i + j) % 3], b, g)
        lay_knots(c, img, rng, w, h)
        return
    n = rng.choice([2, 3])
    r = min((gw - 2 * x) // 2, (gh - 2 * x) // (2 * n)) - 1
    for i in range(n):
        cy = round(x + (gh - 2 * x) * (i + 0.5) / n)
        medallion(d, gw // 2, cy, r, 1, colours)
        d.rectangle((x, cy - 2, x + (gw - 2 * x) // 2 - r, cy + 2), fill=e)
    lay_knots(c, mirrored(img), rng, w, h)


def dragon(d, x0, y0, x1, y1, body, light, spot):
    t = max(3, (x1 - x0) // 5)
    ym = (y0 + y1) // 2
    for inset, tone in ((0, darker(body, 0.5)), (1, body)):
        d.rectangle((x0 + inset, y0 + inset, x1 - inset, y0 + t - inset), fill=tone)
        d.rectangle((x0 + inset, y0 + inset, x0 + t - inset, ym + t // 2 - inset), fill=tone)
        d.rectangle((x0 + inset, ym - t // 2 + inset, x1 - inset, ym + t // 2 - inset), fill=tone)
        d.rectangle((x1 - t + inset, ym - t // 2 + inset, x1 - inset, y1 - inset), fill=tone)
        d.rectangle((x0 + inset, y1 - t + inset, x1 - inset, y1 - inset), fill=tone)
    for px in range(x0 + 2, x1 - 1, 3):
        d.point([(px, y0 + t // 2), (px, ym), (px, y1 - t // 2)], fill=light)
    star8(d, (x0 + t + x1) // 2, (y0 + ym) // 2 + 1, max(2, t // 2), light)
    star8(d, (x0 + x1 - t) // 2, (y1 + ym) // 2, max(2, t // 2), spot)


def carpet(c, rng, w, h):
    rng.choice([turkmen, medallions, tabriz])(c, rng, w, h)


FRINGES = [(222, 208, 180), (208, 190, 158), (232, 222, 200)]
