"""The lines of an address as they are written in its country."""

from shop.checkout.addresses import written


def address_lines(address) -> list[str]:
    """Street, place, region and postcode of one of Oscar's addresses, without name and country."""
    values = {"city": address.line4, "state": address.state, "postcode": address.postcode}
    street = ", ".join(filter(None, (address.line1, address.line2, address.line3)))
    return written(address.country_id, {"line1": street, **values})
