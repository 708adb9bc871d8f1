"""The run folder: everything a run leaves behind, written beside and moved into place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from pathlib import Path
from types import MappingProxyType

from corridor.analysis.assessment import Assessment
from corridor.analysis.calibration_summary import read_shipped_calibration
from corridor.bundled import data_path
from corridor.report.artist import begin, begin_brief_map, begin_drawing
from corridor.report.brief import build_brief_pdf
from corridor.report.data_dictionary import build_data_dictionary, data_dictionary_csv
from corridor.report.figure_data import FIGURE_DATA, queues_of
from corridor.report.findings import Findings
from corridor.report.gis import build_layers, write_geopackage, write_geoparquet
from corridor.report.gpx import options_gpx
from corridor.report.html import build_html
from corridor.report.kml import options_kml
from corridor.report.ledger_csv import costs_csv, evidence_csv, legs_csv, posts_csv
from corridor.report.manifest import manifest_json
from corridor.report.pictures import Picture
from corridor.report.summary import summary_json
from corridor.report.workbook import write_run_workbook
from corridor.report.writable import not_writable, replacing
from corridor.scenario import write_resolved

NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


def write_run_folder(
    findings: Findings,
    parent: Path,
    *,
    command: str,
    artist: Executor | None = None,
    drawn: Mapping[str, Picture] = NO_PICTURES,
) -> Path:
    """Write ``<parent>/<run id>`` and return its path; one that exists is replaced as a whole.

    The folder is filled under another name and then moved, so a run that is stopped leaves no half folder.

    Parameters
    ----------
    command : how the run was started, for the manifest
    artist : a second process for half of the work, see `corridor.report.artist`
    drawn : figures that were drawn before, see `corridor.report.artist.draw_early`

    Raises
    ------
    ScenarioError
        The parent cannot be made or written to.
    DataError
        The figures on observed trips are missing.
    """
    assessment, shipped = findings.assessment, read_shipped_calibration(data_path())
    make_parent(parent)
    target = parent / assessment.run_id
    with replacing(target) as folder:
        finish_drawing = begin_drawing(findings, artist, drawn)
        _write_tables(assessment, folder)
        write_maps(assessment, folder)
        pictures = finish_drawing()
        finish_brief_map = begin_brief_map(findings, artist)
        finish_workbook = _begin_workbook(findings, pictures.keys(), folder, artist)
        _write_figures(findings, pictures, folder / "figures")
        write_text(folder / "report.html", build_html(assessment, findings.outlook, pictures, shipped))
        (folder / "brief.pdf").write_bytes(build_brief_pdf(findings, finish_brief_map(), shipped))
        finish_workbook()
        write_text(folder / "manifest.json", manifest_json(assessment, command=command))
    return target


def make_parent(parent: Path) -> None:
    """Make the folder in which folders of results stand."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_writable(parent, error) from error


def _write_tables(assessment: Assessment, folder: Path) -> None:
    write_text(folder / "scenario.resolved.yaml", write_resolved(assessment.scenario))
    write_text(folder / "legs.csv", legs_csv(assessment))
    write_text(folder / "posts.csv", posts_csv(assessment))
    write_text(folder / "costs.csv", costs_csv(assessment))
    write_text(folder / "evidence.csv", evidence_csv(assessment))
    write_text(folder / "summary.json", summary_json(assessment))


def _write_figures(findings: Findings, pictures: dict[str, Picture], folder: Path) -> None:
    """Each figure as SVG and PNG, with the numbers behind it as CSV."""
    folder.mkdir()
    for name, picture in pictures.items():
        (folder / f"{name}.svg").write_bytes(picture.svg)
        (folder / f"{name}.png").write_bytes(picture.png)
        write_text(folder / f"{name}.csv", FIGURE_DATA[name](findings))


def write_maps(assessment: Assessment, folder: Path) -> None:
    """The ways and posts for GIS software, Google Earth and GPS devices."""
    layers = build_layers(assessment)
    write_geopackage(assessment, layers, folder / "options.gpkg")
    write_geoparquet(layers, folder)
    (folder / "options.kml").write_bytes(options_kml(assessment))
    (folder / "options.gpx").write_bytes(options_gpx(assessment))


def _begin_workbook(
    findings: Findings, figures: Collection[str], folder: Path, artist: Executor | None
) -> Callable[[], None]:
    """Write the data dictionary, and begin with the workbook that shares it."""
    dictionary = build_data_dictionary(figures, queues_of(findings))
    write_text(folder / "data_dictionary.csv", data_dictionary_csv(dictionary))
    return begin(artist, write_run_workbook, findings.assessment, dictionary, folder / "workbook.xlsx")


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 with Unix line ends on every system."""
    path.write_bytes(text.encode())
