from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.thesaurus import cldr, read
from search.thesaurus.sources import shares, write


class Command(BaseCommand):
    help = "Counts the vocabulary's concepts and terms, and the share of terms that a source confirms."

    def add_arguments(self, parser):
        parser.add_argument(
            "--cldr",
            metavar="FOLDER",
            type=Path,
            help=f"compare with the CLDR first: a folder with the unpacked npm packages {', '.join(cldr.PACKAGES)}",
        )

    def handle(self, *args, cldr: Path | None, **options):
        concepts = read()
        if cldr is not None:
            self.compare(concepts, cldr)
        counted = shares(concepts.values())
        self.stdout.write(f"{len(concepts)} concepts, {counted['all'][1]} terms")
        for language, (known, total) in counted.items():
            self.stdout.write(f"  {language:<4} {total:>6} terms, {known:>5} confirmed ({known / total:.1%})")

    def compare(self, concepts, folder: Path) -> None:
        try:
            write(cldr.confirmed(concepts.values(), cldr.load(folder)))
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
