"""Free-flow speed of a truck by class, surface and limits, before calibration, on paper (model.md 1)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from corridor.evidence import TruckSpeeds
from corridor.evidence.truck_speeds import Quantity, TruckSpeed
from corridor.network.osm.edge_speeds import edge_hours
from corridor.network.osm.way_kinds import read_way_kinds
from corridor.road_kinds import ROAD_CLASSES


def row(quantity: Quantity, what: str, value: float) -> tuple[tuple[str, str, str], TruckSpeed]:
    return (quantity, "*", what), TruckSpeed(quantity, "*", what, value, None, None, 2026, ("s",), "D", "")


SPEEDS = TruckSpeeds(
    dict(
        [
            *(row("class_speed", name, 70.0) for name in ROAD_CLASSES if name not in ("unknown", "ferry")),
            *(row("surface_factor", what, value) for what, value in (("unknown", 1), ("paved", 1), ("gravel", 0.6))),
            row("surface_factor", "earth", 0.4),
            row("ferry_speed", "ferry", 25.0),
            row("truck_limit", "*", 80.0),
        ]
    ),
    {"PAK": "PK"},
)
"""Invented: 70 km/h on every class of road, where the law allows a truck 80."""


def km_per_h(tags: Mapping[str, str]) -> float:
    """Speed on 35 km of a way with these tags, which is 70 km long."""
    hours = edge_hours(
        kinds=read_way_kinds([tags], zone_limits={}),
        tag_set=np.zeros(1, dtype=np.int32),
        country=np.zeros(1, dtype=np.int16),
        countries=["PAK"],
        length_km=np.array([35.0]),
        way_km=np.array([70.0]),
        speeds=SPEEDS,
    )
    return float(35.0 / hours[0])


@pytest.mark.parametrize(
    ("tags", "speed"),
    [
        ({}, 70.0),  # class 70, law 80
        ({"surface": "gravel"}, 42.0),  # 70 x 0.6
        ({"surface": "earth"}, 28.0),  # 70 x 0.4
        ({"maxspeed": "50"}, 50.0),  # the limit posted for all
        ({"maxspeed": "50", "surface": "gravel"}, 42.0),  # the lower of 42 and 50, not 50 x 0.6
        ({"maxspeed": "50", "maxspeed:hgv": "60"}, 60.0),  # the limit posted for trucks, not that for all
        ({"maxspeed": "120"}, 70.0),  # class 70, law 80, posted 120
    ],
)
def test_a_truck_goes_as_fast_as_class_and_surface_let_it_and_never_above_its_limit(
    tags: Mapping[str, str], speed: float
) -> None:
    assert km_per_h({"highway": "trunk", **tags}) == pytest.approx(speed)


def test_a_ferry_goes_by_its_mapped_duration_else_at_the_speed_of_ferries() -> None:
    ferry = {"route": "ferry", "hgv": "yes"}
    assert km_per_h(ferry) == pytest.approx(25.0)
    assert km_per_h({**ferry, "duration": "07:00"}) == pytest.approx(10.0)  # 70 km in 7 h
