"""A drawing surface in design units (960 wide, 1200 high), whatever the pixels: everything else here draws on it."""

import hashlib
import math
import random
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SUPERSAMPLE = 2


def rng_for(*parts):
    """A random generator that depends on the parts alone, the same on every machine and in every process."""
    digest = hashlib.sha256("\x1f".join(str(p) for p in parts).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def mix(a, b, t):
    """The colour a share t of the way from a to b."""
    return tuple(round(x + (y - x) * t) for x, y in zip(a, b, strict=False))


def lighter(colour, t=0.2):
    return mix(colour, (255, 250, 240), t)


def darker(colour, t=0.2):
    return mix(colour, (20, 12, 10), t)


def smooth(points, closed=True, steps=6):
    """A Catmull-Rom curve through the points, as points."""
    n = len(points)
    out = []
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = (points[(i + j - 1) % n] for j in range(4))
        else:
            p0, p1, p2, p3 = (points[min(max(i + j - 1, 0), n - 1)] for j in range(4))
        for s in range(steps):
            t = s / steps
            t2, t3 = t * t, t * t * t
            out.append(
                tuple(
                    0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t2 + (3 * b - a - 3 * c + d) * t3)
                    for a, b, c, d in zip(p0, p1, p2, p3, strict=True)
                )
            )
    if not closed:
        out.append(points[-1])
    return out


def box(x0, y0, x1, y1):
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def oval(cx, cy, rx, ry=None, n=48, start=0.0, end=360.0):
    """Points of an ellipse or, with start and end in degrees (clockwise from the right), of its arc."""
    ry = rx if ry is None else ry
    angles = (math.radians(start + (end - start) * i / n) for i in range(n + 1))
    return [(cx + rx * math.cos(a), cy + ry * math.sin(a)) for a in angles]


def moved(points, x=0.0, y=0.0, scale=1.0, turn=0.0, flip=False):
    """The points mirrored, scaled, turned (degrees clockwise) and moved, in this order."""
    c, s = math.cos(math.radians(turn)) * scale, math.sin(math.radians(turn)) * scale
    f = -1 if flip else 1
    return [(x + f * px * c - py * s, y + f * px * s + py * c) for px, py in points]


class Canvas:
    """An image with a scale k (pixels per unit), an origin in pixels and, where a surface is curved, a warp."""

    def __init__(self, img, k, ox=0.0, oy=0.0, warp=None):
        self.img, self.k, self.ox, self.oy, self.warp = img, k, ox, oy, warp
        self.draw = ImageDraw.Draw(img, "RGBA" if img.mode == "RGB" else img.mode)

    @classmethod
    def blank(cls, w, h, k, colour=(255, 255, 255), mode="RGB"):
        return cls(Image.new(mode, (max(1, round(w * k)), max(1, round(h * k))), colour), k)

    def px(self, points):
        k, ox, oy = self.k, self.ox, self.oy
        if self.warp:
            dense = []
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[-1:], strict=True):
                dense += [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in (0, 0.25, 0.5, 0.75)]
            points = [self.warp(x, y) for x, y in dense]
        return [(x * k - ox, y * k - oy) for x, y in points]

    def poly(self, points, fill):
        self.draw.polygon(self.px(list(points) + [points[0]] if self.warp else list(points)), fill=fill)

    def line(self, points, fill, width, closed=False):
        points = list(points) + [points[0]] if closed else list(points)
        pixels = self.px(points)
        w = max(1, round(width * self.k))
        self.draw.line(pixels, fill=fill, width=w, joint="curve" if w > 2 else None)
        if w > 4 and not closed:
            for x, y in (pixels[0], pixels[-1]):
                r = w / 2 - 0.5
                self.draw.ellipse((x - r, y - r, x + r, y + r), fill=fill)

    def disc(self, x, y, r, fill, ry=None):
        if self.warp:
            return self.poly(oval(x, y, r, ry, n=14), fill)
        ry = r if ry is None else ry
        (x0, y0), (x1, y1) = self.px([(x - r, y - ry), (x + r, y + ry)])
        self.draw.ellipse((x0, y0, x1, y1), fill=fill)

    def rect(self, x0, y0, x1, y1, fill):
        self.poly(box(x0, y0, x1, y1), fill)

    def warped(self, warp):
        return Canvas(self.img, self.k, self.ox, self.oy, warp)

    def sub(self, points, colour=(0, 0, 0), mode="RGB", pad=2):
        """A canvas of the same units that covers only the points' bounding box (cut to this image)."""
        px = self.px(points)
        x0 = max(0, math.floor(min(p[0] for p in px) - pad))
        y0 = max(0, math.floor(min(p[1] for p in px) - pad))
        x1 = min(self.img.width, math.ceil(max(p[0] for p in px) + pad))
        y1 = min(self.img.height, math.ceil(max(p[1] for p in px) + pad))
        size = (max(1, x1 - x0), max(1, y1 - y0))
        return Canvas(Image.new(mode, size, colour), self.k, self.ox + x0, self.oy + y0)

    def paste(self, part, mask=None):
        """Put a sub-canvas back where it came from, through a mask canvas of the same size."""
        at = (round(part.ox - self.ox), round(part.oy - self.oy))
        self.img.paste(part.img, at, mask.img if mask else None)

    def soft(self, points, colour, blur, strength=1.0, warp=None):
        """A polygon with edges blurred over `blur` units: shadows, highlights, pools of light."""
        px = self.px(points)
        reach = blur * self.k * 2.2 + 4
        f = max(1.0, blur * self.k / 2.5)
        x0, y0 = (max(0, math.floor(min(p[i] for p in px) - reach)) for i in (0, 1))
        x1 = min(self.img.width, math.ceil(max(p[0] for p in px) + reach))
        y1 = min(self.img.height, math.ceil(max(p[1] for p in px) + reach))
        if x1 - x0 < 2 or y1 - y0 < 2:
            return
        small = Image.new("L", (math.ceil((x1 - x0) / f) + 1, math.ceil((y1 - y0) / f) + 1), 0)
        ImageDraw.Draw(small).polygon([((x - x0) / f, (y - y0) / f) for x, y in px], fill=round(255 * strength))
        small = small.filter(ImageFilter.GaussianBlur(blur * self.k / f))
        mask = small.resize((x1 - x0, y1 - y0), Image.Resampling.BICUBIC, (0, 0, (x1 - x0) / f, (y1 - y0) / f))
        self.img.paste(colour, (x0, y0, x1, y1), mask)

    def light(self, shade):
        """Shade this canvas by an L canvas or image of the same size: 128 leaves, darker darkens, lighter lightens."""
        img = getattr(shade, "img", shade)
        self.img.paste(ImageChops.hard_light(self.img, Image.merge("RGB", (img, img, img))))


def solid(canvas, outline, colour, paint=None, shade=None, shadow=True, blur_shade=0.0):
    """A thing with an outline: `paint(part)` decorates it, `shade(part)` draws its light on an L canvas of 128.

    Nothing painted shows outside the outline. A soft shadow falls to the lower right.
    """
    if shadow:
        canvas.soft(moved(outline, 10, 14), (30, 18, 14), 14, 0.45)
    part = canvas.sub(outline, colour)
    if paint:
        paint(part)
    if shade:
        lit = canvas.sub(outline, 128, "L")
        shade(lit)
        img = lit.img
        if blur_shade:
            f = max(1, round(blur_shade * canvas.k / 2))
            img = lit.img.reduce(f).filter(ImageFilter.GaussianBlur(blur_shade * canvas.k / f))
            img = img.resize(lit.img.size, Image.Resampling.BICUBIC)
        part.light(img)
    mask = canvas.sub(outline, 0, "L")
    mask.poly(outline, 255)
    canvas.paste(part, mask)


@lru_cache(maxsize=32)
def noise(w, h, low, high, seed=7):
    """Even noise between two levels, as an L image."""
    table = [round(low + (high - low) * i / 255) for i in range(256)]
    return Image.frombytes("L", (w, h), rng_for("noise", seed, w, h).randbytes(w * h)).point(table)


def tiled(tile, size):
    """The tile repeated over the size; doubling keeps the number of pastes small."""
    out = Image.new(tile.mode, size)
    out.paste(tile, (0, 0))
    w, h = tile.size
    while w < size[0]:
        out.paste(out.crop((0, 0, min(w, size[0] - w), h)), (w, 0))
        w *= 2
    while h < size[1]:
        out.paste(out.crop((0, 0, size[0], min(h, size[1] - h))), (0, h))
        h *= 2
    return out


def clouds(size, rng, cells, low, high):
    """Smooth uneven tone, as of plaster or hand-dyed wool: `cells` across, levels low to high."""
    rows = max(2, round(cells * size[1] / size[0]))
    small = Image.frombytes("L", (cells, rows), rng.randbytes(cells * rows))
    table = [round(low + (high - low) * i / 255) for i in range(256)]
    return small.resize(size, Image.Resampling.BICUBIC).point(table)


def multiply(img, tone):
    """The RGB image darkened by an L image of its size."""
    return ImageChops.multiply(img, Image.merge("RGB", (tone, tone, tone)))


def finish(img, rng):
    """Fall of light over the whole picture and a fine grain, as of a good print."""
    falloff = Image.new("L", (5, 6))
    for y in range(6):
        for x in range(5):
            corner = math.hypot((x - 1.5) / 3.2, (y - 2.0) / 4.6)
            falloff.putpixel((x, y), round(258 - 30 * corner**1.6))
    img = multiply(img, falloff.resize(img.size, Image.Resampling.BICUBIC))
    offset = rng.randrange(64)
    grain = tiled(noise(256, 256, 0, 13), (img.width + offset, img.height)).crop(
        (offset, 0, img.width + offset, img.height)
    )
    return ImageChops.add(img, Image.merge("RGB", (grain, grain, grain)), 1, -6)
