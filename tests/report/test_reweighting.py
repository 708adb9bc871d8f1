"""Weights and border hours set anew: the neutral setting is the report's, the rest is the ledger priced by hand."""

from dataclasses import replace
from math import fsum

import pytest

from corridor.analysis.assessment import Assessment
from corridor.evidence import read_evidence
from corridor.network.roads import RoadNetwork
from corridor.report.profile import BORDER_TIME
from corridor.report.reweighting import Parts, Stay, Weights, build_parts, neutral_weights, rank, reweight
from corridor.report.reweighting_panel import build_reweighting_data, build_sliders
from tests.analysis.conftest import ROUND_NUMBERS, toy_scenario
from tests.futures.change_trip import by_chain, drawn_assessment, toy_assessment
from tests.futures.toy_futures import ENDS

RETURN_SHARE = 0.4
WITH_RETURN = f"vehicle.empty_return_share={RETURN_SHARE}"
AT_TORKHAM, AT_HAIRATAN = "crossings.torkham.PAK-AFG", "crossings.hairatan.AFG-UZB"
TWICE_THE_HOURS: dict[str, object] = {
    f"{post}.{side}": 2 * float(str(ROUND_NUMBERS[f"{post}.{side}"]))
    for post in (AT_TORKHAM, AT_HAIRATAN)
    for side in ("queue_h", "exit_side_h", "entry_side_h")
}


def round_assessment(network: RoadNetwork, **more: object) -> Assessment:
    """The toy trip at round numbers, two of five trips coming back empty."""
    evidence = replace(read_evidence().overridden({**ROUND_NUMBERS, **more}), places=ENDS)
    return toy_assessment(network, evidence, toy_scenario(WITH_RETURN))


@pytest.fixture
def drawn(toy_network: RoadNetwork) -> Assessment:
    return drawn_assessment(toy_network, WITH_RETURN, "criteria.carbon_usd_per_t=50")


def test_the_neutral_setting_gives_the_generalised_costs_of_the_report(drawn: Assessment) -> None:
    ranked = rank(build_parts(drawn), neutral_weights(drawn))
    assert [option.label for option in ranked] == [option.label for option in drawn.options]
    for weighed, option in zip(ranked, drawn.options, strict=True):
        assert weighed.generalised_cost_usd == pytest.approx(option.generalised_cost_usd, abs=0.005)
        assert weighed.money_usd == pytest.approx(option.ledger.money_usd, abs=0.005)


def test_twice_the_hours_at_posts_cost_their_clock_their_idling_and_the_way_back(toy_network: RoadNetwork) -> None:
    assessment = round_assessment(toy_network)
    best = next(parts for parts in build_parts(assessment) if parts.label == assessment.options[0].label)
    once, twice = (reweight(best, Weights(0.0, 0.0, border_times=times)) for times in (1.0, 2.0))
    # 15 h at Torkham, 8 h at Hairatan, 7 USD/h, two fifths of it again; 15 h of queue at 1 l/h and 1 USD/l
    assert twice.money_usd - once.money_usd == pytest.approx(23 * 7 * 1.4 + 15)
    assert twice.time_h - once.time_h == pytest.approx(23)
    assert twice.co2e_kg - once.co2e_kg == pytest.approx(15 * 3)


def test_twice_the_hours_at_posts_cost_what_the_program_finds_but_for_rest(toy_network: RoadNetwork) -> None:
    once = round_assessment(toy_network)
    chain = once.options[0].post_ids
    before, after = by_chain(once, chain), by_chain(round_assessment(toy_network, **TWICE_THE_HOURS), chain)
    rest_h = [option.ledger.hours_by(lambda row: row.component)["driver_rest"] for option in (before, after)]
    parts = next(parts for parts in build_parts(once) if parts.label == before.label)
    weighed = reweight(parts, Weights(0.0, 0.0, border_times=2.0))
    assert weighed.money_usd == pytest.approx(after.ledger.money_usd - (rest_h[1] - rest_h[0]) * 7 * 1.4)
    assert weighed.time_h == pytest.approx(after.ledger.time_h - (rest_h[1] - rest_h[0]))


@pytest.mark.parametrize("times", [0.25, 1.0, 2.35, 3.0])
def test_border_hours_reprice_the_ledger_row_by_row(drawn: Assessment, times: float) -> None:
    for option, parts in zip(drawn.options, build_parts(drawn), strict=True):
        clock_usd = [
            row.usd or 0.0 for row in option.ledger.money if row.component in ("driver", "vehicle", "overhead")
        ]
        posts = {number for number, stage in enumerate(option.stages) if stage.kind == "post"}
        idle_usd = fsum(row.usd or 0.0 for row in option.ledger.money if row.component == "fuel" and row.stage in posts)
        # the ledger has three rows of clock cost for every row of time, in the same order
        hours_usd = zip(option.ledger.time, clock_usd[::3], clock_usd[1::3], clock_usd[2::3], strict=True)
        border_usd = fsum(fsum(usd) for row, *usd in hours_usd if row.component in BORDER_TIME)
        by_hand_usd = option.ledger.money_usd + (times - 1) * (border_usd * (1 + RETURN_SHARE) + idle_usd)
        weighed = reweight(parts, Weights(0.0, 0.0, border_times=times))
        assert weighed.money_usd == pytest.approx(by_hand_usd, abs=0.005)


def test_each_weight_multiplies_its_own_quantity() -> None:
    parts = Parts("A", 1000.0, 240.0, 5000.0, 48.0, 0.0, 0.0, 0.0, 0.0, 0.0, ())
    weights = Weights(cargo_usd_per_day=100.0, carbon_usd_per_t=20.0, border_times=1.5, premium_usd_per_h=2.0)
    # 1,000 + 100 a day * (10 + 1) days + 20 * 5 t + 2 * 72 h
    assert reweight(parts, weights).generalised_cost_usd == pytest.approx(1000 + 1100 + 100 + 144)


def test_a_stay_pays_for_begun_days() -> None:
    stay = Stay(other_h=20.0, border_h=10.0, fees_usd=(0.0, 16.0, 32.0, 40.0))
    assert [stay.usd(times) for times in (0.25, 0.4, 1.0, 3.0)] == [16.0, 16.0, 32.0, 40.0]  # 22.5, 24, 30 and 50 h


def test_fees_by_length_of_stay_come_from_the_tables(assessment: Assessment) -> None:
    stays = {parts.label: parts.stays for parts in build_parts(assessment)}
    assert all(stay.fees_usd[:5] == (0.0, 16.0, 32.0, 40.0, 40.0) for stay in stays["B"])  # Russia: 16 a day, 40 a week
    assert len(stays["B"]) == 1
    assert stays["D"] == ()  # Türkiye, Bulgaria, Romania, Hungary and Poland ask for none


def test_the_way_back_never_earns_money_and_stays_paid_where_loads_pay_it() -> None:
    parts = Parts("A", 1000.0, 48.0, 0.0, 24.0, 100.0, 0.0, 0.0, 10.0, 0.4, ())
    less = Weights(0.0, 0.0, border_times=0.25)
    assert reweight(parts, less).money_usd == pytest.approx(1000 - 75 - 10)  # not 0.4 * 75 = 30 less
    assert reweight(replace(parts, return_usd=0.0), less).money_usd == pytest.approx(1000 - 75)


def test_sliders_stand_at_the_scenario_and_reach_it_in_steps(drawn: Assessment) -> None:
    for slider in build_sliders(drawn):
        assert slider.least <= slider.value <= slider.most
        steps = (slider.value - slider.least) / slider.step
        assert steps == pytest.approx(round(steps))
    assert [slider.value for slider in build_sliders(drawn)] == [1.0, 50.0, 1.0, 0.0]


def test_the_script_gets_every_part_of_every_open_option(drawn: Assessment) -> None:
    data = build_reweighting_data(drawn, {option.label: option.label for option in drawn.options})
    for option, parts in zip(data["options"], build_parts(drawn), strict=True):
        assert list(option.values())[2:-1] == [
            parts.money_usd, parts.time_h, parts.co2e_kg, parts.border_h, parts.clock_usd, parts.idle_usd,
            parts.idle_kg, parts.return_usd, parts.return_share,
        ]  # fmt: skip
