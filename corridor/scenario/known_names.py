"""The names a scenario may use: handed in by whoever has read the tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Every name that the tables know; a scenario that uses another one is refused.

    Parameters
    ----------
    places, crossings, corridors : ids; countries : ISO alpha-3 codes; parameters : names without scope;
        sources : keys
    """

    places: frozenset[str] = frozenset()
    crossings: frozenset[str] = frozenset()
    corridors: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    vehicles: frozenset[str] = frozenset()
    cargo_kinds: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def within(self, tables: tuple[str, ...]) -> frozenset[str]:
        """All names of some tables together, e.g. of ``("places", "crossings")``."""
        return frozenset[str]().union(*(getattr(self, table) for table in tables))
