"""What landscapes are made of: sky, ranges, grass, poplars, beasts."""

from PIL import Image

from .animals import ANIMALS
from .canvas import darker, lighter, mix, moved, oval, smooth
from .palette import MADDER, POMEGRANATE, SAFFRON, rgb

SKIES = [
    (rgb("7fa8b8"), rgb("f0dcb8")),
    (rgb("9fb4c0"), rgb("f3d9c0")),
    (rgb("6f97b5"), rgb("e9e0c6")),
    (rgb("c9b09a"), rgb("f5dcae")),
    (rgb("8aa0b8"), rgb("f0c8a0")),
    (rgb("5f86a2"), rgb("f2d2a2")),
]


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
        c.line(
            smooth(
                [
                    (bx - s, by - s * 0.3),
                    (bx - s * 0.4, by - s * 0.5),
                    (bx, by),
                    (bx + s * 0.4, by - s * 0.5),
                    (bx + s, by - s * 0.3),
                ],
                False,
            ),
            (60, 50, 50),
            2,
        )
    return low


def ridge_points(rng, w, base, height, step, rough):
    """A broken skyline from left to right: summits and saddles, then halved and shaken again and again."""
    n = max(3, round(w / 250))
    pts = [
        (
            -60 + (w + 120) * (i + rng.uniform(-0.25, 0.25) * (0 < i < n)) / n,
            base - height * (rng.uniform(0.7, 1) if i % 2 else rng.uniform(0.25, 0.6)),
        )
        for i in range(n + 1)
    ]
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
        rock = [
            (
                x,
                max(
                    y, line + high * 0.16 * (rng.uniform(0.2, 1) if n % 2 else -rng.uniform(0.2, 1)) + (y - line) * 0.35
                ),
            )
            for n, (x, y) in enumerate(pts)
        ]
        c.poly([*rock, *foot], colour)
        for (_, y0), (x1, y1), (x2, y2) in zip(pts, pts[1:], pts[2:], strict=False):
            if y1 < y0 and y1 < y2:
                depth = (horizon - y1) * rng.uniform(0.45, 0.85)
                c.poly(
                    [(x1, y1), (x2, y2), (x2 + depth * 0.3, y2 + depth * 0.4), (x1 + depth * 0.2, y1 + depth)],
                    (*darker(colour, 0.4), 90),
                )


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
        c.line(
            [(x, y), (x + rng.uniform(-4, 4) * (0.4 + t), y - 18 * t - 3)],
            (*(lighter(tone, 0.3) if rng.random() < 0.5 else darker(tone, 0.3)), 130),
            1 + 2 * t,
        )


def tulips(c, rng, w, y0, y1, n=60):
    for _ in range(n):
        t = rng.random()
        x, y = rng.uniform(0, w), y0 + (y1 - y0) * t
        s = 5 + 9 * t
        c.line([(x, y), (x, y + s * 2.4)], rgb("4f6a3a"), 2)
        c.poly(
            moved(smooth([(0, 0.6), (-0.7, 0), (-0.6, -0.9), (0, -0.4), (0.6, -0.9), (0.7, 0)]), x, y, s),
            rng.choice([MADDER, POMEGRANATE, SAFFRON]),
        )


def animal(c, kind, x, y, s, colour, flip=False):
    """A beast in silhouette with a little light on its back."""
    body, legs = ANIMALS[kind]
    c.soft(oval(x + 12 * s, y, 240 * s, 14 * s), (40, 34, 20), 10 * s + 2, 0.4)
    for lx, w in legs:
        c.poly(
            moved(
                [(lx - w * 0.3, -160), (lx + w * 0.3, -160), (lx + w * 0.16, 0), (lx - w * 0.16, 0)], x, y, s, 0, flip
            ),
            darker(colour, 0.25),
        )
    c.poly(moved(smooth(body), x, y, s, 0, flip), colour)
    c.poly(moved(smooth([(-200, -150), (200, -160), (190, -112), (-190, -110)]), x, y, s, 0, flip), darker(colour, 0.3))
    c.line(moved([(-218, -220), (-250, -120)], x, y, s, 0, flip), darker(colour, 0.3), 16 * s)


def poplar(c, rng, x, y, h):
    tone = rng.choice([rgb("6f8a3f"), rgb("b89a3a"), rgb("587a44")])
    c.line([(x, y), (x, y - h * 0.3)], rgb("5a4432"), 5)
    c.poly(
        moved(smooth([(0, -1), (0.13, -0.6), (0.14, -0.25), (0, -0.1), (-0.14, -0.25), (-0.13, -0.6)]), x, y, h), tone
    )
    c.poly(
        moved(smooth([(0, -1), (0.13, -0.6), (0.14, -0.25), (0.04, -0.12), (0.05, -0.5)]), x, y, h), darker(tone, 0.25)
    )
