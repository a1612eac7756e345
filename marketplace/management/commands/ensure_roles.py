from django.core.management.base import BaseCommand

from marketplace.roles import ensure_roles


class Command(BaseCommand):
    help = "Creates the groups of editors and moderators and gives them their permissions. Harmless to run again."

    def handle(self, *args, **options):
        ensure_roles()
