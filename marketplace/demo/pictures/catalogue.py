"""Which drawer draws which craft."""

from . import (
    carpets,
    ceramics,
    embroidery,
    felt,
    furniture,
    garments,
    headgear,
    home,
    instruments,
    jewellery,
    lacquer,
    leather,
    metal,
    miniature,
    paper,
    smallwear,
    textiles,
    toys,
    wood,
)
from .canvas import SUPERSAMPLE
from .cloth import draw_cloth
from .stage import new_picture

SQUARE, LONG, RUG, TALL = (700, 700), (640, 900), (620, 900), (560, 940)


def cloth(pattern, size, weave, ways, **more):
    """A drawer for a piece of cloth: see cloth.draw_cloth for the words of the spec."""
    spec = {"pattern": pattern, "w": size[0], "h": size[1], "weave": weave, "ways": ways, **more}
    return lambda pattern_rng, rng, view, k: draw_cloth(spec, pattern_rng, rng, view, k)


RUG_WAYS = ["laid", "floor", "laid", "hung"]
WOOL_FRINGE, SILK_FRINGE = (224, 210, 184), (214, 190, 150)
rug = {"fringe": WOOL_FRINGE, "stiff": True, "back": (168, 128, 104)}

CLOTHS = {
    "textile": cloth(textiles.silk, LONG, "plain", ["hung", "stack", "laid"]),
    "embroidery": cloth(embroidery.suzani, LONG, "plain", ["hung", "laid"]),
    "suzani": cloth(embroidery.suzani, LONG, "plain", ["hung", "hung", "laid"]),
    "gold-embroidery": cloth(embroidery.gold_embroidery, LONG, "velvet", ["hung", "laid"], back=(120, 96, 70)),
    "chakan": cloth(embroidery.chakan, LONG, "silk", ["hung", "laid", "stack"]),
    "tush-kyiz": cloth(embroidery.tush_kyiz, (760, 800), "plain", ["hung"], fringe=(40, 30, 30)),
    "ikat": cloth(textiles.ikat, LONG, "silk", ["hung", "stack", "laid", "hung"]),
    "silk": cloth(textiles.silk, TALL, "silk", ["hung", "stack", "laid"], fringe=SILK_FRINGE),
    "kelaghayi": cloth(textiles.kelaghayi, SQUARE, "silk", ["laid", "hung"]),
    "keteni": cloth(textiles.keteni, LONG, "silk", ["hung", "stack", "laid"]),
    "block-print": cloth(textiles.block_print, LONG, "plain", ["hung", "stack", "laid"]),
    "patchwork": cloth(textiles.patchwork, LONG, "plain", ["laid", "hung", "stack"]),
    "carpet": cloth(carpets.carpet, RUG, "knot", RUG_WAYS, **rug),
    "turkmen-carpet": cloth(carpets.turkmen, RUG, "knot", RUG_WAYS, **rug),
    "azerbaijani-carpet": cloth(carpets.azerbaijani, RUG, "knot", RUG_WAYS, **rug),
    "kilim": cloth(carpets.kilim, RUG, "rib", RUG_WAYS, **rug),
    "sumakh": cloth(carpets.sumakh, RUG, "diagonal", RUG_WAYS, **rug),
    "yurt-band": cloth(textiles.yurt_band, (560, 960), "rib", ["hung", "laid"], **rug),
    "felt": cloth(felt.shyrdak, RUG, "felt", ["laid", "floor"], stiff=True),
    "shyrdak": cloth(felt.shyrdak, RUG, "felt", ["laid", "hung", "floor"], stiff=True, back=(150, 140, 126)),
    "ala-kiyiz": cloth(felt.ala_kiyiz, RUG, "felt", ["laid", "floor", "laid"], stiff=True, back=(150, 140, 126)),
    "syrmak": cloth(felt.syrmak, RUG, "felt", ["laid", "hung", "floor"], stiff=True, back=(150, 140, 126)),
    "headscarf": cloth(textiles.headscarf, SQUARE, "silk", ["laid", "hung"], fringe=SILK_FRINGE),
}


def thing(draw, focus=(480, 640), zoom=2.0, frame=1.0):
    """A drawer for a solid thing: drawn large and reduced; the detail moves nearer to the focus (design units).

    A frame over 1 brings the whole piece nearer too, where the thing is small.
    """

    def drawer(pattern_rng, rng, view, k):
        nearer = zoom * rng.uniform(0.92, 1.08) if view else frame * rng.uniform(1.0, 1.04)
        reach = 30 if view else 8
        middle = focus if view else (480, max(focus[1], 620))
        c = new_picture(k * SUPERSAMPLE, nearer, [m + rng.uniform(-reach, reach) for m in middle])
        draw(c, pattern_rng)
        return c.img.reduce(SUPERSAMPLE)

    return drawer


THINGS = {
    "ceramics": thing(ceramics.ceramics),
    "rishtan-ceramics": thing(ceramics.rishtan, frame=1.06),
    "gijduvan-ceramics": thing(ceramics.gijduvan, frame=1.06),
    "bowl": thing(ceramics.bowl, (480, 780), frame=1.24),
    "plate": thing(ceramics.plate, (480, 480)),
    "teapot": thing(ceramics.any_teapot, (480, 760), frame=1.02),
    "metal": thing(metal.metal),
    "copper": thing(metal.copper),
    "knife": thing(metal.knife, (430, 640), frame=1.1),
    "jewellery": thing(jewellery.jewellery, (480, 620)),
    "silver": thing(jewellery.silver, (480, 620), frame=1.1),
    "gold": thing(jewellery.gold, (480, 620), frame=1.1),
    "filigree": thing(jewellery.filigree, (480, 620), frame=1.1),
    "necklace": thing(jewellery.necklace, (480, 620)),
    "earrings": thing(jewellery.earrings, (480, 560), frame=1.2),
    "bracelet": thing(jewellery.bracelet, (480, 620), frame=1.14),
    "ring": thing(jewellery.ring, (480, 620), frame=1.2),
    "beads": thing(jewellery.beads, (480, 620)),
    "wood": thing(furniture.wood, (480, 560)),
    "wood-carving": thing(wood.panel, (480, 480)),
    "shebeke": thing(wood.shebeke, (480, 520)),
    "chest": thing(furniture.chest, (480, 720), frame=1.14),
    "cradle": thing(furniture.cradle, (480, 640), frame=1.16),
    "spoon": thing(wood.spoons, (480, 360), frame=1.08),
    "backgammon": thing(furniture.backgammon, (400, 480)),
    "instrument": thing(instruments.instrument, (480, 780)),
    "dombra": thing(instruments.dombra, (480, 780)),
    "komuz": thing(instruments.komuz, (480, 780)),
    "dutar": thing(instruments.dutar, (480, 780)),
    "tar": thing(instruments.tar, (480, 780)),
    "rubab": thing(instruments.rubab, (480, 780)),
    "drum": thing(instruments.drum, (480, 780)),
    "leather": thing(leather.leather, (480, 600)),
    "saddle": thing(leather.saddle, (480, 740), frame=1.04),
    "whip": thing(leather.whip, (480, 640)),
    "painting": thing(miniature.painting, (480, 600)),
    "miniature": thing(miniature.miniature, (480, 680), frame=1.12),
    "papier-mache": thing(lacquer.lacquer, (480, 620), frame=1.2),
    "paper": thing(paper.stack_of_paper, (480, 480), frame=1.14),
    "calligraphy": thing(paper.calligraphy, (520, 600), frame=1.1),
    "toy": thing(toys.toy, (480, 700)),
    "doll": thing(toys.doll, (480, 560), frame=1.12),
    "felt-toy": thing(toys.felt_toy, (520, 700), frame=1.06),
    "clay-toy": thing(toys.clay_toy, (520, 720), frame=1.1),
    "home": thing(home.home, (480, 700)),
    "basket": thing(home.basket, (480, 740), frame=1.16),
    "candle": thing(home.candle, (480, 680), frame=1.12),
    "soap": thing(home.soap, (480, 560)),
    "yurt": thing(home.yurt, (480, 760)),
    "clothing": thing(garments.robe, (480, 520)),
    "robe": thing(garments.robe, (480, 520)),
    "dress": thing(garments.dress, (480, 420)),
    "waistcoat": thing(garments.waistcoat, (480, 620)),
    "hat": thing(headgear.hat, (480, 600), frame=1.12),
    "kalpak": thing(headgear.kalpak, (480, 560), frame=1.1),
    "skullcap": thing(headgear.skullcap, (480, 700), frame=1.1),
    "telpek": thing(headgear.telpek, (480, 640), frame=1.15),
    "socks": thing(smallwear.socks, (420, 600), frame=1.06),
    "gloves": thing(smallwear.gloves, (400, 560), frame=1.1),
    "boots": thing(smallwear.boots, (440, 640), frame=1.04),
    "belt": thing(smallwear.belt, (480, 560), frame=1.06),
    "bag": thing(smallwear.bag, (480, 700), frame=1.12),
}

DRAWERS = {**CLOTHS, **THINGS}
