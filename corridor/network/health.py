"""How well a network's roads are mapped: what the source says and what had to be imputed, by country."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MappedRoads:
    """Km of carriageway in a country, and of how many of them the source says what.

    Parameters
    ----------
    length_km : all roads of the network; the other fields are km out of these
    speed_km : with a limit, for all or for trucks; elsewhere the truck speed of the class holds
    truck_speed_km : with a limit for trucks
    surface_km, lanes_km, toll_km : with a surface, lanes, and whether a toll is due
    conditional_km : with a rule that holds at some times only; it is reported and not applied
    structure_km : on bridges and in tunnels
    """

    country: str
    length_km: float
    speed_km: float
    truck_speed_km: float
    surface_km: float
    lanes_km: float
    toll_km: float
    conditional_km: float
    structure_km: float

    def share(self, part: str) -> float:
        """Share of the km, 0 to 1, of which `part` ("speed", "surface", ...) is mapped.

        Examples
        --------
        >>> MappedRoads("PAK", 200.0, 50.0, 0.0, 100.0, 0.0, 0.0, 0.0, 0.0).share("speed")
        0.25
        """
        mapped_km: float = getattr(self, f"{part}_km")
        return mapped_km / self.length_km if self.length_km else 0.0


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a network was built from, and the day of its data (empty where it does not say)."""

    name: str
    data_date: str
