"""What the stock shop finds for each text. Runs inside it: `python -m bench.stock.ask TEXTS FOUND`.

TEXTS is a JSON list of what is typed; FOUND becomes the first ten UPCs for each, as the search page shows them.
"""

import json
import sys
from pathlib import Path

import django

FIRST = 10


def main(source: Path, target: Path) -> None:
    django.setup()
    from haystack.query import SearchQuerySet
    from oscar.core.loading import get_class

    form = get_class("search.forms", "SearchForm")
    asked = [form({"q": text}, searchqueryset=SearchQuerySet()) for text in json.loads(source.read_text())]
    target.write_text(json.dumps([[hit.upc for hit in one.search()[:FIRST]] for one in asked]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
