"""Save where the lines, posts and ends of the bundled scenarios lie on their maps, for `test_map_inset`.

Run from the top of the repository: python -m tests.report.save_map_geometry
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from corridor.analysis.assessment import Assessment
from corridor.report.label_places import Floats
from corridor.report.map_lines import MapWays, build_lines
from corridor.report.map_names import end_labels
from corridor.report.map_posts import build_circles
from corridor.report.map_sizes import FULL
from corridor.report.palette import option_styles
from corridor.report.tracks import build_tracks
from corridor.scenario import bundled_scenarios
from corridor.scenario_reading import run_named

from .map_parts import sheet_of

GEOMETRY = Path(__file__).parent / "map_geometry.json"
GRID_PT = 5
"""Points of lines are saved to this grid, each once."""


def main() -> None:
    maps = {name: geometry_of(run_named(name, [], against_sea=False)) for name in sorted(bundled_scenarios())}
    GEOMETRY.write_text(json.dumps(maps, separators=(",", ":")) + "\n", encoding="utf-8")


def geometry_of(assessment: Assessment) -> dict[str, list[list[float]]]:
    """Page (west, south, east, north), points of lines, posts and ends (x, y, radius), all in points on paper."""
    ways = MapWays(assessment, option_styles(assessment.all_options), build_tracks(assessment.all_options))
    sheet = sheet_of(ways, FULL)
    lines = build_lines(ways, sheet)
    points = np.concatenate([line.points() for line in lines]) / sheet.metres_per_pt
    page = sheet.window
    return {
        "page": rounded(np.array([[page.west, page.south, page.east, page.north]])),
        "lines": np.unique(np.round(points / GRID_PT).astype(int) * GRID_PT, axis=0).tolist(),
        "posts": rounded(sheet.spots(build_circles(assessment, sheet))),
        "ends": rounded(sheet.spots(end_labels(assessment, sheet.frame, FULL))),
    }


def rounded(values: Floats) -> list[list[float]]:
    return [[float(value) for value in row] for row in np.round(values, 1)]


if __name__ == "__main__":
    main()
