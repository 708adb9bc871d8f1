from dataclasses import replace

import pytest

from corridor.analysis.assess import _count_notes, assess, open_ways
from corridor.analysis.assessment import Option
from corridor.analysis.options import COST_RATIO_MAX, Alternatives, without_excursions
from corridor.analysis.trip import Trip, build_trip
from corridor.errors import RouteError
from corridor.evidence import Evidence
from corridor.network.roads import RoadNetwork
from tests.analysis.conftest import toy_scenario

# Torkham and Hairatan: 100 km in PAK, 500 in AFG, 400 in UZB
DRIVE_H = {"PAK": 100 / 50, "AFG": 500 / 40, "UZB": 400 / 60}
STOPS_H = {"PAK": 1.0, "AFG": 5.0, "UZB": 4.0}
POST_H = 10 + 2 + 3 + 5 + 1 + 2
# Two drivers on duty in queues: 3 h on the road and 15 h at Torkham use up a shift of 18 h; 17.5 h through Afghanistan
# and 8 h at Hairatan are more than a shift of 21 h. A rest by Afghan rules of 6 h, and one of 9 h by those of the AETR.
REST_H = 6 + 9
DOOR_H = sum(DRIVE_H.values()) + sum(STOPS_H.values()) + POST_H + REST_H


def best(trip: Trip) -> Option:
    return assess(trip).options[0]


def usd(option: Option, component: str) -> float:
    return sum(row.usd or 0.0 for row in option.ledger.money if row.component == component)


def test_the_cheapest_chain_is_the_short_one(toy_trip: Trip) -> None:
    option = best(toy_trip)
    assert option.post_ids == ("torkham", "hairatan")
    assert option.length_km == pytest.approx(1000.0)


def test_hours_add_up_on_paper(toy_trip: Trip) -> None:
    option = best(toy_trip)
    hours = option.ledger.hours_by(lambda row: row.component)
    assert hours["drive"] == pytest.approx(sum(DRIVE_H.values()))
    assert hours["road_stops"] == pytest.approx(10.0)
    assert hours["driver_rest"] == pytest.approx(REST_H)
    assert hours["border_queue"] == pytest.approx(15.0)
    assert option.ledger.time_h == pytest.approx(DOOR_H)


def test_money_adds_up_on_paper(toy_trip: Trip) -> None:
    option = best(toy_trip)
    assert usd(option, "driver") == pytest.approx(4.0 * DOOR_H)  # 2 drivers x 2 USD/h
    assert usd(option, "vehicle") == pytest.approx(2.0 * DOOR_H)
    assert usd(option, "overhead") == pytest.approx(1.0 * DOOR_H)
    queue_l = 2.0 * 0.5  # 2 l/h, half of the queue idling
    assert usd(option, "fuel") == pytest.approx(0.4 * (100 + 500 + 400 * 0.5) + queue_l * (10 * 1 + 5 * 1))
    assert usd(option, "tyres_maintenance") == pytest.approx(60.0)
    assert usd(option, "toll") == pytest.approx(100 * 0.1 * 0.5)
    assert usd(option, "entry_fee") == pytest.approx(70 + 400)
    assert usd(option, "bridge_fee") == pytest.approx(100)
    assert usd(option, "border_fee") == pytest.approx(238 + 50 + 40 + 60)
    assert usd(option, "tir_carnet") == pytest.approx(90)
    assert usd(option, "empty_return") == 0.0


def test_every_total_is_the_sum_of_its_parts_by_leg_by_country_and_by_component(toy_trip: Trip) -> None:
    ledger = best(toy_trip).ledger
    for parts in (
        ledger.usd_by(lambda row: row.component),
        ledger.usd_by(lambda row: row.country),
        ledger.usd_by(lambda row: row.stage),
    ):
        assert sum(parts.values()) == pytest.approx(ledger.money_usd, abs=0.005)
    for hours in (
        ledger.hours_by(lambda row: row.component),
        ledger.hours_by(lambda row: row.country),
        ledger.hours_by(lambda row: row.stage),
    ):
        assert sum(hours.values()) == pytest.approx(ledger.time_h, abs=1e-6)


def test_what_nobody_knows_makes_the_total_at_least(toy_trip: Trip) -> None:
    option = best(toy_trip)
    assert option.ledger.is_lower_bound
    assert {("toll", "AFG"), ("toll", "UZB"), ("insurance", "PAK")} <= set(option.ledger.unknown_components)
    assert ("toll", "PAK") not in option.ledger.unknown_components


def test_litres_of_carbon_are_the_litres_paid_for(toy_trip: Trip) -> None:
    ledger = best(toy_trip).ledger
    assert sum(row.fuel_l for row in ledger.carbon) == pytest.approx(0.4 * 1000 + 15.0)
    assert ledger.co2e_wtw_kg == pytest.approx(3.0 * 415.0)
    assert ledger.co2e_ttw_kg == pytest.approx(2.5 * 415.0)


def test_generalised_cost_is_money_and_the_time_of_the_cargo(toy_trip: Trip) -> None:
    option = best(toy_trip)
    share_per_day = toy_trip.evidence.cargo_kinds["textiles"].vot_share_per_day
    assert option.cargo_time_usd == pytest.approx(90_000 * share_per_day / 24 * DOOR_H)
    assert option.generalised_cost_usd == pytest.approx(option.ledger.money_usd + option.cargo_time_usd)


def test_the_quick_cost_of_a_chain_equals_its_ledger(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    scenario = toy_scenario("vehicle.empty_return_share=0.4", "criteria.carbon_usd_per_t=80")
    trip = build_trip(scenario, toy_evidence, toy_network)
    for option, distinct in zip(assess(trip).options, open_ways(trip).best(6, required=[]).options, strict=True):
        assert distinct.candidate.generalised_cost_usd == pytest.approx(option.generalised_cost_usd, abs=0.005)


def test_the_search_weight_is_a_lower_bound_of_the_cost(toy_trip: Trip) -> None:
    for distinct in open_ways(toy_trip).best(6, required=[]).options:
        candidate = distinct.candidate
        assert (
            toy_trip.lower_bound_usd(candidate.chain, ends=("islamabad", "tashkent"))
            <= candidate.generalised_cost_usd + 1e-6
        )


def test_the_empty_way_back_costs_its_share_of_hours_tyres_tolls_fees_and_empty_fuel(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    trip = build_trip(toy_scenario("vehicle.empty_return_share=0.5"), toy_evidence, toy_network)
    payload_t = toy_evidence.vehicles["artic_euro5_40t"].payload_t
    empty_l_per_km = 0.4 * 22 / (22 + 12 * 18 / payload_t)
    back = 7 * DOOR_H + 60 + 5 + 470 + 100 + empty_l_per_km * (100 + 500 + 400 * 0.5)
    assert usd(best(trip), "empty_return") == pytest.approx(0.5 * back)


@pytest.mark.parametrize(
    "dearer",
    [
        {"parameters.diesel_usd_per_l.AFG": 2},
        {"parameters.driver_usd_per_h.PAK": 3},
        {"crossings.torkham.PAK-AFG.queue_h": 20},
        {"crossings.hairatan.AFG-UZB.exit_fee_usd": 400},
        {"parameters.swod_km_per_h.AFG": 30},
    ],
)
def test_a_higher_price_wait_or_time_never_lowers_the_cost(
    toy_network: RoadNetwork, toy_evidence: Evidence, toy_trip: Trip, dearer: dict[str, object]
) -> None:
    trip = build_trip(toy_scenario(), toy_evidence.overridden(dearer), toy_network)
    assert best(trip).generalised_cost_usd >= best(toy_trip).generalised_cost_usd


def test_forcing_a_post_of_the_best_chain_changes_nothing(
    toy_network: RoadNetwork, toy_evidence: Evidence, toy_trip: Trip
) -> None:
    forced = best(build_trip(toy_scenario("routes.via=[torkham]"), toy_evidence, toy_network))
    assert forced.chain == best(toy_trip).chain
    assert forced.generalised_cost_usd == pytest.approx(best(toy_trip).generalised_cost_usd)


def test_avoiding_a_post_takes_the_next_chain(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    trip = build_trip(toy_scenario("routes.avoid.posts=[hairatan]"), toy_evidence, toy_network)
    option = best(trip)
    assert "hairatan" not in option.post_ids
    assert option.post_ids[-1] == "farap"


def test_a_closed_preset_is_a_counterfactual_with_its_own_posts_only(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    evidence = toy_evidence.overridden({"crossings.torkham.status": "closed"})
    scenario = toy_scenario("routes.presets=[trans_afghan]")
    answer = assess(build_trip(scenario, evidence, toy_network))
    assert all("torkham" not in option.post_ids for option in answer.options)
    (closed,) = answer.closed_options
    assert closed.post_ids == ("torkham", "hairatan")
    assert [post.crossing_id for post in closed.closed_posts] == ["torkham"]
    assert "set to closed by the scenario" in closed.closed_posts[0].reason


def test_an_open_preset_is_merged_with_the_same_chain(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    answer = assess(build_trip(toy_scenario("routes.presets=[trans_afghan]"), toy_evidence, toy_network))
    assert answer.options[0].corridors == ("trans_afghan",)
    assert len({option.chain for option in answer.options}) == len(answer.options)


def test_with_all_posts_closed_no_route_is_returned_and_the_cut_is_named(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    closed = {f"crossings.{post}.status": "closed" for post in toy_network.crossing_edges}
    trip = build_trip(toy_scenario(), toy_evidence.overridden(closed), toy_network)
    with pytest.raises(RouteError, match="no way is left") as caught:
        assess(trip)
    assert caught.value.exit_status == 3
    assert len(caught.value.certificate.cut) == 2  # type: ignore[attr-defined]
    assert caught.value.certificate.reopen == ("torkham", "hairatan")  # type: ignore[attr-defined]


def test_reopening_prefers_fewer_posts_over_a_cheaper_way(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    closed = {f"crossings.{post}.status": "closed" for post in ("torkham", "hairatan", "farap")}
    trip = build_trip(toy_scenario(), toy_evidence.overridden(closed), toy_network)
    with pytest.raises(RouteError) as caught:
        assess(trip)
    assert caught.value.certificate.reopen == ("hairatan",)  # type: ignore[attr-defined]  # Chaman is open


def test_fewer_alternatives_than_asked_for_are_explained(toy_trip: Trip) -> None:
    answer = assess(toy_trip)
    assert len(answer.options) < 6
    assert f"{len(answer.options)} of the 6 alternatives asked for exist" in answer.notes[0]


def test_no_alternative_costs_more_than_the_stated_multiple_of_the_best(toy_trip: Trip) -> None:
    costs = [option.generalised_cost_usd for option in assess(toy_trip).options]
    assert max(costs) <= COST_RATIO_MAX * min(costs)


def test_excursions_are_cut_out() -> None:
    assert without_excursions(["PAK-AFG", "AFG-UZB"]) == ("PAK-AFG", "AFG-UZB")
    assert without_excursions(["PAK-AFG", "AFG-PAK", "PAK-AFG", "AFG-UZB"]) == ("PAK-AFG", "AFG-UZB")


def test_the_country_changes_at_the_post(toy_trip: Trip) -> None:
    option = best(toy_trip)
    posts = [stage for stage in option.stages if stage.kind == "post"]
    legs = [stage for stage in option.stages if stage.kind == "leg"]
    for before, post, after in zip(legs, posts, legs[1:], strict=False):
        assert (before.lon[-1], before.lat[-1]) == (post.lon[0], post.lat[0]) == (after.lon[0], after.lat[0])


def test_a_ukrainian_post_lets_only_ukrainian_trips_pass(toy_evidence: Evidence, toy_network: RoadNetwork) -> None:
    ways = open_ways(build_trip(toy_scenario(), toy_evidence, toy_network))
    transit = replace(ways.border, crossings=("medyka",))
    bound = replace(transit, trip_countries=frozenset({"UKR", "PAK"}))
    tariff_of = ways.trip.tariff
    assert all("transit" in result.reason for result in transit.passages(tariff_of, "PAK"))  # type: ignore[union-attr]
    assert not any(hasattr(result, "reason") for result in bound.passages(tariff_of, "PAK"))


def test_the_best_option_shares_all_its_roads_with_itself_and_a_rival_none(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    options = assess(build_trip(toy_scenario("routes.presets=[west_afghan]"), toy_evidence, toy_network)).options
    assert options[0].shared_with_best_share == pytest.approx(1.0)
    by_farap = next(option for option in options if option.post_ids == ("chaman", "torghundi", "farap"))
    assert by_farap.shared_with_best_share == pytest.approx(0.0)  # no road in common with Torkham - Hairatan


def test_the_shortest_way_counts_km_and_not_dollars(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    dear = toy_evidence.overridden({"crossings.torkham.PAK-AFG.exit_fee_usd": 9000})
    trip = build_trip(toy_scenario(), dear, toy_network)
    answer = assess(trip)
    assert answer.options[0].post_ids[0] == "chaman"
    assert answer.shortest_km == pytest.approx(1000.0, abs=0.01)  # still by Torkham and Hairatan


def test_the_shortest_way_passes_only_posts_that_are_open(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    shut = toy_evidence.overridden({"crossings.torkham.status": "closed"})
    answer = assess(build_trip(toy_scenario(), shut, toy_network))
    assert answer.shortest_km == pytest.approx(600 + 500 + 500 + 400, abs=0.01)  # Chaman, Torghundi, Farap


def test_the_great_circle_runs_from_end_to_end(toy_trip: Trip) -> None:
    # Islamabad (73.0, 33.7) to Tashkent (69.3, 41.3): 7.6 degrees north = 845 km, 3.7 west at 37.5 N = 326 km
    assert assess(toy_trip).great_circle_km == pytest.approx((845**2 + 326**2) ** 0.5, rel=0.005)


def test_fewer_alternatives_than_the_search_held_are_explained() -> None:
    """The timetable can put near-copies in an order in which more of them merge than at the search cost."""
    (note,) = _count_notes(Alternatives((), "full"), 2)
    assert note == (
        "0 of the 2 alternatives asked for exist: the others looked at are near-copies of one shown, once each has "
        "its timetable."
    )
