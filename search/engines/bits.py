"""Sets of small numbers as the bits of one integer: fast to join, cut and count. Pure."""

from collections.abc import Iterable, Sequence

_OF_BYTE = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def of(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, all below size."""
    data = bytearray((size >> 3) + 1)
    for number in numbers:
        data[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(data, "little")


def numbers(bits: int) -> list[int]:
    """The numbers of a set, ascending."""
    data = bits.to_bytes((bits.bit_length() + 7) >> 3, "little")
    return [(at << 3) + bit for at, byte in enumerate(data) if byte for bit in _OF_BYTE[byte]]


def first_in_order(bits: int, order: Sequence[int], ranks: Sequence[int], limit: int) -> list[int]:
    """The first `limit` numbers of the set in a given order: `order` has all numbers, `ranks` the place of each."""
    count = bits.bit_count()
    if count * 16 < len(order) or count <= limit:
        return sorted(numbers(bits), key=ranks.__getitem__)[:limit]
    data = bits.to_bytes((max(bits.bit_length(), len(order)) + 7) >> 3, "little")
    found: list[int] = []
    for number in order:
        if data[number >> 3] >> (number & 7) & 1:
            found.append(number)
            if len(found) == limit:
                break
    return found
