from typing import Any

from django.core.management.base import BaseCommand

from shop.settlement.verifying import verify


class Command(BaseCommand):
    help = "Proves the books: a line per currency, last a hash of every entry. Exit code 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify()
        for line in report.lines:
            self.stdout.write(line)
        for problem in report.problems:
            self.stderr.write(problem)
        self.stdout.write(report.hash)
        if report.problems:
            raise SystemExit(1)
