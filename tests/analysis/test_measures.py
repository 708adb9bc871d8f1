"""What measures are worth: the trip with and without them, on the toy corridor and on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from corridor.analysis.assess import assess
from corridor.analysis.assessment import Option
from corridor.analysis.measures import MeasureEffect, measure_effects, unknown_parts, with_required
from corridor.analysis.trip import build_trip
from corridor.errors import RouteError
from corridor.evidence import Evidence
from corridor.network.roads import RoadNetwork
from corridor.scenario import EffectRange, Measure
from tests.analysis.conftest import toy_scenario

QUEUE = "crossings.torkham.PAK-AFG.queue_h"
FEE = "crossings.torkham.PAK-AFG.exit_fee_usd"
Best = Callable[[tuple[str, ...]], Option | None]


def measure(measure_id: str, requires: tuple[str, ...] = (), **override: float | str) -> Measure:
    keys = {"queue": QUEUE, "fee": FEE, "status": "crossings.torkham.status", "speed": "parameters.swod_km_per_h.AFG"}
    return Measure(
        id=measure_id,
        title="A measure",
        why="To try it out.",
        kind="green_lane",
        source=("judgement",),
        grade="D",
        range=EffectRange(text="Invented."),
        requires=requires,
        override={keys[name]: value for name, value in override.items()} or {QUEUE: "x1"},
    )


def finder(network: RoadNetwork, evidence: Evidence, measures: list[Measure]) -> Best:
    """Runs the toy trip with some of the measures."""
    by_id = {one.id: one for one in measures}

    def best(ids: tuple[str, ...]) -> Option | None:
        layered = evidence
        for name in ids:
            layered = layered.overridden(by_id[name].override)
        try:
            return assess(build_trip(toy_scenario(), layered, network)).options[0]
        except RouteError:
            return None

    return best


def effects_of(network: RoadNetwork, evidence: Evidence, *measures: Measure) -> tuple[MeasureEffect, ...]:
    return measure_effects(measures, finder(network, evidence, list(measures)))


def test_five_hours_less_in_the_queue_are_worth_what_driver_truck_fuel_and_cargo_cost(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    (effect,) = effects_of(toy_network, toy_evidence, measure("lane", queue="x0.5"))
    assert effect.time_h == pytest.approx(-5.0)  # half of 10 h; the drivers do not rest in the queue here
    # 5 h x (2 drivers x 2 + truck 2 + overhead 1) USD/h, and 5 h x half of them idling x 2 l/h x 1 USD/l
    assert effect.money_usd == pytest.approx(-(5 * 7 + 5 * 0.5 * 2 * 1))
    cargo_usd = 90000 * toy_evidence.cargo_kinds["textiles"].vot_share_per_day * 5 / 24
    assert effect.generalised_cost_usd == pytest.approx(-(40 + cargo_usd))
    assert (effect.subject, effect.applied, effect.is_other_chain, effect.bound) == ("lane", ("lane",), False, "")


def test_the_table_is_the_difference_of_two_runs(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    measures = [measure("lane", queue=2), measure("road", speed="x1.25")]
    best = finder(toy_network, toy_evidence, measures)
    rows = [("lane",), ("road",), ("lane", "road")]
    for effect, ids in zip(measure_effects(measures, best), rows, strict=True):
        with_, without = best(ids), best(())
        assert with_ is not None
        assert without is not None
        assert effect.applied == ids
        assert effect.time_h == with_.ledger.time_h - without.ledger.time_h
        assert effect.money_usd == with_.ledger.money_usd - without.ledger.money_usd
        assert effect.generalised_cost_usd == with_.generalised_cost_usd - without.generalised_cost_usd


def test_two_measures_on_one_queue_are_applied_in_order(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    six, half = measure("six", queue=6), measure("half", queue="x0.5")
    assert [effect.time_h for effect in effects_of(toy_network, toy_evidence, six, half)] == pytest.approx(
        [-4.0, -5.0, -7.0]  # 10 -> 6, 10 -> 5, 10 -> 6 -> 3
    )
    assert effects_of(toy_network, toy_evidence, half, six)[-1].time_h == pytest.approx(-4.0)  # 10 -> 5 -> 6


@pytest.mark.parametrize("factor", ["x0", "x0.3", "x0.999"])
@pytest.mark.parametrize("key", [QUEUE, FEE, "crossings.*.*.entry_side_h", "crossings.*.*.exit_fee_usd"])
def test_a_measure_that_lowers_a_wait_or_fee_never_makes_the_best_option_dearer(
    toy_network: RoadNetwork, toy_evidence: Evidence, key: str, factor: str
) -> None:
    lower = measure("lower").model_copy(update={"override": {key: factor}})
    (effect,) = effects_of(toy_network, toy_evidence, lower)
    assert effect.generalised_cost_usd is not None
    assert effect.generalised_cost_usd <= 1e-9


def test_a_measure_that_does_nothing_is_worth_nothing(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    (effect,) = effects_of(toy_network, toy_evidence, measure("nothing", queue="x1"))
    assert (effect.time_h, effect.money_usd, effect.generalised_cost_usd, effect.bound) == (0.0, 0.0, 0.0, "")


def test_a_measure_can_make_another_chain_the_best(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    (effect,) = effects_of(toy_network, toy_evidence, measure("closure", status="closed"))
    assert effect.is_other_chain
    assert effect.best_with is not None
    assert effect.best_with.post_ids[0] == "chaman"


def test_where_no_way_is_open_without_a_measure_there_is_no_difference(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    closed = toy_evidence.overridden({f"crossings.{post}.status": "closed" for post in ("torkham", "chaman")})
    opening, lane = effects_of(toy_network, closed, measure("opening", status="open"), measure("lane", queue=1))[:2]
    assert (opening.best_without, opening.time_h, opening.is_other_chain) == (None, None, True)
    assert (lane.best_with, lane.money_usd, lane.is_other_chain) == (None, None, False)


def test_a_measure_is_applied_with_all_that_it_requires_and_in_the_order_of_the_list() -> None:
    measures = [measure("a"), measure("b", ("a",)), measure("c"), measure("d", ("b",))]
    assert [with_required(one, measures) for one in measures] == [("a",), ("a", "b"), ("c",), ("a", "b", "d")]


def test_without_measures_nothing_is_run() -> None:
    def best(_: tuple[str, ...]) -> Option | None:
        raise AssertionError

    assert measure_effects([], best) == ()


def without_known(option: Option, component: str) -> Option:
    """The option with the first cost of a component unknown."""
    first = next(row for row in option.ledger.money if row.component == component)
    money = tuple(replace(row, usd=None) if row is first else row for row in option.ledger.money)
    return replace(option, ledger=replace(option.ledger, money=money))


def test_costs_nobody_knows_cancel_where_both_options_have_them(
    toy_network: RoadNetwork, toy_evidence: Evidence
) -> None:
    option = finder(toy_network, toy_evidence, [])(())
    assert option is not None
    toll, fee = without_known(option, "toll"), without_known(option, "border_fee")
    both = without_known(toll, "border_fee")

    def bound(without: Option, with_: Option) -> str:
        return MeasureEffect("", (), without, with_).bound

    assert [bound(toll, toll), bound(both, both), bound(option, option)] == ["", "", ""]
    assert (bound(option, toll), bound(fee, both)) == ("at least", "at least")  # the rest can only add to it
    assert (bound(toll, option), bound(both, fee)) == ("at most", "at most")
    assert bound(toll, fee) == "on what is known"


def test_an_unknown_toll_on_another_length_does_not_cancel(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    option = finder(toy_network, toy_evidence, [])(())
    assert option is not None
    toll = without_known(option, "toll")
    (part,) = unknown_parts(toll) - unknown_parts(option)
    assert part == ("toll", "PAK", part[2], 100.0)
    longer = replace(toll.stages[0], length_km_by_country={"PAK": 101.0})
    other = replace(toll, stages=(longer, *toll.stages[1:]))
    assert MeasureEffect("", (), toll, other).bound == "on what is known"


def test_relaxing_a_rule_saves_the_change_of_tractor(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    swap = toy_evidence.overridden({"eligibility.PAK.UZB.AFG": "swap"})
    before = assess(build_trip(toy_scenario("routes.avoid.posts=[chaman]"), swap, toy_network)).options[0]
    drive = swap.overridden({"eligibility.PAK.UZB.AFG": "drive"})
    after = assess(build_trip(toy_scenario("routes.avoid.posts=[chaman]"), drive, toy_network)).options[0]
    hours = before.ledger.hours_by(lambda row: row.component), after.ledger.hours_by(lambda row: row.component)
    assert set(hours[0]) - set(hours[1]) == {"swap"}
    assert [plate for _, plate in before.plates] == ["PAK", "UZB"]
    assert [plate for _, plate in after.plates] == ["PAK"]


def test_a_plate_that_an_own_rule_refuses_goes_another_way(toy_network: RoadNetwork, toy_evidence: Evidence) -> None:
    refused = toy_evidence.overridden({"eligibility.PAK.UZB.AFG": "refuse"})
    option = assess(build_trip(toy_scenario(), refused, toy_network)).options[0]
    assert option.post_ids[-1] == "farap"
