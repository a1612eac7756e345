"""Lighthouse on a phone over the demo shop: `.ci/lighthouse [RUNS]`. Prints the median of each score; fails below 0.95.

A shared machine is noisy, so that each page is looked at RUNS times (5 when not said) and the median counts.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
django.setup()

from tests.e2e.seeding import demo_site, seed  # noqa: E402
from tests.live.shopper import Shopper  # noqa: E402

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = 0.95
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
# The basket is a shopper's own and closed to search engines, which costs it the first of these audits.
CLOSED = {"basket": ["is-crawlable"]}


def pages(site) -> dict[str, str]:
    """{name: path}: what a shopper sees first, and the way to the basket."""
    listing = site.manage("shell", "--verbosity", "0", "-c", LISTING).strip().splitlines()[-1]
    return {
        "home": "/en/",
        "list": "/en/catalogue/",
        "listing": listing,
        "basket": "/en/basket/",
        "storefront": "/en/makers/chor-shox-nurota/",
        "story": "/en/stories/margilan-ikat-tying-a-cloud/",
    }


LISTING = """
from oscar.core.loading import get_model
product = get_model("catalogue", "Product").objects.filter(structure="standalone").order_by("pk").first()
print(f"/en/catalogue/{product.slug}_{product.pk}/")
"""

# Lighthouse now and then misses the start of a page (NO_NAVSTART): that says nothing of the page.
TRIES = 3


def look(url: str, cookies: str, left_out: list[str]) -> dict:
    command = [os.environ["LIGHTHOUSE"], url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--extra-headers", json.dumps({"Cookie": cookies})]
    if left_out:
        command.append(f"--skip-audits={','.join(left_out)}")
    for _attempt in range(TRIES):
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode == 0:
            return json.loads(done.stdout)
    raise SystemExit(done.stderr)


def failings(report: dict) -> list[str]:
    """Audits that cost something, outside performance."""
    costly = {
        audit["id"]
        for name, category in report["categories"].items()
        if name != "performance"
        for audit in category["auditRefs"]
        if audit["weight"]
    }
    return [f"{id}: {report['audits'][id]['title']}" for id in costly if (report["audits"][id]["score"] or 0) < 1 and
            report["audits"][id]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")]  # fmt: skip


def measure(site, runs: int) -> bool:
    shopper = Shopper(site.url)
    found = pages(site)
    shopper.send(shopper.get(found["listing"]), "/basket/add/")
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in shopper.cookies)
    well = True
    print(f"{'':12}" + "".join(f"{name:>16}" for name in CATEGORIES) + f"{'LCP s':>8}{'CLS':>8}{'KB':>6}")
    for name, path in found.items():
        shopper.get(path)  # what is made once (pictures, compiled templates) is not what is measured
        look(site.url + path, cookies, CLOSED.get(name, []))
        reports = [look(site.url + path, cookies, CLOSED.get(name, [])) for _ in range(runs)]
        scores = [median(reports, lambda report, c=c: report["categories"][c]["score"]) for c in CATEGORIES]
        lcp = median(reports, lambda report: report["audits"]["largest-contentful-paint"]["numericValue"]) / 1000
        cls = median(reports, lambda report: report["audits"]["cumulative-layout-shift"]["numericValue"])
        size = median(reports, lambda report: report["audits"]["total-byte-weight"]["numericValue"]) / 1024
        print(f"{name:12}" + "".join(f"{score:16.2f}" for score in scores) + f"{lcp:8.2f}{cls:8.3f}{size:6.0f}")
        for failing in failings(reports[-1]):
            print(f"    {failing}")
        well = well and min(scores) >= WANTED
    return well


def median(reports: list[dict], of) -> float:
    return statistics.median(of(report) for report in reports)


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    kept = os.environ.get("KARVAN_SEEDED")
    with tempfile.TemporaryDirectory() as fresh:
        site = demo_site(Path(kept or fresh))
        seed(site)
        try:
            return 0 if measure(site.start(), runs) else 1
        finally:
            site.kill()


if __name__ == "__main__":
    sys.exit(main())
