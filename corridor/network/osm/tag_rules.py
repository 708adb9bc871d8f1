"""What the tags of a way mean to a truck; each rule is a pure function of the tags (wiki.openstreetmap.org)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf
from typing import Literal

from corridor.network.osm.tag_values import (
    entries,
    read_duration_h,
    read_height_m,
    read_mass_t,
    read_speed_km_per_h,
)
from corridor.road_kinds import ROAD_CLASSES, SURFACES, TRUCK_ACCESS

Tags = Mapping[str, str]
Direction = Literal["both", "forward", "backward"]

LABEL_KEYS = ("ref", "int_ref", "name:en", "name")

SPEED_KEYS = ("maxspeed", "maxspeed:forward", "maxspeed:backward")
ZONE_KEYS = ("maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic")
TRUCK_SPEED_KEYS = ("maxspeed:hgv", "maxspeed:hgv:forward", "maxspeed:hgv:backward")
MASS_KEYS = ("maxweight", "maxweight:hgv", "maxweightrating", "maxweightrating:hgv", "maxgcweight")
HEIGHT_KEYS = ("maxheight", "maxheight:physical")
ACCESS_KEYS = ("hgv", "goods", "motor_vehicle", "vehicle", "access")
"""The more specific first: it beats the more general."""
DIRECTION_KEYS = ("oneway:hgv", "oneway:motor_vehicle", "oneway")
TOLL_KEYS = ("toll:hgv", "toll")
FERRY_KEYS = ("hgv", "motor_vehicle", "motorcar", "vehicle")
CONDITIONAL_KEYS = (
    "access:conditional",
    "hgv:conditional",
    "maxheight:conditional",
    "maxspeed:conditional",
    "maxspeed:hgv:conditional",
    "maxweight:conditional",
    "motor_vehicle:conditional",
    "oneway:conditional",
    "vehicle:conditional",
)
"""Rules that hold at some times, or for some vehicles, only: kept as text and counted, not applied."""

RULE_KEYS = (
    "highway",
    "route",
    "area",
    "junction",
    "surface",
    "smoothness",
    "lanes",
    "bridge",
    "tunnel",
    "duration",
    "motorcar",
    *SPEED_KEYS,
    *ZONE_KEYS,
    *TRUCK_SPEED_KEYS,
    *MASS_KEYS,
    *HEIGHT_KEYS,
    *ACCESS_KEYS,
    *DIRECTION_KEYS,
    *TOLL_KEYS,
    *CONDITIONAL_KEYS,
)
"""Every key that a rule reads."""

LANES = re.compile("[1-9][0-9]?")
DRIVABLE = frozenset(ROAD_CLASSES) - {"unknown", "ferry"}
YES = frozenset({"yes", "true", "1"})
NO = frozenset({"no", "false", "0"})
ALLOWED = frozenset({"yes", "designated", "permissive", "official", "public", "discouraged", "allowed"})
CUSTOMERS_ONLY = frozenset({"destination", "delivery", "customers", "loading", "unloading"})
FORBIDDEN = frozenset(
    {"no", "private", "permit", "residents", "agricultural", "forestry", "military", "emergency", "bus", "psv"}
)

SURFACE_OF = {
    "paved": "paved",
    "asphalt": "paved",
    "chipseal": "paved",
    "concrete": "paved",
    "concrete:lanes": "paved",
    "concrete:plates": "paved",
    "paving_stones": "paved",
    "sett": "paved",
    "cobblestone": "paved",
    "unhewn_cobblestone": "paved",
    "bricks": "paved",
    "metal": "paved",
    "wood": "paved",
    "unpaved": "gravel",
    "gravel": "gravel",
    "fine_gravel": "gravel",
    "compacted": "gravel",
    "pebblestone": "gravel",
    "rock": "gravel",
    "dirt": "earth",
    "earth": "earth",
    "ground": "earth",
    "soil": "earth",
    "clay": "earth",
    "mud": "earth",
    "sand": "earth",
    "grass": "earth",
    "salt": "earth",
    "ice": "earth",
    "snow": "earth",
}
"""Value of `surface` -> how a truck drives on it."""

SMOOTHNESS_OF = {
    "excellent": "paved",
    "good": "paved",
    "bad": "gravel",
    "very_bad": "earth",
    "horrible": "earth",
    "very_horrible": "earth",
    "impassable": "earth",
}
"""Value of `smoothness` -> the surface that drives like it; asphalt in a very bad state is no better than earth."""


def road_class(tags: Tags) -> str | None:
    """Class of a road or ferry, one of `ROAD_CLASSES`; None where no truck can drive or sail.

    Notes
    -----
    Roads under construction or proposed have another value of `highway` and are none, nor are roads of which the
    map does not know the class (`highway=road`). A ferry counts if a tag says that it takes motor vehicles.
    """
    if tags.get("area") in YES:
        return None
    if tags.get("route") == "ferry":
        return "ferry" if any(tags.get(key) in ALLOWED for key in FERRY_KEYS) else None
    highway = tags.get("highway", "")
    return highway if highway in DRIVABLE else None


def travel_direction(tags: Tags) -> Direction:
    """Whether a truck may drive with the order of the nodes, against it, or both ways.

    Notes
    -----
    Roundabouts and motorways are one-way unless a tag says otherwise; motorway links are not, as two-way ones
    exist. A reversible road is open both ways: at some hour of the day a truck can use it.
    """
    for key in DIRECTION_KEYS:
        value = tags.get(key, "")
        if value in YES:
            return "forward"
        if value in ("-1", "reverse"):
            return "backward"
        if value in NO or value in ("reversible", "alternating"):
            return "both"
    is_implied = tags.get("junction") in ("roundabout", "circular") or tags.get("highway") == "motorway"
    return "forward" if is_implied else "both"


def speed_limit_km_per_h(tags: Tags, *, zone_limits: Mapping[str, float]) -> float | None:
    """Limit posted for all vehicles, the lower one where directions differ; inf = said to be none, None = not mapped.

    Parameters
    ----------
    zone_limits : "PK:urban" -> km/h, and "walk"
    """
    return _lowest_speed(tags, SPEED_KEYS, zone_limits) or _lowest_speed(tags, ZONE_KEYS, zone_limits)


def truck_speed_limit_km_per_h(tags: Tags, *, zone_limits: Mapping[str, float]) -> float | None:
    """Limit posted for trucks; inf = said to be none, None = not mapped."""
    return _lowest_speed(tags, TRUCK_SPEED_KEYS, zone_limits)


def _lowest_speed(tags: Tags, keys: tuple[str, ...], zone_limits: Mapping[str, float]) -> float | None:
    found = (read_speed_km_per_h(tags[key], zone_limits=zone_limits) for key in keys if key in tags)
    return min((speed for speed in found if speed is not None), default=None)


def mass_limit_t(tags: Tags) -> float:
    """Mass above which a truck may not pass, t; inf where there is no limit.

    Notes
    -----
    Limits of the mass that a truck is rated for are taken as limits of the mass that it has.
    """
    found = (read_mass_t(tags[key]) for key in MASS_KEYS if key in tags)
    return min((mass_t for mass_t in found if mass_t is not None), default=inf)


def height_limit_m(tags: Tags) -> float:
    """Height above which a truck does not fit, m; inf where there is no limit."""
    found = (read_height_m(tags[key]) for key in HEIGHT_KEYS if key in tags)
    return min((height_m for height_m in found if height_m is not None), default=inf)


def truck_access(tags: Tags) -> str:
    """Whether trucks may use the road, one of `TRUCK_ACCESS`; what no tag forbids is open.

    Notes
    -----
    `goods` speaks of vans: where they may not go trucks may not either, and where they may it says nothing. Of a
    list of values the most restrictive counts, and a value that says nothing leaves it to the next, more general key.
    """
    for key in ACCESS_KEYS:
        found = [_access_of(entry) for entry in entries(tags.get(key, ""))]
        known = [TRUCK_ACCESS.index(access) for access in found if access]
        if known and not (key == "goods" and max(known) == 0):
            return TRUCK_ACCESS[max(known)]
    return "open"


def _access_of(value: str) -> str | None:
    if value in FORBIDDEN:
        return "closed"
    if value in CUSTOMERS_ONLY:
        return "destination"
    return "open" if value in ALLOWED else None


def toll(tags: Tags) -> str:
    """Whether a truck pays by the map, one of `TOLLS`; what is said of trucks beats what is said of all."""
    for key in TOLL_KEYS:
        values = set(entries(tags.get(key, "")))
        if values & YES:
            return "tolled"
        if values & NO:
            return "free"
    return "unknown"


def surface(tags: Tags) -> str:
    """Surface by what it is and by how smooth it is, the worse of both; one of `SURFACES`."""
    found = [SURFACE_OF.get(entry) for entry in entries(tags.get("surface", ""))]
    found += [SMOOTHNESS_OF.get(entry) for entry in entries(tags.get("smoothness", ""))]
    return max((name for name in found if name), key=SURFACES.index, default="unknown")


def lane_count(tags: Tags) -> int | None:
    """Lanes in all, the lowest number of a list; None where not mapped."""
    counts = [int(entry) for entry in entries(tags.get("lanes", "")) if LANES.fullmatch(entry)]
    return min(counts, default=None)


def is_bridge(tags: Tags) -> bool:
    """Whether the way is a bridge of any kind."""
    return tags.get("bridge", "no") not in NO


def is_tunnel(tags: Tags) -> bool:
    """Whether the way is a tunnel of any kind."""
    return tags.get("tunnel", "no") not in NO


def ferry_duration_h(tags: Tags) -> float | None:
    """How long a ferry sails; None where not mapped."""
    return read_duration_h(tags.get("duration", ""))


def road_label(*, ref: str, int_ref: str, name_en: str, name: str) -> str:
    """What people call the road: its number, else its European number, else its English name, else its name."""
    return ref or int_ref or name_en or name
