from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from marketplace.backups import CannotBackUp, restore


class Command(BaseCommand):
    help = "Puts a backup back and proves that its rows and its ledger are the same. Run `migrate` afterwards."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--replace", action="store_true", help="although there are orders, which are given up")

    def handle(self, *args, folder: Path, replace: bool, **options):
        try:
            manifest = restore(folder, replace=replace)
        except CannotBackUp as reason:
            raise CommandError(str(reason)) from reason
        rows = sum(manifest["rows"].values())
        self.stdout.write(f"{rows} rows, {manifest['media']} media files, ledger {manifest['ledger']}: as saved")
