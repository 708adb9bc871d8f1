"""The map of two numbers: what its title says, its bytes, and what it leaves out where there is nothing to show."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.text import Annotation

from corridor.analysis.assessment import Assessment
from corridor.futures.breakeven import BreakEven
from corridor.futures.breakeven_study import BreakEvenStudy, study_break_evens
from corridor.futures.indifference import Indifference, find_indifference
from corridor.futures.outlook import Outlook
from corridor.futures.sensitivity import find_sensitivity
from corridor.network.roads import RoadNetwork
from corridor.report.figure_data import FIGURE_DATA
from corridor.report.findings import Findings
from corridor.report.indifference_chart import build_queues_chart, write_indifference_chart
from corridor.report.indifference_wording import queues_alt, queues_title
from corridor.report.numerals import NBSP
from corridor.report.palette import option_styles
from corridor.report.pictures import STYLE, svg_bytes
from tests.futures.change_trip import FEE, drawn_assessment, labels_of


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=256")


@pytest.fixture
def study(drawn: Assessment) -> BreakEvenStudy:
    return study_break_evens(drawn, find_sensitivity(drawn, between=labels_of(drawn)).tornado)


def alone(study: BreakEvenStudy) -> tuple[BreakEven, BreakEven]:
    assert study.queues is not None
    return study.row(study.queues.x), study.row(study.queues.y)


def without_switch(row: BreakEven) -> BreakEven:
    return replace(row, line=replace(row.line, switches=()), best_there=())


def map_of(study: BreakEvenStudy) -> Indifference:
    assert study.queues is not None
    return study.queues


@pytest.mark.parametrize("suffix", [".svg", ".png"])
def test_the_map_of_two_numbers_has_the_same_bytes_twice(suffix: str, drawn: Assessment, tmp_path: Path) -> None:
    found = find_indifference(drawn, [FEE, "parameters.diesel_usd_per_l.AFG"], between=labels_of(drawn), size=5)
    paths = [tmp_path / f"{name}{suffix}" for name in ("one", "two")]
    for path in paths:
        write_indifference_chart(found, drawn, path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert len(paths[0].read_bytes()) > 1000


def test_the_title_says_from_which_queue_on_the_order_changes(study: BreakEvenStudy, drawn: Assessment) -> None:
    found, rows = map_of(study), alone(study)
    now = rows[0].better_now
    other = next(label for label in found.labels if label != now)
    title = queues_title(found, rows, drawn.evidence).replace(NBSP, " ")
    assert title.startswith(f"{other} is better than {now} ")
    for row in rows:
        assert row.nearest is not None
        side = "above" if row.nearest.value > row.asked.value else "below"
        assert f"{side} {row.nearest.value:.1f} h of queue at" in title


def test_a_queue_that_does_not_suffice_alone_brings_the_change_nearer(study: BreakEvenStudy, drawn: Assessment) -> None:
    x, y = alone(study)
    assert x.nearest is not None
    more = "longer" if x.nearest.value > x.asked.value else "shorter"
    one = queues_title(map_of(study), (without_switch(x), y), drawn.evidence)
    assert f", sooner with a {more} queue at " in one
    none = queues_title(map_of(study), (without_switch(x), without_switch(y)), drawn.evidence)
    assert "only with both: a " in none


def test_the_regions_have_the_colours_of_their_options_and_the_line_its_name(
    study: BreakEvenStudy, drawn: Assessment
) -> None:
    figure = build_queues_chart(study, drawn)
    assert figure is not None
    (axes,) = figure.axes
    texts = [text.get_text() for text in axes.texts]
    assert "both cost the same" in texts
    assert sum(text.startswith("now: ") for text in texts) == 1
    styles = option_styles(drawn.all_options)
    discs = {
        text.get_text(): mpl.colors.to_hex(box.get_facecolor())
        for text in axes.texts
        if isinstance(text, Annotation) and (box := text.get_bbox_patch()) is not None
    }
    assert discs == {label: styles[label].color for label in map_of(study).labels}


def test_no_words_on_the_map_cover_others(study: BreakEvenStudy, drawn: Assessment) -> None:
    figure = build_queues_chart(study, drawn)
    assert figure is not None
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in figure.axes[0].texts if len(text.get_text()) > 1]
    assert len(boxes) >= 4  # two regions, the line, the cross
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_the_map_of_the_report_has_the_same_bytes_twice(study: BreakEvenStudy, drawn: Assessment) -> None:
    with mpl.rc_context(STYLE):
        figures = [build_queues_chart(study, drawn) for _ in range(2)]
        once, again = (svg_bytes(figure) for figure in figures if figure)
    assert once == again


def test_without_a_line_or_without_two_posts_there_is_no_map(study: BreakEvenStudy, drawn: Assessment) -> None:
    found = map_of(study)
    flat = replace(found, gaps_usd=np.full_like(found.gaps_usd, -5.0), contours=())
    assert build_queues_chart(replace(study, queues=flat), drawn) is None
    assert build_queues_chart(replace(study, queues=None), drawn) is None
    assert queues_title(flat, alone(study), drawn.evidence).endswith("is the better one over the whole of both ranges")
    assert queues_alt(replace(study, queues=None), drawn.evidence) == ""


def test_the_numbers_of_the_map_are_those_of_its_grid(study: BreakEvenStudy, drawn: Assessment) -> None:
    text = FIGURE_DATA["queues"](Findings(drawn, Outlook(break_evens=study)))
    header, *rows = text.splitlines()
    assert header.endswith(",gap_usd,better")
    assert len(rows) == map_of(study).gaps_usd.size
    assert FIGURE_DATA["queues"](Findings(drawn, Outlook())) == ""
