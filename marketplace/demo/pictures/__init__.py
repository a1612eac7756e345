"""Illustrations for the demo, drawn by code: listings, portraits and landscapes. All deterministic in their arguments."""

from PIL import Image

from .canvas import finish, rng_for
from .catalogue import DRAWERS

__all__ = ["draw_listing"]


def draw_listing(craft, seed, view=0, size=(960, 1200)):
    """A picture (RGB, width by height in pixels) of a piece of the craft; view 0 is the whole piece, 1 a close detail.

    The same seed shows the same piece in every view. KeyError for a craft that is not in crafts.json.
    """
    k = size[0] / 960
    img = DRAWERS[craft](rng_for(craft, seed), rng_for(craft, seed, view), view, k)
    if img.size != tuple(size):
        img = img.resize(size, Image.Resampling.LANCZOS)
    return finish(img, rng_for("light", craft, seed, view))
