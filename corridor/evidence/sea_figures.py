"""Numbers of ferries and of sea routes under their keys; what nobody knows is listed without a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from corridor.evidence.evidence import Evidence
from corridor.evidence.ferries import SailingFigure
from corridor.evidence.figure import Figure
from corridor.evidence.sea_routes import Voyage, Way

SAILING_PARTS: Mapping[str, str] = MappingProxyType(
    {"wait_h": "hours until it sails", "sail_h": "hours at sea", "fare_usd": "fare of a truck"}
)
VOYAGE_PARTS: Mapping[str, str] = MappingProxyType(
    {
        "sea_km": "distance by sea",
        "sail_h": "hours at sea, transhipment included",
        "port_h": "hours in both ports",
        "freight_usd": "ocean freight of a container of 40 ft",
        "handling_usd": "terminal charges of both ports",
    }
)
UNITS: Mapping[str, str] = MappingProxyType({"km": "km", "h": "h", "usd": "USD"})
"""Last part of a quantity's name -> its unit."""


def ferry_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    """Waits, hours at sea and fares: all, or the one behind ``ferries.``; those a scenario sets are in `crossings`."""
    for line in {**evidence.ferries, **evidence.crossings}.values():
        for direction, sailing in line.ferry.sailings.items() if line.ferry else ():
            for name, part in SAILING_PARTS.items():
                key = f"{line.id}.{direction}.{name}"
                if rest in ("", key):
                    yield _figure(f"ferries.{key}", direction, f"{line.name}: {part}", getattr(sailing, name))


def voyage_figures(evidence: Evidence, rest: str) -> Iterator[Figure]:
    """Km, hours and freights of the sea routes: all, or the one behind ``sea_routes.``."""
    for route in evidence.sea_routes.values():
        for way, voyage in route.voyages.items():
            figures = figures_of_voyage(voyage, port=route.port, way=way, port_name=evidence.places[route.port].name)
            yield from (figure for figure in figures if rest in ("", figure.key.partition(".")[2]))


def figures_of_voyage(voyage: Voyage, *, port: str, way: Way, port_name: str) -> list[Figure]:
    """The figures of one way of a sea route."""
    return [
        _figure(f"sea_routes.{port}.{way}.{name}", f"{port_name} {way}", what, getattr(voyage, name))
        for name, what in VOYAGE_PARTS.items()
    ]


def _figure(key: str, scope: str, what: str, figure: SailingFigure) -> Figure:
    name = key.rpartition(".")[2]
    unit = UNITS[name.rpartition("_")[2]]
    return Figure(
        key=key,
        name=name,
        scope=scope,
        what=what,
        value=figure.value,
        unit=unit,
        source=figure.source,
        grade=figure.grade,
        note=figure.note,
        low=figure.low,
        high=figure.high,
        year=figure.year,
        price_year=figure.year if unit == "USD" else None,
        set_by=figure.set_by,
    )
