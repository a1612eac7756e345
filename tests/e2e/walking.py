"""Walks over the pages of a running shop with axe, and keeps their HTML for the checker."""

import json
import os
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.addresses import owner, pages

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What another colour scheme can change.
COLOURS = ["color-contrast", "link-in-text-block"]
AXE = """async only => (await axe.run(document, {runOnly: only, resultTypes: ["violations"]}))
    .violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)} ${node.any.concat(node.all).map(each => each.message).join(" ").slice(0, 200)}`))"""  # noqa: E501
# Their links lead on to the page proper, so that what is secret in them does not stay in the address.
LEAD_ON = {"account_reset_password_from_key"}
# The payment page speaks the order's.
KEEPS_ITS_LANGUAGE = {"sandbox:pay", "sandbox:pay signed in"}


@dataclass
class Walk:
    """What was seen on the way, each as "page: what"."""

    folder: Path
    strange: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    seen: int = 0

    def look(self, tab, name: str, html: str, language: str) -> None:
        """Looks at the page that the tab shows; `html` is what the server sent."""
        self.seen += 1
        where = f"{name} ({language})"
        sent = re.search(r"<html lang=\"([\w-]+)\"", html)
        if (not sent or sent[1] != language) and name not in KEEPS_ITS_LANGUAGE:
            self.strange.append(f"{where}: its language is {sent and sent[1]}")
        (self.folder / f"{self.seen:03}-{re.sub(r'[^a-z0-9]+', '-', name.lower())}-{language}.html").write_text(html)
        tab.emulate_media(color_scheme="light")
        tab.evaluate(Path(os.environ["AXE_JS"]).read_text())
        found = tab.evaluate(AXE, {"type": "tag", "values": WCAG})
        tab.emulate_media(color_scheme="dark")
        found += [f"dark {each}" for each in tab.evaluate(AXE, {"type": "rule", "values": COLOURS})]
        self.barriers += [f"{where}: {each}" for each in found]

    def visit(self, tab, name: str, path: str, language: str, status: int = 200) -> None:
        answer = tab.goto(path if path.startswith("/") else f"/{language}/{path}")
        where = f"{name} ({language})"
        if answer.status != status or (answer.request.redirected_from and name not in LEAD_ON):
            self.strange.append(f"{where}: {path} answered {answer.status} at {answer.url}")
        self.look(tab, name, answer.text(), language)


def itinerary(examples: dict) -> list[tuple[str, str, str]]:
    """(name, who looks, path) of every page."""
    found = []
    for name, address in pages().items():
        if name in examples["pages"]:
            found += [(name, role, path) for role, path in examples["pages"][name]]
        else:
            found.append((name, owner(name, address), address))
    return found


def nu(folder: Path) -> list[str]:
    """What the Nu HTML checker holds against the pages in the folder."""
    command = ["java", "-Xss2m", "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{Path(each.get('url', '')).name}:{each.get('lastLine')}: {each['message']} {each.get('extract', '')[:120]}"
        for each in messages
    ]
