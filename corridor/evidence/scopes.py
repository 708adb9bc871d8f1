"""What a parameter may be given for: which scopes fit which kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from corridor.evidence.parameters import ANY, TIERED_KINDS, ParameterDefinition
from corridor.evidence.places import Country
from corridor.evidence.sources import GRADES
from corridor.names import suggestion
from corridor.road_kinds import ROAD_CLASSES, SURFACES

WAYS = ("in", "out")
MAIN_CLASSES = tuple(name for name in ROAD_CLASSES if not name.endswith("_link") and name not in ("unknown", "ferry"))
"""A link counts as its class."""


def scope_fault(
    definition: ParameterDefinition, scope: str, countries: Mapping[str, Country], crossings: Collection[str]
) -> str:
    """What is wrong with a scope, as a sentence; empty if nothing."""
    kind = definition.scope_kind
    if kind in TIERED_KINDS:
        limit, _, rest = scope.partition(":")
        return _limit_fault(kind, limit) or _kind_fault(
            TIERED_KINDS[kind], definition.name, rest, countries=countries, crossings=crossings
        )
    if scope == ANY:
        return ""
    return _kind_fault(kind, definition.name, scope, countries=countries, crossings=crossings)


def _limit_fault(kind: str, limit: str) -> str:
    """A tier is named by a positive whole number: ``14``, not ``014`` or ``14.0``."""
    if limit.isascii() and limit.isdigit() and not limit.startswith("0"):
        return ""
    unit = "days" if kind.startswith("days") else "t"
    return f"scope: expected a whole number of {unit} and a colon first, got '{limit}'"


def _kind_fault(
    kind: str, name: str, scope: str, *, countries: Mapping[str, Country], crossings: Collection[str]
) -> str:
    if kind == "global":
        return f"scope: '{name}' is one number for all; expected '{ANY}', got '{scope}'"
    if kind == "crossing":
        return _unknown("post", scope, crossings)
    if kind == "surface":
        return _unknown("surface", scope, SURFACES)
    if kind == "grade":
        return _unknown("grade", scope, GRADES)
    if kind == "currency":
        fits = len(scope) == len("USD") and scope.isalpha() and scope.isupper()
        return "" if fits else f"scope: expected a currency like EUR, got '{scope}'"
    return _country_fault(kind, scope, countries)


def _country_fault(kind: str, scope: str, countries: Mapping[str, Country]) -> str:
    areas = {row.free_movement_area for row in countries.values()} - {""}
    if kind in ("country", "plate"):
        return _unknown("country", scope, {*countries, *areas})
    country, colon, rest = scope.partition(":")
    if kind == "country_direction":
        if not colon:
            return _unknown("area", country, areas | {row.customs_union for row in countries.values()} - {""})
        return _unknown("country", country, countries) or _unknown("way", rest, WAYS)
    other = "CLASS" if kind == "country_class" else "PLATE"
    if not colon:
        return f"scope: expected COUNTRY:{other} or COUNTRY:{ANY}, got '{scope}'"
    if kind == "country_class":
        return _unknown("country", country, countries) or _unknown("road class", rest, {*MAIN_CLASSES, ANY})
    return _unknown("country", country, countries) or _unknown("plate", rest, {*countries, *areas, ANY})


def _unknown(what: str, name: str, known: Collection[str]) -> str:
    return "" if name in known else f"scope: unknown {what} '{name}'. {suggestion(name, known)}"
