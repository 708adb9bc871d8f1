"""Sea routes of a container between Karachi and other ports: km, hours and freight each way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridor.evidence.ferries import SailingFigure

Way = Literal["out", "back"]

PORT_OF_PAKISTAN = "karachi_port"
"""The place where every route of sea_routes.csv begins on its way out."""


@dataclass(frozen=True, slots=True)
class Voyage:
    """One way of a sea route for a container of 40 ft; the value of a figure is None where nobody knows it.

    Parameters
    ----------
    sail_h : from port to port, transhipment included
    port_h : in both ports together, from the gate to loading and from unloading to the gate
    freight_usd : ocean freight with feeder, without terminal charges
    handling_usd : terminal charges of both ports
    """

    sea_km: SailingFigure
    sail_h: SailingFigure
    port_h: SailingFigure
    freight_usd: SailingFigure
    handling_usd: SailingFigure


@dataclass(frozen=True, slots=True)
class SeaRoute:
    """A port that Karachi is joined to by sea, with the voyage `out` of Pakistan and the one `back`."""

    port: str
    voyages: Mapping[Way, Voyage]
