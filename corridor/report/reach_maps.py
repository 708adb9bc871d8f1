"""The maps of a reach: cells in bands, corridors and changes, in a conical projection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline

from corridor.report.background import MapFrame
from corridor.report.ground import COAST, LAND_OF_TRIP, draw_degrees, draw_land, set_window
from corridor.report.map_names import Label, city_labels, labels_of_countries, write_labels
from corridor.report.map_sizes import FULL
from corridor.report.numerals import HOURS_PER_DAY
from corridor.report.palette import INK, MUTED_INK
from corridor.report.pictures import STYLE, Picture, pixels, png_bytes, svg_bytes
from corridor.report.reach_bands import (
    DAYS_BANDS,
    CellClass,
    band_classes,
    change_classes,
    corridor_classes,
    usd_bands,
)
from corridor.report.reach_findings import Reach, ReachChange, change_at_cells
from corridor.report.reach_grid import ROAD_LIMIT_KM
from corridor.report.reach_wording import (
    corridors_title,
    days_change_title,
    days_title,
    facts_text,
    foot_text,
    middle_bound,
    usd_change_title,
    usd_title,
)

WIDTH_IN, SIDE_IN, TITLE_IN, FOOT_IN, KEY_ROW_IN = 12.0, 0.25, 0.72, 0.62, 0.24
KEY_COLUMNS = 5
TITLE_PT, FULL_SIZE_LETTERS = 17.0, 74
SUBTITLE_PT, FULL_SIZE_SUBTITLE = 9.4, 160
EDGE, HATCH, HATCH_INK = "#fbf9f4", "////", "#b3aa9a"
LABEL_PT = 8.2
LEAST_LABELLED_CELLS = 12


@dataclass(frozen=True, slots=True)
class ReachMap:
    """What a map shows: its message, what is drawn, and the cells by colour."""

    title: str
    subtitle: str
    classes: Sequence[CellClass]


def isochrone_map(reach: Reach) -> ReachMap:
    """Bands of days by the fastest way."""
    classes = band_classes(reach, reach.cell_days(), DAYS_BANDS, "days")
    subtitle = "bands: days by the fastest way, rest spread over its hours; title: rest by the timetable of a run"
    return ReachMap(days_title(reach), subtitle, classes)


def isocost_map(reach: Reach) -> ReachMap:
    """Bands of USD a tonne by the cheapest way."""
    edges = usd_bands(reach.cell_usd_per_t())
    title = usd_title(reach, middle_bound(reach.place_usd_per_t(), edges))
    classes = band_classes(reach, reach.cell_usd_per_t(), edges, "USD/t")
    return ReachMap(title, "USD a tonne by the cheapest way, at least: unknown fees are left out", classes)


def corridor_map(reach: Reach) -> ReachMap:
    """Cells by the corridor of the way of least generalised cost."""
    subtitle = "least generalised cost, rest spread over its hours; ways within 3 % of each other may change places"
    return ReachMap(corridors_title(reach), subtitle, corridor_classes(reach))


REACH_MAPS: Mapping[str, Callable[[Reach], ReachMap]] = MappingProxyType(
    {"isochrones": isochrone_map, "isocosts": isocost_map, "corridors": corridor_map}
)
"""File name of each map of a reach -> what it shows."""


def days_change_map(change: ReachChange) -> ReachMap:
    """Change of days."""
    cells, found = change_at_cells(change, "fastest")
    days = found.absolute / HOURS_PER_DAY
    return _change_map(change, change_classes(cells, found, days, "days", "days"), "days by the fastest way")


def days_share_map(change: ReachChange) -> ReachMap:
    """Change of days in per cent."""
    cells, found = change_at_cells(change, "fastest")
    classes = change_classes(cells, found, found.share, "days_share", "%")
    return _change_map(change, classes, "days by the fastest way, in per cent of before", measure="in per cent")


def days_per_km_map(change: ReachChange) -> ReachMap:
    """Change of hours by 100 km of the way before."""
    cells, found = change_at_cells(change, "fastest")
    classes = change_classes(cells, found, 100 * found.per_km, "hours_per_100_km", "h/100 km")
    return _change_map(change, classes, "hours by the fastest way, for each 100 km of the way before", measure="by km")


def usd_change_map(change: ReachChange) -> ReachMap:
    """Change of USD a tonne."""
    cells, found = change_at_cells(change, "cheapest")
    classes = change_classes(cells, found, found.absolute / change.before.mass_t, "usd_per_t", "USD/t")
    return _change_map(change, classes, "USD a tonne by the cheapest way", is_usd=True)


def usd_share_map(change: ReachChange) -> ReachMap:
    """Change of USD in per cent."""
    cells, found = change_at_cells(change, "cheapest")
    classes = change_classes(cells, found, found.share, "usd_share", "%")
    subtitle = "USD by the cheapest way, in per cent of before"
    return _change_map(change, classes, subtitle, is_usd=True, measure="in per cent")


def usd_per_km_map(change: ReachChange) -> ReachMap:
    """Change of USD per truck by km of the way before."""
    cells, found = change_at_cells(change, "cheapest")
    classes = change_classes(cells, found, found.per_km, "usd_per_km", "USD/km")
    subtitle = "USD per truck by the cheapest way, for each km of the way before"
    return _change_map(change, classes, subtitle, is_usd=True, measure="by km")


CHANGE_MAPS: Mapping[str, Callable[[ReachChange], ReachMap]] = MappingProxyType(
    {
        "days_change": days_change_map,
        "days_change_share": days_share_map,
        "days_change_per_km": days_per_km_map,
        "usd_change": usd_change_map,
        "usd_change_share": usd_share_map,
        "usd_change_per_km": usd_per_km_map,
    }
)
"""File name of each map of a change -> what it shows."""


def _change_map(
    change: ReachChange, classes: Sequence[CellClass], subtitle: str, *, is_usd: bool = False, measure: str = ""
) -> ReachMap:
    title = usd_change_title(change) if is_usd else days_change_title(change)
    return ReachMap(f"{title} ({measure})" if measure else title, f"change of {subtitle}", classes)


def draw_reach(reach: Reach, change: ReachChange | None) -> Iterator[Picture]:
    """All maps as SVG and PNG; those of the change where there is one."""
    shown = {name: build(reach) for name, build in REACH_MAPS.items()}
    shown |= {name: build(change) for name, build in CHANGE_MAPS.items()} if change else {}
    with mpl.rc_context(STYLE):
        for name, what in shown.items():
            figure = build_reach_map(reach, what)
            yield Picture(name, svg_bytes(figure), png_bytes(pixels(figure)))


def build_reach_map(reach: Reach, what: ReachMap) -> Figure:
    """One map with its title, key, remarks and attribution."""
    frame = reach.grid.frame
    map_in = (WIDTH_IN - 2 * SIDE_IN) / frame.aspect
    key_in = KEY_ROW_IN * -(-(len(what.classes) + 1) // KEY_COLUMNS)
    figure = Figure(figsize=(WIDTH_IN, TITLE_IN + map_in + key_in + FOOT_IN))
    axes = _add_axes(figure, bottom_in=FOOT_IN + key_in + 0.06, height_in=map_in)
    draw_land(axes, frame, set(reach.grid.country.tolist()), boundaries=reach.scenario.map.boundaries)
    draw_degrees(axes, frame)
    outlines = [reach.grid.joined(each.cells) for each in what.classes]
    for each, outline in zip(what.classes, outlines, strict=True):
        _draw_cells(axes, each, outline)
    set_window(axes, frame)
    _draw_names(axes, reach, what, outlines, frame)
    _draw_key(_add_axes(figure, bottom_in=FOOT_IN, height_in=key_in), what.classes)
    _write_texts(figure, reach, what)
    return figure


def _add_axes(figure: Figure, *, bottom_in: float, height_in: float) -> Axes:
    width, height = figure.get_size_inches()
    return figure.add_axes((SIDE_IN / width, bottom_in / height, 1 - 2 * SIDE_IN / width, height_in / height))


def _draw_cells(axes: Axes, each: CellClass, outline: shapely.Geometry) -> None:
    rings = [
        shapely.get_coordinates(ring)
        for part in shapely.get_parts(outline)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    ]
    if rings:
        path = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
        axes.add_artist(PathPatch(path, **_style(each), zorder=1.8))


def _style(each: CellClass) -> dict[str, Any]:
    """Fill and edge of a class; hatched where no way is open."""
    if each.is_hatched:
        return {"facecolor": each.color, "edgecolor": HATCH_INK, "linewidth": 0.0, "hatch": HATCH}
    return {"facecolor": each.color, "edgecolor": EDGE, "linewidth": 0.5}


def _draw_names(
    axes: Axes, reach: Reach, what: ReachMap, outlines: Sequence[shapely.Geometry], frame: MapFrame
) -> None:
    """Draw the anchor, then names: anchor, classes on their largest areas, countries, large cities."""
    trip, (x, y) = reach.scenario.trip, frame.project_point(*reach.anchor_lon_lat)
    axes.plot(x, y, "s", ms=8.5, mfc=INK, mec="white", mew=1.5, zorder=8)
    labels = [
        Label(reach.anchor, x, y, 5.0, 11.0, "bold", INK),
        *_class_labels(what.classes, outlines),
        *labels_of_countries(set(reach.grid.country.tolist()), reach.evidence, frame, FULL),
        *city_labels(reach.evidence, frame, FULL, without={trip.origin, trip.destination}),
    ]
    scale = (frame.east - frame.west) / ((WIDTH_IN - 2 * SIDE_IN) * 72)
    write_labels(axes, labels, np.zeros((0, 2)), [], frame, scale)


def _class_labels(classes: Sequence[CellClass], outlines: Sequence[shapely.Geometry]) -> Iterator[Label]:
    """Each class by name where its largest area is widest."""
    for each, outline in zip(classes, outlines, strict=True):
        if each.label and len(each.cells) >= LEAST_LABELLED_CELLS:
            part = max(shapely.get_parts(outline), key=lambda part: float(part.area))
            middle = shapely.get_point(shapely.maximum_inscribed_circle(part, tolerance=2e4), 0)
            yield Label(each.label, middle.x, middle.y, 0.0, LABEL_PT, "bold", INK, is_area=True)


def _draw_key(axes: Axes, classes: Sequence[CellClass]) -> None:
    """Draw one box and text for each class, row by row, and the blank of cells without a road."""
    rows = -(-(len(classes) + 1) // KEY_COLUMNS)
    axes.set(xlim=(0, KEY_COLUMNS), ylim=(rows, 0))
    axes.axis("off")
    for number, each in enumerate(classes):
        _draw_key_box(axes, number, each.text, _style(each))
    blank = {"facecolor": LAND_OF_TRIP, "edgecolor": COAST, "linewidth": 0.5}
    _draw_key_box(axes, len(classes), f"no road within {ROAD_LIMIT_KM:g} km", blank)


def _draw_key_box(axes: Axes, number: int, text: str, style: Mapping[str, Any]) -> None:
    row, column = divmod(number, KEY_COLUMNS)
    axes.add_patch(Rectangle((column + 0.004, row + 0.2), 0.1, 0.6, **style))
    axes.text(column + 0.125, row + 0.5, text, size=8.2, color=INK, va="center")


def _write_texts(figure: Figure, reach: Reach, what: ReachMap) -> None:
    height, left = figure.get_size_inches()[1], SIDE_IN / WIDTH_IN
    size_pt = TITLE_PT * min(1.0, FULL_SIZE_LETTERS / len(what.title))
    figure.text(left, 1 - 0.2 / height, what.title, size=size_pt, weight="bold", color=INK, va="top", parse_math=False)
    subtitle = f"{what.subtitle} · {facts_text(reach)} · mean inputs"
    size_pt = SUBTITLE_PT * min(1.0, FULL_SIZE_SUBTITLE / len(subtitle))
    figure.text(left, 1 - 0.49 / height, subtitle, size=size_pt, color=MUTED_INK, va="top", parse_math=False)
    figure.text(left, 0.1 / height, foot_text(reach), size=7.2, color=MUTED_INK, va="bottom", linespacing=1.4)
