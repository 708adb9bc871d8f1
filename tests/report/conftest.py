"""The invented trip, its figures, page and run folder: built once, read by many tests."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.outlook import Outlook
from corridor.report.artist import draw_all
from corridor.report.exports import write_run_folder
from corridor.report.findings import Findings
from corridor.report.html import build_html
from corridor.report.pictures import Picture

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
