"""Miniatures, lacquer boxes, handmade paper and abstract calligraphy."""

import math

from .canvas import box, clouds, darker, moved, multiply, oval, smooth
from .motifs import LEAF, petals
from .palette import (
    BLACK,
    CREAM,
    GOLD,
    INDIGO,
    IVORY,
    PLUM,
    ROSE,
    SAFFRON,
    WINE,
    rgb,
)
from .stage import flat_shadow, top_down, wall
from .wood import ridge

LEAF_TONE = rgb("e9dcbe")


def sheet(c, rng, x0, y0, x1, y1, colour=LEAF_TONE, deckle=3.0):
    """A sheet of paper with a soft torn edge."""
    pts = []
    for (ax, ay), (bx, by) in (((x0, y0), (x1, y0)), ((x1, y0), (x1, y1)), ((x1, y1), (x0, y1)), ((x0, y1), (x0, y0))):
        n = 26
        pts += [
            (
                ax + (bx - ax) * i / n + rng.uniform(-deckle, deckle),
                ay + (by - ay) * i / n + rng.uniform(-deckle, deckle),
            )
            for i in range(n)
        ]
    flat_shadow(c, pts, 9, 12, 11, 0.5)
    part = c.sub(pts, colour)
    part.img.paste(multiply(part.img, clouds(part.img.size, rng, 12, 232, 255)))
    for _ in range(120):
        x, y, a = rng.uniform(x0, x1), rng.uniform(y0, y1), rng.uniform(0, 6.28)
        part.line(
            [
                (x, y),
                (x + 9 * math.cos(a), y + 9 * math.sin(a)),
                (x + 18 * math.cos(a + 0.6), y + 18 * math.sin(a + 0.6)),
            ],
            (*darker(colour, 0.35), 60),
            1.2,
        )
    mask = c.sub(pts, 0, "L")
    mask.poly(pts, 255)
    c.paste(part, mask)


def stack_of_paper(c, rng):
    """Sheets of mulberry paper, plain and dyed, some with pressed petals."""
    top_down(c, rng)
    tones = rng.sample(
        [
            LEAF_TONE,
            CREAM,
            rgb("d9b98a"),
            rgb("b9a27a"),
            rgb("c9d0c0"),
            rgb("b76a5a"),
            rgb("6f8aa0"),
            rgb("e6d6d0"),
            rgb("d8a54a"),
        ],
        rng.choice([3, 4, 5]),
    )
    for tone in tones:
        dx, dy = rng.uniform(-90, 90), rng.uniform(-80, 80)
        w, h = rng.uniform(430, 560), rng.uniform(560, 720)
        sheet(c, rng, 480 - w / 2 + dx, 600 - h / 2 + dy, 480 + w / 2 + dx, 600 + h / 2 + dy, tone, 5)
    for _ in range(rng.choice([0, 5, 9])):
        x, y = rng.uniform(330, 640), rng.uniform(380, 820)
        petals(c, x, y, 24, 5, rng.choice([ROSE, SAFFRON, PLUM, INDIGO]))
        c.poly(moved(LEAF, x + 10, y + 18, 50, rng.uniform(90, 240)), rgb("7a8a5a"))
    if rng.random() < 0.5:
        y = rng.uniform(540, 680)
        c.line([(120, y), (840, y + 14)], rgb("8a2a26"), 7)
        c.line([(470, 160), (486, 1040)], rgb("8a2a26"), 7)
        for s in (-1, 1):
            c.line(oval(478 + s * 52, y + 6, 50, 26), rgb("8a2a26"), 7, closed=True)


def stroke(c, points, width, colour, angle=52):
    """A reed pen's stroke: its width depends on its direction."""
    path = smooth(points, False, 14)
    nx, ny = math.cos(math.radians(angle)) * width / 2, -math.sin(math.radians(angle)) * width / 2
    for (x0, y0), (x1, y1) in zip(path, path[1:], strict=False):
        c.poly([(x0 + nx, y0 + ny), (x1 + nx, y1 + ny), (x1 - nx, y1 - ny), (x0 - nx, y0 - ny)], colour)


def calligraphy(c, rng):
    """Free strokes of a reed pen, after the rhythm of nastaliq; they spell nothing."""
    (top_down if rng.random() < 0.5 else wall)(c, rng)
    paper = rng.choice([LEAF_TONE, CREAM, rgb("24406a"), rgb("3a2a26"), rgb("c9d4cc"), rgb("e2c39a")])
    dark = sum(paper) < 330
    ink = rng.choice([GOLD, IVORY] if dark else [BLACK, INDIGO, rgb("4a2a1c"), WINE])
    x0, y0, x1, y1 = 150, 190, 810, 1010
    sheet(c, rng, x0, y0, x1, y1, paper)
    for inset, tone, width in ((40, GOLD, 6), (52, ink, 2)):
        c.line(box(x0 + inset, y0 + inset, x1 - inset, y1 - inset), tone, width, closed=True)
    for _ in range(9):
        x, y = rng.uniform(260, 700), rng.uniform(320, 880)
        c.soft(oval(x, y, 90, 30), GOLD, 30, 0.14)
    rows = rng.choice([1, 2, 3])
    for j in range(rows):
        y = 600 + (j - (rows - 1) / 2) * 230
        size = (1.4, 1.0, 0.8)[rows - 1]
        x = 720
        while x > 330:
            kind, w = rng.randrange(4), rng.uniform(100, 210) * size
            pen = 34 * size
            if kind == 0:
                stroke(
                    c,
                    [
                        (x, y - 60 * size),
                        (x - w * 0.2, y + 20 * size),
                        (x - w * 0.6, y + 66 * size),
                        (x - w, y - 10 * size),
                    ],
                    pen,
                    ink,
                )
            elif kind == 1:
                stroke(c, [(x, y - 190 * size), (x - 10, y - 60 * size), (x - 26, y + 20 * size)], pen * 0.8, ink)
                w *= 0.35
            elif kind == 2:
                stroke(
                    c,
                    [
                        (x, y - 20 * size),
                        (x - w * 0.3, y - 70 * size),
                        (x - w * 0.5, y),
                        (x - w * 0.9, y + 90 * size),
                        (x - w * 0.3, y + 120 * size),
                    ],
                    pen * 0.9,
                    ink,
                )
            else:
                stroke(
                    c,
                    [
                        (x + 30, y - 130 * size),
                        (x - w * 0.7, y - 60 * size),
                        (x - w * 0.8, y + 10 * size),
                        (x - w * 0.2, y + 30 * size),
                    ],
                    pen * 0.9,
                    ink,
                )
            for t in range(rng.choice([0, 1, 2, 3])):
                c.poly(
                    moved(
                        [(0, -1), (1, 0), (0, 1), (-1, 0)],
                        x - w * 0.5 + t * 26 * size,
                        y + rng.choice([-110, 130]) * size,
                        12 * size,
                        8,
                    ),
                    ink,
                )
            x -= w * rng.uniform(0.75, 0.95)
    for x in (x0 + 90, x1 - 90):
        for y in (y0 + 90, y1 - 90):
            petals(c, x, y, 30, 8, GOLD, LEAF)
    if rng.random() < 0.6:
        ridge(c, [(700, 1080), (880, 860)], rgb("b08a5e"), 18)
