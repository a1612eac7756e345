from django.core.management.base import BaseCommand, CommandError

from search import engines
from search.comparing import compare
from search.engines.base import EngineError

NAMED = 10


class Command(BaseCommand):
    help = "Compares the search indexes with the database: what is missing, left over or out of date."

    def add_arguments(self, parser):
        parser.add_argument("--repair", action="store_true", help="put right what differs")
        parser.add_argument("--engine", choices=["elasticsearch", "embedded"], help="only this one")

    def handle(self, *args, repair: bool, engine: str | None, **options):
        differs = False
        for one in engines.engines():
            if engine in (None, one.name):
                differs = self.compare(one, repair) or differs
        if differs and not repair:
            raise CommandError("Index and database differ; --repair puts it right.")

    def compare(self, engine, repair: bool) -> bool:
        try:
            found = compare(engine, repair)
        except EngineError as error:
            raise CommandError(f"{engine.name} could not be compared: {error}") from error
        self.stdout.write(
            f"{engine.name}: {found.compared} listings, {len(found.missing)} missing, {len(found.extra)} left over, "
            f"{len(found.stale)} out of date{', put right' if found and repair else ''}."
        )
        for name, ids in (("missing", found.missing), ("left over", found.extra), ("out of date", found.stale)):
            if ids:
                self.stdout.write(f"  {name}: {', '.join(map(str, sorted(ids)[:NAMED]))}")
        return bool(found)
