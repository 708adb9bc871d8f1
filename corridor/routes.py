"""A scenario for a quick question: two places, and the truck and cargo of the base scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corridor.evidence import Evidence, read_evidence, read_own_evidence
from corridor.scenario import ResolvedScenario, read_scenario


def read_routes_scenario(
    origin: str,
    destination: str,
    *,
    departure: str | None,
    via: Sequence[str],
    avoid: Sequence[str],
    alternatives: int,
    tables: Path | None = None,
) -> tuple[Evidence, ResolvedScenario]:
    """The evidence, and the base scenario with this trip in it.

    Parameters
    ----------
    departure : ISO date; the last day that the evidence knows when None
    avoid : post ids and ISO alpha-3 country codes, mixed
    tables : folder of own tables; the bundled ones when None
    """
    evidence = read_own_evidence(tables) if tables else read_evidence()
    countries = [name for name in avoid if name in evidence.countries]
    posts = [name for name in avoid if name not in evidence.countries]
    day = departure or evidence.as_of.isoformat()
    assignments = [
        "id=routes",
        "title=Routes between two places",
        "why=Asked on the command line",
        f"trip={{origin: {quoted(origin)}, destination: {quoted(destination)}, departure: {quoted(day)}}}",
        f"routes.alternatives={alternatives}",
        f"routes.via={_flow(via)}",
        f"routes.avoid={{countries: {_flow(countries)}, posts: {_flow(posts)}}}",
        "routes.presets=[]",
        *([f"evidence={quoted(tables.as_posix())}"] if tables else []),
    ]
    return evidence, read_scenario("base", known=evidence.known_names(), assignments=assignments)


def _flow(names: Sequence[str]) -> str:
    """Names as a YAML list."""
    return f"[{', '.join(map(quoted, names))}]"


def quoted(text: str) -> str:
    """Text as a YAML string."""
    return "'" + text.replace("'", "''") + "'"
