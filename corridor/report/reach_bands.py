"""Cells sorted into classes of one colour each: bands of days and USD, corridors, and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from corridor.report.background import Floats
from corridor.report.palette import OPTION_COLORS, mixed
from corridor.report.reach_corridors import HOME, Family, family_name, find_family
from corridor.report.reach_findings import Change, Reach
from corridor.routing.steps import Move

BAND_COLORS = ("#081d58", "#253494", "#225ea8", "#1d91c0", "#41b6c4", "#7fcdbb", "#c7e9b4", "#edf8b1")
"""From near to far. After ColorBrewer's YlGnBu (Harrower & Brewer 2003), safe under colour blindness."""

LESS_COLORS, MORE_COLORS = ("#cfcbe6", "#b2abd2", "#8073ac", "#542788"), ("#fee0b6", "#fdb863", "#e08214", "#b35806")
"""From small to large. After ColorBrewer's PuOr, safe under colour blindness."""

SAME_COLOR, NEW_COLOR, LOST_COLOR, SHUT_COLOR, HOME_COLOR = "#d6d2c8", "#1b7837", "#7f7f7f", "#e4e1db", "#c9c4b8"
PALE_SHARE = 0.35

COUNTRY_COLORS = (*OPTION_COLORS[9:], OPTION_COLORS[8])
"""Those that the named corridors of the bundled scenarios leave, the dark one last."""

DAYS_BANDS = (3.0, 5.0, 7.0, 10.0, 14.0, 21.0)
USD_STEPS = (10.0, 20.0, 50.0, 100.0, 150.0, 200.0, 300.0, 500.0, 1000.0)
MOST_BANDS = 7

CHANGE_EDGES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "days": (0.1, 0.5, 1.0, 2.0),
        "days_share": (0.01, 0.05, 0.1, 0.2),
        "hours_per_100_km": (0.05, 0.25, 0.5, 1.0),
        "usd_per_t": (1.0, 10.0, 25.0, 50.0),
        "usd_share": (0.01, 0.05, 0.1, 0.2),
        "usd_per_km": (0.01, 0.05, 0.1, 0.2),
    }
)
"""What is drawn of a change -> edges of its classes, on both sides of nothing."""


@dataclass(frozen=True, slots=True)
class CellClass:
    """Cells of one colour.

    Parameters
    ----------
    text : for the key; label : for the map itself, empty for none
    cells : numbers in the grid
    """

    text: str
    label: str
    color: str
    cells: NDArray[np.intp]
    is_hatched: bool = False


def usd_bands(values: Floats) -> tuple[float, ...]:
    """Round edges in steps that make at most `MOST_BANDS` bands of nearly all values.

    Examples
    --------
    >>> usd_bands(np.array([20.0, 340.0, np.inf]))
    (50.0, 100.0, 150.0, 200.0, 250.0, 300.0, 350.0)
    """
    finite = values[np.isfinite(values)]
    most = float(np.quantile(finite, 0.98)) if len(finite) else 0.0
    step = next((step for step in USD_STEPS if most <= MOST_BANDS * step), USD_STEPS[-1])
    count = min(MOST_BANDS, max(1, int(np.ceil(most / step))))
    return tuple(step * (number + 1) for number in range(count))


def band_classes(reach: Reach, value: Floats, edges: Sequence[float], unit: str) -> list[CellClass]:
    """Bands of a value from near to far, then the cells to which no way is open.

    Parameters
    ----------
    value : of the cells with a road
    """
    limits = (-np.inf, *edges, np.inf)
    texts = [f"up to {edges[0]:g}", *(f"{a:g} to {b:g}" for a, b in pairwise(edges)), f"over {edges[-1]:g}"]
    colors = [BAND_COLORS[round(place)] for place in np.linspace(0, len(BAND_COLORS) - 1, len(texts))]
    classes = []
    for (low, high), text, color in zip(pairwise(limits), texts, colors, strict=True):
        inside = np.isfinite(value) & (value > low) & (value <= high)
        classes.append(CellClass(f"{text} {unit}", _short(f"{text} {unit}"), color, reach.cells[inside]))
    return _filled([*classes, shut_class(reach.cells[~np.isfinite(value)])])


def shut_class(cells: NDArray[np.intp]) -> CellClass:
    """Cells with roads to which no way is open."""
    return CellClass("no way open on the day", "no way open", SHUT_COLOR, cells, is_hatched=True)


def families_of(reach: Reach, posts: Sequence[Sequence[Move]]) -> list[Family]:
    """The corridor of each way."""
    corridors = [reach.evidence.corridors[name] for name in reach.scenario.routes.presets]
    known: dict[Sequence[Move], Family] = {}
    found = []
    for way in posts:
        if way not in known:
            known[way] = find_family(way, corridors, is_outward=reach.is_outward)
        found.append(known[way])
    return found


def family_colors(reach: Reach, families: Sequence[Family]) -> dict[Family, str]:
    """A colour for each corridor, the same on every map of a scenario's corridors; countries follow, home is grey."""
    named = [Family(name, "") for name in reach.scenario.routes.presets]
    others = sorted({family for family in families if not family.corridor and family != HOME})
    colors = dict(zip(named, cycle(OPTION_COLORS), strict=False)) | dict(
        zip(others, cycle(COUNTRY_COLORS), strict=False)
    )
    return {HOME: HOME_COLOR} | {family: mixed(color, "#ffffff", share=PALE_SHARE) for family, color in colors.items()}


def corridor_classes(reach: Reach) -> list[CellClass]:
    """Cells by the corridor of the best way, largest first, then those to which no way is open."""
    reached = reach.at_cells["best"]
    is_open = np.isfinite(reached.value)
    families = families_of(reach, reached.posts)
    colors = family_colors(reach, families)
    cells: dict[Family, list[int]] = {}
    for cell, family, is_reached in zip(reach.cells.tolist(), families, is_open.tolist(), strict=True):
        if is_reached:
            cells.setdefault(family, []).append(cell)
    classes = []
    for family in sorted(cells, key=lambda family: (-len(cells[family]), family)):
        name = family_name(family, reach.evidence)
        classes.append(CellClass(name, "" if family == HOME else name, colors[family], np.array(cells[family])))
    return _filled([*classes, shut_class(reach.cells[~is_open])])


def change_classes(cells: NDArray[np.intp], change: Change, values: Floats, name: str, unit: str) -> list[CellClass]:
    """Classes of a change from much less to much more, then cells that a way reaches in one scenario only.

    Parameters
    ----------
    values : the change of each cell in `unit`, nan where there is none
    name : key of `CHANGE_EDGES`
    """
    edges = CHANGE_EDGES[name]
    scale = 100 if name.endswith("_share") else 1
    same = CellClass(f"change under {scale * edges[0]:g} {unit}", "", SAME_COLOR, cells[np.abs(values) < edges[0]])
    less, more = (
        _one_sided(cells, sign * values, edges, scale, f"{unit} {word}", colors)
        for sign, word, colors in ((-1, "less", LESS_COLORS), (1, "more", MORE_COLORS))
    )
    only = [
        CellClass("reached only after", "reached only after", NEW_COLOR, cells[change.is_new]),
        CellClass("reached only before", "reached only before", LOST_COLOR, cells[change.is_lost]),
        shut_class(cells[~np.isfinite(change.before) & ~np.isfinite(change.after)]),
    ]
    return _filled([*less[::-1], same, *more, *only])


def _one_sided(
    cells: NDArray[np.intp], size: Floats, edges: Sequence[float], scale: float, unit: str, colors: Sequence[str]
) -> list[CellClass]:
    """Classes of growing size."""
    classes = []
    for (low, high), color in zip(pairwise((*edges, np.inf)), colors, strict=True):
        text = f"{scale * low:g} to {scale * high:g}" if np.isfinite(high) else f"over {scale * low:g}"
        classes.append(
            CellClass(f"{text} {unit}", _short(f"{text} {unit}"), color, cells[(size >= low) & (size < high)])
        )
    return classes


def _short(text: str) -> str:
    """Text of the key as it stands on the map."""
    return text.replace("up to ", "≤").replace("over ", ">").replace(" to ", "–")


def _filled(classes: Sequence[CellClass]) -> list[CellClass]:
    """Those that have cells."""
    return [each for each in classes if len(each.cells)]
