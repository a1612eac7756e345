import time

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.indexing import rebuild


class Command(BaseCommand):
    help = "Builds the search index anew from the database, while the old one keeps answering."

    def add_arguments(self, parser):
        parser.add_argument(
            "--engine", choices=["elasticsearch", "embedded"], help="only this one; all in use otherwise"
        )

        parser.add_argument(
            "--workers", type=int, default=1, metavar="N", help="processes that read listings; for many listings"
        )

    def handle(self, *args, engine: str | None, workers: int, **options):
        started = time.monotonic()
        try:
            counts = rebuild([engine] if engine else None, progress=self.progress, workers=workers)
        except EngineError as error:
            raise CommandError(f"The index was not rebuilt: {error}") from error
        if not counts:
            raise CommandError(f"{engine} is not in use here (set ELASTICSEARCH_URL).")
        seconds = time.monotonic() - started
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count} listings, in {seconds:.1f} s.")

    def progress(self, done: int) -> None:
        self.stdout.write(f"  {done} listings")
        self.stdout.flush()
