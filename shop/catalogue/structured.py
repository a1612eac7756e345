"""What search engines read of a listing: schema.org's Product as JSON-LD."""

import json

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

# A listing's words are its maker's: nothing in them may end the script element that this stands in.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_AVAILABLE, _GONE = "https://schema.org/InStock", "https://schema.org/SoldOut"


def product_data(product, said: dict, url: str, infos: list) -> SafeString:
    """JSON-LD of a listing, safe inside <script>. `said`: of `shop.catalogue.saying`; `infos`: price and availability
    of each variant."""
    data = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": said["title"],
        "description": said["text"]["story"],
        "inLanguage": said["text"]["language"],
        "sku": product.upc,
        "url": url,
        "image": [f"{settings.SITE_URL}/pictures/{picture['id']}/1280.jpg" for picture in said["pictures"]],
        "material": [name for _material, name in said["materials"]],
        "countryOfOrigin": product.artisan.country,
        "brand": {"@type": "Brand", "name": product.artisan.name},
        "offers": [_offer(info, url) for info in infos if info.price.exists],
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above


def _offer(info, url: str) -> dict:
    return {
        "@type": "Offer",
        "url": url,
        "price": f"{info.price.incl_tax:.2f}",
        "priceCurrency": info.price.currency,
        "availability": _AVAILABLE if info.availability.is_available_to_buy else _GONE,
        "itemCondition": "https://schema.org/NewCondition",
    }
