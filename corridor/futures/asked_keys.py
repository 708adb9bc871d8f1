"""Which numbers can be asked about: keys completed, and the faults of those that cannot."""

from __future__ import annotations

from collections.abc import Iterator

from corridor.costs.ledger import CarbonRow, MoneyRow, TimeRow
from corridor.errors import ScenarioError
from corridor.evidence import Figure, find_figures
from corridor.futures.effects import NOT_DRAWN, SPEED_TABLES
from corridor.futures.labels import CARBON_KEY
from corridor.futures.pairs import Pair
from corridor.names import suggestion
from corridor.scenario import Scenario

NOT_PROPORTIONAL = NOT_DRAWN | {
    "closures_per_open_year",
    "open_days_per_week",
    "open_hours_per_day",
    "plaza_class_share",
    "return_revenue_usd",
    "surface_cost_factor",
    "tolled_class_share",
    "vignette_usd",
}
"""Parameters with which a row of the ledger does not grow in proportion, or of which it holds several."""

SHARES = ("parameters.tolled_", "parameters.plaza_")
"""Parameters of which a row on roads of several classes holds more than one."""

GRID = "Run a grid of scenarios that set it under `override`."
TABLES = ("parameters", "crossings", "ferries", "cargo_kinds")
Row = TimeRow | MoneyRow | CarbonRow
_PREFIXES = ("override.", "override_after_measures.")


def known_keys(pair: Pair) -> list[str]:
    """Keys that the pair rests on, and the two weights of the scenario."""
    return sorted({*pair.basis, CARBON_KEY, cargo_key(pair.scenario)})


def cargo_key(scenario: Scenario) -> str:
    """Key of the share of its value that the cargo loses per day."""
    return f"cargo_kinds.{scenario.cargo.kind}.vot_share_per_day"


def rows_on(key: str, pair: Pair) -> Iterator[Row]:
    """Rows of both ledgers that rest on a key."""
    for option in (pair.a, pair.b):
        rows: tuple[Row, ...] = (*option.ledger.time, *option.ledger.money, *option.ledger.carbon)
        yield from (row for row in rows if key in row.basis)


def full_key(key: str, pair: Pair) -> str:
    """The one key that the pair rests on and that is `key` or ends like it.

    Raises
    ------
    ScenarioError
        None, or more than one.
    """
    bare = next((key.removeprefix(prefix) for prefix in _PREFIXES if key.startswith(prefix)), key)
    known = known_keys(pair)
    ending = [bare] if bare in known else [name for name in known if name.endswith(f".{bare}")]
    if len(ending) == 1:
        return ending[0]
    if ending:
        raise ScenarioError(f"parameter {key}: expected the whole key of one, got the end of {', '.join(ending)}.")
    if any(find_figures(name, pair.evidence) for name in (bare, f"parameters.{bare}", f"crossings.{bare}")):
        raise ScenarioError(
            f"parameter {key}: neither {pair.a.label} nor {pair.b.label} rests on it, so its value alone does not "
            "change which is better. Ask about one that they rest on, or name an option that rests on it with "
            f"--between (closed ones as well). {GRID}"
        )
    if bare.removeprefix("parameters.").partition(".")[0] in pair.evidence.definitions:
        raise ScenarioError(f"parameter {key}: no figure is known, so there is nothing to multiply. {GRID}")
    unprefixed = [name.removeprefix("parameters.").removeprefix("crossings.") for name in known]
    raise ScenarioError(f"parameter {key}: no such number. {suggestion(bare, unprefixed)}")


def solvable_figure(key: str, pair: Pair) -> Figure:
    """The figure of a key with a value that can be multiplied.

    Raises
    ------
    ScenarioError
        It is no single number, its value is not known or 0, or what rests on it does not grow in proportion.
    """
    figures = find_figures(key, pair.evidence)
    if key.partition(".")[0] not in TABLES or len(figures) != 1:
        raise ScenarioError(f"parameter {key}: no single number that could be moved. {GRID}")
    problem = _value_fault(figures[0]) or _proportion_fault(key, pair)
    if problem:
        raise ScenarioError(f"parameter {key}: {problem}. {GRID}")
    return figures[0]


def _value_fault(figure: Figure) -> str:
    if figure.value is None:
        return "nobody knows its value, so there is nothing to multiply"
    return "" if figure.value else "it is 0, and every multiple of 0 is 0"


def _proportion_fault(key: str, pair: Pair) -> str:
    if key.startswith("parameters.") and key.split(".")[1] in NOT_PROPORTIONAL:
        return "what rests on it does not grow in proportion to it"
    for family in (SPEED_TABLES, SHARES):
        if key.startswith(family) and any(_has_other(row, key, family) for row in rows_on(key, pair)):
            return "hours or km that rest on it rest on another of its kind as well"
    return ""


def _has_other(row: Row, key: str, family: tuple[str, ...]) -> bool:
    return any(other != key and other.startswith(family) for other in row.basis)
