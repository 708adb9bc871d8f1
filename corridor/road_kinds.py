"""Names of what a road can be; the arrays of a network hold indices into these tuples."""

from __future__ import annotations

ROAD_CLASSES = (
    "unknown",
    "motorway",
    "motorway_link",
    "trunk",
    "trunk_link",
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "service",
    "ferry",
)
"""OpenStreetMap's `highway` values that a truck may use, and ferries; "unknown" where the source has no classes."""

UNKNOWN_CLASS = ROAD_CLASSES.index("unknown")
FERRY = ROAD_CLASSES.index("ferry")

SURFACES = ("unknown", "paved", "gravel", "earth")

TRUCK_ACCESS = ("open", "destination", "closed")
""""destination": only to load or unload there, never through."""

TOLLS = ("unknown", "free", "tolled")
