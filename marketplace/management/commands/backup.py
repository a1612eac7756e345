from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.backups import CannotBackUp, back_up


class Command(BaseCommand):
    help = "Saves database and media into a new folder, with row counts and the ledger's hash."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args, folder: Path, **options):
        try:
            manifest = back_up(folder)
        except CannotBackUp as reason:
            raise CommandError(str(reason)) from reason
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{rows} rows, {manifest['media']} media files, ledger {manifest['ledger']}")
