"""One sheet of all the demo's illustrations: python -m marketplace.demo.contact_sheet docs/contact-sheet.jpg"""

import json
import math
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from marketplace.demo.pictures import draw_listing

DATA = Path(__file__).parent / "data"
CRAFTS = Path(__file__).parents[2] / "shop" / "listings" / "data" / "crafts.json"
THUMB = (168, 210)  # pixels of one picture on the sheet
MARGIN, CAPTION_HEIGHT = 10, 18
MAX_BYTES = 3_000_000
PAPER, INK = (246, 241, 232), (70, 58, 48)


def wanted_pictures():
    """(label, craft, seed, view) of every picture of the demo's listings; three seeds of each craft without data."""
    wanted = []
    for path in sorted(DATA.glob("??.json")):
        for listing in json.loads(path.read_text(encoding="utf-8"))["listings"]:
            for view in range(listing["pictures"]):
                wanted.append((f"{listing['upc']}  {listing['craft']}", listing["craft"], listing["upc"], view))
    if wanted:
        return wanted
    crafts = json.loads(CRAFTS.read_text(encoding="utf-8"))
    return [(f"{craft} {seed}", craft, str(seed), 0) for craft in crafts for seed in range(3)]


def draw(wish):
    """One labelled thumbnail; drawn at twice its size, which is quicker than a full picture."""
    label, craft, seed, view = wish
    size = (THUMB[0] * 2, THUMB[1] * 2)
    return label, draw_listing(craft, seed, view, size).resize(THUMB, Image.Resampling.LANCZOS)


def make_contact_sheet(pictures, path):
    """Write the (label, image) pairs as one captioned JPEG of at most 3 MB; ValueError when there are none."""
    pictures = list(pictures)
    if not pictures:
        raise ValueError("no pictures for a contact sheet")
    columns = max(1, round(math.sqrt(len(pictures) * 1.7)))
    rows = math.ceil(len(pictures) / columns)
    w, h = THUMB[0] + MARGIN, THUMB[1] + CAPTION_HEIGHT + MARGIN
    sheet = Image.new("RGB", (columns * w + MARGIN, rows * h + 40 + MARGIN), PAPER)
    pen = ImageDraw.Draw(sheet)
    pen.text((MARGIN, 10), "Illustrations drawn by code", INK, ImageFont.load_default(20))
    font = ImageFont.load_default(11)
    for i, (label, image) in enumerate(pictures):
        x, y = MARGIN + i % columns * w, 40 + i // columns * h
        sheet.paste(image.resize(THUMB, Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 1, y + THUMB[1] + 2), label, INK, font)
    save_within(sheet, path, MAX_BYTES)


def save_within(sheet, path, limit):
    """Save as JPEG at the best quality that keeps the file under the limit (bytes)."""
    for quality in (86, 78, 70, 60, 50, 40, 30):
        sheet.save(path, "JPEG", quality=quality, optimize=True)
        if Path(path).stat().st_size <= limit:
            return


def main(path):
    wanted = wanted_pictures()
    with ProcessPoolExecutor() as pool:
        make_contact_sheet(pool.map(draw, wanted, chunksize=8), path)


if __name__ == "__main__":
    main(sys.argv[1])
