"""The invented trip, its figures, page and run folder: built once, read by many tests."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from corridor.analysis.assessment import Assessment
from corridor.analysis.disruptions import Episode
from corridor.analysis.replay import ReplayedEpisode
from corridor.analysis.replay_loss import Loss
from corridor.evidence import Event
from corridor.futures.outlook import Outlook, look_ahead
from corridor.report.artist import draw_all
from corridor.report.exports import write_run_folder
from corridor.report.findings import Findings
from corridor.report.html import build_html
from corridor.report.pictures import Picture
from corridor.scenario_reading import run_on_roads

from .browser import WITH_WEBGL, WITHOUT_WEBGL, launch
from .fake_trip import SHIPPED, build_assessment, build_hostile_assessment

HOSTILE = '<script>alert(1)</script> & "quotes" $x^2$'


@pytest.fixture(scope="session")
def assessment() -> Assessment:
    return build_assessment()


@pytest.fixture(scope="session")
def hostile_assessment() -> Assessment:
    return build_hostile_assessment()


@pytest.fixture(scope="session")
def pictures(assessment: Assessment) -> Mapping[str, Picture]:
    return draw_all(Findings(assessment, Outlook()), None)


@pytest.fixture(scope="session")
def page(assessment: Assessment, pictures: Mapping[str, Picture]) -> str:
    return build_html(assessment, Outlook(), pictures, SHIPPED)


@pytest.fixture(scope="session")
def hostile_page(pictures: Mapping[str, Picture]) -> str:
    return build_html(build_assessment(title=HOSTILE), Outlook(), pictures, SHIPPED)


@pytest.fixture(scope="session")
def run_folder(assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run_folder(
        Findings(assessment, Outlook()), tmp_path_factory.mktemp("runs"), command="corridor run islamabad-minsk"
    )


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all pages with a live map."""
    with launch(playwright, *WITH_WEBGL) as browser:
        yield browser


@pytest.fixture(scope="package")
def plain_chromium(playwright: Playwright) -> Iterator[Browser]:
    """One browser for all pages that show the static map: no WebGL, and faster."""
    with launch(playwright, *WITHOUT_WEBGL) as browser:
        yield browser


@pytest.fixture(scope="session")
def report(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the invented trip as a file."""
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(page, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def full_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The longest report: a bundled scenario with measures and ten alternatives, and all that looks ahead."""
    settings = ["routes.alternatives=10", "uncertainty.draws=1024"]
    assessment, roads = run_on_roads("islamabad-minsk-measures", settings, against_sea=True)
    assert len(assessment.options) >= 10
    outlook = look_ahead(assessment, roads, progress=lambda _: None)
    folder = write_run_folder(Findings(assessment, outlook), tmp_path_factory.mktemp("full"), command="")
    return folder / "report.html"


@pytest.fixture
def strike() -> ReplayedEpisode:
    """Taftan shut for ten days: told at departure all go round, told at the post six of ten wait."""
    event = Event("taftan", "closed", "*", date(2025, 6, 15), date(2025, 6, 25), "day", "strike", ("wire",), "high")
    return ReplayedEpisode(
        episode=Episode((event,)),
        label="A",
        crossing_id="taftan",
        posts=("taftan", "astara"),
        best_posts=("khunjerab",),
        dearer_usd=678.2,
        closed_days=10,
        every_days=1,
        at_departure=Loss(10, 0, 1.06, 662.4, "not settled", 0, ((("khunjerab", "torugart"), 10),)),
        on_the_road=Loss(10, 0, -0.42, -736.6, "at least", 6, ((("sarakhs",), 4),)),
        if_all_wait=Loss(10, 0, 5.0, 532.0, "exact", 10, ()),
    )
