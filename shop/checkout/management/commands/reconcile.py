from django.core.management.base import BaseCommand

from shop.checkout.reconciling import reconcile


class Command(BaseCommand):
    help = (
        "Settles what a crash left: asks the gateway about open payments, ends reservations, handles stored webhooks."
    )

    def handle(self, *args, **options):
        for what, count in reconcile().items():
            self.stdout.write(f"{what}: {count}")
