from django.core.management.base import BaseCommand, CommandError

from shop.currency.rates import BadRates, load_rates


class Command(BaseCommand):
    help = "Reads exchange rates from a CSV file with the columns date,currency,per_usd,source."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, file: str, **options):
        try:
            with open(file, encoding="utf-8-sig", newline="") as lines:
                count = load_rates(lines)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read: {error}") from error
        except BadRates as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(error.problems)) from error
        self.stdout.write(f"{count} rates loaded.")
