"""How long a report of ten options takes to make after its run, and to open, beside a page of plotly.

    python -m benchmarks.report

Needs Chromium; the peer needs `pip install plotly`, which this project does not depend on. Every figure is a median;
processor time says more than wall time where other work shares the machine.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.report_peer import IS_DRAWN, build_peer
from corridor.analysis.calibration_summary import read_shipped_calibration
from corridor.bundled import data_path
from corridor.futures.outlook import look_ahead
from corridor.report.artist import draw_early, second_artist
from corridor.report.exports import write_maps, write_run_folder, write_text
from corridor.report.figures import FIGURES, draw_pictures
from corridor.report.findings import Findings
from corridor.report.html import build_html
from corridor.report.ledger_csv import costs_csv, evidence_csv, legs_csv, posts_csv
from corridor.report.workbook import write_run_workbook
from corridor.scenario_reading import run_on_roads
from tests.report.browser import DESKTOP, MAP_IS_DRAWN, WITH_WEBGL, launch

ASSIGNMENTS = ["routes.alternatives=10"]
RUNS, OPENINGS = 5, 7

WATCH = """(() => {
    const look = () => { (%s) ? window.drawnMs = performance.now() : requestAnimationFrame(look); };
    requestAnimationFrame(look);
})()"""
"""Notes when an expression has become true, frame by frame from the beginning of the navigation."""


@dataclass(frozen=True, slots=True)
class Work:
    """Medians over `RUNS`; processor time of this process alone."""

    name: str
    wall_s: float
    processor_s: float


@dataclass(frozen=True, slots=True)
class Opening:
    """Medians over `OPENINGS`, milliseconds from the beginning of the navigation."""

    name: str
    size_mb: float
    load_ms: float
    first_paint_ms: float
    map_ms: float


def measure_rendering(findings: Findings) -> list[Work]:
    """What is made of a run, piece by piece in one process, then all of it in two."""
    assessment, shipped = findings.assessment, read_shipped_calibration(data_path())
    pictures = draw_pictures(findings, names=FIGURES)
    tables = (legs_csv, posts_csv, costs_csv, evidence_csv)
    with tempfile.TemporaryDirectory() as parent, second_artist() as artist:
        folder = Path(parent)
        drawn = draw_early(findings)
        write_run_folder(findings, folder, command="", artist=artist)
        pieces: Mapping[str, Callable[[], object]] = {
            "figures as SVG and PNG": lambda: draw_pictures(findings, names=FIGURES),
            "page": lambda: build_html(assessment, findings.outlook, pictures, shipped),
            "tables": lambda: [build(assessment) for build in tables],
            "maps for GIS": lambda: write_maps(assessment, folder),
            "workbook": lambda: write_run_workbook(assessment, (), folder / "workbook.xlsx"),
            "whole run folder, one process": lambda: write_run_folder(findings, folder, command=""),
            "whole run folder, two processes": lambda: write_run_folder(findings, folder, command="", artist=artist),
            "the same, after `corridor run` has looked ahead": lambda: write_run_folder(
                findings, folder, command="", artist=artist, drawn=drawn
            ),
        }
        return [_measured(name, work) for name, work in pieces.items()]


def _measured(name: str, work: Callable[[], object]) -> Work:
    times = [_once(work) for _ in range(RUNS)]
    return Work(name, median(wall for wall, _ in times), median(processor for _, processor in times))


def _once(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def measure_openings(pages: Mapping[str, tuple[Path, str]]) -> list[Opening]:
    """Each page opened in turn in a browser profile of its own, by name -> file, expression true once drawn."""
    with sync_playwright() as playwright, launch(playwright, *WITH_WEBGL) as browser:
        rounds = [{name: _open_once(browser, *page) for name, page in pages.items()} for _ in range(OPENINGS + 1)][1:]
    return [_opening(name, path, [times[name] for times in rounds]) for name, (path, _) in pages.items()]


def _opening(name: str, path: Path, times: Sequence[tuple[float, float, float]]) -> Opening:
    load_ms, first_paint_ms, map_ms = (median(column) for column in zip(*times, strict=True))
    return Opening(name, path.stat().st_size / 1e6, load_ms, first_paint_ms, map_ms)


def _open_once(browser: Browser, path: Path, is_drawn: str) -> tuple[float, float, float]:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, offline=True)
    try:
        page = context.new_page()
        page.add_init_script(WATCH % is_drawn)
        page.goto(path.as_uri())
        page.wait_for_function("() => window.drawnMs !== undefined", timeout=120_000)
        return _timing(page)
    finally:
        context.close()


def _timing(page: Page) -> tuple[float, float, float]:
    load, paint, drawn = page.evaluate(
        "[performance.getEntriesByType('navigation')[0].loadEventEnd, "
        "performance.getEntriesByName('first-contentful-paint')[0].startTime, window.drawnMs]"
    )
    return float(load), float(paint), float(drawn)


def main() -> None:
    """Print both tables."""
    assessment, roads = run_on_roads("islamabad-minsk", ASSIGNMENTS, against_sea=True)
    findings = Findings(assessment, look_ahead(assessment, roads, progress=lambda _: None))
    print(f"{len(assessment.options)} open options, {len(assessment.closed_options)} closed\n")
    _print_rendering(measure_rendering(findings))
    with tempfile.TemporaryDirectory() as parent:
        report = write_run_folder(findings, Path(parent), command="") / "report.html"
        peer = Path(parent) / "peer.html"
        write_text(peer, build_peer(assessment))
        _print_openings(measure_openings({"report.html": (report, MAP_IS_DRAWN), "plotly": (peer, IS_DRAWN)}))


def _print_rendering(works: Sequence[Work]) -> None:
    print("| made after the run | wall | processor |\n| --- | ---: | ---: |")
    for work in works:
        print(f"| {work.name} | {work.wall_s:.2f} s | {work.processor_s:.2f} s |")


def _print_openings(openings: Sequence[Opening]) -> None:
    print("\n| page | size | first contentful paint | load event | map drawn |\n| --- | ---: | ---: | ---: | ---: |")
    for opening in openings:
        times = (opening.first_paint_ms, opening.load_ms, opening.map_ms)
        print(f"| {opening.name} | {opening.size_mb:.1f} MB | {' | '.join(f'{ms:,.0f} ms' for ms in times)} |")


if __name__ == "__main__":
    main()
