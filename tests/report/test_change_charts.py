"""The chart of what would change the answer: the same bytes for the same result, every bar with its name."""

from __future__ import annotations

import matplotlib as mpl
import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.sensitivity import find_sensitivity
from corridor.network.roads import RoadNetwork
from corridor.report.change_charts import build_tornado_chart
from corridor.report.pictures import STYLE, svg_bytes
from tests.futures.change_trip import drawn_assessment, sure_evidence, toy_assessment


@pytest.fixture
def sure(toy_network: RoadNetwork) -> Assessment:
    return toy_assessment(toy_network, sure_evidence())


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=256")


def test_the_chart_of_the_tornado_names_every_bar(drawn: Assessment) -> None:
    tornado = find_sensitivity(drawn).tornado
    figure = build_tornado_chart(tornado, drawn)
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == [bar.variable.label for bar in tornado.bars][:12]


def test_the_chart_of_the_tornado_has_the_same_bytes_twice(drawn: Assessment) -> None:
    tornado = find_sensitivity(drawn).tornado
    with mpl.rc_context(STYLE):
        once, again = (svg_bytes(build_tornado_chart(tornado, drawn)) for _ in range(2))
    assert once == again


def test_a_chart_of_nothing_says_so(sure: Assessment) -> None:
    figure = build_tornado_chart(find_sensitivity(sure).tornado, sure)
    assert any("nothing that is drawn" in text.get_text() for text in figure.texts)
