"""What nobody knows, one by one: names, values in their own units, and the levels that a tornado sets."""

from __future__ import annotations

import numpy as np
import pytest

from corridor.analysis.assessment import Assessment
from corridor.futures.designs import Columns, Levels
from corridor.futures.draws import Draws
from corridor.futures.factors import Factors
from corridor.futures.labels import figure_label
from corridor.futures.pairs import scenario_factors
from corridor.futures.variables import Variable, find_variables
from corridor.network.roads import RoadNetwork
from tests.futures.change_trip import QUEUE, drawn_assessment, sure_evidence, toy_assessment


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, "uncertainty.draws=8192")


def variables_of(assessment: Assessment) -> dict[str, Variable]:
    found = find_variables(assessment.options, assessment.evidence, assessment.scenario)
    return {variable.id: variable for variable in found}


def test_variables_carry_the_words_and_values_of_the_tables(drawn: Assessment) -> None:
    found = variables_of(drawn)
    speed, post = found["speed.PAK"], found["post.torkham.PAK-AFG"]
    assert (speed.label, speed.unit) == ("Driving speed in Pakistan", "km/h")
    assert speed.value == drawn.evidence.parameter("swod_km_per_h", "PAK").value
    assert (post.label, post.unit) == ("Hours at Torkham, Pakistan to Afghanistan", "h")
    assert post.value == pytest.approx(drawn.evidence.crossings["torkham"].times["PAK-AFG"].hours)
    assert found["diesel"].label == "Diesel price, all countries"


def test_posts_of_a_frontier_are_one_group(drawn: Assessment) -> None:
    found = variables_of(drawn)
    torkham, chaman = found["post.torkham.PAK-AFG"], found["post.chaman.PAK-AFG"]
    assert torkham.group == chaman.group == "frontier.AFG-PAK"
    assert torkham.group_label == "Hours at the posts between Afghanistan and Pakistan"
    assert set(torkham.names) & set(chaman.names) == {"frontier.AFG-PAK"}


def test_what_a_scenario_sets_is_no_variable(toy_network: RoadNetwork) -> None:
    assert variables_of(toy_assessment(toy_network, sure_evidence())) == {}


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_level_puts_a_variable_where_that_share_of_its_draws_is_below(share: float, drawn: Assessment) -> None:
    factors, luck = scenario_factors(drawn, has_luck=False), Draws(2, 7, ())
    for variable in variables_of(drawn).values():
        if variable.id == "diesel":
            continue  # its value is a mean of prices, which spreads less than each of them
        levels = Levels(luck, variable.levels(share))
        at_level = variable.values(Factors(drawn.evidence, levels, has_luck=False))[0]
        drawn_values = variable.values(factors)
        assert np.mean(drawn_values < at_level) == pytest.approx(share, abs=0.015), variable.id


def test_each_price_of_diesel_is_at_its_own_level(drawn: Assessment) -> None:
    diesel = variables_of(drawn)["diesel"]
    factors = scenario_factors(drawn, has_luck=False)
    level = Factors(drawn.evidence, Levels(Draws(2, 7, ()), diesel.levels(0.9)), has_luck=False)
    for effect, _ in diesel.members:
        all_drawn, at_level = factors.of(effect), level.of(effect)
        assert all_drawn is not None
        assert at_level is not None
        assert np.mean(all_drawn < at_level[0]) == pytest.approx(0.9, abs=0.015)


def test_the_other_posts_of_a_frontier_stay_in_the_middle(drawn: Assessment) -> None:
    found = variables_of(drawn)
    levels = Levels(Draws(2, 7, ()), found["post.torkham.PAK-AFG"].levels(0.9))
    middle = Levels(Draws(2, 7, ()), {})
    chaman = found["post.chaman.PAK-AFG"]
    at_level, at_middle = (
        chaman.values(Factors(drawn.evidence, design, has_luck=False)) for design in (levels, middle)
    )
    assert at_level == pytest.approx(at_middle)


def test_scores_of_both_sides_of_a_post_are_one(drawn: Assessment) -> None:
    factors = scenario_factors(drawn, has_luck=False)
    scores = variables_of(drawn)["post.torkham.PAK-AFG"].scores(factors)
    assert scores.shape == (1, 8192)
    assert scores.mean() == pytest.approx(0.0, abs=1e-9)
    assert scores.std() == pytest.approx(1.0)


def test_columns_serve_no_luck() -> None:
    with pytest.raises(KeyError, match="design without luck"):
        Columns(2, {}).luck("closure.torkham.state")


def test_labels_name_the_place_in_words(drawn: Assessment) -> None:
    labels = {
        QUEUE: "Queue at Torkham, Pakistan to Afghanistan",
        "parameters.entry_fee_usd.TKM:*": "Entry fee in Turkmenistan",
        "parameters.bridge_fee_usd.hairatan": "Bridge fee at Hairatan-Termez bridge",
        "parameters.tir_carnet_usd.*": "TIR carnet",
        "parameters.driver_usd_per_h.PAK": "Pay of one driver, trucks from Pakistan",
        "parameters.tyres_maintenance_usd_per_km.*": "Tyres and maintenance, all trucks",
        "parameters.stop_h_per_100_km.*": "Road stops in countries without a figure of their own",
        "parameters.entry_fee_by_mass_usd.18:TKM:*": "Entry fee in Turkmenistan, 18 t",
        "parameters.swod_km_per_h.EU_EFTA": "Driving speed in EU and EFTA",
        "criteria.carbon_usd_per_t": "Price of carbon",
    }
    assert {key: figure_label(key, drawn.evidence) for key in labels} == labels
