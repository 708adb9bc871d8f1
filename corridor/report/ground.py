"""The quiet layers of a static map: water, land, borders, degrees, roads, names of countries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import shapely
from matplotlib.axes import Axes

from corridor.analysis.assessment import Assessment
from corridor.boundaries import NEUTRAL
from corridor.evidence import Evidence
from corridor.report.background import Floats, MapFrame, land_in
from corridor.report.naming import country_name
from corridor.report.road_ranks import RoadRank, lines_by_rank

WATER, LAND, LAND_OF_TRIP = "#d5e3ec", "#efece5", "#fbf9f4"
BORDER, COAST, DEGREES, COUNTRY_INK = "#b3aa9a", "#a9bfcc", "#a7bac5", "#625b4e"
ROAD_WIDTH_PT = 0.4
DEGREE_STEP = 10
DISPUTED_DASH = (0, (4, 2.5))
LEAST_NAMED_KM2 = 15_000


def draw_ground(axes: Axes, assessment: Assessment, frame: MapFrame, *, with_roads: bool) -> None:
    """Draw everything below the options and set the window."""
    draw_land(axes, frame, countries_of(assessment), boundaries=assessment.scenario.map.boundaries)
    draw_degrees(axes, frame)
    for rank, roads in lines_by_rank(assessment.network.background) if with_roads else ():
        draw_roads(axes, roads, frame, rank)
    set_window(axes, frame)


def set_window(axes: Axes, frame: MapFrame) -> None:
    """Show a window over water, without ticks."""
    axes.set(xticks=[], yticks=[], facecolor=WATER, aspect="equal", xlabel="", ylabel="")
    axes.spines[:].set(color=COAST, linewidth=0.8)
    axes.set_xlim(frame.west, frame.east)
    axes.set_ylim(frame.south, frame.north)


def countries_of(assessment: Assessment) -> frozenset[str]:
    """Countries that any option passes through."""
    return frozenset(row.country for option in assessment.all_options for row in option.ledger.time)


def draw_land(axes: Axes, frame: MapFrame, countries: Collection[str], *, boundaries: str) -> None:
    """Draw land, lighter where an option passes, with coasts finer than borders and disputed lines dashed."""
    ground = land_in(frame, boundaries)
    land = ground[ground["kind"] == "land"]
    colors = [LAND_OF_TRIP if code in countries else LAND for code in land["iso3"]]
    land.plot(ax=axes, color=colors, edgecolor=COAST, linewidth=0.35, zorder=1, aspect=None)
    ground[ground["kind"] == "border"].plot(ax=axes, color=BORDER, linewidth=0.6, zorder=2, aspect=None)
    disputed = ground[ground["kind"] == "disputed"]
    for color, width, style in ((LAND_OF_TRIP, 0.9, "-"), (BORDER, 0.7, DISPUTED_DASH)) if len(disputed) else ():
        disputed.plot(ax=axes, color=color, linewidth=width, linestyle=style, zorder=2, aspect=None)


def country_middles(
    countries: Collection[str], evidence: Evidence, frame: MapFrame
) -> Iterator[tuple[str, float, float]]:
    """Name and middle of what the window shows of each of some countries, largest first."""
    ground = land_in(frame, NEUTRAL)
    land = ground[ground["iso3"].isin(list(countries))]
    visible = land.geometry.clip_by_rect(frame.west, frame.south, frame.east, frame.north)
    for code, area in sorted(zip(land["iso3"], visible, strict=True), key=lambda pair: -float(pair[1].area)):
        if area.area > LEAST_NAMED_KM2 * 1e6:
            part = max(shapely.get_parts(area), key=lambda part: float(part.area))
            middle = shapely.get_point(shapely.maximum_inscribed_circle(part, tolerance=2e4), 0)
            yield country_name(code, evidence), middle.x, middle.y


def draw_degrees(axes: Axes, frame: MapFrame) -> None:
    """Draw meridians and parallels every ten degrees."""
    lon, lat = np.arange(-20.0, 121.0, 2.0), np.arange(10.0, 73.0, 2.0)
    every = DEGREE_STEP // 2
    meridians = [frame.project(np.full_like(lat, at), lat) for at in lon[::every]]
    parallels = [frame.project(lon, np.full_like(lon, at)) for at in lat[::every]]
    lines = [np.column_stack(line) for line in (*meridians, *parallels)]
    axes.plot(*joined_lines(lines), color=DEGREES, linewidth=0.45, linestyle=(0, (1, 3)), zorder=1.5)


def draw_roads(axes: Axes, roads: Sequence[Floats], frame: MapFrame, rank: RoadRank) -> None:
    """Draw the faint roads of a rank that touch the window."""
    x, y = frame.project(*joined_lines(roads))
    inside = (x > frame.west) & (x < frame.east) & (y > frame.south) & (y < frame.north)
    near = inside | np.roll(inside, 1) | np.roll(inside, -1)
    width_pt = ROAD_WIDTH_PT * rank.width_share
    axes.plot(np.where(near, x, np.nan), np.where(near, y, np.nan), color=rank.color, linewidth=width_pt, zorder=2.5)


def joined_lines(lines: Sequence[Floats]) -> tuple[Floats, Floats]:
    """X and y of many lines as one with gaps: a single path is far quicker and smaller to save."""
    gap = np.full((1, 2), np.nan)
    x, y = np.concatenate([part for line in lines for part in (line, gap)]).T
    return x, y
