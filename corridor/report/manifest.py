"""What made a run: command, versions and hashes of the inputs; the only file with the clock in it."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from corridor.analysis.assessment import Assessment
from corridor.boundaries import OWN_SUFFIX
from corridor.bundled import data_path
from corridor.evidence import Evidence
from corridor.scenario import Scenario, write_resolved

LIBRARIES = (
    "geopandas", "jinja2", "maplibre", "matplotlib", "numpy", "openpyxl", "pyarrow", "pyogrio", "pyproj", "scipy",
    "shapely",
)  # fmt: skip
INPUT_SUFFIXES = (".csv", ".toml", ".geojson", ".parquet", ".json")


def manifest_json(assessment: Assessment, *, command: str) -> str:
    """The manifest of a run as indented JSON."""
    document = {
        "run_id": assessment.run_id,
        **made_by(command),
        "scenario_sha256": hashlib.sha256(write_resolved(assessment.scenario).encode()).hexdigest(),
        "changes": [
            {"key": change.key, "old": _plain(change.old), "new": _plain(change.new), "origin": change.origin}
            for change in assessment.changes
        ],
        "measures_sha256": {
            measure.id: hashlib.sha256(measure.model_dump_json().encode()).hexdigest()
            for measure in assessment.measures
        },
        "inputs_sha256": input_hashes(assessment.scenario, assessment.evidence),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def made_by(command: str) -> dict[str, object]:
    """The command, the clock, and the versions of everything that takes part."""
    return {
        "command": command,
        "created": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version(), "corridor": _version("corridor"), **_library_versions()},
    }


def _library_versions() -> dict[str, str]:
    return {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def input_hashes(scenario: Scenario, evidence: Evidence) -> dict[str, str]:
    """SHA-256 of every table, of what maps draw and of a scenario's network, by path below its folder.

    Own tables stand under the names of the bundled ones whose place they take.
    """
    files = {**_table_files(), "data/map/countries.geojson": data_path("map", "countries.geojson")}
    own = evidence.own.sha256 if evidence.own else {}
    hashes = _hashes(files | _network_files(scenario.network) | _boundary_files(scenario.map.boundaries))
    return hashes | {f"data/{name}": digest for name, digest in own.items()}


def table_hashes() -> dict[str, str]:
    """SHA-256 of the tables as they are now."""
    return _hashes(_table_files())


def _hashes(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(files.items())}


def _table_files() -> dict[str, Path]:
    return {f"data/{path.name}": path for path in data_path().iterdir() if path.suffix in INPUT_SUFFIXES}


def _boundary_files(boundaries: str) -> dict[str, Path]:
    """The file of boundaries that the maps draw instead of the bundled ones, if there is one."""
    own = Path(boundaries)
    return {f"boundaries/{own.name}": own} if own.suffix == OWN_SUFFIX else {}


def _network_files(name: str) -> dict[str, Path]:
    folder = data_path("network", "embedded") if name == "embedded" else Path(name)
    return {
        f"network/{path.name}": path
        for path in sorted(folder.iterdir() if folder.is_dir() else ())
        if path.suffix in INPUT_SUFFIXES
    }
