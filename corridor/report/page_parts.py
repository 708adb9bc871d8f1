"""What every page with a live map holds: style, scripts, data, and the policy that lets nothing else run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from corridor.analysis.assessment import Assessment
from corridor.errors import DataError
from corridor.report import wording
from corridor.report.background import ATTRIBUTION, DISCLAIMER, SCHEMATIC
from corridor.report.content_policy import content_policy
from corridor.report.map_data import build_background_json, build_map_data, safe_json

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates, in which all text is escaped."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


@cache
def read_maplibre(name: str) -> str:
    """A file of MapLibre GL JS from the package `maplibre`, without importing it.

    Raises
    ------
    DataError
        The package is not installed, or has no such file.
    """
    spec = find_spec("maplibre")
    path = Path(spec.origin).parent / "srcjs" / name if spec and spec.origin else None
    if path is None or not path.is_file():
        raise DataError(
            f"maplibre: {name} is missing; expected the package of the map's code. Run: pip install maplibre"
        )
    return path.read_text(encoding="utf-8").strip()


def page_parts(assessment: Assessment, names: Sequence[str]) -> dict[str, Any]:
    """Style, scripts and data of the map, and the policy that lets them run and nothing else."""
    style = read_maplibre("maplibre-gl.css") + (TEMPLATES / "report.css").read_text(encoding="utf-8")
    scripts = [(TEMPLATES / f"{name}.js").read_text(encoding="utf-8") for name in names]
    maplibre = re.sub(r"\n?//# sourceMappingURL=\S+", "", read_maplibre("maplibre-gl.js"))
    return {
        "title": assessment.scenario.title,
        "policy": content_policy(scripts=(maplibre, *scripts), style=style),
        "style": Markup(style),  # noqa: S704 - our own file and MapLibre's
        "scripts": [Markup(script) for script in scripts],  # noqa: S704
        "maplibre_js": Markup(maplibre),  # noqa: S704
        "background_json": build_background_json(assessment.scenario.map.boundaries),
        "map_json": safe_json(build_map_data(assessment)),
    }


def map_texts(assessment: Assessment) -> dict[str, str]:
    """Title and remark of the map."""
    schematic = f"{SCHEMATIC} " if assessment.network.is_schematic else ""
    return {
        "map_title": wording.map_title(assessment),
        "map_remark": f"{schematic}{ATTRIBUTION}. {DISCLAIMER}",
    }
