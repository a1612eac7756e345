"""What was typed into a checkout whose basket had gone meanwhile: kept for the next one, in the session."""

from shop.checkout.cards import has_card

KEY = "checkout_typed"
KEPT = ("email", "first_name", "last_name", "country", "line1", "city", "state", "postcode", "phone", "note")
LONGEST = 1000


def keep(request) -> None:
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in KEPT}
    # A session is written into the database, where no card's number may be.
    request.session[KEY] = {name: value for name, value in typed.items() if value and not has_card(value)}


def kept(request) -> dict[str, str]:
    """Field → what was typed; empty when nothing is kept."""
    return request.session.get(KEY, {})


def forget(request) -> None:
    if KEY in request.session:
        del request.session[KEY]
