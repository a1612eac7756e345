import io
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.importing import BadCatalogue, import_catalogue
from search.indexing import index_products
from shop.listings.changes import listings_changed


class Command(BaseCommand):
    help = "Imports listings from a CSV: all rows or none, every bad row named. Creates or updates by upc."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--create-artisans", action="store_true", help="make an approved demo maker of an unknown slug"
        )

    def handle(self, *args, file: str, create_artisans: bool, **options):
        try:
            ids = import_catalogue(read_lines(file), create_artisans, self.progress)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except BadCatalogue as bad:
            problems = "\n".join(f"  {problem}" for problem in bad.problems)
            raise CommandError(f"Nothing was imported. Please mend these rows:\n{problems}") from bad
        try:
            index_products(ids)
        except EngineError as error:
            listings_changed(ids)
            self.stderr.write(
                f"{len(ids)} listings imported and on sale. {error}\n"
                "Search finds all of them as soon as its index can be written again: the tick tries each minute."
            )
        else:
            self.stdout.write(f"{len(ids)} listings imported; search finds them now.")

    def progress(self, done: int, total: int) -> None:
        self.stdout.write(f"  {done}/{total}")
        self.stdout.flush()


def read_lines(file: str) -> io.StringIO:
    """The file's text, a mark of its byte order taken off; CommandError names the line that is not UTF-8."""
    content = Path(file).read_bytes()
    try:
        return io.StringIO(content.decode("utf-8-sig"), newline="")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CommandError(
            f"{file} cannot be read: line {line} is not UTF-8. Please save the file as UTF-8."
        ) from error
