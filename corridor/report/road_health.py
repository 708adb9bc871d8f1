"""What the map says of the roads, country by country, and what had to be taken from tables instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.evidence import Evidence
from corridor.network.health import MappedRoads
from corridor.report.naming import country_name
from corridor.report.numerals import share_text

MAPPED_PARTS = {
    "speed": "Speed limit",
    "truck_speed": "Truck speed limit",
    "surface": "Surface",
    "lanes": "Lanes",
    "toll": "Toll or none",
    "conditional": "Rules at some hours",
    "structure": "Bridges, tunnels",
}
"""Part of `MappedRoads` -> heading of its column."""


@dataclass(frozen=True, slots=True)
class MappedRow:
    """Roads of one country: km, and the share of them of which each part is mapped."""

    country: str
    length: str
    shares: tuple[str, ...]


def build_mapped_rows(mapped: Sequence[MappedRoads], evidence: Evidence) -> list[MappedRow]:
    """Countries by km of carriageway, most first."""
    return [
        MappedRow(
            country=country_name(roads.country, evidence),
            length=f"{roads.length_km:,.0f}",
            shares=tuple(share_text(roads.share(part)) for part in MAPPED_PARTS),
        )
        for roads in sorted(mapped, key=lambda roads: (-roads.length_km, roads.country))
    ]
