import time

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from shop.outbox.ticking import tick


class Command(BaseCommand):
    help = "Does what is due: retries messages, ends reservations, settles payments. Run it each minute."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, metavar="SECONDS", help="stay and repeat")

    def handle(self, *args, every: int | None, **options):
        while True:
            close_old_connections()
            done = {name: count for name, count in tick().items() if count}
            if done:
                self.stdout.write(", ".join(f"{name}: {count}" for name, count in done.items()))
            if not every:
                return
            time.sleep(every)
