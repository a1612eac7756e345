import logging
import time

from django.core.management.base import BaseCommand

from marketplace.demo import bulk, going_back, orders, pages, payouts, people, seeding
from search import indexing
from shop.listings.changes import gathered_changes


class Command(BaseCommand):
    help = "Fills the shop with the demo; with --products N, with a made-up catalogue of N listings for measuring."

    def add_arguments(self, parser):
        parser.add_argument("--products", type=int, metavar="N", help="a catalogue of N listings, 1 to 100000")
        parser.add_argument("--no-pictures", action="store_true", help="draw no pictures")
        parser.add_argument("--only-draw", action="store_true", help="draw the pictures and leave the database alone")
        parser.add_argument("--no-orders", action="store_true", help="place no orders, as with --products")
        parser.add_argument("--no-index", action="store_true", help="leave the search index as it is")

    def handle(
        self,
        *args,
        products: int | None,
        no_pictures: bool,
        only_draw: bool,
        no_orders: bool,
        no_index: bool,
        **options,
    ):
        if only_draw:
            seeding.draw_pictures(self.say)
            return
        started = time.monotonic()
        # The pretend provider's messages find no server yet; the tick delivers them when one runs.
        logging.getLogger("shop.outbox.services").setLevel(logging.ERROR)
        with gathered_changes():
            seeding.seed_rates()
            makers = seeding.seed_makers()
            self.say(f"{len(makers)} makers")
            ids = seeding.seed_listings(makers)
            self.say(f"{len(ids)} listings")
            signs_in = people.seed_people()
            if not no_pictures:
                seeding.draw_pictures(self.say)
                seeding.hang_up_pictures()
            pages.seed_pages(self.say)
            if not (no_orders or products):
                orders.seed_orders(self.say)
                going_back.seed_going_back(self.say)
                payouts.seed_payouts(self.say)
            if products:
                bulk.seed_products(products, self.say)
        if not no_index:
            for name, count in indexing.rebuild(progress=lambda done: self.say(f"  {done} listings indexed")).items():
                self.say(f"{count} listings in the search index ({name})")
        self.say(f"Demo ready after {time.monotonic() - started:.0f} s. Sign in as:")
        for role, email, password in signs_in:
            self.say(f"  {role:22} {email:28} {password}")

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
