"""What `docs/architecture.md` promises about the tree and no linter sees: imports through strings, vendors' one door,
templates without inline code, modules and functions that can be read at once."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ["shop", "artisans", "cms", "search", "marketplace"]
# Labels of our own apps that are not under `shop`; every other label is Oscar's, Wagtail's or the shop's.
HOME_OF_LABEL = {"artisans": "artisans", "cms": "cms", "search": "search", "marketplace": "marketplace"}
LOADERS = {"get_class", "get_classes", "get_model", "get_app_config"}
VENDORS = {"elasticsearch": "search/engines/elasticsearch.py", "stripe": "shop/checkout/stripe.py"}
MODULE_LINES, FUNCTION_LINES = 400, 60
# Drawing a thing is one long recipe without decisions.
RECIPES = ROOT / "marketplace" / "demo" / "pictures"

MODULES = sorted(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def loaded(tree: ast.AST):
    """(line, first argument) of every call that loads a class or model by the name of its app."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        argument = node.args[0]
        if called in LOADERS and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield node.lineno, argument.value


def imported(tree: ast.AST):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def climbs(layer: str, label: str) -> bool:
    """Whether a module of this layer would reach up by loading from the app of this label."""
    home = HOME_OF_LABEL.get(label.split(".")[0], "shop")
    return LAYERS.index(home) > LAYERS.index(layer)


def test_no_string_loads_from_a_higher_layer():
    wrong = [
        f"{name(path)}:{line} loads {label}"
        for path, tree in TREES.items()
        for line, label in loaded(tree)
        if climbs(path.relative_to(ROOT).parts[0], label)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_check_of_strings_sees_a_reach_up():
    tree = ast.parse('get_model("artisans", "Artisan")\napps.get_model("search.Thing")')
    assert [climbs("shop", label) for _line, label in loaded(tree)] == [True, True]


@pytest.mark.parametrize(("vendor", "home"), VENDORS.items())
def test_a_vendors_client_is_imported_in_one_module(vendor, home):
    users = {name(path) for path, tree in TREES.items() if any(m.split(".")[0] == vendor for m in imported(tree))}
    assert users <= {home}


def test_trade_works_without_the_pages():
    """Nothing under shop or artisans imports Wagtail."""
    below = [path for path in MODULES if path.relative_to(ROOT).parts[0] in ("shop", "artisans")]
    assert not [name(path) for path in below if any(m.split(".")[0] == "wagtail" for m in imported(TREES[path]))]


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_no_template_has_inline_style_or_script(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.S)
    found = re.findall(r"<style\b|\sstyle\s*=|<[^>]*\son[a-z]+\s*=|javascript:", text, flags=re.I)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert not found + [script for script in scripts if "src=" not in script and "json" not in script]


def test_modules_can_be_read_at_once():
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {path: lines for path, lines in long.items() if lines >= MODULE_LINES}


def functions(path: Path):
    """(name, lines) of every function of a module."""
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield f"{name(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_functions_can_be_read_at_once():
    readable = [path for path in MODULES if RECIPES not in path.parents]
    long = [(where, lines) for path in readable for where, lines in functions(path) if lines > FUNCTION_LINES]
    assert not long
