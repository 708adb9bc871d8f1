"""The straight line of the program: a package imports only from those above it."""

import ast
import importlib
from pathlib import Path

import pytest

import corridor

ROOT = Path(corridor.__file__).parent
LINE = ["scenario", "evidence", "network", "routing", "costs", "analysis", "futures", "report", "evidence_book"]
FOUNDATIONS = {"errors", "names", "tables", "bundled", "road_kinds", "boundaries", "visible_text", "__init__"}


def corridor_imports(path: Path) -> set[str]:
    """Packages and modules of corridor that a file imports at run time."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "corridor":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("corridor.")}
    return found


@pytest.mark.parametrize("package", LINE)
def test_a_package_imports_only_from_those_above_it_in_the_line(package: str) -> None:
    allowed = FOUNDATIONS | {"__version__"} | set(LINE[: LINE.index(package) + 1])
    for path in sorted((ROOT / package).rglob("*.py")):
        stray = corridor_imports(path) - allowed
        assert not stray, f"{path.relative_to(ROOT)} imports {sorted(stray)}"


def test_the_foundations_import_nothing_but_each_other() -> None:
    for name in FOUNDATIONS:
        assert corridor_imports(ROOT / f"{name}.py") <= FOUNDATIONS


def test_every_package_is_in_the_line() -> None:
    packages = {path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert packages == set(LINE)


@pytest.mark.parametrize("path", sorted((ROOT.parent / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_asks_for_names_that_exist(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("corridor"):
            module = importlib.import_module(str(node.module))
            assert not [alias.name for alias in node.names if not hasattr(module, alias.name)]
