import json
import tempfile
import uuid
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines.base import Engine, EngineError
from search.engines.embedded import EmbeddedEngine
from search.evaluation import evaluate, read_catalogue, read_queries, shortfalls
from search.precision import crowd, precision

TOLERANCE = 0.01


class Command(BaseCommand):
    help = (
        "Measures how well judged queries are answered over a catalogue, in an index of its own: the shop's database "
        "and indexes are left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("catalogue", type=Path, help="a CSV as of import_catalogue")
        parser.add_argument("queries", type=Path, help="tab-separated: kind, language, query, relevant, concepts")
        parser.add_argument("--engine", choices=["embedded", "elasticsearch"], default="embedded")
        parser.add_argument("--baseline", type=Path, help="a JSON of figures; fail when one is missed")
        parser.add_argument("--tolerance", type=float, default=TOLERANCE, help="how far below it may be")
        parser.add_argument(
            "--beside",
            type=int,
            default=0,
            metavar="N",
            help="also among N made-up listings: right among the first ten",
        )
        parser.add_argument("--failures", type=int, default=0, metavar="N", help="name N queries without an answer")

    def handle(self, *args, catalogue: Path, queries: Path, engine: str, **options):
        try:
            listings, judged = read_catalogue(catalogue), read_queries(queries)
            baseline = json.loads(options["baseline"].read_text()) if options["baseline"] else {}
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"The files cannot be read: {error!r}") from error
        try:
            with _own_index(engine) as index:
                index.rebuild(listings)
                report = evaluate(index, listings, judged)
                if options["beside"]:
                    index.index(crowd(options["beside"]))
                    right = precision(index, judged)
                    self.stdout.write(f"among {options['beside']} others: {right:.3f} of the first ten are right")
        except EngineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join([f"{engine}: {len(listings)} listings", *report.lines()]))
        for missed in report.failures[: options["failures"]]:
            self.stdout.write(f"  nothing found: {missed.language} {missed.kind}: {missed.text}")
        below = shortfalls(report, baseline, options["tolerance"])
        if below:
            raise CommandError("Below the baseline:\n  " + "\n  ".join(below))


@contextmanager
def _own_index(name: str):
    if name == "embedded":
        with tempfile.TemporaryDirectory() as folder:
            yield EmbeddedEngine(Path(folder) / "index.sqlite3")
        return
    if not settings.ELASTICSEARCH_URL:
        raise CommandError("ELASTICSEARCH_URL names no server.")
    from search.engines.elasticsearch import ElasticsearchEngine

    engine: Engine = ElasticsearchEngine(settings.ELASTICSEARCH_URL, f"eval-{uuid.uuid4().hex[:12]}")
    try:
        yield engine
    finally:
        engine.drop()
