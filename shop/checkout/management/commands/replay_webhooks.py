from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shop.checkout.replaying import replay


def a_time(text: str) -> datetime:
    """A date or time as ISO 8601 writes it; the server's zone where it names none."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else timezone.make_aware(found)


class Command(BaseCommand):
    help = (
        "Handles stored webhooks again, oldest first: those that were not handled yet, or with --all every one. Safe at"
        " any time, any number of times. Exits 1 when one fails, and says why."
    )

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="those that were handled, too")
        parser.add_argument("--since", type=a_time, metavar="TIME", help="received at or after, for example 2026-11-24")
        parser.add_argument("--kind", default="", help="of this kind or family: charge.dispute.closed, charge.dispute")
        parser.add_argument("--event", default="", help="the one with this number")

    def handle(self, *args, **options):
        done, failed = replay(options["since"], options["kind"], options["event"], handled_too=options["all"])
        for event, reason in failed:
            self.stdout.write(f"{event}: {reason}")
        self.stdout.write(f"handled: {done}, failed: {len(failed)}")
        if failed:
            raise CommandError("Not every event could be handled; their reasons are above and in the table.")
