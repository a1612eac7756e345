from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shop.settlement import vault
from shop.settlement.rotating import rotate


class Command(BaseCommand):
    help = "new: prints a key for the front of PAYOUT_KEYS. rotate: seals everything anew with the first key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["new", "rotate"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "new":
            self.stdout.write(vault.new_key())
            return
        try:
            done = rotate()
        except vault.Unreadable as error:
            raise CommandError(f"nothing was changed: {error}") from error
        self.stdout.write(f"{done} sealed values are under the newest key; the older keys can go.")
