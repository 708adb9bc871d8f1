"""The small tables that the build of the embedded network reads: posts on edges, holes, known distances."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corridor.errors import DataError
from corridor.evidence import BorderCrossing
from corridor.network.lengths import KnownDistance
from corridor.network.posts import PostPlacement
from corridor.network.repairs import Hole
from corridor.tables import Column, read_table

WAYPOINT_SEPARATOR = " > "

Finder = Callable[[str], int | None]
"""Text of a waypoint (a post id, or "lon lat") -> node; None where it is not on the network."""


@dataclass(frozen=True, slots=True)
class Region:
    """The box of the network in degrees, and the ends between which the presets set the reference roads."""

    west: float
    south: float
    east: float
    north: float
    reference_origin: str
    reference_destination: str


@dataclass(frozen=True, slots=True)
class PublishedLength:
    """A stretch of road whose length is published: nodes along it, km, source key."""

    name: str
    nodes: tuple[int, ...]
    length_km: float
    source: str


def read_region(path: Path) -> Region:
    """The region of the embedded network."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return Region(
        **document["box"],
        reference_origin=document["reference_origin"],
        reference_destination=document["reference_destination"],
    )


def read_placements(path: Path, crossings: Mapping[str, BorderCrossing]) -> list[PostPlacement]:
    """Where each listed post stands on the roads of the source."""
    columns = [
        Column("crossing", choices=tuple(crossings)),
        Column("source_a", "whole"),
        Column("source_b", "whole"),
        Column("to_a_km", "number"),
        Column("to_b_km", "number"),
        Column("off_road_km", "number", optional=True),
        Column("connected", "yes_no"),
        Column("note", optional=True),
    ]
    return [
        PostPlacement(
            crossing_id=row.text("crossing"),
            country_a=crossings[row.text("crossing")].country_a,
            country_b=crossings[row.text("crossing")].country_b,
            source_a=row.whole("source_a"),
            source_b=row.whole("source_b"),
            to_a_km=row.number("to_a_km"),
            to_b_km=row.number("to_b_km"),
            is_connected=row.is_yes("connected"),
            note=row.text("note"),
        )
        for row in read_table(path, columns, key=("crossing",))
    ]


def read_holes(path: Path) -> list[Hole]:
    """Stretches of road that the source lacks and the build adds."""
    columns = [
        Column("name"),
        Column("source_a"),
        Column("source_b"),
        Column("length_km", "number"),
        Column("need", choices=("high", "medium", "low")),
        Column("close", "yes_no"),
        Column("comment", optional=True),
    ]
    return [
        Hole(
            row.text("name"),
            row.text("source_a"),
            row.text("source_b"),
            row.number("length_km"),
            row.text("comment"),
        )
        for row in read_table(path, columns, key=("name",))
        if row.is_yes("close")
    ]


def read_known_distances(path: Path, find: Finder) -> list[KnownDistance]:
    """Distances that people quote, with the group each belongs to; those that leave the network are left out."""
    columns = [
        Column("name"),
        Column("waypoints"),
        Column("low_km", "number"),
        Column("high_km", "number"),
        Column("use", choices=("fit", "check", "published")),
        Column("note", optional=True),
    ]
    return [
        KnownDistance(row.text("name"), nodes, row.number("low_km"), row.number("high_km"), row.text("use"))
        for row in read_table(path, columns, key=("name",))
        if (nodes := _nodes(row.text("waypoints"), find))
    ]


def read_published_lengths(path: Path, find: Finder) -> list[PublishedLength]:
    """Stretches whose published length replaces the corrected one."""
    columns = [
        Column("name"),
        Column("waypoints"),
        Column("length_km", "number"),
        Column("source"),
        Column("note", optional=True),
    ]
    lengths = []
    for row in read_table(path, columns, key=("name",)):
        nodes = _nodes(row.text("waypoints"), find)
        if nodes is None:
            raise DataError(
                f"{path}: line {row.line}: '{row.text('name')}' leaves the network; expected waypoints on its roads."
            )
        lengths.append(PublishedLength(row.text("name"), nodes, row.number("length_km"), row.text("source")))
    return lengths


def _nodes(waypoints: str, find: Finder) -> tuple[int, ...] | None:
    nodes = [find(waypoint) for waypoint in waypoints.split(WAYPOINT_SEPARATOR)]
    found = tuple(node for node in nodes if node is not None)
    return found if len(found) == len(nodes) else None
