"""A chart of bars as numbers for an SVG: no library, nothing drawn in the browser. A table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

# The picture's own units.
WIDTH, HEIGHT, FOOT, LEFT = 720, 240, 28, 8


@dataclass(frozen=True)
class Bar:
    """One bar: its box, and where its label stands. `amount` may be below zero: then it hangs from the line."""

    label: str
    amount: Decimal
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True)
class Chart:
    bars: list[Bar]
    zero: float
    lines: list[tuple[float, Decimal]]
    width: int = WIDTH
    height: int = HEIGHT


def bars(values: Sequence[tuple[str, Decimal]]) -> Chart:
    """Bars of equal width for these labelled amounts, on a scale that begins at zero and ends at a round number."""
    top = _round_up(max((amount for _label, amount in values), default=Decimal(0)))
    bottom = -_round_up(-min((amount for _label, amount in values), default=Decimal(0)))
    room, span = HEIGHT - FOOT - 12, (top - bottom) or Decimal(1)

    def y(amount: Decimal) -> float:
        return round(12 + float((top - amount) / span) * room, 1)

    step = (WIDTH - LEFT) / max(len(values), 1)
    drawn = []
    for number, (label, amount) in enumerate(values):
        upper, lower = y(max(amount, Decimal(0))), y(min(amount, Decimal(0)))
        x = LEFT + number * step
        drawn.append(
            Bar(
                label, amount, round(x + step * 0.18, 1), upper, round(step * 0.64, 1), round(lower - upper, 1),
                round(x + step / 2, 1),
            )
        )  # fmt: skip
    lines = [(y(amount), amount) for amount in (top, top / 2, bottom) if amount]
    return Chart(drawn, y(Decimal(0)), lines)


def _round_up(amount: Decimal) -> Decimal:
    """The next 1, 2 or 5 times a power of ten; nothing for nothing."""
    if amount <= 0:
        return Decimal(0)
    power = Decimal(10) ** amount.adjusted()
    for factor in (1, 2, 5):
        if amount <= factor * power:
            return factor * power
    return ((amount / (10 * power)).quantize(Decimal(1), ROUND_CEILING) * 10 * power).normalize() + 0
