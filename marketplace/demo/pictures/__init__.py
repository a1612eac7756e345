"""Illustrations for the demo, drawn by code: listings, portraits, landscapes. Deterministic in their arguments."""

from PIL import Image

from .canvas import SUPERSAMPLE, finish, rng_for
from .catalogue import DRAWERS
from .portraits import portrait
from .scenes import scene

__all__ = ["draw_listing", "draw_portrait", "draw_scene"]


def draw_listing(craft, seed, view=0, size=(960, 1200)):
    """A picture (RGB, width by height in pixels) of a piece of the craft; view 0 is the whole piece, 1 a close detail.

    The same seed shows the same piece in every view. KeyError for a craft that is not in crafts.json.
    """
    k = size[0] / 960
    img = DRAWERS[craft](rng_for(craft, seed), rng_for(craft, seed, view), view, k)
    return _printed(img, size, "light", craft, seed, view)


def draw_portrait(seed, country, size=(800, 800), woman=None):
    """A maker's portrait (RGB, pixels) in the dress of the country: KZ, KG, TJ, TM, UZ or AZ, else KeyError.

    `woman` True or False says whom to draw; None leaves it to the seed.
    """
    img = portrait(country, rng_for("portrait", country, seed), SUPERSAMPLE * size[0] / 800, woman)
    return _printed(img.reduce(SUPERSAMPLE), size, "light", country, seed)


def draw_scene(country, seed, size=(1600, 900)):
    """A wide landscape (RGB, pixels) of the country: KZ, KG, TJ, TM, UZ or AZ, else KeyError."""
    img = scene(country, rng_for("scene", country, seed), SUPERSAMPLE * size[0] / 1600)
    return _printed(img.reduce(SUPERSAMPLE), size, "light", country, seed)


def _printed(img, size, *seed):
    if img.size != tuple(size):
        img = img.resize(size, Image.Resampling.LANCZOS)
    return finish(img, rng_for(*seed))
