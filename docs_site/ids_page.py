"""The page of ids: every name that a scenario or a command may use, from the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from corridor.evidence import BorderCrossing, Evidence, read_evidence
from corridor.scenario import bundled_measures, bundled_scenarios
from docs_site.tables import markdown_table

Rows = Iterable[Sequence[str]]
POST_COLUMNS = ("id", "name", "between")

SECTIONS: Mapping[str, tuple[str, tuple[str, ...], Callable[[Evidence], Rows]]] = MappingProxyType(
    {
        "crossings": ("Posts", POST_COLUMNS, lambda evidence: map(_post, evidence.crossings.values())),
        "ferries": ("Ferries", POST_COLUMNS, lambda evidence: map(_post, evidence.ferries.values())),
        "corridors": (
            "Named corridors",
            ("id", "name", "posts"),
            lambda evidence: (
                [f"`{one.id}`", one.name, " > ".join("|".join(stop) for stop in one.posts)]
                for one in evidence.corridors.values()
            ),
        ),
        "vehicles": (
            "Vehicles",
            ("id", "name", "payload (t)"),
            lambda evidence: ([f"`{one.id}`", one.name, f"{one.payload_t:g}"] for one in evidence.vehicles.values()),
        ),
        "cargo_kinds": (
            "Kinds of cargo",
            ("id", "name"),
            lambda evidence: ([f"`{one.id}`", one.name] for one in evidence.cargo_kinds.values()),
        ),
        "countries": (
            "Countries",
            ("code", "name"),
            lambda evidence: ([f"`{code}`", one.name] for code, one in evidence.countries.items()),
        ),
        "places": (
            "Places",
            ("id", "name", "country"),
            lambda evidence: ([f"`{one.id}`", one.name, one.country] for one in evidence.places.values()),
        ),
    }
)
"""Table of names -> heading, columns, rows."""


def ids_markdown() -> str:
    """The page."""
    evidence = read_evidence()
    sections = [
        f"## {heading} {{ #{name} }}\n\n{markdown_table(columns, rows(evidence))}\n"
        for name, (heading, columns, rows) in SECTIONS.items()
    ]
    return "\n".join([_head(), *sections])


def _head() -> str:
    scenarios = ", ".join(f"`{name}`" for name in bundled_scenarios())
    measures = ", ".join(f"`{name}`" for name in bundled_measures())
    return f"""\
# Ids of places and posts

The names that scenarios and commands take. A place that is not here can be given as `"lon,lat"` in degrees. A misspelt
name is refused with the nearest valid one.

Bundled scenarios: {scenarios}.

Bundled measures (`corridor measures` says what each does): {measures}.
"""


def _post(post: BorderCrossing) -> list[str]:
    return [f"`{post.id}`", post.name, f"{post.country_a}, {post.country_b}"]
