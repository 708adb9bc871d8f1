"""What would change the answer, all together: consistent with itself, and the same under any hash seed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corridor.analysis.assessment import Assessment
from corridor.errors import ScenarioError
from corridor.futures.pairs import find_pair, scenario_factors
from corridor.futures.sensitivity import find_sensitivity
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import drawn_assessment, labels_of, sure_evidence, toy_assessment
from tests.hash_seeds import printed_under_hash_seeds

SCRIPT = """
import json, sys
from corridor.futures.sensitivity import find_sensitivity
from corridor.report.change_documents import sensitivity_document
from tests.conftest import build_toy_network
from tests.futures.change_trip import drawn_assessment
nodes, roads, posts = json.loads(sys.stdin.read())
network = build_toy_network([tuple(node) for node in nodes], [tuple(road) for road in roads], posts)
print(json.dumps(sensitivity_document(find_sensitivity(drawn_assessment(network))), allow_nan=False))
"""

NODES = [
    ("islamabad", "PAK", 73.0, 33.7), ("torkham@PAK", "PAK", 71.1, 34.1), ("torkham@AFG", "AFG", 71.1, 34.1),
    ("chaman@PAK", "PAK", 66.4, 31.0), ("chaman@AFG", "AFG", 66.4, 31.0), ("hairatan@AFG", "AFG", 67.4, 37.2),
    ("hairatan@UZB", "UZB", 67.4, 37.2), ("tashkent", "UZB", 69.3, 41.3),
]  # fmt: skip
ROADS = [
    ("islamabad", "torkham@PAK", 100.0), ("islamabad", "chaman@PAK", 600.0), ("torkham@AFG", "hairatan@AFG", 500.0),
    ("chaman@AFG", "hairatan@AFG", 900.0), ("hairatan@UZB", "tashkent", 400.0),
]  # fmt: skip
POSTS = {name: (f"{name}@{a}", f"{name}@{b}") for name, a, b in (
    ("torkham", "PAK", "AFG"), ("chaman", "PAK", "AFG"), ("hairatan", "AFG", "UZB"),
)}  # fmt: skip


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network)


def test_its_parts_are_about_the_same_gap(drawn: Assessment) -> None:
    between = labels_of(drawn)
    found = find_sensitivity(drawn, between=between)
    gap_usd = find_pair(drawn, between).gap_usd(scenario_factors(drawn, has_luck=False), rest="timetable")
    assert found.gap_usd == pytest.approx(gap_usd.mean())
    assert found.share_a == (gap_usd < 0).mean()
    smooth_usd = find_pair(drawn, between).gap_usd(scenario_factors(drawn, has_luck=False))
    assert found.indices.mean_usd == pytest.approx(smooth_usd.mean(), rel=0.2)
    assert found.indices.sd_usd == pytest.approx(smooth_usd.std(), rel=0.2)
    assert found.information.labels == between
    assert [(rule.winner, rule.loser) for rule in found.rules] == [between, between[::-1]]


def test_unnamed_options_are_chosen_among_all_open_ones(drawn: Assessment) -> None:
    found = find_sensitivity(drawn)
    assert found.information.labels == tuple(option.label for option in drawn.options)
    assert found.labels == find_pair(drawn).labels


def test_the_frame_has_the_tornado_the_share_of_the_group_and_the_worth_of_a_survey(drawn: Assessment) -> None:
    found = find_sensitivity(drawn)
    frame = found.to_frame().set_index("variable")
    assert frame.index.tolist() == [bar.variable.id for bar in found.tornado.bars]
    index, survey = found.indices.indices[0], found.information.surveys[0]
    assert set(frame.loc[frame["group"] == index.group, "group_total_share"]) == {index.total}
    own = next(each for each in found.information.surveys if each.id in frame.index)
    assert frame.loc[own.id, "survey_usd"] == own.usd <= survey.usd


def test_where_nothing_is_drawn_nothing_would_change_the_answer(toy_network: RoadNetwork) -> None:
    found = find_sensitivity(toy_assessment(toy_network, sure_evidence()))
    assert found.share_a == 1.0
    assert found.tornado.bars == ()
    assert found.indices.is_flat
    assert found.information.everything_usd == 0.0
    assert found.information.to_frame(trucks_per_year=5).empty
    assert found.to_frame().empty


def test_one_open_option_has_nothing_to_be_held_against(drawn: Assessment) -> None:
    with pytest.raises(ScenarioError, match="too few open options; expected two or more, got 1"):
        find_sensitivity(replace(drawn, options=drawn.options[:1]))


def test_too_few_futures_are_refused(toy_network: RoadNetwork) -> None:
    with pytest.raises(ScenarioError, match="expected 64 or more, got 32"):
        find_sensitivity(drawn_assessment(toy_network, "uncertainty.draws=32"))


def test_the_same_bytes_come_out_under_any_hash_seed() -> None:
    texts = printed_under_hash_seeds(SCRIPT, json.dumps([NODES, ROADS, POSTS]))
    assert len(texts) == 1
    assert json.loads(texts.pop())["tornado"]["bars"]
