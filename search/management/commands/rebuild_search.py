import time

from django.core.management.base import BaseCommand, CommandError

from search import engines, indexing


class Command(BaseCommand):
    help = "Builds the search index anew from the database, while the old one keeps answering."

    def add_arguments(self, parser):
        parser.add_argument("--engine", choices=["elasticsearch", "embedded"], help="the one in use when left out")

    def handle(self, *args, engine: str | None, **options):
        started = time.monotonic()
        try:
            chosen = engines.get_engine(engine) if engine else engines.get_engine()
        except engines.EngineError as error:
            raise CommandError(str(error)) from error
        count = indexing.rebuild(chosen, progress=lambda done: self.stdout.write(f"  {done} listings"))
        seconds = time.monotonic() - started
        self.stdout.write(f"{count} listings in {seconds:.1f} s ({count / max(seconds, 0.001):.0f} a second).")
