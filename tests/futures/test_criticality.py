"""The loss without a post or a leg over the futures: by hand, against all chains of the toy trip, at mean inputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corridor.analysis.assess import open_ways
from corridor.analysis.criticality import price_ways
from corridor.analysis.trip import Trip, build_trip
from corridor.futures.choice import Choice, draw_choice
from corridor.futures.criticality import CriticalityStudy, study_criticality
from corridor.futures.factors import Factors
from corridor.futures.outcomes import Outcomes
from corridor.network.roads import RoadNetwork
from corridor.routing.steps import Element, posts_at_ends
from tests.analysis.conftest import toy_scenario
from tests.futures.toy_futures import toy_evidence


def trip_of(network: RoadNetwork, *assignments: str) -> Trip:
    keys = ("vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80", "uncertainty.draws=1024", *assignments)
    return build_trip(toy_scenario(*keys), toy_evidence(), network)


@pytest.fixture
def trip(toy_network: RoadNetwork) -> Trip:
    return trip_of(toy_network)


@pytest.fixture
def study(trip: Trip) -> CriticalityStudy:
    return study_criticality(trip)


def outcomes_of(usd: list[list[float]], hours: list[list[float]]) -> Outcomes:
    """Three ways whose generalised cost is money alone."""
    return Outcomes(
        labels=("first", "second", "third"),
        hours=np.array(hours),
        usd=np.array(usd),
        co2e_wtw_kg=np.array(hours) * 10,
        cargo_usd_per_h=0.0,
        carbon_usd_per_t=0.0,
        hours_by_component={},
        usd_by_component={},
    )


ROAD = ("gate@A", "bridge@A")


def choice_by_hand() -> Choice:
    """Two futures: the first way is the best in one, the second in the other; the third is a way out."""
    on_average = outcomes_of([[100.0, 130.0, 150.0], [140.0, 120.0, 180.0]], [[50.0, 40.0, 60.0], [50.0, 42.0, 60.0]])
    this_truck = outcomes_of([[110.0, 130.0, 150.0], [130.0, 125.0, 190.0]], [[55.0, 40.0, 60.0], [45.0, 45.0, 62.0]])
    elements: tuple[frozenset[Element], ...] = (
        frozenset({"gate", "bridge", ROAD}),
        frozenset({"gate", "ferry"}),
        frozenset({"pass"}),
    )
    return Choice(elements, on_average, this_truck)


def test_a_loss_by_hand() -> None:
    loss = choice_by_hand().loss(["bridge"])
    assert loss is not None
    assert loss.use_share == 0.5
    assert loss.generalised_usd == 15.0  # (130 - 100 + 120 - 120) / 2
    assert loss.p90_generalised_usd == pytest.approx(27.0)  # nine tenths of the way from 0 to 30
    assert loss.time_h == -5.0  # (40 - 50 + 42 - 42) / 2
    assert loss.co2e_wtw_kg == -50.0
    assert loss.p90_time_h == pytest.approx(44.5 - 54.0)  # of 40 and 45, less of 55 and 45
    assert loss.sd_usd == pytest.approx(2.5 - 7.5)  # of 130 and 125, less of 110 and 125


def test_the_way_is_chosen_by_what_is_known_before_the_truck_sets_out() -> None:
    loss = choice_by_hand().loss(["gate"])
    assert loss is not None
    assert loss.use_share == 1.0
    assert loss.generalised_usd == 55.0  # (150 - 100 + 180 - 120) / 2, whatever the luck of this truck


def test_a_post_that_no_best_way_passes_costs_nothing() -> None:
    choice = choice_by_hand()
    loss = choice.loss(["pass"])
    assert loss is not None
    assert (loss.use_share, loss.generalised_usd, loss.p90_generalised_usd, loss.time_h, loss.sd_usd) == (0,) * 5
    assert choice.used == ("bridge", "ferry", "gate", ROAD)


def test_a_leg_that_only_one_way_uses_costs_what_a_post_of_that_way_alone_does() -> None:
    choice = choice_by_hand()
    leg, post = choice.loss([ROAD]), choice.loss(["bridge"])
    assert leg is not None
    assert post is not None
    assert (leg.without, leg.generalised_usd, leg.sd_usd) == ((ROAD,), post.generalised_usd, post.sd_usd)


def test_what_leaves_no_way_has_no_mean() -> None:
    choice = choice_by_hand()
    assert choice.loss(["gate", "pass"]) is None
    assert [loss.without for loss in choice.losses([["gate", "pass"], ["bridge"], ["gate"]])] == [
        ("gate",),
        ("bridge",),
    ]


def test_no_loss_over_the_futures_is_below_0_and_a_pair_costs_no_less_than_either(study: CriticalityStudy) -> None:
    alone = {loss.without[0]: loss.generalised_usd for loss in (*study.posts, *study.legs)}
    assert min(alone.values()) >= 0
    assert study.pairs
    for pair in study.pairs:
        assert pair.generalised_usd >= max(alone.get(element, 0.0) for element in pair.without)


def test_to_bar_a_leg_costs_no_more_than_to_close_a_post_at_its_end(study: CriticalityStudy) -> None:
    posts = {loss.without[0]: loss.generalised_usd for loss in study.posts}
    for leg in study.legs:
        ends = [posts[post] for post in posts_at_ends(leg.without[0]) if post in posts]
        assert ends
        assert leg.generalised_usd <= min(ends)


def test_a_leg_that_is_the_only_one_to_a_post_costs_as_much_as_the_post(study: CriticalityStudy) -> None:
    legs = {leg.without[0]: leg for leg in study.legs}
    assert study.post_like(legs["islamabad", "torkham@PAK"], within_usd=0.01) == "torkham"
    freed = replace(legs["islamabad", "torkham@PAK"], generalised_usd=0.0)
    assert study.post_like(freed, within_usd=0.01) is None


def test_each_leg_has_its_line(study: CriticalityStudy) -> None:
    assert study.leg_stages.keys() == {leg.without[0] for leg in study.legs}
    assert all((stage.start, stage.end) == leg for leg, stage in study.leg_stages.items())


def test_the_ways_found_are_as_good_in_every_future_as_all_chains_there_are(
    trip: Trip, study: CriticalityStudy
) -> None:
    ways = open_ways(trip)
    every = price_ways(trip, ways.priced([ways.candidate(chain) for chain in ways.search(()).chains()]))
    choice = draw_choice(tuple(every.values()), trip.evidence, trip.scenario)
    assert len(every) > study.ways
    assert set(choice.used) == {loss.without[0] for loss in (*study.posts, *study.legs)}
    for loss in study.losses:
        exact = choice.loss(loss.without)
        assert exact is not None
        assert loss.generalised_usd == pytest.approx(exact.generalised_usd, abs=0.005)
        assert loss.p90_time_h == pytest.approx(exact.p90_time_h, abs=1e-6)


def test_where_nothing_is_drawn_the_losses_are_those_at_mean_inputs(
    toy_network: RoadNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Factors, "of", lambda _self, _effect: None)
    monkeypatch.setattr(Factors, "closure_share", lambda _self, _post, days_ahead: np.ones_like(days_ahead))
    study = study_criticality(trip_of(toy_network, "uncertainty.draws=256"))
    for loss in study.losses:
        assert loss.generalised_usd == pytest.approx(study.at_means.loss_usd(loss.without), abs=1e-6)
        assert loss.p90_generalised_usd == pytest.approx(loss.generalised_usd, abs=1e-6)
        assert loss.sd_usd == pytest.approx(0, abs=1e-6)


def test_posts_that_the_best_way_at_mean_inputs_does_without_may_matter_in_other_futures(
    study: CriticalityStudy,
) -> None:
    spare = [loss for loss in study.posts if loss.without[0] in study.at_means.spare_posts]
    assert all(study.at_means.loss_usd(loss.without) == 0 < loss.generalised_usd for loss in spare)
    assert spare
    frame = study.to_frame()
    assert frame["kind"].value_counts().to_dict() == {
        "post": len(study.posts),
        "leg": len(study.legs),
        "pair": len(study.pairs),
    }
    assert frame.loc[frame["without"] == spare[0].without[0], "at_means_usd"].item() == 0


def test_a_pair_that_cuts_the_trip_is_in_no_mean(study: CriticalityStudy) -> None:
    cutting = set(study.at_means.cutting_pairs)
    assert cutting
    assert not cutting & {loss.without for loss in study.pairs}
    assert cutting >= set(study.at_means.cuts)  # of two posts each


def test_further_ways_are_chosen_from_as_well_each_once(trip: Trip, study: CriticalityStudy) -> None:
    ways = open_ways(trip)
    every = price_ways(trip, ways.priced([ways.candidate(chain) for chain in ways.search(()).chains()]))
    more = study_criticality(trip, every.values())
    assert more.ways == len(every)
    assert {loss.without for loss in more.posts} >= {loss.without for loss in study.posts}
